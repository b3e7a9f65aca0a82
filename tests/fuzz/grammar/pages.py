"""News pages: head, JSON-LD, microdata, bylines, dates, captions, nested tables, states; often left unclosed."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from tests.fuzz.grammar.choices import Choices
from tests.fuzz.grammar.wording import address, byline, date, name, phrase, sentence

MAX_DEPTH = 6
META_NAMES = (
    "og:title og:type og:url og:image og:site_name og:locale article:published_time article:modified_time author"
    " article:author description keywords news_keywords robots date dc.date parsely-author twitter:creator"
).split()
TYPES = [
    "NewsArticle",
    "LiveBlogPosting",
    "Person",
    "Organization",
    "BreadcrumbList",
    "ImageObject",
    "WebPage",
    "",
    ["a", 1],
]
KEYS = (
    "headline name author creator datePublished dateModified articleBody url image publisher keywords articleSection"
    " liveBlogUpdate itemListElement item position isAccessibleForFree hasPart cssSelector mainEntityOfPage @id"
).split()
STATE_KEYS = (
    "title headline author authors byline body content text html children type __typename props id __ref".split()
)
OPENINGS = [
    '<script type="application/json">', '<script id="__NEXT_DATA__">',
    "<script>window.__STATE__ = ", "<script>self.__next_f.push(",
]  # fmt: skip
TAGS = "p div h1 h2 ul li blockquote article aside section span b figure details time td nav svg template ul>li".split()
CLASSES = (
    "article-body byline author dateline published teaser related comments caption credit paywall live-entry fact-box"
    " twitter-tweet breadcrumb newsletter hidden"
).split()
CHARSETS = [
    "",
    '<meta charset="utf-8">',
    '<meta charset="windows-1252">',
    '<meta charset="utf-16">',
    "<base href=//x.example/>",
]
BEGINNINGS = [
    "<!doctype html>",
    '<?xml version="1.0" encoding="utf-8"?>',
    "<!-- ferry -->",
    "\ufeff",
    "<html lang=de>",
    "<html lang=th>",
]


def page(choices: Choices) -> bytes:
    """Return a page as bytes."""
    head = choices.one_of(BEGINNINGS) + choices.one_of(CHARSETS) + f"<title>{phrase(choices)}</title>"
    head += choices.some(_meta, 4) + choices.some(_json_ld, 2) + choices.some(_state, 1)
    body = f"<body><h1>{phrase(choices)}</h1>" + choices.some(lambda rest: _element(rest, 0), 12)
    return (head + body + choices.some(_paragraph, 6)).encode("utf-8", "replace")


def _meta(choices: Choices) -> str:
    kind = choices.one_of(("name", "property", "itemprop"))
    content = choices.one_of((phrase, date, address))(choices)
    return f'<meta {kind}="{choices.one_of(META_NAMES)}" content="{escape(content)}">'


def _json_ld(choices: Choices) -> str:
    text = json.dumps(_node(choices, 0), ensure_ascii=bool(choices.number(2)))
    text = choices.one_of(("{}", "<!--{}-->", "{},", "[{}", "{}\n//<![CDATA[")).format(text.replace("</", "<\\/"))
    return f'<script type="application/ld+json">{text}</script>'


def _node(choices: Choices, depth: int, keys: list[str] = KEYS) -> dict[str, Any]:
    """Return an object of JSON-LD or of a state, with up to six keys."""
    node: dict[str, Any] = {"@type": choices.one_of(TYPES)}
    for _ in range(choices.number(7)):
        node[choices.one_of(keys)] = _value(choices, depth + 1, keys)
    return node


def _value(choices: Choices, depth: int, keys: list[str]) -> Any:
    kind = choices.number(12)
    if depth < MAX_DEPTH and kind in (1, 2):
        return _node(choices, depth, keys)
    if depth < MAX_DEPTH and kind in (3, 4):
        return [_value(choices, depth + 1, keys) for _ in range(choices.number(4))]
    plain: list[Any] = [None, True, 0, 1774341000, -1.5, "False", ""]
    return choices.one_of((phrase, date, name, address))(choices) if kind > 5 else choices.one_of(plain)


def _state(choices: Choices) -> str:
    """Return a script with the page's state, long enough to be looked at."""
    node = _node(choices, 0, STATE_KEYS) | {"paragraphs": [sentence(choices) * 3 for _ in range(choices.number(5))]}
    text = json.dumps({"padding": " " * 400, "page": node}).replace("</", "<\\/")
    return choices.one_of(OPENINGS) + text + choices.one_of((";</script>", ")</script>", "</script>"))


def _element(choices: Choices, depth: int) -> str:
    return choices.one_of(PARTS)(choices, depth)


def _container(choices: Choices, depth: int) -> str:
    """Return an element around others; an end tag is missing at times."""
    tag, kind = choices.one_of(TAGS), choices.one_of(CLASSES)
    inner = choices.some(lambda rest: _element(rest, depth + 1), 4) if depth < MAX_DEPTH else sentence(choices)
    itemprop = choices.one_of(("", ' itemprop="author" itemscope', ' itemprop="articleBody"', ' id="story"', " hidden"))
    return f'<{tag} class="{kind}"{itemprop}>{inner}' + choices.one_of((f"</{tag}>", "", "</div>"))


def _table(choices: Choices, depth: int) -> str:
    rows = choices.some(lambda rest: "<tr>" + rest.some(lambda cell: _cell(cell, depth + 1), 4), 4)
    return f"<table>{choices.one_of(('', '<caption>Tides', '<thead>'))}{rows}" + choices.one_of(
        ("</table>", "", "</tbody>")
    )


def _cell(choices: Choices, depth: int) -> str:
    span = choices.one_of(("", " colspan=2", " rowspan=0", " colspan=99999", " rowspan=65535", " colspan=-1"))
    return f"<td{span}>" + (_element(choices, depth) if depth < MAX_DEPTH else phrase(choices))


def _figure(choices: Choices, _: int) -> str:
    addresses = f'src="{escape(address(choices))}" srcset="{escape(address(choices))} 2x"'
    credit = f"<span class=credit>{name(choices)}</span>"
    picture = f'<img {addresses} alt="{escape(sentence(choices))}">'
    return f"<figure>{picture}<figcaption>{phrase(choices)} {credit}</figcaption></figure>"


def _time(choices: Choices, _: int) -> str:
    return f'<time datetime="{date(choices)}">{date(choices)}</time>'


def _link(choices: Choices, _: int) -> str:
    rel = choices.one_of(("", " rel=author", " rel=next", " rel=nofollow", " rel=canonical"))
    return f'<a href="{escape(address(choices))}"{rel}>{phrase(choices)}</a>'


def _paragraph(choices: Choices, _: int = 0) -> str:
    return f"<p>{choices.some(sentence, 4)}"


def _byline(choices: Choices, _: int) -> str:
    return f'<p class="{choices.one_of(CLASSES)}">{byline(choices)}</p>'


PARTS: tuple[Callable[[Choices, int], str], ...] = (
    _paragraph, _container, _container, _table, _figure, _time, _link, _byline, lambda choices, _: phrase(choices),
)  # fmt: skip
