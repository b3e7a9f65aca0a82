"""A live blog's entries with their own times: from JSON-LD, else from where times part the body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import filterfalse
from typing import Any

import numpy as np
from lxml import etree

from newsspider.extraction.cutting.blocks import Block, Nodes
from newsspider.extraction.cutting.tags import SKIPPED_TAGS
from newsspider.extraction.declared.metadata import JsonNode, Metadata, as_list, as_text, types_of
from newsspider.extraction.markup_text import read_markup
from newsspider.extraction.stripping import Stripped
from newsspider.record import LiveUpdate

MIN_ENTRIES = 3  # fewer are dates of an article and of the text beside it
MAX_CLIMB = 8  # elements between an entry's time and the list of entries
MIN_COVERED = 0.5  # of the body's words that must be in entries
MAX_TIME_WORDS = 8  # in a line that is an entry's time: "21.44 GMT, Ann Lee"
MAX_TITLE_WORDS = 25  # in a bold first line that is an entry's title
_TEXT_KEYS = ("articleBody", "text", "description")
_TITLE_KEYS = ("headline", "name")
_TIME_KEYS = ("datePublished", "dateCreated", "dateModified")
BOLD = 0.9  # share of a block's characters from which it is bold

_CLOCK = re.compile(
    r"^\W{0,3}(?:(?:[Uu]m|[Aa]t|[Àà]|[Kk]l\.?|[Oo]r[ea]|[Kk]lo|в) ?)?([01]?\d|2[0-4])(?:[:.h]|"
    r"\s[:h]\s)([0-5]\d)(?::[0-5]\d)?(?!\d|[.,]\d)\s?((?:[ap]\.?m\b\.?)?)(?:\s?(?:Uhr|h|hrs|GMT|"
    r"UTC|BST|CET|CEST|MEZ|MESZ|ET|EST|EDT|IST|WIB|น\.))?"
)
_AFTER_CLOCK = re.compile(r"^\s*[:–—\-|•·]\s*|^\s+(?=\w)")
_SEPARATOR = re.compile(r"^\s*[:–—\-|•·]\s*\S")


@dataclass(frozen=True, slots=True)
class Mark:
    """A time on the page: the element, the block, the time as ISO 8601 or HH:MM."""

    node: int
    block: int
    time: str | None


def find_live_updates(metadata: Metadata, stripped: Stripped) -> tuple[LiveUpdate, ...]:
    """Return the entries in the page's order: of JSON-LD, or of the markup if it has more."""
    declared = read_declared_updates(metadata)
    shown = read_shown_updates(stripped)

    if len(shown) > len(declared):
        return shown

    return declared


def read_declared_updates(metadata: Metadata) -> tuple[LiveUpdate, ...]:
    """Return the entries that JSON-LD lists with their text."""
    live_blogs = (node for node in (metadata.article, *metadata.nodes) if _is_live_blog(node))
    listed = (map(_declared, as_list(node.get("liveBlogUpdate"))) for node in live_blogs)
    readable = (tuple(filter(None, entries)) for entries in listed)
    return next(filter(None, readable), ())


def _is_live_blog(node: JsonNode) -> bool:
    return "LiveBlogPosting" in types_of(node)


def read_shown_updates(stripped: Stripped) -> tuple[LiveUpdate, ...]:
    """Divide the kept blocks into entries at their times; empty if they aren't entries."""
    if stripped.evidence is None:
        return ()

    nodes = stripped.evidence.page.nodes
    kept = np.array([verdict.kept for verdict in stripped.verdicts], dtype=bool)
    words = stripped.evidence.wording.words * kept
    total = float(words.sum())
    best: tuple[int, float, list[LiveUpdate]] = (MIN_ENTRIES - 1, 0.0, [])

    for parent, marks in _marked_lists(stripped, nodes).items():
        starts = [nodes.first[child] for child, _ in marks]
        ends = [*starts[1:], max(nodes.end[parent], nodes.end[marks[-1][0]])]
        covered = float(words[starts[0] : ends[-1]].sum())
        if covered < MIN_COVERED * total:
            continue

        places = zip(marks, starts, ends, strict=True)
        entries = (_entry(stripped, mark, start, end) for (_, mark), start, end in places)
        told = list(filter(None, entries))
        if (len(told), covered) > best[:2]:
            best = (len(told), covered, told)

    return tuple(best[2])


def _declared(entry: object) -> LiveUpdate | None:
    """Return a JSON-LD entry with text, or None."""
    if not isinstance(entry, dict):
        return None

    title, time = as_text(_first_of(entry, _TITLE_KEYS)), as_text(_first_of(entry, _TIME_KEYS))
    text = _markup_text(_first_of(entry, _TEXT_KEYS))
    if text or title:
        return LiveUpdate(time=time, title=title, text=text)

    return None


def _markup_text(value: object) -> str:
    return read_markup(value) if isinstance(value, str) else ""


def _first_of(node: JsonNode, keys: tuple[str, ...]) -> Any:
    """Return the first value that is given under one of some keys, or None."""
    return next(filter(None, map(node.get, keys)), None)


def _marked_lists(stripped: Stripped, nodes: Nodes) -> dict[int, list[tuple[int, Mark]]]:
    """Return the children with a time, and the first time of each, of elements with enough."""
    lists: dict[int, dict[int, Mark]] = {}
    for mark in _iter_marks(stripped, nodes):
        child = mark.node
        for _ in range(MAX_CLIMB):
            parent = nodes.parent[child]
            if parent < 0:
                break

            lists.setdefault(parent, {}).setdefault(child, mark)
            child = parent

    return {
        parent: sorted(children.items(), key=lambda item: nodes.first[item[0]])
        for parent, children in lists.items()
        if len(children) >= MIN_ENTRIES
    }


def _iter_marks(stripped: Stripped, nodes: Nodes) -> Iterator[Mark]:
    """Yield the page's times: time elements, and blocks that begin with a clock's time."""
    yield from _iter_timed_elements(stripped, nodes)

    for block in (verdict.block for verdict in stripped.verdicts):
        time, rest = _clock_in(block.text)
        if time and (block.level or _heads_entry(rest)):
            yield Mark(block.owner, block.number, time)


def _iter_timed_elements(stripped: Stripped, nodes: Nodes) -> Iterator[Mark]:
    """Yield the times in time elements, by their attribute or their text."""
    numbers = (node for node, tag in enumerate(nodes.tag) if tag == "time")
    for node, element in zip(numbers, _iter_times(stripped), strict=False):
        block = int(nodes.first[node])
        if block < len(stripped.verdicts):
            given = (element.get("datetime") or "").strip()
            yield Mark(node, block, given or _clock_in(" ".join(element.itertext()))[0])


def _heads_entry(rest: str) -> bool:
    """Whether a time before this text heads an entry, and isn't the beginning of a sentence."""
    return _SEPARATOR.match(rest) is not None or len(rest.split()) <= MAX_TIME_WORDS


def _iter_times(stripped: Stripped) -> Iterator[etree._Element]:
    """Yield the time elements that can be text, in the order of their numbers in `Nodes`."""
    root = stripped.verdicts[0].block.element.getroottree().getroot()
    for element in root.iter("time"):
        if not any(above.tag in SKIPPED_TAGS for above in element.iterancestors()):
            yield element


def _clock_in(text: str) -> tuple[str | None, str]:
    """Return (HH:MM, the rest) of a text that begins with a clock's time, (None, text) of others.

    >>> _clock_in("9.42pm Ann Lee"), _clock_in("12:30 Uhr: Regen"), _clock_in("12 men")
    (('21:42', ' Ann Lee'), ('12:30', ': Regen'), (None, '12 men'))
    """
    found = _CLOCK.match(text)
    if not found:
        return None, text

    hour = _hour_of_day(int(found[1]), found[3].lower())
    return f"{hour:02}:{found[2]}", text[found.end() :]


def _hour_of_day(hour: int, half: str) -> int:
    """Return the hour of 24 that an hour of a half of the day ("am", "p.m.") is."""
    if not half or hour > 12:
        return hour

    return hour % 12 + 12 * half.startswith("p")


def _entry(stripped: Stripped, mark: Mark, start: int, end: int) -> LiveUpdate | None:
    """Return the entry that the kept blocks of a range make, or None where none is kept."""
    lines = list(_iter_entry_lines(stripped, start, end))
    if not lines:
        return None

    titled = lines[:1] if len(lines) > 1 and _is_title(lines[0][0]) else []
    title = next((text for _, text in titled), None)
    texts = [text for _, text in lines[len(titled) :]]
    return LiveUpdate(time=mark.time, title=title, text="\n\n".join(texts))


def _iter_entry_lines(stripped: Stripped, start: int, end: int) -> Iterator[tuple[Block, str]]:
    """Yield the kept blocks of a range with their texts, without times."""
    kept = (verdict.block for verdict in stripped.verdicts[start:end] if verdict.kept)
    for block in filterfalse(_is_time, kept):
        if text := _without_clock(block):
            yield block, text


def _is_time(block: Block) -> bool:
    """Whether a block is nothing but a time element."""
    return all(
        piece.element.tag == "time" and not piece.is_tail
        for piece in block.pieces
        if piece.text.strip()
    )


def _is_title(block: Block) -> bool:
    """Whether an entry's first line heads it."""
    bold = block.bold_chars >= BOLD * len(block.text) and len(block.text.split()) <= MAX_TITLE_WORDS
    return bool(block.level) or bold


def _without_clock(block: Block) -> str:
    """Return a block's text without the time it begins with."""
    time, rest = _clock_in(block.text)
    if time:
        return _AFTER_CLOCK.sub("", rest, count=1).strip()

    return block.text
