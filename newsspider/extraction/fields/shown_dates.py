"""Dates that the page shows its readers: near the headline, or named as the day of publication."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsspider.extraction.blocks import Block, CutPage
from newsspider.extraction.fields.date_words import MODIFIED_WORDS, OTHER_WORDS, PUBLISHED_WORDS
from newsspider.extraction.fields.opening import Line, Opening, holder_of, is_inside_foreign
from newsspider.extraction.fields.written_dates import Reading, WrittenDate, iter_dates, read_date
from newsspider.text import read_words

# Class names of elements that hold the date.
_DATE_NAMES = re.compile(
    r"date|time(?!line)|publish|posted|entry-meta|post-meta|article-meta|byline|meta\b|info|author|fecha|datum|dato|tarih",
    re.I,
)
_MODIFIED_NAMES = re.compile(r"updat|modif|revis", re.I)
_PUBLISHED_NAMES = re.compile(r"publish|posted|created|issued|entry-date|pubdate", re.I)
MAX_LINE_CHARS = 240  # a longer line is prose; a byline with date, place and reading time stays below
MAX_OTHER_WORDS = 8  # beside an unnamed date: a name, a place, "5 min read"
LABEL_CHARS = 40  # before the date, in which its name stands
MAX_LABEL_WORDS = 3  # of a line that names the date in the next one
MAX_NAMED_CHARS = 80  # of a line far from the headline
_RUN = re.compile(r"\w+")  # of text written without spaces too: there a line's characters say little of its length
_HAS_YEAR = re.compile(r"\d{4}|\d\d?[./]\d\d?[./]\d\d")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date on the page and which one it is: "published", "modified", or "" where nothing says."""

    iso: str
    role: str
    provenance: str


def find_shown_dates(opening: Opening, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates near the headline in document order."""
    shown: list[ShownDate] = []
    label = ""
    for line in opening.lines:
        shown += _dates_in(line, label, reading)
        label = _as_label(line.block)
    return tuple(shown)


def find_named_dates(page: CutPage, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates anywhere on the page that a word of their line or of the line above names.

    A list of posts names many: a role with more than one day gives none.
    """
    named: dict[str, dict[str, ShownDate]] = {}
    for above, block in zip((None, *page.blocks), page.blocks, strict=False):
        if len(block.text) <= MAX_NAMED_CHARS and not block.hidden and _HAS_YEAR.search(block.text):
            for date in _dates_in(Line(block, "", after=True), _as_label(above) if above else "", reading):
                if date.role and not is_inside_foreign(page, block.node):
                    named.setdefault(date.role, {}).setdefault(date.iso[:10], date)
    return tuple(next(iter(days.values())) for days in named.values() if len(days) == 1)


def _as_label(block: Block) -> str:
    """Return a line that may name the date in the next one, "" for any other."""
    return block.text if len(block.text) <= LABEL_CHARS and len(read_words(block.text)) <= MAX_LABEL_WORDS else ""


def _dates_in(line: Line, label: str, reading: Reading) -> Iterator[ShownDate]:
    """Yield a line's dates: those of its time elements, else those of its text."""
    text = line.block.text
    if len(text) > MAX_LINE_CHARS:
        return
    times = list(_time_elements(line.block))
    if times:
        for names, written, before, stated in times:
            role = _role_of_names(names) or _role_of(before or label) or _role_of_names(line.names)
            iso = read_date(stated, reading) or read_date(written, reading)
            if iso and role != "other":
                yield ShownDate(iso, role, "markup")
        return
    dates = list(iter_dates(text, reading))
    if not dates or not _is_date_line(text, dates, line.names):
        return
    start = 0
    for date in dates:
        role = _role_of(text[max(start, date.start - LABEL_CHARS) : date.start] or label)
        role = role or _role_of_names(line.names)
        start = date.end
        if role != "other":
            yield ShownDate(date.iso, role, "text")


def _time_elements(block: Block) -> Iterator[tuple[str, str, str, str | None]]:
    """Yield (names, text, the text before it in its block, datetime) of the time elements in a block or around it."""
    seen = set()
    before = ""
    for piece in block.pieces:
        element = holder_of(piece)
        for _ in range(4):
            if element is None or element.tag == "time":
                break
            element = element.getparent()
        if element is not None and element.tag == "time" and element not in seen:
            seen.add(element)
            names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
            yield names, "".join(element.itertext()), before[-LABEL_CHARS:], element.get("datetime")
            before = ""
        else:
            before += piece.text


def _is_date_line(text: str, dates: list[WrittenDate], names: str) -> bool:
    """Whether a line is about its date: little else in it, or its element's name says so."""
    rest = text
    for date in reversed(dates):
        rest = rest[: date.start] + " " + rest[date.end :]
    words = len(_RUN.findall(rest))
    return words <= MAX_OTHER_WORDS or (words <= 3 * MAX_OTHER_WORDS and _names_date(names))


@lru_cache(maxsize=4096)
def _names_date(names: str) -> bool:
    return bool(_DATE_NAMES.search(names))


@lru_cache(maxsize=4096)
def _role_of_names(names: str) -> str:
    """Return what class names say a date is; one element may be both, and is then the publication."""
    if _PUBLISHED_NAMES.search(names):
        return "published"
    return "modified" if _MODIFIED_NAMES.search(names) else ""


def _role_of(label: str) -> str:
    """Return what the words before a date say it is; the last one counts."""
    lowered = label.casefold()
    places = {
        role: max(map(lowered.rfind, words))
        for role, words in (("modified", MODIFIED_WORDS), ("published", PUBLISHED_WORDS), ("other", OTHER_WORDS))
    }
    role = max(places, key=places.__getitem__)
    return role if places[role] >= 0 else ""
