"""Decode a page's JSON-LD, mend it where that is unambiguous, and find the article's node."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml.html import HtmlElement

from newsspider.extraction.declared.broken_json import read_broken_json
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
MAX_STATEMENT_CHARS = (
    20_000  # of a text that a page states of itself; the longest of the gold pages has 15,351
)
MAX_NODES = 5_000  # nodes read from one page's JSON-LD; real pages stay under 300

JsonNode = dict[str, Any]

_COMMENT_START = re.compile(r"(?://|/\*)?\s*(?:<!\[CDATA\[|<!--)(?:\s*\*/)?")
_COMMENT_ENDS = ("]]>", "]]&gt;", "-->", "--&gt;", "//", "/*", "*/", ";")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LONE_BACKSLASH = re.compile(r'\\(?!["\\/bfnrtu])')
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
    if isinstance(value, list):
        return value

    if value is None:
        return []

    return [value]


def as_text(value: object) -> str | None:
    """Return a JSON-LD value's text, its name, or its first member's, with entities resolved.

    It is cut to a length; a whole article's text is read elsewhere.
    """
    match value:
        case str():
            return squash(_SURROGATE.sub("\ufffd", unescape(value[:MAX_STATEMENT_CHARS]))) or None
        case {"name": name}:
            return as_text(name)
        case {"@value": text} | {"url": text}:
            return as_text(text)
        case [first, *_]:
            return as_text(first)
        case _:
            return None


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
    pending: list[Any] = [
        decode_json(script.text or "")
        for script in scripts
        if "ld+json" in script.get("type", "").lower()
    ]
    pending.reverse()
    seen = 0

    while pending and seen < MAX_NODES:
        value = pending.pop()
        if isinstance(value, list):
            pending += reversed(value)
        elif isinstance(value, dict):
            seen += 1
            if "@type" in value:
                yield value

            pending += [
                child for child in reversed(value.values()) if isinstance(child, dict | list)
            ]


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
        start = _COMMENT_START.match(bare)
        ending = next((end for end in _COMMENT_ENDS if bare.endswith(end)), "")
        if not start and not ending:
            break

        bare = bare[start.end() if start else 0 :].removesuffix(ending).strip()

    return bare


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
    fitting = [node for node in nodes if types_of(node) & types]
    if len(fitting) < 2:
        if fitting:
            return fitting[0]

        return {}

    others = {id(child) for node in nodes for child in _other_works(node)}
    shown = set(read_words(title))

    def rank(node: JsonNode) -> tuple[bool, bool, bool, int]:
        if own:
            addresses = {normalise_url(address) for address in _addresses(node)}
        else:
            addresses = set()

        headline = read_words(as_text(node.get("headline")) or "")
        named = bool(headline) and set(headline) <= shown
        return (
            not own.isdisjoint(addresses),
            id(node) not in others,
            named,
            sum(name in node for name in _FULL),
        )

    return max(fitting, key=rank)


def _other_works(node: JsonNode) -> Iterator[object]:
    """Yield the objects that a node names as works besides itself."""
    for key in OTHER_WORKS & node.keys():
        for value in as_list(node[key]):
            yield value
            if isinstance(value, dict):
                yield value.get("item")


def resolve_references(node: JsonNode, nodes: tuple[JsonNode, ...]) -> JsonNode:
    """Return the node with the nodes that it names only by their `@id` put in their places."""
    named = {
        each["@id"]: each for each in nodes if isinstance(each.get("@id"), str) and "name" in each
    }

    def resolve(value: Any) -> Any:
        if isinstance(value, list):
            return [resolve(member) for member in value]

        bare = (
            isinstance(value, dict)
            and set(value) <= {"@id", "@type"}
            and isinstance(value.get("@id"), str)
        )
        if bare:
            return named.get(value["@id"], value)

        return value

    return {name: resolve(value) for name, value in node.items()}


def _addresses(node: JsonNode) -> Iterator[str]:
    """Yield a node's own addresses."""
    for name in ("url", "@id", "mainEntityOfPage"):
        for value in as_list(node.get(name)):
            if isinstance(value, dict):
                address = value.get("@id") or value.get("url")
            else:
                address = value

            if isinstance(address, str) and is_web_url(address) and not _SURROGATE.search(address):
                yield address
