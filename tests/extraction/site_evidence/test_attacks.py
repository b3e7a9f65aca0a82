"""No article loses its text, whatever its site or other pages of it do."""

from functools import cache

import pytest

from newsspider.site_memory.memory import SiteMemory
from tests.extraction.site_evidence.herald import (
    NEW_ENDING,
    NEWS_ENDING,
    OPINION_OPENING,
    REBUILT,
    extracted,
    news_page,
    opinion_page,
    prose,
    remembered,
)

BANNER = "The mayor of Lowmoor has resigned this morning after the vote on the pier, her office said."


@cache
def memory_of_news(pages: int = 12) -> SiteMemory:
    """Return the memory of news articles."""
    return remembered({number: news_page(number) for number in range(1, pages + 1)})


def assert_whole(text: list[str], body: str | None) -> None:
    """Check that a body has all paragraphs of its article."""
    assert [part for part in text if part not in (body or "")] == []


def test_repeated_prose_goes_and_the_article_stays() -> None:
    record = extracted(news_page(30), 30, memory_of_news())
    assert_whole(prose(30), record.body)
    assert not any(ending in (record.body or "") for ending in NEWS_ENDING)


def test_a_newspaper_of_three_articles_teaches_nothing() -> None:
    memory = remembered({number: news_page(number) for number in range(3)})
    assert extracted(news_page(30), 30, memory).body == extracted(news_page(30), 30).body


def test_first_paragraphs_in_related_boxes_stay_in_their_articles() -> None:
    pages = {number: news_page(number, related=range(30, 34)) for number in range(1, 13)}
    memory = remembered(pages)
    for number in range(30, 34):
        assert_whole(prose(number), extracted(news_page(number), number, memory).body)


def test_a_live_page_at_many_addresses_keeps_its_text() -> None:
    text = prose(50, 12)
    pages = {f"live-{parts}": news_page(30, text[:parts]) for parts in range(3, 12)}
    for parts in (4, 8, 12):
        assert_whole(text[:parts], extracted(news_page(30, text[:parts]), "live", remembered(pages)).body)


def test_an_agencys_text_that_twenty_articles_share_stays() -> None:
    shared = prose(99, 6)
    pages = {number: news_page(number, [*prose(number, 2), *shared]) for number in range(1, 21)}
    text = [*prose(30, 2), *shared]
    assert_whole(text, extracted(news_page(30, text), 30, remembered(pages)).body)


@pytest.mark.parametrize("own", [3, 5, 7, 11])
def test_an_agencys_text_of_four_paragraphs_that_all_articles_share_stays(own: int) -> None:
    shared = prose(99, 4)
    pages = {number: news_page(number, [*prose(number, own), *shared]) for number in range(1, 21)}
    text = [*prose(30, own), *shared]
    assert_whole(text, extracted(news_page(30, text), 30, remembered(pages)).body)


def test_an_agencys_text_stays_among_many_other_articles() -> None:
    shared = prose(99, 3)
    pages = {number: news_page(number, [*prose(number, 4), *shared]) for number in range(1, 9)}
    pages |= {number: news_page(number) for number in range(9, 30)}
    text = [*prose(30, 4), *shared]
    assert_whole(text, extracted(news_page(30, text), 30, remembered(pages)).body)


def test_pages_that_imitate_an_article_take_nothing_from_it() -> None:
    text = prose(30)
    pages: dict[int | str, str] = {number: news_page(number) for number in range(1, 13)}
    pages |= {f"copy-{part}": news_page(part, [text[part % 5], *prose(200 + part)]) for part in range(30)}
    assert_whole(text, extracted(news_page(30), 30, remembered(pages)).body)


def test_one_days_banner_takes_nothing_from_the_article_that_it_announces() -> None:
    banner = f"<div class='breaking'><p>{BANNER}</p></div>"
    pages = {number: news_page(number).replace("<main>", f"{banner}<main>") for number in range(1, 13)}
    text = [BANNER, *prose(30)]
    assert_whole(text, extracted(news_page(30, text), 30, remembered(pages)).body)


def test_an_article_that_quotes_its_sites_slogan_keeps_the_rest() -> None:
    quoting = f"On the wall of the office stands: {NEWS_ENDING[0]} Ada Penhallow wrote it in 1894."
    text = [*prose(30), quoting]
    assert_whole(text, extracted(news_page(30, text), 30, memory_of_news()).body)


def test_a_weekly_columns_opening_stays_while_few_articles_have_it() -> None:
    pages: dict[int | str, str] = {number: news_page(number) for number in range(1, 13)}
    pages |= {f"column-{number}": opinion_page(number) for number in range(13, 16)}
    record = extracted(opinion_page(30), "column-30", remembered(pages))
    assert_whole([OPINION_OPENING, *prose(30)], record.body)


def test_a_weekly_columns_opening_goes_when_nearly_all_of_its_articles_have_it() -> None:
    memory = remembered({number: opinion_page(number) for number in range(1, 13)})
    record = extracted(opinion_page(30), 30, memory)
    assert_whole(prose(30), record.body)
    assert OPINION_OPENING not in (record.body or "")


def test_a_rebuilt_template_keeps_its_articles_whole() -> None:
    record = extracted(news_page(REBUILT + 1), REBUILT + 1, memory_of_news())
    assert_whole(prose(REBUILT + 1), record.body)


def test_a_rebuilt_templates_own_repetitions_are_learnt() -> None:
    later = range(REBUILT, REBUILT + 8)
    memory = remembered({number: news_page(number) for number in (*range(1, 13), *later)})
    record = extracted(news_page(90), 90, memory)
    assert_whole(prose(90), record.body)
    assert NEW_ENDING not in (record.body or "")


@pytest.mark.parametrize("heading", ["Ingredients", "Our verdict", "What happens next?"])
def test_headings_of_a_series_stay(heading: str) -> None:
    def with_heading(number: int) -> str:
        _, *others = prose(number)
        return news_page(number).replace(f"<p>{others[0]}</p>", f"<h2>{heading}</h2><p>{others[0]}</p>")

    memory = remembered({number: with_heading(number) for number in range(1, 13)})
    record = extracted(with_heading(30), 30, memory)
    assert heading in (record.body or "")
