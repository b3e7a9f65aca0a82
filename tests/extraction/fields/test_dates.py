"""Dates: with the time and zone the page gave, none invented."""

import json

import pytest

from newsspider.extraction.fields.dates import find_modified, find_published, iso_date
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import Page, parse_page

PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master. " * 5 + "</p>"


def page_of(head: str = "", body: str = PROSE, **article: object) -> Page:
    node = json.dumps({"@type": "NewsArticle", **article})
    script = f'<script type="application/ld+json">{node}</script>' if article else ""
    return parse_page(f"<html><head>{head}{script}</head><body>{body}</body></html>".encode())


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-24", "2026-03-24"),
        ("2026-03-24T09:30", "2026-03-24T09:30"),
        ("2026-03-24T09:30:00Z", "2026-03-24T09:30:00Z"),
        ("2026-03-24T09:30:00+01:00", "2026-03-24T09:30:00+01:00"),
        ("2026-03-24T09:30:00-0500", "2026-03-24T09:30:00-05:00"),
        ("2026-03-24 09:30:00", "2026-03-24T09:30:00"),
        ("2026-03-24 09:30:00 UTC", "2026-03-24T09:30:00+00:00"),
        ("2026-03-24T09:30:00.123Z", "2026-03-24T09:30:00.123Z"),
        ("2026-03-24T09:30:00,5+01:00", "2026-03-24T09:30:00.5+01:00"),
        (" 2026-03-24T09:30:00Z\n", "2026-03-24T09:30:00Z"),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("2026-03-24T25:00", None),
        ("24.03.2026", None),
        ("Tue, 24 Mar 2026 09:30:00 GMT", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_iso_dates_keep_the_time_and_zone_they_came_with(text: str | None, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("page", "found"),
    [
        pytest.param(
            page_of(meta("article:published_time", "2026-03-25"), datePublished="2026-03-24T09:30:00+01:00"),
            Found("2026-03-24T09:30:00+01:00", "json-ld"),
            id="json-ld before meta",
        ),
        pytest.param(
            page_of(meta("article:published_time", "2026-03-24"), datePublished="last week"),
            Found("2026-03-24", "meta"),
            id="meta when json-ld is no date",
        ),
        pytest.param(
            page_of(meta("date", "2026-03-25") + meta("article:published_time", "2026-03-24")),
            Found("2026-03-24", "meta"),
            id="the more telling meta",
        ),
        pytest.param(
            page_of(meta("pubdate", "soon") + meta("dc.date", "2026-03-24")),
            Found("2026-03-24", "meta"),
            id="the next meta when one is no date",
        ),
        pytest.param(
            page_of(body=f"<article><time datetime='2026-03-24T09:30Z'>today</time>{PROSE}</article>"),
            Found("2026-03-24T09:30Z", "markup"),
            id="time element of the article",
        ),
        pytest.param(
            page_of(body=f"<span itemprop='datePublished' datetime='2026-03-24'>today</span>{PROSE}"),
            Found("2026-03-24", "markup"),
            id="itemprop",
        ),
        pytest.param(
            page_of(
                body=f"<article><time datetime='today'>x</time><time datetime='2026-03-24'>y</time>{PROSE}</article>"
            ),
            Found("2026-03-24", "markup"),
            id="the next time element when one is no date",
        ),
        pytest.param(
            page_of(body=f"<p class='date'>24 March 2026</p>{PROSE}"),
            Found("2026-03-24", "text"),
            id="words in the text",
        ),
        pytest.param(page_of(), None, id="none"),
    ],
)
def test_published_is_the_first_date_of_the_best_source(page: Page, found: Found | None) -> None:
    assert find_published(page, read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:updated_time", "2026-03-26"), dateModified="2026-03-25"), Found("2026-03-25", "json-ld")),
        (page_of(meta("og:updated_time", "2026-03-26T01:02Z")), Found("2026-03-26T01:02Z", "meta")),
        (page_of(meta("article:published_time", "2026-03-24"), datePublished="2026-03-24"), None),
    ],
)
def test_modified_is_never_filled_from_published(page: Page, found: Found | None) -> None:
    assert find_modified(read_sources(page)) == found
