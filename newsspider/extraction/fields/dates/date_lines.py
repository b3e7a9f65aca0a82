"""Dates in the lines of one block, each with its role by the words beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsspider.extraction.cutting.blocks import Block, Nodes
from newsspider.extraction.fields.dates.date_roles import (
    LABEL_CHARS,
    MODIFIED,
    NAMED_MODIFIED,
    OTHER,
    PUBLISHED,
    UNSAID,
    is_label,
    names_date,
    role_of,
    role_of_names,
)
from newsspider.extraction.fields.dates.dated_elements import iter_dated_elements
from newsspider.extraction.fields.dates.written_dates import (
    DAY_CHARS,
    WrittenDate,
    iter_dates,
)
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.opening import holder_of

# A longer line is prose; a byline with date, place and reading time stays below
MAX_LINE_CHARS = 240

MAX_OTHER_WORDS = 8  # beside an unnamed date: a name, a place, "5 min read"

# Beside a date in the headline's block, and before one that a paragraph begins with
MAX_FEW_WORDS = 4

PARAGRAPH_HEAD = 120  # first characters of a paragraph that may have its date

# Of text written without spaces too: there a line's characters say little of its length.
RUN = re.compile(r"\w+")

_DIGITS = re.compile(r"\d\d")

# Who said it, and when: "— Tom Moss on Sunday, February 8th".
# Icons part a line: pictograms, and the characters of icon fonts in the private area.
_ICON = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf\ue000-\uf8ff]")

_ATTRIBUTION = re.compile(r"\s*[—–-]\s?[^\W\d]")

_TIME_SPAN = re.compile(
    r"\d\d?[:.h]\d\d(?:\s?Uhr)?\s?(?:[-–—]|to|till|until|bis|à|a|al|tot|til|do|до)\s?\d\d?[:.h]\d\d"
)

# Separators between a paragraph and the date at its beginning.
_PARTED = re.compile(r"\s*(?:\([^()]{1,25}\)\s*)?(?:[-–—|•]\s|[:,]?\s*[„“\"«»])")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date on the page and which one it is, by the roles of `date_roles`."""

    iso: str
    role: str
    provenance: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A visible line, and the texts of the line above it and of the two below it, "" for none."""

    text: str
    above: str
    below: str
    next_below: str


def dates_in_block(
    block: Block,
    nodes: Nodes,
    names: str,
    neighbours: tuple[str, str, str],
    reading: Reading,
    max_chars: int = MAX_LINE_CHARS,
) -> Iterator[ShownDate]:
    """Yield a block's dates: those that its elements state, else those of its short lines."""
    above, below, next_below = neighbours
    if len(block.text) <= max_chars:
        stated = list(iter_dated_elements(block, nodes, reading))
    else:
        stated = []

    for element in stated:
        role = role_of(element.label) or role_of_names(element.names) or _role_above(above)
        role = role or role_of_names(names)
        if role != OTHER and not _TIME_SPAN.search(block.text):
            yield ShownDate(_with_time_beside(element.iso, block.text, reading), role, "markup")

    if stated:
        return

    texts = [above.rsplit("\n", 1)[-1], *block.text.split("\n"), below, next_below]
    for place, text in enumerate(texts[1:-2]):
        if len(text) <= max_chars and _DIGITS.search(text):
            yield from _dates_in_row(
                _Row(text, texts[place], *texts[place + 2 : place + 4]), block.level, names, reading
            )


def _with_time_beside(iso: str, text: str, reading: Reading) -> str:
    """Return a day that an element states with the time beside the element."""
    if len(iso) > DAY_CHARS or ":" not in text:
        return iso

    dates = (date.iso for date in iter_dates(text, reading))
    return next((each for each in dates if each.startswith(f"{iso}T")), iso)


def _dates_in_row(row: _Row, level: int, names: str, reading: Reading) -> Iterator[ShownDate]:
    dates = list(iter_dates(row.text, reading))
    if not dates or not _is_date_line(row.text, dates, level, names):
        return

    starts = [0, *(date.end for date in dates)]
    before = [
        role_of(_ICON.split(row.text[max(start, date.start - LABEL_CHARS) : date.start])[-1])
        for start, date in zip(starts, dates, strict=False)
    ]
    if any(before):
        after = []
    else:
        after = [_role_after(row.text[date.end :]) for date in dates]

    for date, role in zip(dates, after if any(after) else before, strict=True):
        role = role or _role_above(row.above) or _role_below(row) or role_of_names(names)
        if role != OTHER:
            yield ShownDate(date.iso, role, "text")


def _role_above(text: str) -> str:
    if is_label(text):
        return role_of(text)

    return UNSAID


def _role_below(row: _Row) -> str:
    """Return the role that the next line names for a date alone in its line."""
    has_date = _DIGITS.search(f"{row.below}\n{row.next_below}")
    if has_date or not is_label(row.below) or len(RUN.findall(row.text)) > MAX_FEW_WORDS:
        return UNSAID

    role = role_of(row.below)
    return role if role in (PUBLISHED, MODIFIED) else UNSAID


def _role_after(rest: str) -> str:
    """Return the role of a date by the words after it; in CJK text "updated" may mean any date."""
    label = _label_after(rest)
    role = role_of(label)
    return NAMED_MODIFIED if role == MODIFIED and "更新" in label else role


def _label_after(rest: str) -> str:
    """Return the text from a date to the next number, if it is short enough to be its label."""
    label = re.split(r"\d", rest, maxsplit=1)[0]
    if is_label(label):
        return label

    return ""


def _is_date_line(text: str, dates: list[WrittenDate], level: int, names: str) -> bool:
    """Whether a line is about its date: little else in it, or its element's name says so."""
    if _ATTRIBUTION.match(text) or _TIME_SPAN.search(text):
        return False

    return _other_words(text, dates) <= _most_words(level, names)


def _most_words(level: int, names: str) -> int:
    """Return how many words may be beside the dates of a line."""
    if level == 1:
        return 0  # a headline names other days

    return MAX_OTHER_WORDS * (3 if names_date(names) else 1)


def _other_words(text: str, dates: list[WrittenDate]) -> int:
    for date in reversed(dates):
        text = text[: date.start] + " " + text[date.end :]

    return len(RUN.findall(text))


def dates_in_headline(block: Block, nodes: Nodes, reading: Reading) -> Iterator[ShownDate]:
    """Yield the dates in the headline's element that are in elements or lines of their own."""
    stated = list(iter_dated_elements(block, nodes, reading))
    for each in stated:
        yield ShownDate(each.iso, role_of(each.label) or role_of_names(each.names), "markup")

    if stated or len(block.pieces) < 2:
        return

    lines = block.text.split("\n")
    texts = [*(piece.text for piece in block.pieces if holder_of(piece) is not block.element)]
    for text in (*texts, *(lines if len(lines) > 1 else ())):
        if _DIGITS.search(text, 0, MAX_LINE_CHARS):
            dates = list(iter_dates(text, reading))
        else:
            dates = []

        if len(dates) == 1 and _other_words(text, dates) <= MAX_FEW_WORDS:
            yield ShownDate(dates[0].iso, role_of(text[: dates[0].start]), "text")


def date_before_prose(text: str, reading: Reading) -> Iterator[ShownDate]:
    """Yield the date at the beginning of a paragraph: "24.3.2026 – The ferry …"."""
    head = text[:PARAGRAPH_HEAD]
    date = None

    if _DIGITS.search(head):
        date = next(iter_dates(head, reading), None)

    if date is None or not _PARTED.match(head, date.end):
        return

    before = head[: date.start].strip()
    role = role_of(f"{before} ")
    is_dateline = before.endswith((",", "(", "|")) and len(RUN.findall(before)) <= MAX_FEW_WORDS

    if not before or is_dateline or role == PUBLISHED:
        yield ShownDate(date.iso, role, "text")
