"""Read the text of a heading: inline markup adds no blank, a kicker gets a colon."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple, TypeGuard

from lxml.html import HtmlElement

from newsspider.extraction.cutting.tags import BLOCK, BREAKS, SKIPPED, TRAITS
from newsspider.extraction.fields.titles.site_names import plain
from newsspider.text import squash

MAX_HEADING_CHARS = 1_000  # a heading with more text holds an article; the rest of it is not read
# In a heading that are read; designs that set each letter apart need 100
MAX_HEADING_ELEMENTS = 300
MAX_KICKER_CHARS = 60
MAX_KICKER_PARTS = 8  # elements in a heading that may be its kicker
READINGS = frozenset({"rt", "rp"})  # the pronunciation of a word, above it
# Next to each other they are lines of their own in most designs.
SIDE_BY_SIDE = frozenset({"span", "small", "time"})
_KICKER = re.compile(
    r"kicker|overline|eyebrow|topline|roofline|dachzeile|spitzmarke|strapline|supertitle|surtitre|"
    r"overtitle|pretitle|preheadline|antetitulo|volanta|cintillo|occhiello|rubri[ck]|ressort|"
    r"(?<![a-z])(?:category|label|prefix|topic)(?![a-z])",
)
_ENDS = (
    ":",
    ";",
    ".",
    "!",
    "?",
    "…",
    "|",
    "–",
    "—",
    "-",
    "/",
    "»",
    "›",
    ",",
)  # a kicker that ends so needs no colon
_OPENING_QUOTES = frozenset("\"“„«»‘'‚「『")
_STRIPPED = " :|–—-"


class Line(NamedTuple):
    """A part of a heading that reads as a line; `raw` is its text with the blanks around it."""

    raw: str
    text: str


def heading_text(heading: HtmlElement, declared: tuple[str, ...] = ()) -> str:
    """Return a heading's text.

    Elements side by side may be parts of one word, two lines, or a kicker and its headline. A
    declared title that has them joined decides; else a short first element that is alone is a
    kicker; else a declared title with a mark between them is better than a blank.
    """
    lines = _lines_of(heading)
    if len(lines) < 2:
        if lines:
            return lines[0].text

        return ""

    joined = squash("".join(line.raw for line in lines))
    spaced = squash(" ".join(line.text for line in lines))
    if any(joined in title for title in declared) or len(lines[0].raw) == 1:
        return joined

    if (
        len(lines) == 2
        and not any(spaced in title for title in declared)
        and _is_kicker(heading, *lines)
    ):
        return f"{lines[0].text}: {lines[1].text}"

    return _with_mark_between(lines, declared) or spaced


def _with_mark_between(lines: Sequence[Line], declared: Sequence[str]) -> str | None:
    """Return the declared title that has a heading's first two lines with a mark between them."""
    first, second = lines[0].text, lines[1].text
    letters = plain("".join(line.text for line in lines))

    for title in declared:
        if title.startswith(first) and plain(title) == letters:
            between, found, _ = title.removeprefix(first).partition(second)
            if found and between.strip():
                return title

    return None


def heading_parts(heading: HtmlElement, text: str) -> Iterator[str]:
    """Yield a heading's text without one element after another, then each element's own."""
    lines = _lines_of(heading)
    for number in range(1, min(len(lines), MAX_KICKER_PARTS)):
        yield " ".join(line.text for line in lines[number:])
        yield " ".join(line.text for line in lines[:number])

    inner = islice(heading.iterdescendants("*"), MAX_KICKER_PARTS)
    for part in filter(
        None, (squash("".join(line.raw for line in _lines_of(each))) for each in inner)
    ):
        yield text.removeprefix(part).strip(_STRIPPED)
        yield text.removesuffix(part).strip(_STRIPPED)
        yield part


def _lines_of(heading: HtmlElement) -> list[Line]:
    """Return a heading's lines; one that is punctuation alone belongs to the line before it."""
    raws = [""]
    for text in _iter_text(heading):
        if text is None:
            raws.append("")
        elif len(raws[-1]) < MAX_HEADING_CHARS:
            raws[-1] += text

    lines: list[Line] = []
    for raw in raws:
        if text := squash(raw):
            if lines and not any(map(str.isalnum, text)):
                raw = lines.pop().raw.rstrip() + (
                    raw.lstrip() if text[0] in ":;,.!?" else f" {raw}"
                )
                text = squash(raw)

            lines.append(Line(raw, text))

    return lines


def _iter_text(heading: HtmlElement) -> Iterator[str | None]:
    """Yield the texts in a heading, and None between two lines.

    Without recursion for deep pages.
    """
    yield heading.text or ""
    opened: list[tuple[HtmlElement, Iterator[HtmlElement], bool]] = [
        (heading, iter(heading), False)
    ]

    for _ in range(2 * MAX_HEADING_ELEMENTS):
        element, children, own_line = opened[-1]
        child = next(children, None)
        if child is not None:
            kind = _kind_of(child)
            if kind == "skipped":
                yield child.tail or ""
                continue

            if kind == "own line":
                yield None

            yield child.text or ""
            opened.append((child, iter(child), kind == "own line"))
            continue

        opened.pop()
        if not opened:
            return

        if own_line:
            yield None

        yield element.tail or ""


def _kind_of(element: HtmlElement) -> Literal["skipped", "own line", "inline"]:
    """Return how an element in a heading is read."""
    if isinstance(element.tag, str):
        tag = element.tag
    else:
        tag = ""

    traits = TRAITS.get(tag, 0)
    if not tag or traits & SKIPPED or tag in READINGS:
        return "skipped"

    if traits & (BLOCK | BREAKS) or _stands_apart(element):
        return "own line"

    return "inline"


def _stands_apart(element: HtmlElement) -> bool:
    """Whether an inline element is named as a kicker, or touches another that designs separate."""
    if element.tag not in SIDE_BY_SIDE:
        return False

    if _begins_word(element) or _ends_before_word(element):
        return True

    before, after = element.getprevious(), element.getnext()
    if _is_side_by_side(before) and not (before.tail or "").strip():
        return True

    if _is_side_by_side(after) and not (element.tail or "").strip():
        return True

    return bool(_KICKER.search(_names_of(element)))


def _is_side_by_side(element: HtmlElement | None) -> TypeGuard[HtmlElement]:
    return element is not None and element.tag in SIDE_BY_SIDE


def _begins_word(element: HtmlElement) -> bool:
    """Whether an element begins with a capital right after a small letter, without a blank."""
    before = element.getprevious()
    above = element.getparent()
    text = (before.tail if before is not None else above.text if above is not None else "") or ""

    return text[-1:].islower() and (element.text or "")[:1].isupper()


def _ends_before_word(element: HtmlElement) -> bool:
    """Whether an element ends with a small letter right before a capital, without a blank."""
    is_before_capital = (element.tail or "")[:1].isupper()
    return is_before_capital and "".join(element.itertext())[-1:].islower()


def _names_of(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"[:200].lower()


def _is_kicker(heading: HtmlElement, first: Line, second: Line) -> bool:
    """Whether the first of two lines is a kicker: short, in its own element, before a sentence."""
    is_short = len(first.text) <= min(MAX_KICKER_CHARS, len(second.text))
    if not is_short or first.text.endswith(_ENDS) or not _begins_sentence(second.text):
        return False

    inner = islice(heading.iterdescendants("*"), MAX_KICKER_PARTS)
    return any(squash("".join(each.itertext())) == first.text for each in inner)


def _begins_sentence(text: str) -> bool:
    first = text[0]
    return first in _OPENING_QUOTES or (first.isalnum() and not first.islower())
