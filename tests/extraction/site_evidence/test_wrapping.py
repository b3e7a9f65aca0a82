"""A page that fits the layout of its site's other articles is read by it; any other is read in full."""

import pytest

from newsspider.extraction.article import ReadArticle, read_article
from newsspider.extraction.explain import explain_wrapper
from newsspider.extraction.site_evidence.wrapping import is_read_in_full
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import hash_address
from tests.extraction.site_evidence.herald import NEWS_ENDING, extracted, news_page, parse, prose, remembered


def numbers(*, in_full: bool) -> list[int]:
    """Return numbers of articles whose addresses are in the sample, or not."""
    return [
        number
        for number in range(1_000, 1_200)
        if is_read_in_full(hash_address(f"https://herald.example/{number}")) is in_full
    ]


FITTING, SAMPLED = numbers(in_full=False)[0], numbers(in_full=True)[0]


@pytest.fixture(scope="module")
def memory() -> SiteMemory:
    return remembered({number: news_page(number) for number in range(1, 15)})


def fast(markup: str, number: int, memory: SiteMemory) -> ReadArticle:
    """Return what is read of a page with wrappers switched on."""
    return read_article(parse(markup, number), memory=memory, wrappers=True)


def page(number: int, text: list[str] | None = None) -> str:
    """Return the page in the old template, whatever its number."""
    return news_page(1, text or prose(number))


def misfit(markup: str, number: int, memory: SiteMemory) -> str:
    """Return why a page is read in full, after checking that it is."""
    read = fast(markup, number, memory)
    assert read.record == extracted(markup, number, memory)
    told = explain_wrapper(parse(markup, number), memory)
    assert told
    return told


def test_a_page_that_fits_has_the_body_that_the_full_reading_finds(memory: SiteMemory) -> None:
    record = fast(page(FITTING), FITTING, memory).record
    full = extracted(page(FITTING), FITTING, memory)
    assert record.provenance["body"] == "wrapper"
    assert record.body == full.body
    assert record.body_markdown == full.body_markdown
    assert record.site_memory == memory.state
    assert (record.title, record.kind, record.word_count) == (full.title, full.kind, full.word_count)
    assert not any(ending in (record.body or "") for ending in NEWS_ENDING)
    assert "fits" in (explain_wrapper(parse(page(FITTING), FITTING), memory) or "")


def test_a_page_read_by_the_wrapper_teaches_nothing(memory: SiteMemory) -> None:
    assert fast(page(FITTING), FITTING, memory).observation is None


def test_wrappers_are_off_by_default(memory: SiteMemory) -> None:
    assert extracted(page(FITTING), FITTING, memory).provenance["body"] != "wrapper"


def test_without_a_memory_there_is_no_wrapper() -> None:
    read = read_article(parse(page(FITTING), FITTING), wrappers=True)
    assert read.record == extracted(page(FITTING), FITTING)
    assert read.observation


def test_one_page_in_ten_is_read_in_full_and_teaches(memory: SiteMemory) -> None:
    assert 10 <= len(numbers(in_full=True)) <= 32
    assert "one in 10" in misfit(page(SAMPLED), SAMPLED, memory)
    assert fast(page(SAMPLED), SAMPLED, memory).observation


def test_few_articles_make_no_wrapper() -> None:
    few = remembered({number: news_page(number) for number in range(1, 5)})
    assert "only 4 other articles" in misfit(page(FITTING), FITTING, few)


def test_articles_that_are_copies_of_each_other_count_once() -> None:
    same = remembered({number: news_page(1, prose(1)) for number in range(1, 15)})
    assert "only 1 other article" in misfit(page(FITTING), FITTING, same)


STORY = "<div class='story-body'>"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("class='story-body'", "class='longread'", "none of the containers"),
        (STORY, f"{STORY}<ul><li>Nobody was hurt.</li></ul>", "no other article has"),
        (STORY, f"<div class='box'><p>{prose(77)[0]}</p></div>{STORY}", "no other article has"),
        (f"{STORY}<p>", f"{STORY}<p><a href='/x'>{prose(78)[0]}</a></p><p>", "is a link"),
        ("</p></div>", f"</p></div><h1>More</h1>{STORY}<p>{prose(79)[0]}</p></div>", "second headline"),
    ],
)
def test_a_page_that_does_not_fit_is_read_in_full(memory: SiteMemory, old: str, new: str, reason: str) -> None:
    markup = page(FITTING)
    assert old in markup
    assert reason in misfit(markup.replace(old, new), FITTING, memory)


def test_a_short_page_is_read_in_full(memory: SiteMemory) -> None:
    assert "short" in misfit(page(FITTING, prose(FITTING, 1)), FITTING, memory)


def test_a_container_with_other_text_on_some_articles_is_not_trusted() -> None:
    pages = {number: news_page(number) for number in range(1, 15)}
    request = "<p><a href='/letter'>Subscribe to our free newsletter</a></p>"
    pages |= {number: pages[number].replace(STORY, f"{STORY}{request}") for number in range(1, 8)}
    assert "some articles have body in" in misfit(page(FITTING), FITTING, remembered(pages))


def test_text_that_only_some_articles_repeat_is_left_to_the_full_reading() -> None:
    shared = prose(500)[0]
    pages = {number: news_page(number) for number in range(1, 15)}
    pages |= {number: news_page(number, [*prose(number), shared]) for number in range(1, 7)}
    told = misfit(page(FITTING, [*prose(FITTING), shared]), FITTING, remembered(pages))
    assert "some other articles have a part of its body" in told
