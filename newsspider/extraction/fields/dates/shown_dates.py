"""Find dates that the page shows: near the headline, in its block, or anywhere by their names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.fields.dates.date_lines import (
    MAX_OTHER_WORDS,
    RUN,
    ShownDate,
    date_before_prose,
    dates_in_block,
    dates_in_headline,
)
from newsspider.extraction.fields.dates.date_roles import (
    PUBLISHED,
    UNSAID,
    is_label,
    role_of,
)
from newsspider.extraction.fields.dates.written_days import Reading
from newsspider.extraction.fields.opening import Opening, is_inside_foreign, is_prose

BESIDE = 2  # lines above and below the headline that need no name to be the article's

MAX_DATE_WORDS = 8  # "Posted on 24 March 2026, 09:30"

MAX_NAMED_CHARS = 80  # of a line far from the headline

MAX_BLOCK_CHARS = 600  # of a block far from the headline: lines parted by line breaks

# Of lines beside the headline that are not the article's even there: readers', other pages',
# today's date.
_OTHERS_NAMES = re.compile(
    r"comment|disqus|relat|recommend|recent|latest|popular|more|event|ticker|today|current|"
    r"weather|copyright|search"
)

QUOTING_TAGS = frozenset("blockquote q figcaption".split())

MAX_QUOTING_LEVELS = 6  # elements from a line up to a quotation or a caption around it

_HAS_YEAR = re.compile(r"\d{4}|\d\d?[./]\d\d?[./]\d\d|\d-[^\W\d]{3,9}-\d\d\b")


def find_shown_dates(opening: Opening, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates near the headline in document order, then those of its first paragraphs."""
    shown: list[ShownDate] = []
    nodes = opening.page.nodes
    if opening.headline >= 0:
        shown += dates_in_headline(opening.page.blocks[opening.headline], nodes, reading)

    lines = [line for line in opening.lines if not _is_quoted(opening.page, line.block)]
    blocks = [line.block for line in lines]
    for place, line in enumerate(lines):
        shown += dates_in_block(line.block, nodes, line.names, _neighbours(blocks, place), reading)

    for line in lines:
        if line.after and is_prose(line.block):
            shown += date_before_prose(line.block.text, reading)

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
    """Yield the dates of lines right above and below the headline, regardless of element names."""
    if opening.headline < 0:
        return

    known = {line.block.number for line in opening.lines} | {opening.headline}
    blocks = opening.page.blocks
    for block in blocks[max(0, opening.headline - BESIDE) : opening.headline + BESIDE + 1]:
        if (
            block.number in known
            or block.hidden
            or _OTHERS_NAMES.search(_names_around(opening.page, block).lower())
        ):
            continue

        if is_prose(block):
            yield from date_before_prose(block.text, reading)
        elif len(RUN.findall(block.text)) <= MAX_DATE_WORDS:
            beside = _neighbours(blocks, block.number)
            yield from dates_in_block(block, opening.page.nodes, "", beside, reading)


def find_dates_anywhere(page: CutPage, reading: Reading) -> tuple[ShownDate, ...]:
    """Return the dates of all short lines that readers see and that are the page's own."""
    shown: list[ShownDate] = []
    for block in page.blocks:
        if block.hidden or not _may_be_dated(block):
            continue

        found = _dates_of_line(page, block, reading)
        if found and not _is_foreign(page, block) and not _is_quoted(page, block):
            shown += found

    return tuple(shown)


def _dates_of_line(page: CutPage, block: Block, reading: Reading) -> list[ShownDate]:
    """Return the dates of a line far from the headline, read with the names of its element."""
    names, beside = page.nodes.key[block.node], _neighbours(page.blocks, block.number)
    return list(dates_in_block(block, page.nodes, names, beside, reading, MAX_NAMED_CHARS))


def _is_foreign(page: CutPage, block: Block) -> bool:
    """Whether a line is in a part that is not the article's.

    A line in a bar beside the text is the article's where words, no class names, say that it is the
    publication.
    """
    if not is_inside_foreign(page, block.node):
        return False

    above, *_ = _neighbours(page.blocks, block.number)
    is_said = any(map(_says_published, (re.split(r"\d", block.text, maxsplit=1)[0], above)))
    return not is_said or is_inside_foreign(page, block.node, beside=False)


def _says_published(label: str) -> bool:
    return is_label(label) and role_of(label) == PUBLISHED


def _neighbours(blocks: Sequence[Block], place: int) -> tuple[str, str, str]:
    """Return the texts of the block above and of the two below."""
    above = ""
    if place:
        above = blocks[place - 1].text

    below, next_below, *_ = (*(block.text for block in blocks[place + 1 : place + 3]), "", "")
    return above, below, next_below


def choose_named(shown: Iterable[ShownDate]) -> tuple[ShownDate, ...]:
    """Return the dates far from the headline that have a role; none for a role with several days.

    A list of posts names many.
    """
    named: dict[str, dict[str, ShownDate]] = {}
    for date in shown:
        if date.role != UNSAID:
            named.setdefault(date.role, {}).setdefault(date.iso[:10], date)

    return tuple(next(iter(days.values())) for days in named.values() if len(days) == 1)


def _may_be_dated(block: Block) -> bool:
    """Whether a block has a short line that may show a date."""
    most_chars = MAX_BLOCK_CHARS if "\n" in block.text else MAX_NAMED_CHARS
    if len(block.text) > most_chars:
        return False

    return _HAS_YEAR.search(block.text) is not None or _has_dated_element(block)


def _has_dated_element(block: Block) -> bool:
    return any(piece.element.tag in ("abbr", "time") for piece in block.pieces[:MAX_OTHER_WORDS])


def _is_quoted(page: CutPage, block: Block) -> bool:
    """Whether a line is in a quotation or a picture's caption."""
    node = block.node
    for _ in range(MAX_QUOTING_LEVELS):
        if node < 0:
            return False

        if page.nodes.tag[node] in QUOTING_TAGS:
            return True

        node = page.nodes.parent[node]

    return False
