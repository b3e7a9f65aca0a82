"""What pages say about themselves for machines, broken or not."""

import html
import json

import pytest

from newsspider.extraction.declared.metadata import MAX_NODES, Metadata, as_list, as_text, read_metadata, types_of
from newsspider.pages.page import parse_page

URL = "https://herald.example/ferry"
ARTICLE = {"@type": "NewsArticle", "headline": "Ferry back", "datePublished": "2026-03-24"}


def metadata_of(head: str, url: str | None = URL) -> Metadata:
    return read_metadata(parse_page(f"<html><head>{head}</head><body><p>Ferry".encode(), url))


def as_script(content: object, mime: str = "application/ld+json") -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return f'<script type="{mime}">{text}</script>'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ARTICLE, id="object"),
        pytest.param([{"@type": "WebSite"}, ARTICLE], id="array"),
        pytest.param({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, ARTICLE]}, id="@graph"),
        pytest.param({"@type": "WebPage", "mainEntity": ARTICLE}, id="nested"),
        pytest.param([[ARTICLE]], id="array in array"),
        pytest.param({**ARTICLE, "@type": ["NewsArticle", "Thing"]}, id="several types"),
        pytest.param({**ARTICLE, "@type": "http://schema.org/NewsArticle"}, id="type as address"),
        pytest.param({**ARTICLE, "@type": "schema:NewsArticle"}, id="type with prefix"),
    ],
)
def test_article_is_found_wherever_it_stands(content: object) -> None:
    assert metadata_of(as_script(content)).article["headline"] == "Ferry back"


@pytest.mark.parametrize("mime", ["application/ld+json", "Application/LD+JSON", "application/ld+json; charset=utf-8"])
def test_json_ld_is_known_by_its_type(mime: str) -> None:
    assert metadata_of(as_script(ARTICLE, mime)).article
    assert not metadata_of(as_script(ARTICLE, "application/json")).article


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('<!--\n{"@type": "NewsArticle", "headline": "Ferry back"}\n-->', id="comment"),
        pytest.param('//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry back"}\n//]]>', id="CDATA"),
        pytest.param('<![CDATA[{"@type": "NewsArticle", "headline": "Ferry back"}]]>', id="bare CDATA"),
        pytest.param('{"@type": "NewsArticle", "headline": "Ferry back",}', id="last comma"),
        pytest.param('[{"@type": "NewsArticle", "tags": ["a",], "headline": "Ferry back"},\n]', id="last commas"),
        pytest.param('{"@type": "NewsArticle", "headline": "Ferry\nback"}', id="line break in text"),
        pytest.param('{"@type": "NewsArticle", "headline": "Ferry\tback"}', id="tab in text"),
        pytest.param(html.escape('{"@type": "NewsArticle", "headline": "Ferry back"}'), id="entities"),
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert as_text(metadata_of(as_script(text)).article["headline"]) == "Ferry back"


@pytest.mark.parametrize("text", ["", "  ", "{", '{"@ty', "null", "5", '"x"', "[" * 5_000])
def test_json_that_can_not_be_mended_is_passed_over(text: str) -> None:
    metadata = metadata_of(as_script(text) + as_script(ARTICLE))
    assert metadata.nodes == (ARTICLE,)


def test_article_with_the_pages_address_goes_before_a_fuller_teaser() -> None:
    teaser = {**ARTICLE, "headline": "Other", "url": "https://herald.example/other", "author": "A", "articleBody": "x"}
    own = {"@type": "Article", "headline": "Own", "mainEntityOfPage": {"@id": f"{URL}?utm_source=x#top"}}
    assert metadata_of(as_script([teaser, own])).article["headline"] == "Own"


def test_fullest_article_is_the_pages_when_none_has_its_address() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Teaser"}
    assert metadata_of(as_script([teaser, ARTICLE, teaser])).article == ARTICLE
    assert metadata_of(as_script([teaser, ARTICLE, teaser]), url=None).article == ARTICLE


def test_page_without_article_node_has_an_empty_one() -> None:
    metadata = metadata_of(as_script({"@type": "WebSite", "headline": "Herald"}))
    assert metadata.article == {}
    assert len(metadata.nodes) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"@type": 5},
        {"@type": None},
        {"@type": {"@id": "NewsArticle"}},
        {"@type": [["NewsArticle"], 5, None]},
        {**ARTICLE, "url": "http://["},
        {**ARTICLE, "url": "http://herald.example:99999/"},
        {**ARTICLE, "url": "https://herald.example/\ud800"},
        {**ARTICLE, "url": 5, "@id": [None], "mainEntityOfPage": {"@id": ["x"], "url": {}}},
    ],
)
def test_values_of_any_shape_are_survived(node: dict[str, object]) -> None:
    metadata = metadata_of(as_script([node, ARTICLE]))
    assert metadata.article["headline"] == "Ferry back"


def test_nodes_of_a_page_are_bounded() -> None:
    assert len(metadata_of(as_script([ARTICLE] * (MAX_NODES + 1_000))).nodes) == MAX_NODES


@pytest.mark.parametrize(
    ("declared", "types"),
    [
        ("NewsArticle", {"NewsArticle"}),
        (["Article", "https://schema.org/NewsArticle"], {"Article", "NewsArticle"}),
        (None, set()),
        ("", {""}),
        (5, {"5"}),
    ],
)
def test_types_are_without_their_vocabulary(declared: object, types: set[str]) -> None:
    assert types_of({"@type": declared}) == types


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Ferry", "Ferry"),
        (" Ferry \n back ", "Ferry back"),
        ("Fish &amp; chips &#8211; again", "Fish & chips – again"),
        ("half \ud83d a pair", "half \ufffd a pair"),
        ("", None),
        (" ", None),
        (None, None),
        (5, None),
        (True, None),
        ({"name": "Ann Lee"}, "Ann Lee"),
        ({"@type": "Person", "name": ["Ann Lee", "A. L."]}, "Ann Lee"),
        ({"@value": "Ferry", "@language": "en"}, "Ferry"),
        ({"url": "https://herald.example/a"}, "https://herald.example/a"),
        ({"@type": "Person"}, None),
        (["Ferry", "Tram"], "Ferry"),
        ([], None),
    ],
)
def test_text_of_a_value_is_itself_its_name_or_its_first(value: object, text: str | None) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("value", "members"), [(None, []), ("a", ["a"]), (["a", "b"], ["a", "b"]), ({}, [{}]), ([], [])]
)
def test_one_or_many_is_a_list(value: object, members: list[object]) -> None:
    assert as_list(value) == members


def test_meta_is_read_by_name_property_and_itemprop_in_order() -> None:
    metadata = metadata_of(
        '<meta name="Author" content="Ann Lee"><meta property="author" content=" Bo  Ek ">'
        '<meta itemprop="datePublished" content="2026-03-24"><meta name="empty" content=" "><meta name="none">'
        '<meta content="nameless">'
    )
    assert dict(metadata.meta) == {"author": ("Ann Lee", "Bo Ek"), "datepublished": ("2026-03-24",)}


def test_first_meta_goes_by_the_order_asked_for() -> None:
    metadata = metadata_of('<meta name="a" content="1"><meta name="b" content="2"><meta name="b" content="3">')
    assert metadata.first_meta("b", "a") == "2"
    assert metadata.first_meta("c", "a") == "1"
    assert metadata.first_meta("c") is None


def test_value_of_a_meta_element_stands_for_its_content() -> None:
    page = parse_page(b"<meta name='twitter:title' value='Ferry'><meta name='a' content='b' value='c'><p>x</p>")
    assert read_metadata(page).meta == {"twitter:title": ("Ferry",), "a": ("b",)}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Review: <em>The Ferry</em> sails", "Review: The Ferry sails"),
        ("<p>The ferry</p><p>and the sea</p>", "The ferry and the sea"),
        ("H1N1<br>on the ferry", "H1N1 on the ferry"),
        ("H<sub>2</sub>O for <a href='/x'>all</a>", "H2O for all"),
        ("How the <b> tag came to be", "How the <b> tag came to be"),
        ("Why 3 < 5 and 5 > 3", "Why 3 < 5 and 5 > 3"),
    ],
)
def test_tags_that_editors_wrote_into_a_statement_are_dropped(written: str, text: str) -> None:
    escaped = html.escape(written)
    head = f'<title>{escaped}</title><meta property="og:title" content="{escaped}">'
    metadata = metadata_of(head + as_script(ARTICLE | {"headline": written}))
    assert (metadata.title, metadata.first_meta("og:title")) == (text, text)
    assert as_text(metadata.article["headline"]) == text
