"""Description, section, tags, language, image, publisher."""

import json

import pytest

from newsspider.extraction.fields.about import (
    find_description,
    find_image,
    find_language,
    find_publisher,
    find_section,
    find_tags,
)
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import Page, parse_page


def page_of(head: str = "", attributes: str = "", **article: object) -> Page:
    node = json.dumps({"@type": "NewsArticle", "headline": "Ferry", **article})
    script = f'<script type="application/ld+json">{node}</script>'
    html = f"<html {attributes}><head>{head}{script}</head><body><p>Ferry</body></html>"
    return parse_page(html.encode(), "https://herald.example/a/")


IMAGE = "https://herald.example/i.jpg"


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:description", "b") + meta("description", "a"), description="c"), Found("a", "meta")),
        (page_of(meta("og:description", "b"), description="c"), Found("b", "meta")),
        (page_of(description=" c &amp; d "), Found("c & d", "json-ld")),
        (page_of(), None),
    ],
)
def test_description_is_the_metas_before_json_ld(page: Page, found: Found | None) -> None:
    assert find_description(read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("article:section", "Sport"), articleSection="Politics"), Found("Politics", "json-ld")),
        (page_of(articleSection=["Politics", "Council"]), Found("Politics", "json-ld")),
        (page_of(meta("article:section", "Sport")), Found("Sport", "meta")),
        (page_of(), None),
    ],
)
def test_section_is_the_first_named(page: Page, found: Found | None) -> None:
    assert find_section(read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:site_name", "B"), publisher={"name": "The Herald"}), Found("The Herald", "json-ld")),
        (page_of(meta("og:site_name", "The Herald")), Found("The Herald", "meta")),
        (page_of(), None),
    ],
)
def test_publisher_is_json_lds_before_the_metas(page: Page, found: Found | None) -> None:
    assert find_publisher(read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(keywords=["ferry", "harbour", "ferry"]), Found(("ferry", "harbour"), "json-ld")),
        (page_of(keywords="ferry, old  harbour; quay,"), Found(("ferry", "old harbour", "quay"), "json-ld")),
        (page_of(keywords=[{"name": "ferry"}, {"@type": "Thing"}, 5]), Found(("ferry",), "json-ld")),
        (page_of(keywords="渡轮、港口، بندر"), Found(("渡轮", "港口", "بندر"), "json-ld")),
        (page_of(meta("article:tag", "ferry") + meta("article:tag", "quay")), Found(("ferry", "quay"), "meta")),
        (page_of(meta("keywords", "news") + meta("news_keywords", "ferry"), keywords=" , "), Found(("ferry",), "meta")),
        (page_of(), None),
    ],
)
def test_tags_are_each_once_in_order(page: Page, found: Found | None) -> None:
    assert find_tags(read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(attributes='lang="en"', inLanguage="de"), Found("en", "markup")),
        (page_of(attributes='lang="EN_gb"'), Found("en-GB", "markup")),
        (page_of(attributes='lang="zh-Hant-TW"'), Found("zh-Hant-TW", "markup")),
        (page_of(attributes='xml:lang="fa"'), Found("fa", "markup")),
        (page_of(attributes='lang=""', inLanguage="de-at"), Found("de-AT", "json-ld")),
        (page_of(inLanguage={"@type": "Language", "name": "de"}), Found("de", "json-ld")),
        (page_of(meta("og:locale", "pt_BR"), attributes='lang="{{lang}}"'), Found("pt-BR", "meta")),
        (page_of(attributes='lang="x"'), None),
        (page_of(), None),
    ],
)
def test_language_is_bcp_47(page: Page, found: Found | None) -> None:
    assert find_language(page, read_sources(page)) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:image", "/i.jpg"), image="/j.jpg"), Found(IMAGE, "meta")),
        (page_of(image="i.jpg"), Found("https://herald.example/a/i.jpg", "json-ld")),
        (page_of(image=["/i.jpg", "/j.jpg"]), Found(IMAGE, "json-ld")),
        (page_of(image={"@type": "ImageObject", "url": "/i.jpg", "name": "x"}), Found(IMAGE, "json-ld")),
        (page_of(meta("og:image", "data:image/png;base64,x"), image="/i.jpg"), Found(IMAGE, "json-ld")),
        (page_of(image=[[]]), None),
        (page_of(image=5), None),
        (page_of(), None),
    ],
)
def test_image_is_an_absolute_address(page: Page, found: Found | None) -> None:
    assert find_image(page, read_sources(page)) == found
