"""Description, section, tags, image, publisher."""

import json

import pytest

from newsspider.extraction.cutting import cut_page
from newsspider.extraction.fields.about import (
    find_description,
    find_image,
    find_publisher,
    find_section,
    find_tags,
)
from newsspider.extraction.fields.opening import Opening, find_opening
from newsspider.extraction.sources import Found, read_sources
from newsspider.page import Page, parse_page


def page_of(head: str = "", attributes: str = "", **article: object) -> Page:
    node = json.dumps({"@type": "NewsArticle", "headline": "Ferry", **article})
    script = f'<script type="application/ld+json">{node}</script>'
    html = f"<html {attributes}><head>{head}{script}</head><body><p>Ferry</body></html>"
    return parse_page(html.encode(), "https://herald.example/a/")


IMAGE = "https://herald.example/i.jpg"


def opening_of(page: Page) -> Opening:
    return find_opening(cut_page(page.tree), "Ferry")


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
    assert find_section(read_sources(page), opening_of(page), "Ferry") == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:site_name", "B"), publisher={"name": "The Herald"}), Found("The Herald", "json-ld")),
        (page_of(meta("og:site_name", "The Herald")), Found("The Herald", "meta")),
        (page_of(), None),
    ],
)
def test_publisher_is_json_lds_before_the_metas(page: Page, found: Found | None) -> None:
    assert find_publisher(page, read_sources(page)) == found


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
    assert find_tags(read_sources(page), opening_of(page)) == found


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


CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"@type": "ListItem", "name": "Home"},
        {"@type": "ListItem", "item": {"@id": "/politics", "name": "Politics"}},
        {"@type": "ListItem", "name": "Ferry returns to the old harbour"},
    ],
}


@pytest.mark.parametrize(
    ("head", "above", "found"),
    [
        (f'<script type="application/ld+json">{json.dumps(CRUMBS)}</script>', "", Found("Politics", "json-ld")),
        ("", "<p>Home › Politics</p>", Found("Politics", "markup")),
        ("", "<p>Accueil &gt; Vie locale &gt; Article</p>", Found("Vie locale", "markup")),
        ("", "<p>Главная / Город</p>", Found("Город", "markup")),
        ("", "<p>当前位置：晚报网 &gt; 本地 &gt; 正文</p>", Found("本地", "markup")),
        ("", "<p><a rel='category tag' href='/category/river'>River</a></p>", Found("River", "markup")),
        ("", "<p>Price / Quality</p>", None),
        ("", "<p>Home</p>", None),
    ],
)
def test_section_is_the_last_step_of_the_way_to_the_page(head: str, above: str, found: Found | None) -> None:
    html = f"<html><head>{head}</head><body>{above}<h1>Ferry returns to the old harbour</h1><p>Text</p></body></html>"
    page = parse_page(html.encode(), "https://herald.example/a/")
    opening = find_opening(cut_page(page.tree), "Ferry returns to the old harbour")
    assert find_section(read_sources(page), opening, "Ferry returns to the old harbour") == found


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("<a rel='tag' href='/tag/a'>#ferry</a> <a rel='tag' href='/tag/b'>quay</a>", ("ferry", "quay")),
        ("<a rel='tag' href='/tag/a'>ferry</a><a rel='category tag' href='/category/b'>River</a>", ("ferry",)),
        ("<div class='related'><a rel='tag' href='/tag/a'>ferry</a></div><p>a</p><p>b</p><p>c</p>", None),
        ("".join(f"<a rel='tag' href='/tag/{i}'>tag {i}</a>" for i in range(40)), None),
        ("<a href='/tag/a'>ferry</a>", None),
    ],
)
def test_tags_are_the_links_that_say_so(body: str, tags: tuple[str, ...] | None) -> None:
    page = parse_page(f"<h1>Ferry returns</h1>{body}".encode())
    assert find_tags(read_sources(page), opening_of(page)) == (Found(tags, "markup") if tags else None)
