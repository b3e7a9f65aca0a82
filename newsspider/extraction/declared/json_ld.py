"""Decode a page's JSON-LD, mend it where that is unambiguous, and find the article's node."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from lxml.html import HtmlElement

from newsspider.extraction.declared.broken_json import read_broken_json
from newsspider.extraction.markup_text import read_markup
from newsspider.text import read_words, squash
from newsspider.urls import is_web_url, normalise_url

ARTICLE_TYPES = frozenset(
    """
    Article NewsArticle ReportageNewsArticle AnalysisNewsArticle AskPublicNewsArticle
    BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle AdvertiserContentArticle
    SatiricalArticle BlogPosting LiveBlogPosting ScholarlyArticle TechArticle Report Review
    SocialMediaPosting DiscussionForumPosting
""".split()
)
# Other subjects of a page: the node says when it appeared and who made it, though it isn't an
# article.
WORK_TYPES = frozenset(
    """
    WebPage ItemPage AboutPage QAPage FAQPage MedicalWebPage CollectionPage ProfilePage Recipe HowTo
    VideoObject ImageGallery MediaGallery AudioObject PodcastEpisode Dataset CreativeWork Course
    LearningResource Guide ClaimReview
""".split()
)
# Objects below these keys are other pages': teasers, comments, a live blog's entries.
OTHER_WORKS = frozenset(
    "itemListElement relatedLink comment liveBlogUpdate hasPart isPartOf citation mentions "
    "itemReviewed".split()
)
MAX_COMMENT_MARKS = 10  # at an end of a script; there are up to three together
# Of a text that a page states of itself; the longest of the gold pages has 15,351
MAX_STATEMENT_CHARS = 20_000
MAX_NODES = 5_000  # nodes read from one page's JSON-LD; real pages stay under 300

JsonNode = dict[str, Any]

_COMMENT_START = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?")
_COMMENT_ENDS = ("]]>", "]]&gt;", "-->", "--&gt;", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LONE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
# Of a tag that editors wrote into a field of plain text
_CLOSING = re.compile(r"</[a-z]|<br\b", re.IGNORECASE)
# Half a character, from a broken escape: no store takes it.
_SURROGATE = re.compile("[\ud800-\udfff]")
_FULL = ("headline", "datePublished", "author", "articleBody", "publisher", "mainEntityOfPage")


def types_of(node: JsonNode) -> frozenset[str]:
    """Return a node's schema.org types without their vocabulary's address."""
    named = node.get("@type")
    if isinstance(named, str) and named.isalnum():  # as most are: on some pages hundreds are asked
        return frozenset((named,))

    return frozenset(str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in as_list(named))


def as_list(value: object) -> list[Any]:
    """Return JSON-LD's one-or-many as a list."""
    if value is None:
        return []

    if isinstance(value, list):
        return value

    return [value]


def as_text(value: object) -> str | None:
    """Return a JSON-LD value's text as a line, its name, or its first member's.

    It is cut to a length; a whole article's text is read elsewhere.
    """
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", as_line(value)) or None
        case {"name": inner} | {"@value": inner} | {"url": inner} | [inner, *_]:
            return as_text(inner)
        case _:
            return None


def as_line(text: str) -> str:
    """Return a statement as one line, with entities resolved and without tags of HTML.

    It is cut to a length.

    >>> as_line("<p>The <em>Dune</em> sails &amp; sails</p>"), as_line("How the <b> tag came to be")
    ('The Dune sails & sails', 'How the <b> tag came to be')
    """
    line = unescape(text[:MAX_STATEMENT_CHARS])
    if "<" in line and _CLOSING.search(line):
        line = read_markup(line)

    return squash(line)


def unescape(text: str) -> str:
    """Resolve entities, and those of a text that was escaped twice.

    >>> unescape("Fish &amp;#8230;")
    'Fish …'
    """
    if "&" not in text:
        return text

    once = html.unescape(text)
    if "&" in once:
        return html.unescape(once)

    return once


def iter_nodes(scripts: Iterable[HtmlElement]) -> Iterator[JsonNode]:
    """Yield every object that has a type of the JSON-LD in a page's scripts, parents first."""
    pending = [decode_json(script.text or "") for script in scripts if _is_json_ld(script)]
    pending.reverse()
    seen = 0

    while pending and seen < MAX_NODES:
        value = pending.pop()
        if isinstance(value, list):
            pending += reversed(value)
            continue

        if isinstance(value, dict):
            seen += 1
            pending += filter(_is_holder, reversed(value.values()))
            if "@type" in value:
                yield value


def _is_json_ld(script: HtmlElement) -> bool:
    return "ld+json" in script.get("type", "").lower()


def _is_holder(value: object) -> bool:
    return isinstance(value, dict | list)


def decode_json(text: str) -> Any:
    """Return the decoded JSON, mended where that is unambiguous; None where it isn't.

    Mended are comments, control characters, commas too many, backslashes that escape nothing,
    entities, quotes without a backslash, missing brackets. Several values are returned as a list.
    """
    bare = _without_comment(text)
    if not bare:
        return None

    for mend in (str, _mend_marks, html.unescape):
        try:
            return json.loads(mend(bare), strict=False)
        except (ValueError, RecursionError):
            continue

    values = read_broken_json(bare)
    if len(values) == 1:
        return values[0]

    return values or None


def _mend_marks(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _LONE_BACKSLASH.sub(r"\\\\", text))


def _without_comment(text: str) -> str:
    """Return the text without the comment marks that hide a script from old browsers."""
    bare = text.strip().removeprefix("\ufeff")
    for _ in range(MAX_COMMENT_MARKS):
        shorter = _without_mark(bare)
        if shorter == bare:
            break

        bare = shorter

    return bare


def _without_mark(text: str) -> str:
    """Return a text without one comment mark at each end."""
    start = _COMMENT_START.match(text)
    begin = start.end() if start else 0
    return text[begin:].removesuffix(_comment_end(text)).strip()


def _comment_end(text: str) -> str:
    """Return the comment mark that ends a text, "" for none."""
    return next((end for end in _COMMENT_ENDS if text.endswith(end)), "")


def choose_node(
    nodes: tuple[JsonNode, ...], types: frozenset[str], own: frozenset[str], title: str
) -> JsonNode:
    """Return the node of these types that is this page's and no teaser's; empty when there is none.

    Args:
        nodes: all of the page's.
        types: schema.org types, one of which the node has.
        own: the page's addresses, normalised.
        title: the page's title element; a node whose headline stands in it goes before a fuller
            one.
    """
    fitting = [node for node in nodes if not types.isdisjoint(types_of(node))]
    if len(fitting) < 2:
        return next(iter(fitting), {})

    others = set(map(id, chain.from_iterable(map(_other_works, nodes))))
    shown = set(read_words(title))

    def rank(node: JsonNode) -> tuple[bool, bool, bool, int]:
        return (
            _is_at(node, own),
            id(node) not in others,
            _is_headed_by(node, shown),
            len(node.keys() & _FULL),
        )

    return max(fitting, key=rank)


def _is_at(node: JsonNode, own: frozenset[str]) -> bool:
    """Whether one of a node's addresses is the page's; they are dear to normalise."""
    return bool(own) and not own.isdisjoint(map(normalise_url, _addresses(node)))


def _is_headed_by(node: JsonNode, shown: set[str]) -> bool:
    """Whether the page's title has all words of a node's headline."""
    headline = read_words(as_text(node.get("headline")) or "")
    return bool(headline) and shown.issuperset(headline)


def _other_works(node: JsonNode) -> Iterator[object]:
    """Yield the objects that a node names as works besides itself."""
    for key in OTHER_WORKS & node.keys():
        for value in as_list(node[key]):
            yield value
            if isinstance(value, dict):
                yield value.get("item")


def resolve_references(node: JsonNode, nodes: tuple[JsonNode, ...]) -> JsonNode:
    """Return the node with the nodes that it names only by their `@id` put in their places."""
    named = {each["@id"]: each for each in nodes if _is_named(each)}
    return {name: _resolve(value, named) for name, value in node.items()}


def _is_named(node: JsonNode) -> bool:
    """Whether a node can be referred to, and has a name to show for it."""
    return isinstance(node.get("@id"), str) and "name" in node


def _resolve(value: Any, named: Mapping[str, JsonNode]) -> Any:
    if isinstance(value, list):
        return [_resolve(member, named) for member in value]

    return named.get(value["@id"], value) if _is_reference(value) else value


def _is_reference(value: Any) -> bool:
    """Whether a value says nothing but which node is meant."""
    is_bare = isinstance(value, dict) and value.keys() <= {"@id", "@type"}
    return is_bare and isinstance(value.get("@id"), str)


def _addresses(node: JsonNode) -> Iterator[str]:
    """Yield a node's own addresses."""
    for name in ("url", "@id", "mainEntityOfPage"):
        for address in map(_address_of, as_list(node.get(name))):
            if _is_address(address):
                yield address


def _address_of(value: Any) -> Any:
    """Return the address of a node that stands in an address' place; other values as they are."""
    if isinstance(value, dict):
        return value.get("@id") or value.get("url")

    return value


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and is_web_url(value) and not _SURROGATE.search(value)
