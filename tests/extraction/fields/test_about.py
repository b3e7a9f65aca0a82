"""Description, section, tags, image, publisher."""

import json

import pytest
from lxml.html import fromstring

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.about import (
    find_description,
    find_image,
    find_publisher,
    find_tags,
)
from newsspider.extraction.fields.opening import Opening, find_opening
from newsspider.extraction.fields.pictures.image_addresses import image_address, is_no_picture
from newsspider.extraction.fields.section import find_section
from newsspider.extraction.fields.titles.site_names import read_site_names
from newsspider.pages.page import Page, parse_page
from tests.extraction.fields.pages import article_of, found_in, json_ld
from tests.extraction.fields.pages import page_of as article_page


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
    assert find_description(read_metadata(page)) == found


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
    assert find_section(page, read_metadata(page), opening_of(page), "Ferry") == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (page_of(meta("og:site_name", "B"), publisher={"name": "The Herald"}), Found("The Herald", "json-ld")),
        (page_of(meta("og:site_name", "The Herald")), Found("The Herald", "meta")),
        (page_of(), None),
    ],
)
def test_publisher_is_json_lds_before_the_metas(page: Page, found: Found | None) -> None:
    assert find_publisher(page, read_metadata(page)) == found


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
    assert find_tags(read_metadata(page), opening_of(page)) == found


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
    assert find_image(page, read_metadata(page)) == found


@pytest.mark.parametrize(
    ("page", "value"),
    [
        (page_of(articleSection="game,news,slider"), "game"),
        (page_of(articleSection="All, Sport"), "Sport"),
        (page_of(articleSection="Home, Garden and Pets"), "Home, Garden and Pets"),
        (page_of(articleSection="News > Politics"), "Politics"),
        (page_of(meta("article:section", "Sport"), articleSection="articles"), "Sport"),
        (page_of(meta("article:section", "Sport"), articleSection="local-sport"), "Sport"),
        (page_of(meta("article:section", "Sport"), articleSection="https://herald.example/sport"), "Sport"),
        (page_of(meta("prism.section", "Sport"), articleSection="Herald", publisher={"name": "Herald"}), "Sport"),
        (page_of(meta("sailthru_section", "Sport"), articleSection="Ferry"), "Sport"),
        (page_of(meta("og:section", "Category: Sport")), "Sport"),
        (page_of(articleSection="Uncategorized"), None),
    ],
)
def test_section_is_a_name_that_readers_would_know(page: Page, value: str | None) -> None:
    found = find_section(page, read_metadata(page), opening_of(page), "Ferry")
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("above", "value"),
    [
        ("<p><a href='/politics/'>Politics</a></p>", "Politics"),
        ("<p><a href='/thema/ferries'>Ferries</a></p>", "Ferries"),
        ("<p><a href='/politics'>Politics</a> / <a href='/politics/local'>Local</a></p>", "Local"),
        ("<ul class='breadcrumbs'><li>Home</li><li>Politics</li></ul>", "Politics"),
        ("<p><a href='#text'>Skip to content</a></p>", None),
        ("<p><a href='/politics/'>Back to politics</a></p>", None),
        ("<p><a href='/login'>Login</a></p>", None),
    ],
)
def test_section_is_labelled_above_the_headline(above: str, value: str | None) -> None:
    html = f"<body>{above}<h1>Ferry returns to the old harbour</h1><p>Text</p></body>"
    page = parse_page(html.encode(), "https://herald.example/politics/ferry/")
    opening = find_opening(cut_page(page.tree), "Ferry returns to the old harbour")
    found = find_section(page, read_metadata(page), opening, "Ferry returns to the old harbour")
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("page", "value"),
    [
        (page_of(meta("og:site_name", "The Herald |")), "The Herald"),
        (page_of(meta("og:site_name", "The Herald"), publisher="@herald"), "The Herald"),
        (page_of(meta("og:site_name", "The Herald"), publisher="https://herald.example"), "The Herald"),
        (page_of(meta("og:site_name", "Ferry") + meta("application-name", "Herald")), "Herald"),
        (page_of(meta("og:site_name", "www.herald.example")), None),
        (page_of(meta("og:site_name", "The Herald"), publisher={"name": "Harbour Media AG"}), "The Herald"),
        (page_of(publisher={"name": "Harbour Media AG"}), "Harbour Media AG"),
        (page_of(publisher={"name": "Газета «Вестник»"}), "Газета «Вестник»"),
        (page_of("<title>Ferry sails again | The Herald</title>"), "The Herald"),
        (page_of("<title>Ferry sails again | The Moon</title>"), None),
        (
            page_of('<script type="application/ld+json">{"@type": "WebSite", "name": "Tide Times"}</script>'),
            "Tide Times",
        ),
    ],
)
def test_publisher_is_a_name(page: Page, value: str | None) -> None:
    metadata = read_metadata(page)
    found = find_publisher(page, metadata, "Ferry", read_site_names(page, metadata))
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        (["Emerging markets", "Emerging Markets"], ("Emerging markets",)),
        (
            ["Category: Moon", "type_news", "@river", "_no-push", "source:desk", "/article", "Page Type: Story"],
            ("Moon",),
        ),
        (["contentId: 15cd344d", "locale: US", "PACKAGE:TOP", "18153161", "2024"], ("2024",)),
        (["topic/ferries", "sections/world", "Race/Ethnicity"], ("ferries", "Race/Ethnicity")),
        (["ferry", "The ferry returns again - HeraldPolitics"], ("ferry",)),
        (["Chapter 1: Prologue", "Ferries: a history"], ("Chapter 1: Prologue", "Ferries: a history")),
    ],
)
def test_tags_are_for_readers(keywords: list[str], tags: tuple[str, ...]) -> None:
    page = page_of(keywords=keywords)
    assert find_tags(read_metadata(page), opening_of(page), "The ferry returns again") == Found(tags, "json-ld")


def test_logo_and_default_image_yield_to_a_picture() -> None:
    page = page_of(meta("og:image", "/img/share_default.png"), image="/i.jpg")
    assert find_image(page, read_metadata(page)) == Found(IMAGE, "json-ld")
    page = page_of(meta("og:image", "/brand.png"), publisher={"name": "Herald", "logo": {"url": "/brand.png"}})
    assert find_image(page, read_metadata(page), [IMAGE]) == Found(IMAGE, "markup")
    assert find_image(page, read_metadata(page)) == Found("https://herald.example/brand.png", "meta")


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
    assert find_section(page, read_metadata(page), opening, "Ferry returns to the old harbour") == found


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
    assert find_tags(read_metadata(page), opening_of(page)) == (Found(tags, "markup") if tags else None)


def test_section_in_small_letters_is_given_as_the_page_shows_it() -> None:
    above = "<p><a href='/news'>News</a> / <a href='/news/harbour'>Harbour</a></p>"
    page = article_page(json_ld(articleSection="harbour"), article_of(above=above))
    assert found_in(page, "section") == Found("Harbour", "json-ld")


def test_section_is_no_authors_name() -> None:
    page = article_page(meta("author", "Ann Lee") + meta("article:section", "Ann Lee"), article_of())
    assert found_in(page, "section") is None


def test_keywords_that_nothing_parts_yield_to_a_list() -> None:
    head = json_ld(keywords="harbour ferry pier gulls rain night") + meta("news_keywords", "harbour,ferry")
    assert found_in(article_page(head, article_of()), "tags") == Found(("harbour", "ferry"), "meta")


@pytest.mark.parametrize(
    ("address", "is_none"),
    [
        ("https://h.example/data/avatars/7.jpg", True),
        ("https://h.example/smilies/grr.gif", True),
        ("https://h.example/7.jpg", False),
    ],
)
def test_readers_portraits_and_moods_are_no_pictures(address: str, is_none: bool) -> None:
    assert is_no_picture(address) is is_none


def test_set_of_images_in_a_late_attribute_is_read() -> None:
    image = fromstring('<img data-src="/a.jpg 480w, /b.jpg 840w" src="/blank.gif">')
    assert image_address(image, "https://h.example/") == "https://h.example/b.jpg"


def test_copyright_line_has_no_script() -> None:
    body = article_of(after="<p>Copyright © document.write(new Date().getFullYear()); The Herald</p>")
    found = found_in(article_page("", body), "rights")
    assert found is not None
    assert found.value["copyright"] == "Copyright © The Herald"
