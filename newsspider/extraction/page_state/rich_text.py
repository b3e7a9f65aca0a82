"""Read the blocks of rich text in application state: paragraphs, headings and their text.

The editors' formats differ in names only: a type (`type`, `nodeType`, `_type`, an element's tag)
and the text or inner values under one of a few keys. Read are Arc, Contentful, Draft.js, Editor.js,
Gutenberg, Lexical, Portable Text, ProseMirror, Slate, syntax trees of HTML and the elements of
React's flight data.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any

from newsspider.extraction.markup_text import read_markup

MAX_LEVELS = 60  # elements in each other inside one paragraph
MAX_BLOCKS = 5_000  # of one list
MAX_PARTS = 400_000  # values that are read as text in one state, however often they are referred to
PART_CHARS = 200  # characters of text that cost as much as one more value
PARAGRAPH_CHARS = 80  # shorter strings in application state are labels
MIN_PARAGRAPHS = 2  # of a list that is a text
PROSE_SHARE = 0.5  # of a text's characters that are in sentences
# Of a list's characters that are paragraphs of its own, not those of boxes in it
DIRECT_SHARE = 0.5
BREAK = "\n\n"
_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»)」』]*(?:[\s<]|$)")
_WORD = re.compile(r"i18n|[A-Z]?[a-z]+\d?|[A-Z]+(?![a-z])\d?|\d+")
_TYPE = re.compile(r"[\w$./:-]{1,60}")
# Words of keys and types under which there is never the article, and more of them for the types of
# a text's blocks.
OTHER_PLACES = frozenset(
    "css style styles script scripts comments related recommended recommendations footer "
    "navigation nav menu menus translations messages i18n locale locales config ads ad advert "
    "advertisement advertising seo caption captions credit credits author authors byline bio "
    "biography newsletter newsletters consent cookie cookies privacy legal teaser teasers trending "
    "popular sidebar promo promotion promos paywall gallery slideshow image images img picture "
    "photo video videos audio iframe svg figure figcaption aside breadcrumb breadcrumbs".split()
)
_OTHER_BLOCKS = OTHER_PLACES | frozenset(
    "embed embedded asset interstitial pull pullquote signup poll quiz widget social share atomic "
    "custom raw disclaimer button form".split()
)
_OTHER_CLASSES = frozenset(
    "related recommended newsletter footer nav comments caption promo advert ad teaser breadcrumb "
    "byline author sidebar paywall cookie consent share social credit".split()
)
_OTHER_TAGS = frozenset(
    "header footer nav aside figure figcaption form button script style svg noscript".split()
)
_HEADINGS = frozenset(
    "heading header subhead subheading subheadline crosshead intertitle h1 h2 h3 h4 h5 h6".split()
)
_PARAGRAPHS = frozenset(
    "p paragraph text para unstyled block blockquote quote list ul ol li item items listitem "
    "normal rich richtext lead intro markup preformatted pre dl dt dd span link hyperlink a strong "
    "em b i".split()
)
_INLINE = frozenset(
    "text span link hyperlink a strong em b i u leaf mark abbr time cite q sub sup small".split()
)
_CONTAINERS = frozenset(
    "section group column columns row fragment body document doc root article main div content "
    "wrapper layout component chapter".split()
)
_TYPE_KEYS = "tagName nodeType _type type __typename blockType blockName kind component".split()
_TEXT_KEYS = (
    "text value children content html __html dangerouslySetInnerHTML innerHTML nodes leaves items "
    "listItems data attributes props content_elements blocks innerBlocks paragraphs paragraph body "
    "markup"
).split()
_KEYS_OF_BLOCKS = frozenset(
    "items listItems content_elements blocks innerBlocks paragraphs".split()
)


_ROLES = {"heading": _HEADINGS, "paragraph": _PARAGRAPHS, "container": _CONTAINERS}
_LINE_BREAKS = frozenset({"br", "hardbreak", "linebreak"})
_BLOCK_TAGS = _PARAGRAPHS | _HEADINGS | _OTHER_TAGS


def is_prose(text: str) -> bool:
    """Whether a string is a sentence or more, not a label."""
    return (
        len(text) >= PARAGRAPH_CHARS
        and bool(_SENTENCE.search(text))
        and (" " in text or not text.isascii())
    )


class BlockReader:
    """Reads the lists of one state, up to a total size, since lists may contain each other."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._left = MAX_PARTS

    def read_list(self, values: list[Any]) -> list[str]:
        """Return the paragraphs of a list that is a text, none for any other list."""
        paragraphs: list[str] = []
        own = boxed_chars = 0

        for value in islice(_iter_flat(values), MAX_BLOCKS):
            found, is_own = self._read_block(_sole(value))
            paragraphs += found
            own += len(found) if is_own else 0
            boxed_chars += 0 if is_own else sum(map(len, found))

        chars = sum(map(len, paragraphs))
        if own < MIN_PARAGRAPHS or chars - boxed_chars < DIRECT_SHARE * chars:
            return []

        prose = sum(
            len(text)
            for text in paragraphs
            if len(text) >= PARAGRAPH_CHARS or _SENTENCE.search(text)
        )
        if prose >= PROSE_SHARE * chars:
            return paragraphs

        return []

    def _read_block(self, value: Any) -> tuple[list[str], bool]:
        """Return (paragraphs, whether they are the list's own and not those of a box in it)."""
        if isinstance(value, str):
            if is_prose(value):
                return (read_markup(value).split(BREAK), True)

            return ([], True)

        role = ""
        if isinstance(value, dict) and not _is_link(value):
            role = _role(value)

        text = ""
        if role:
            text = read_markup(self._text_of(value, MAX_LEVELS))

        if text:
            found = text.split(BREAK)
        else:
            found = []

        return found, role != "container" or (len(found) == 1 and is_prose(found[0]))

    def _text_of(self, value: Any, levels: int) -> str:
        """Return the text in a value, paragraphs and headings in it parted by blank lines."""
        self._left -= 1
        if isinstance(value, str):
            self._left -= len(value) // PART_CHARS
            return value if self._left > 0 else ""

        if self._left <= 0 or not levels:
            return ""

        if isinstance(value, list):
            return "".join(self._text_of(each, levels - 1) for each in value)

        if isinstance(value, dict) and not is_other(value, _OTHER_BLOCKS):
            return self._text_of_element(value, levels - 1)

        return ""

    def _text_of_element(self, value: Mapping[str, Any], levels: int) -> str:
        """Return the first text under an element's keys; between breaks unless it is inline."""
        kind = _type_of(value)
        if kind.replace("_", "").lower() in _LINE_BREAKS:
            return "\n"

        texts = (self._text_at(key, value[key], levels) for key in _TEXT_KEYS if key in value)
        text = next((text for text in texts if text.strip()), "")
        return text if words_of(kind) <= _INLINE else f"{BREAK}{text}{BREAK}"

    def _text_at(self, key: str, value: Any, levels: int) -> str:
        """Return the text under a key; under some, each value is a block."""
        if key in _KEYS_OF_BLOCKS and isinstance(value, list):
            return BREAK.join(self._text_of(each, levels) for each in value)

        return self._text_of(value, levels)


def _iter_flat(values: list[Any], levels: int = 3) -> Iterator[Any]:
    """Yield a list's values, those of lists in it in their place."""
    for value in values:
        if isinstance(value, list) and levels:
            yield from _iter_flat(value, levels - 1)
        else:
            yield value


def _sole(value: Any) -> Any:
    """Return the one element in containers that hold nothing else."""
    for _ in range(MAX_LEVELS):
        if not isinstance(value, dict) or _role(value) != "container":
            return value

        inner = _inner_of(value)
        if len(inner) != 1 or not isinstance(inner[0], dict):
            return value

        value = inner[0]

    return value


def _inner_of(value: Mapping[str, Any]) -> list[Any]:
    """Return the values in an element: those under its first key with some."""
    under_keys = (value[key] for key in _TEXT_KEYS if isinstance(value.get(key), dict | list))
    inner = next(under_keys, None)
    if isinstance(inner, list):
        return list(filter(None, inner[:MAX_LEVELS]))

    return [inner]


def _is_link(value: Mapping[str, Any]) -> bool:
    """Whether all that an element holds is a link: it leads to something else."""
    inner = value.get("children")
    if isinstance(inner, list):
        few = [each for each in inner[:2] if each]
        inner = few[0] if len(few) == 1 else None

    return isinstance(inner, dict) and inner.get("tagName") == "a"


def _role(value: Mapping[str, Any]) -> str:
    """Return a value's role in a text: "paragraph", "heading", "container", or "" for none."""
    if is_other(value, _OTHER_BLOCKS):
        return ""

    kind, style = _type_of(value), value.get("style")
    if kind in _INLINE and "tagName" in value:
        return ""

    if isinstance(style, str) and style in _HEADINGS:
        return "heading"

    words = words_of(kind)
    return next((role for role, named in _ROLES.items() if words & named), "")


def is_other(value: Mapping[str, Any], other_types: frozenset[str]) -> bool:
    """Whether a value's element, class or type says that it is not a part of the article."""
    tag = value.get("tagName")
    if not isinstance(tag, str):
        return not words_of(_type_of(value)).isdisjoint(other_types)

    return tag in _OTHER_TAGS or _has_other_class(value.get("className"))


def _has_other_class(names: Any) -> bool:
    return isinstance(names, str) and not words_of(names).isdisjoint(_OTHER_CLASSES)


def _type_of(value: Mapping[str, Any]) -> str:
    """Return the word that names a value's type, "" for none; `tag` and `name` only for blocks."""
    stated = filter(_is_type, map(value.get, _TYPE_KEYS))
    if kind := next(stated, ""):
        return str(kind)

    tag, name = value.get("tag"), value.get("name")
    if isinstance(tag, str) and tag in _BLOCK_TAGS:
        return tag

    if isinstance(name, str) and name.startswith("core/"):
        return name

    return ""


def _is_type(value: Any) -> bool:
    return isinstance(value, str) and _TYPE.fullmatch(value) is not None


@lru_cache(maxsize=4096)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a key or a type in lower case.

    >>> sorted(words_of("core/heading-2 relatedArticles"))
    ['2', 'articles', 'core', 'heading', 'related']
    """
    return frozenset(word.lower() for word in _WORD.findall(name[:200]))
