"""The canonical URL, and when it names another page."""

import pytest

from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.fields.canonical import find_canonical
from newsspider.pages.page import parse_page

URL = "https://herald.example/2026/ferry-returns-to-harbour"
TITLE = "Ferry returns to the old harbour"


@pytest.mark.parametrize(
    ("href", "canonical", "warning"),
    [
        (URL, URL, None),
        ("/2026/ferry-returns-to-harbour", URL, None),
        ("/story/1042", "https://herald.example/story/1042", None),
        ("/amp/ferry-returns-to-harbour", "https://herald.example/amp/ferry-returns-to-harbour", None),
        ("/2026/harbour-ferry-back-again", "https://herald.example/2026/harbour-ferry-back-again", None),
        ("/2026/council-raises-parking-fees", None, "names another article"),
        ("/", "https://herald.example/", "points to the home page"),
        ("https://agency.example/ferry", "https://agency.example/ferry", "points to another site (agency.example)"),
        ("javascript:void(0)", None, None),
    ],
)
def test_canonical_is_refused_when_it_names_another_article(
    href: str, canonical: str | None, warning: str | None
) -> None:
    page = parse_page(f'<link rel="canonical" href="{href}"><p>x</p>'.encode(), URL)
    found, warnings = find_canonical(page, read_metadata(page), TITLE)
    assert found == canonical
    assert [warning] == [None] and not warnings if warning is None else warning in warnings[0]


def test_page_without_title_keeps_its_canonical() -> None:
    page = parse_page(b'<link rel="canonical" href="/2026/council-raises-parking-fees"><p>x</p>', URL)
    assert find_canonical(page, read_metadata(page), None) == (
        "https://herald.example/2026/council-raises-parking-fees",
        (),
    )
