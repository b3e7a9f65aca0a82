"""JSON-LD: mending, and the node that is the page's own."""

import pytest

from newsspider.extraction.declared.json_ld import ARTICLE_TYPES, choose_node, decode_json, resolve_references, unescape

OWN = frozenset({"https://herald.example/ferry"})


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "b"}',
        '\ufeff{"a": "b"}',
        '/*<![CDATA[*/{"a": "b"}/*]]>*/',
        '<!-- {"a": "b"} -->',
        '{"a": "b",};',
        '{"a": "b"}//',
        '// <![CDATA[\n{"a": "b"}\n// ]]&gt;',
    ],
)
def test_what_stands_around_it_is_cut(text: str) -> None:
    assert decode_json(text) == {"a": "b"}


def test_backslashes_that_escape_nothing_are_kept() -> None:
    assert decode_json(r'{"a": "it\'s \d"}') == {"a": r"it\'s \d"}


def test_a_long_script_of_blanks_costs_no_time() -> None:
    assert decode_json('{"a": "' + " " * 200_000 + '"}') == {"a": " " * 200_000}


def test_entities_are_resolved_twice_and_no_more() -> None:
    assert unescape("&amp;amp;amp;") == "&amp;"


@pytest.mark.parametrize(
    ("nodes", "chosen"),
    [
        (
            [
                {"@type": "Article", "headline": "Other", "articleBody": "x"},
                {"@type": "Article", "headline": "Ferry back"},
            ],
            1,
        ),
        (
            [
                {"@type": "Article", "url": "https://herald.example/ferry"},
                {"@type": "Article", "headline": "Ferry back"},
            ],
            0,
        ),
        ([{"@type": "Article", "name": "a"}, {"@type": "NewsArticle", "headline": "x", "author": "A"}], 1),
    ],
)
def test_the_pages_own_node_is_chosen(nodes: list[dict[str, object]], chosen: int) -> None:
    assert choose_node(tuple(nodes), ARTICLE_TYPES, OWN, "Ferry back - Herald") is nodes[chosen]


def test_teasers_in_a_list_are_other_works() -> None:
    teaser = {"@type": "NewsArticle", "headline": "Teaser", "author": "A", "datePublished": "2026-03-24"}
    listing = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": teaser}]}
    own = {"@type": "NewsArticle", "headline": "Own"}
    assert choose_node((listing, teaser, own), ARTICLE_TYPES, frozenset(), "") is own


def test_references_are_resolved_within_the_page() -> None:
    ann = {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}
    node = {"author": [{"@id": "#ann"}], "publisher": {"@type": "Organization", "@id": "#none"}}
    assert resolve_references(node, (ann,)) == {"author": [ann], "publisher": {"@type": "Organization", "@id": "#none"}}
