"""Dates that the page shows its readers: near the headline, in the headline's block, or anywhere by their names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsspider.extraction.cutting.blocks import Block, CutPage
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
    Reading,
    WrittenDate,
    iter_dates,
)
from newsspider.extraction.fields.opening import Opening, holder_of, is_inside_foreign, is_prose

MAX_LINE_CHARS = (
    240  # a longer line is prose; a byline with date, place and reading time stays below
)
MAX_OTHER_WORDS = 8  # beside an unnamed date: a name, a place, "5 min read"
MAX_FEW_WORDS = (
    4  # beside a date in the headline's block, and before one that a paragraph begins with
)
BESIDE = 2  # lines above and below the headline that need no name to be the article's
MAX_DATE_WORDS = 8  # "Posted on 24 March 2026, 09:30"
MAX_NAMED_CHARS = 80  # of a line far from the headline
MAX_BLOCK_CHARS = 600  # of a block far from the headline: lines parted by line breaks
PARAGRAPH_HEAD = 120  # characters in which the date stands that a paragraph begins with
# Of lines beside the headline that are not the article's even there: readers', other pages',
# today's date.
_OTHERS_NAMES = re.compile(
    (
        r"comment|disqus|relat|recommend|recent|latest|popular|more|event|ticker|today|current|"
        r"weather|copyright|search"
    ),
    re.I,
)
QUOTING_TAGS = frozenset("blockquote q figcaption".split())
MAX_QUOTING_LEVELS = 6  # elements from a line up to a quotation or a caption around it
_RUN = re.compile(
    r"\w+"
)  # of text written without spaces too: there a line's characters say little of its length
_DIGITS = re.compile(r"\d\d")
_HAS_YEAR = re.compile(r"\d{4}|\d\d?[./]\d\d?[./]\d\d|\d-[^\W\d]{3,9}-\d\d\b")
# Who said it, and when: "— Tom Moss on Sunday, February 8th".
# Icons part a line: pictograms, and the characters of icon fonts in the private area.
_ICON = re.compile(r"[\U0001f300-\U0001faff\u2600-\u27bf\ue000-\uf8ff]")
_ATTRIBUTION = re.compile(r"\s*[—–-]\s?[^\W\d]")
_TIME_SPAN = re.compile(
    r"\d\d?[:.h]\d\d(?:\s?Uhr)?\s?(?:[-–—]|to|till|until|bis|à|a|al|tot|til|do|до)\s?\d\d?[:.h]\d\d"
)
# What parts a paragraph from the date that it begins with.
_PARTED = re.compile(r"\s*(?:\([^()]{1,25}\)\s*)?(?:[-–—|•]\s|[:,]?\s*[„“\"«»])")


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date on the page and which one it is, by the roles of `date_roles`."""

    iso: str
    role: str
    provenance: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as readers see it, and the texts of the line above it and of the two below it, "" for none."""

    text: str
    above: str
    below: str
    next_below: str


def find_shown_dates(opening: Opening, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates near the headline in document order, after them those that its first paragraphs begin with."""
    shown: list[ShownDate] = []
    if opening.headline >= 0:
        shown += _dates_in_headline(opening.page.blocks[opening.headline], reading)

    lines = [line for line in opening.lines if not _is_quoted(opening.page, line.block)]
    blocks = [line.block for line in lines]
    for place, line in enumerate(lines):
        shown += _dates_in_block(line.block, line.names, _neighbours(blocks, place), reading)

    for line in lines:
        if line.after and is_prose(line.block):
            shown += _date_before_prose(line.block.text, reading)

    return (*shown, *_dates_beside_headline(opening, reading))


def _names_around(page: CutPage, block: Block) -> str:
    """Return the class names of a block's element and of those around it."""
    names: list[str] = []
    node = block.node

    while node >= 0 and len(names) < MAX_QUOTING_LEVELS:
        names.append(page.nodes.key[node])
        node = page.nodes.parent[node]

    return " ".join(names)


def _dates_beside_headline(opening: Opening, reading: Reading) -> Iterator[ShownDate]:
    """Yield the dates of lines right above and below the headline, whatever the elements around them are called."""
    if opening.headline < 0:
        return

    known = {line.block.number for line in opening.lines} | {opening.headline}
    blocks = opening.page.blocks
    for block in blocks[max(0, opening.headline - BESIDE) : opening.headline + BESIDE + 1]:
        if (
            block.number in known
            or block.hidden
            or _OTHERS_NAMES.search(_names_around(opening.page, block))
        ):
            continue

        if is_prose(block):
            yield from _date_before_prose(block.text, reading)
        elif len(_RUN.findall(block.text)) <= MAX_DATE_WORDS:
            yield from _dates_in_block(block, "", _neighbours(blocks, block.number), reading)


def find_dates_anywhere(page: CutPage, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates of all short lines that readers see and that are the page's own."""
    shown: list[ShownDate] = []
    for place, block in enumerate(page.blocks):
        if not block.hidden and _may_be_dated(block):
            names = page.nodes.key[block.node]
            found = list(
                _dates_in_block(
                    block, names, _neighbours(page.blocks, place), reading, MAX_NAMED_CHARS
                )
            )
            if found and not _is_foreign(page, place, block) and not _is_quoted(page, block):
                shown += found

    return tuple(shown)


def _is_foreign(page: CutPage, place: int, block: Block) -> bool:
    """Whether a line is in a part that is not the article's.

    A line in a bar beside the text is the article's where words, no class names, say that it is the
    publication.
    """
    if not is_inside_foreign(page, block.node):
        return False

    labels = (
        re.split(r"\d", block.text, maxsplit=1)[0],
        page.blocks[place - 1].text if place else "",
    )
    is_said = any(is_label(label) and role_of(label) == PUBLISHED for label in labels)
    return not is_said or is_inside_foreign(page, block.node, beside=False)


def _neighbours(blocks: Sequence[Block], place: int) -> tuple[str, str, str]:
    """Return the texts of the block above and of the two below."""
    above = ""
    if place:
        above = blocks[place - 1].text

    below, next_below, *_ = (*(block.text for block in blocks[place + 1 : place + 3]), "", "")
    return above, below, next_below


def choose_named(shown: Iterable[ShownDate]) -> tuple[ShownDate, ...]:
    """Return the dates far from the headline that have a role; a role with more than one day gives none.

    A list of posts names many.
    """
    named: dict[str, dict[str, ShownDate]] = {}
    for date in shown:
        if date.role != UNSAID:
            named.setdefault(date.role, {}).setdefault(date.iso[:10], date)

    return tuple(next(iter(days.values())) for days in named.values() if len(days) == 1)


def _may_be_dated(block: Block) -> bool:
    """Whether a block has a short line that may show a date."""
    if len(block.text) > MAX_NAMED_CHARS and (
        len(block.text) > MAX_BLOCK_CHARS or "\n" not in block.text
    ):
        return False

    if _HAS_YEAR.search(block.text):
        return True

    return any(piece.element.tag in ("abbr", "time") for piece in block.pieces[:MAX_OTHER_WORDS])


def _dates_in_block(
    block: Block,
    names: str,
    neighbours: tuple[str, str, str],
    reading: Reading,
    max_chars: int = MAX_LINE_CHARS,
) -> Iterator[ShownDate]:
    """Yield a block's dates: those that its elements state, else those of its lines of no more than some characters."""
    above, below, next_below = neighbours
    if len(block.text) <= max_chars:
        stated = list(iter_dated_elements(block, reading))
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
    """Return a day that an element states with the time that stands beside the element."""
    if len(iso) > DAY_CHARS or ":" not in text:
        return iso

    return next(
        (date.iso for date in iter_dates(text, reading) if date.iso.startswith(f"{iso}T")), iso
    )


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
    """Return what the next line says that a date alone in its line is, if it is not said of the line after it."""
    if not is_label(row.below) or _DIGITS.search(row.below) or _DIGITS.search(row.next_below):
        return UNSAID

    role = role_of(row.below)
    if role in (PUBLISHED, MODIFIED) and len(_RUN.findall(row.text)) <= MAX_FEW_WORDS:
        return role

    return UNSAID


def _role_after(rest: str) -> str:
    """Return what the words after a date say it is; in Japanese and Chinese all stamps are said to be of an update."""
    label = _label_after(rest)
    role = role_of(label)

    if role == MODIFIED and "更新" in label:
        return NAMED_MODIFIED

    return role


def _label_after(rest: str) -> str:
    """Return what follows a date up to the next number, if it is so short that it may name it."""
    label = re.split(r"\d", rest, maxsplit=1)[0]
    if is_label(label):
        return label

    return ""


def _is_date_line(text: str, dates: list[WrittenDate], level: int, names: str) -> bool:
    """Whether a line is about its date: little else in it, or its element's name says so."""
    if _ATTRIBUTION.match(text) or _TIME_SPAN.search(text):
        return False

    words = _other_words(text, dates)
    if level == 1:
        return words == 0  # a headline names other days

    return words <= MAX_OTHER_WORDS or (words <= 3 * MAX_OTHER_WORDS and names_date(names))


def _other_words(text: str, dates: list[WrittenDate]) -> int:
    for date in reversed(dates):
        text = text[: date.start] + " " + text[date.end :]

    return len(_RUN.findall(text))


def _is_quoted(page: CutPage, block: Block) -> bool:
    """Whether a line stands in a quotation or a picture's caption."""
    node = block.node
    for _ in range(MAX_QUOTING_LEVELS):
        if node < 0:
            return False

        if page.nodes.tag[node] in QUOTING_TAGS:
            return True

        node = page.nodes.parent[node]

    return False


def _dates_in_headline(block: Block, reading: Reading) -> Iterator[ShownDate]:
    """Yield the dates in the headline's element that are not of its words: in elements and lines of their own."""
    stated = list(iter_dated_elements(block, reading))
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


def _date_before_prose(text: str, reading: Reading) -> Iterator[ShownDate]:
    """Yield the date that a paragraph begins with, parted from its first sentence: "24.3.2026 – The ferry …"."""
    head = text[:PARAGRAPH_HEAD]
    date = None

    if _DIGITS.search(head):
        date = next(iter_dates(head, reading), None)

    if date is None or not _PARTED.match(head, date.end):
        return

    before = head[: date.start].strip()
    role = role_of(f"{before} ")
    is_dateline = before.endswith((",", "(", "|")) and len(_RUN.findall(before)) <= MAX_FEW_WORDS

    if not before or is_dateline or role == PUBLISHED:
        yield ShownDate(date.iso, role, "text")
