"""What many other articles of a site repeat at the same place is dropped."""

from newsspider.extraction.article import extract_article, read_article
from newsspider.pages.page import parse_page
from newsspider.site_memory.memory import SiteMemory, learn

PROMPT = "Readers who want to know more about the harbour can write to the desk, which answers every letter in a week."
TOWNS = "Lowmoor Ashby Tarn Kelsey Wick Dunmore Hale Orton".split()


def page_of(town: str, ending: str = PROMPT) -> str:
    """Return the page of an article about a town."""
    parts = [
        f"The council of {town} has voted to rebuild the pier that the storm of last winter tore away, {town} said.",
        f"Fishermen in {town} had asked for the work since spring, when the first boats had to land further north.",
        f"Building begins in May, and the mayor of {town} expects that the pier will be open before the first frost.",
    ]
    text = "".join(f"<p>{part}</p>" for part in (*parts, ending))
    return f"<title>{town}</title><main><h1>A pier for {town}</h1><div class='story-body'>{text}</div></main>"


def address(town: str) -> str:
    return f"https://herald.example/{town.lower()}"


def memory_of(towns: list[str]) -> SiteMemory:
    observations = [read_article(parse_page(page_of(town), address(town))).observation for town in towns]
    return learn(None, [each for each in observations if each])


def test_a_text_that_other_articles_repeat_is_dropped() -> None:
    page = parse_page(page_of("Orton"), address("Orton"))
    memory = memory_of(TOWNS[:5])
    record = extract_article(page, memory=memory)
    plain = extract_article(page)
    assert plain.body
    assert record.body
    assert PROMPT in plain.body
    assert plain.body.replace(PROMPT, "").strip() == record.body
    assert record.provenance["body"] == "site"
    assert record.site_memory == memory.state


def test_four_other_articles_are_not_enough() -> None:
    page = parse_page(page_of("Orton"), address("Orton"))
    memory = memory_of(TOWNS[:4])
    assert PROMPT in (extract_article(page, memory=memory).body or "")


def test_the_page_itself_is_not_counted() -> None:
    page = parse_page(page_of("Lowmoor"), address("Lowmoor"))
    assert PROMPT in (extract_article(page, memory=memory_of(TOWNS[:5])).body or "")


def test_without_memory_nothing_changes() -> None:
    page = parse_page(page_of("Orton"), address("Orton"))
    assert extract_article(page).site_memory is None
    assert extract_article(page) == read_article(page).record


def test_another_sites_memory_says_nothing() -> None:
    page = parse_page(page_of("Orton"), "https://tribune.example/orton")
    assert extract_article(page, memory=memory_of(TOWNS[:5])) == extract_article(page)


def test_what_a_page_teaches_does_not_depend_on_the_memory() -> None:
    page = parse_page(page_of("Orton"), address("Orton"))
    assert read_article(page, memory=memory_of(TOWNS[:5])).observation == read_article(page).observation


def test_a_text_that_loses_repeated_blocks_is_not_less_trusted_for_it() -> None:
    page = parse_page(page_of("Orton"), address("Orton"))
    plain, record = extract_article(page), extract_article(page, memory=memory_of(TOWNS[:6]))
    assert record.body != plain.body
    assert (record.confidence or 0) >= (plain.confidence or 0)
