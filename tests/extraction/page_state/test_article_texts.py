"""Articles in application state: the formats of rich text, and the places where no article is."""

import json
import time
from typing import Any

import pytest

from newsspider.extraction.page_state.article_texts import find_texts

ONE = "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board."
TWO = "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free."
THREE = "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology."
HEAD = "A letter signed twice"
CAPTION = "The ferry at the pier on Monday morning, with its captain, her tea and a seal that nobody had asked to come."


def contentful(kind: str, *texts: str) -> dict[str, Any]:
    return {"nodeType": kind, "data": {}, "content": [{"nodeType": "text", "value": t, "marks": []} for t in texts]}


def element(tag: str, *children: Any, **properties: Any) -> dict[str, Any]:
    return {"tagName": tag, "children": list(children), **properties}


FORMATS = {
    "Arc": {
        "content_elements": [
            {"type": "text", "content": ONE.replace("Monday", "<b>Monday</b>")},
            {"type": "image", "caption": CAPTION},
            {"type": "header", "level": 2, "content": HEAD},
            {"type": "raw_html", "content": f"<div>{CAPTION}</div>"},
            {"type": "interstitial_link", "content": "Read more: ten bridges that nobody crosses"},
            {"type": "text", "content": TWO},
            {"type": "list", "items": [{"type": "text", "content": "Tea"}, {"type": "text", "content": "Cakes"}]},
            {"type": "quote", "content_elements": [{"type": "text", "content": THREE}]},
        ]
    },
    "Contentful": {
        "nodeType": "document",
        "content": [
            contentful("paragraph", ONE[:30], ONE[30:]),
            {"nodeType": "embedded-asset-block", "data": {"target": {"description": CAPTION}}, "content": []},
            contentful("heading-2", HEAD),
            contentful("paragraph", TWO),
            {
                "nodeType": "unordered-list",
                "content": [
                    {"nodeType": "list-item", "content": [contentful("paragraph", text)]} for text in ("Tea", "Cakes")
                ],
            },
            contentful("paragraph", THREE),
        ],
    },
    "ProseMirror": {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": ONE[:9]}, {"type": "text", "text": ONE[9:]}]},
            {"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": HEAD}]},
            {"type": "figure", "content": [{"type": "caption", "content": [{"type": "text", "text": CAPTION}]}]},
            {"type": "paragraph", "content": [{"type": "text", "text": TWO}]},
            {
                "type": "bulletList",
                "content": [
                    {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": t}]}]}
                    for t in ("Tea", "Cakes")
                ],
            },
            {"type": "paragraph", "content": [{"type": "text", "text": THREE}]},
        ],
    },
    "Slate": [
        {"type": "paragraph", "children": [{"text": ONE[:9]}, {"text": ONE[9:], "bold": True}]},
        {"type": "heading-two", "children": [{"text": HEAD}]},
        {"type": "paragraph", "children": [{"text": TWO}]},
        {"type": "ul", "children": [{"type": "li", "children": [{"text": text}]} for text in ("Tea", "Cakes")]},
        {"type": "image", "children": [{"text": CAPTION}]},
        {"type": "paragraph", "children": [{"text": THREE}]},
    ],
    "Portable Text": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": ONE}]},
        {"_type": "block", "style": "h2", "children": [{"_type": "span", "text": HEAD}]},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": TWO}]},
        {"_type": "block", "listItem": "bullet", "children": [{"_type": "span", "text": "Tea"}]},
        {"_type": "block", "listItem": "bullet", "children": [{"_type": "span", "text": "Cakes"}]},
        {"_type": "image", "alt": CAPTION},
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": THREE}]},
    ],
    "Draft.js": {
        "entityMap": {},
        "blocks": [
            {"type": "unstyled", "text": ONE, "data": {}},
            {"type": "header-two", "text": HEAD, "data": {}},
            {"type": "atomic", "text": CAPTION, "data": {}},
            {"type": "unstyled", "text": TWO, "data": {}},
            {"type": "unordered-list-item", "text": "Tea"},
            {"type": "unordered-list-item", "text": "Cakes"},
            {"type": "unstyled", "text": THREE, "data": {}},
        ],
    },
    "Editor.js": {
        "blocks": [
            {"type": "paragraph", "data": {"text": ONE}},
            {"type": "header", "data": {"text": HEAD, "level": 2}},
            {"type": "image", "data": {"caption": CAPTION}},
            {"type": "paragraph", "data": {"text": TWO}},
            {"type": "list", "data": {"style": "unordered", "items": ["Tea", "Cakes"]}},
            {"type": "paragraph", "data": {"text": THREE}},
        ]
    },
    "Gutenberg": {
        "blocks": [
            {"name": "core/paragraph", "attributes": {"content": ONE}},
            {"name": "core/heading", "attributes": {"content": HEAD}},
            {"name": "core/paragraph", "attributes": {"content": TWO}},
            {"name": "core/list", "attributes": {"values": ""}, "innerBlocks": [
                {"name": "core/list-item", "attributes": {"content": text}} for text in ("Tea", "Cakes")]},
            {"name": "core/image", "attributes": {"caption": CAPTION}},
            {"name": "core/paragraph", "attributes": {"content": THREE}},
        ]
    },
    "Lexical": {
        "root": {
            "type": "root",
            "children": [
                {"type": "paragraph", "children": [{"type": "text", "text": ONE}]},
                {"type": "heading", "tag": "h2", "children": [{"type": "text", "text": HEAD}]},
                {"type": "paragraph", "children": [{"type": "text", "text": TWO}]},
                {"type": "list", "children": [
                    {"type": "listitem", "children": [{"type": "text", "text": text}]} for text in ("Tea", "Cakes")]},
                {"type": "paragraph", "children": [{"type": "text", "text": THREE}]},
            ],
        }
    },
    "elements": element(
        "article",
        element("figure", element("figcaption", CAPTION)),
        element("div", element("p", ONE[:9], element("a", ONE[9:20], href="/a"), ONE[20:])),
        element("h2", HEAD),
        element("div", element("a", element("h3", "Ten bridges that nobody crosses")), className="related-box"),
        element("component", element("p", TWO)),
        element("ul", element("li", "Tea"), element("li", "Cakes")),
        element("p", element("a", "Ten bridges that nobody crosses, and one that everybody does.", href="/b")),
        element("p", THREE),
    ),
    "sections": [
        {"type": "section", "content": [{"type": "paragraph", "text": ONE}, {"type": "heading", "text": HEAD}]},
        {"type": "paragraph", "text": TWO},
        {"type": "list", "items": ["Tea", "Cakes"]},
        {"type": "paragraph", "text": THREE},
    ],
    "markup": f"<p>{ONE}</p><h2>{HEAD}</h2><p>{TWO}</p><ul><li>Tea</li><li>Cakes</li></ul><p>{THREE}</p>",
}  # fmt: skip


def longest(state: Any) -> tuple[str, ...]:
    return max((found.paragraphs for found in find_texts(state)), key=lambda texts: sum(map(len, texts)), default=())


@pytest.mark.parametrize("name", FORMATS)
def test_rich_text_gives_its_paragraphs_headings_and_items_in_order(name: str) -> None:
    assert longest({"page": {"article": {"body": FORMATS[name]}}}) == (ONE, HEAD, TWO, "Tea", "Cakes", THREE)


@pytest.mark.parametrize("name", ["Arc", "Slate", "markup"])
def test_text_has_the_headline_of_its_article(name: str) -> None:
    state = {
        "other": {"title": "Ten bridges that nobody crosses"},
        "story": {"headline": "The ferry sails", "b": FORMATS[name]},
    }
    assert {found.headline for found in find_texts(state) if ONE in found.paragraphs} == {"The ferry sails"}


@pytest.mark.parametrize(
    "key", ["relatedArticles", "comments", "footer", "i18n", "authorBio", "imageCaption", "cookie_consent"]
)
def test_there_is_no_article_under_a_key_for_something_else(key: str) -> None:
    assert list(find_texts({"page": {key: FORMATS["Slate"]}})) == []


def test_descriptions_of_several_articles_are_not_a_text() -> None:
    cards = [{"title": f"Story number {n} of ten", "description": f"{n}: {ONE}"} for n in range(10)]
    assert list(find_texts({"cards": cards})) == []


def test_entities_of_a_store_are_put_where_they_are_referred_to() -> None:
    state = {
        "ROOT_QUERY": {"story": {"__ref": "Story:1"}},
        "Paragraph:3": {"__typename": "Paragraph", "text": THREE},
        "Paragraph:1": {"__typename": "Paragraph", "text": ONE},
        "Paragraph:2": {"__typename": "Paragraph", "text": TWO},
        "Story:1": {"__typename": "Story", "body": [{"__ref": f"Paragraph:{n}"} for n in (1, 2, 3)]},
    }
    assert longest(state) == (ONE, TWO, THREE)


def test_string_that_is_json_is_read() -> None:
    assert longest({"body": json.dumps({"status": 200, "body": json.dumps(FORMATS["Slate"])})})[0] == ONE


@pytest.mark.parametrize("wide", [2, 300])
def test_lists_in_each_other_many_times_take_bounded_time(wide: int) -> None:
    inner: Any = [{"type": "paragraph", "text": ONE}, {"type": "paragraph", "text": TWO}]
    for _ in range(40):
        inner = [{"type": "section", "content": inner}] * wide
    start = time.process_time()
    for _ in find_texts({"a": inner}):
        pass
    assert time.process_time() - start < 5
