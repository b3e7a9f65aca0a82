"""The language: as declared, checked by the text."""

import pytest

from newsspider.extraction.sources import Found
from newsspider.page import Page, parse_page
from newsspider.raw_page import EntryHint
from tests.extraction.fields.pages import PROSE, article_of, found_in, json_ld, meta, page_of

GERMAN = "<p>" + "Der Hafenrat stimmte am Freitag dafür, die alte Fähre wieder fahren zu lassen. " * 6 + "</p>"
SHORT = "<p>Ferry back</p>"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(json_ld(inLanguage="de"), lang="en", body=SHORT), Found("en", "markup")),
        (page_of(lang="EN_gb", body=SHORT), Found("en-GB", "markup")),
        (page_of(lang="zh-Hant-TW", body=SHORT), Found("zh-Hant-TW", "markup")),
        (parse_page(b"<html xml:lang='fa'><p>x"), Found("fa", "markup")),
        (page_of(json_ld(inLanguage="de-at"), lang="", body=SHORT), Found("de-AT", "json-ld")),
        (page_of(json_ld(inLanguage={"@type": "Language", "name": "de"}), lang="", body=SHORT), Found("de", "json-ld")),
        (page_of(meta("og:locale", "pt_BR"), lang="{{lang}}", body=SHORT), Found("pt-BR", "meta")),
        (
            page_of(lang="", body=SHORT, entry=EntryHint(origin="news-sitemap", language="en")),
            Found("en", "news-sitemap"),
        ),
        (parse_page(b"<html><p>Ferry", language="pt-br"), Found("pt-BR", "profile")),
        (parse_page(b"<html lang=en><p>Ferry", language="de"), Found("en", "markup")),
        (
            parse_page(b"<p>Ferry", language="de", entry=EntryHint(origin="feed", language="en")),
            Found("en", "feed"),
        ),
        (parse_page(GERMAN.encode() * 2, language="en"), Found("de", "text")),
        (page_of(lang="x", body=SHORT), None),
        (page_of(lang="", body=GERMAN), Found("de", "text")),
        (page_of(lang="en", body=article_of(prose=GERMAN * 2)), Found("de", "text")),
        (page_of(lang="de-CH", body=GERMAN), Found("de-CH", "markup")),
        (page_of(lang="de", body=PROSE), Found("en", "text")),
        (page_of(lang="lb", body=GERMAN), Found("lb", "markup")),
    ],
)
def test_language_is_the_declared_one_unless_the_text_says_otherwise(page: Page, found: Found | None) -> None:
    assert found_in(page, "language") == found
