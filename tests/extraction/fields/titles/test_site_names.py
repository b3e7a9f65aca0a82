"""What a page's site is called."""

import pytest

from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.fields.titles.site_names import is_site_name, read_site_names
from newsspider.pages.page import parse_page

LD = '<script type=\'application/ld+json\'>{{"@type": "{}", "name": "{}"}}</script>'


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<meta property='og:site_name' content='The Herald'>", "herald"),
        ("<meta name='application-name' content='Herald 24'>", "herald24"),
        (LD.format("WebSite", "Harbour Herald"), "harbourherald"),
        ("<a href='/'>Harbour Herald</a>", "harbourherald"),
        ("<a href='https://news.port.example/'><img alt='Harbour Herald'></a>", "harbourherald"),
        ("", "portexample"),
        ("", "newsportexample"),
        ("", "port"),
        ("<meta property='og:site_name' content='www.herald.net'>", "herald"),
    ],
)
def test_site_is_known_by_its_statements_its_address_and_its_home_links(html: str, name: str) -> None:
    page = parse_page(f"{html}<p>x</p>".encode(), "https://news.port.example/a")
    assert name in read_site_names(page, read_metadata(page))


@pytest.mark.parametrize("text", ["Home", "Startseite", "Here begins what all of you should read today at once"])
def test_home_links_that_say_no_name_are_left_out(text: str) -> None:
    page = parse_page(f"<a href='/'>{text}</a>".encode())
    assert read_site_names(page, read_metadata(page)) == frozenset()


@pytest.mark.parametrize(
    ("text", "exact", "is_name"),
    [
        ("The Harbour Herald", True, True),
        ("Harbour Herald Online", True, False),
        ("Harbour Herald Online", False, True),
        ("news.harbourherald", False, True),
        ("other.com", True, True),
        ("Ferry sails for the Harbour Herald", False, False),
        ("", False, False),
    ],
)
def test_names_have_longer_and_shorter_forms(text: str, exact: bool, is_name: bool) -> None:
    assert is_site_name(text, {"harbourherald"}, exact=exact) is is_name
