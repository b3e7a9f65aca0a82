"""Who wrote it, as printed."""

import json

import pytest

from newsspider.extraction.fields.authors import find_authors
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import parse_page

PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master. " * 5 + "</p>"


def found_in(html: str, author: object = None) -> Found | None:
    node = json.dumps({"@type": "NewsArticle", "author": author})
    page = parse_page(f'<script type="application/ld+json">{node}</script>{html}{PROSE}'.encode())
    return find_authors(page, read_sources(page))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee", ("Ann Lee",)),
        ("Von Anna Lee", ("Anna Lee",)),
        ("Ann Lee, Jr.", ("Ann Lee, Jr.",)),
        ("Byron Lee", ("Byron Lee",)),
        ({"@type": "Person", "name": "Ann Lee"}, ("Ann Lee",)),
        ({"@type": "Organization", "name": "Harbour News Agency"}, ("Harbour News Agency",)),
        ([{"name": "Ann Lee"}, {"name": "Bo Ek"}, {"name": "Ann Lee"}], ("Ann Lee", "Bo Ek")),
        (["Ann Lee", {"name": "Bo Ek"}], ("Ann Lee", "Bo Ek")),
        ([{"name": "Ann O&#39;Dea"}], ("Ann O'Dea",)),
        ([{"name": "https://herald.example/ann"}, {"name": "Ann Lee"}], ("Ann Lee",)),
        ([{"name": "desk@herald.example"}, {"name": "Ann Lee"}, {"name": ""}, None, 5], ("Ann Lee",)),
    ],
)
def test_json_ld_authors_are_named_as_printed(author: object, names: tuple[str, ...]) -> None:
    assert found_in("", author) == Found(names, "json-ld")


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (
            '<meta name="author" content="Ann Lee"><meta name="author" content="Bo Ek">',
            Found(("Ann Lee", "Bo Ek"), "meta"),
        ),
        ('<meta property="article:author" content="https://social.example/ann">', None),
        ('<meta name="byl" content="By Ann Lee">', Found(("Ann Lee",), "meta")),
        ('<p class="byline author">Ann Lee</p>', Found(("Ann Lee",), "text")),
        ("", None),
    ],
)
def test_meta_then_byline_when_json_ld_names_nobody(html: str, found: Found | None) -> None:
    assert found_in(html) == found
