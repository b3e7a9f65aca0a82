"""The titles that a page declares, and the alternative one among them."""

import json

import pytest

from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.titles.declared_titles import find_alternative_title, read_declared_titles
from newsspider.pages.page import parse_page
from newsspider.pages.raw_page import EntryHint

URL = "https://herald.example/ferry"
HEADLINE = "Ferry returns to harbour after ten years"
OTHER = "The ferry is back"


def ld(**values: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def og(title: str) -> str:
    return f"<meta property='og:title' content='{title}'>"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (ld(headline=OTHER) + og("Ferries"), Found(OTHER, "json-ld")),
        (ld(headline=HEADLINE) + og(f"{OTHER} | The Herald"), Found(OTHER, "meta")),
        (f"{og(HEADLINE)}<title>{OTHER} - Herald</title>", Found(OTHER, "markup")),
        (ld(headline=HEADLINE, alternativeHeadline=OTHER), Found(OTHER, "json-ld")),
        (f"{og('ferry returns to HARBOUR – after ten years!')}<title>{HEADLINE} - Herald</title>", None),
        (f"{og('Ferry returns to har')}<title>The Herald</title>", None),
        ("<title>Untitled Document</title>", None),
        (f"<title>{HEADLINE} - Ships of the World</title>", None),  # whatever the site is called
        (f"<title>Harbour | {HEADLINE}</title>", None),
    ],
)
def test_alternative_title_is_the_first_declared_one_in_other_words(html: str, found: Found | None) -> None:
    page = parse_page(f"{html}<p>x</p>".encode(), URL)
    declared = read_declared_titles(page, read_metadata(page))
    assert find_alternative_title(declared, HEADLINE) == found
    assert find_alternative_title(declared, None) is None


def test_alternative_title_may_come_from_the_feed() -> None:
    page = parse_page(b"<p>x</p>", URL, entry=EntryHint(origin="feed", title=f"{OTHER} - Herald"))
    declared = read_declared_titles(page, read_metadata(page))
    assert find_alternative_title(declared, HEADLINE) == Found(OTHER, "feed")


def test_headline_declared_as_the_sites_name_stays_a_title() -> None:
    html = f"<meta property='og:site_name' content='{HEADLINE}'><title>{HEADLINE} | Herald</title><p>x</p>"
    page = parse_page(html.encode(), URL)
    assert read_declared_titles(page, read_metadata(page)).element == HEADLINE


def test_og_title_that_ends_at_a_quotation_mark_is_broken_off() -> None:
    page = parse_page(f"""{og("Board calls ferry")}<title>Board calls ferry "a gift"</title><p>x</p>""".encode(), URL)
    declared = read_declared_titles(page, read_metadata(page))
    assert declared.all == ('Board calls ferry "a gift"',)
