"""Evidence from comparing a block with what the page says of itself."""

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.blocks import Block
from newsspider.extraction.evidence.hints import PageHints
from newsspider.extraction.evidence.phrases import PHRASE_GROUPS, phrase_bits
from newsspider.text import read_words

Array = NDArray[np.float64]
BAG_CHARS = 600  # no title or standfirst is longer; longer blocks are not compared with them
UNKNOWN = -1.0
PROBE_CHARS = 40  # a piece of text so long is hardly twice in a text by chance


def likeness_columns(blocks: list[Block], hints: PageHints) -> dict[str, Array]:
    """Return the columns of likeness: 1.0 the same words, 0.0 none in common, -1 nothing to compare with."""
    texts = [" ".join(block.text.lower().split()) for block in blocks]
    return {
        **_title_columns(texts, hints),
        "in_article_body": _membership(texts, hints.article_body),
        "article_body_chars": np.full(len(blocks), float(np.log1p(len(hints.article_body)))),
        **_scope_columns(blocks),
    }


def _title_columns(texts: list[str], hints: PageHints) -> dict[str, Array]:
    titles, descriptions, authors = (_bags(group) for group in (hints.titles, hints.descriptions, hints.authors))
    known = frozenset().union(*titles, *descriptions, *authors)
    names = ("like_title", "title_share", "like_description", "holds_description", "names_author")
    groups = (titles, titles, descriptions, descriptions, authors)
    table = np.zeros((len(names), len(texts)))
    for index, text in enumerate(texts):
        if len(text) > BAG_CHARS:
            continue
        bag = frozenset(read_words(text))
        if known.isdisjoint(bag):
            continue
        table[0, index] = max((len(bag & words) / len(bag | words) for words in titles), default=0.0)
        table[1, index] = max((len(bag & words) / len(bag) for words in titles), default=0.0)
        table[2, index] = max((len(bag & words) / len(bag | words) for words in descriptions), default=0.0)
        table[3, index] = max((len(bag & words) / len(words) for words in descriptions), default=0.0)
        table[4, index] = max((len(bag & words) / len(words) for words in authors), default=0.0)
    columns = {
        name: row if group else np.full(len(texts), UNKNOWN)
        for name, row, group in zip(names, table, groups, strict=True)
    }
    columns["title_before"] = np.concatenate([[0.0], np.maximum.accumulate(table[0])[:-1]])
    columns["description_before"] = np.concatenate([[0.0], np.maximum.accumulate(table[3])[:-1]])
    return columns


def _bags(texts: tuple[str, ...]) -> list[frozenset[str]]:
    return list(dict.fromkeys(bag for text in texts if (bag := frozenset(read_words(text)))))


def _membership(texts: list[str], whole: str) -> Array:
    """Return the share of each block's probes (its start, middle and end) that a text holds."""
    whole = " ".join(whole.lower().split())
    if not whole:
        return np.full(len(texts), UNKNOWN)
    return np.array([_held(text, whole) for text in texts])


def _held(text: str, whole: str) -> float:
    if len(text) <= PROBE_CHARS:
        return float(text in whole)
    middle = (len(text) - PROBE_CHARS) // 2
    probes = (text[:PROBE_CHARS], text[middle : middle + PROBE_CHARS], text[-PROBE_CHARS:])
    return sum(probe in whole for probe in probes) / len(probes)


def _scope_columns(blocks: list[Block]) -> dict[str, Array]:
    """Return the phrase groups of the heading over a block."""
    bits = {-1: 0}
    for block in blocks:
        if block.level:
            start, anywhere = phrase_bits(block.text[:200], True)
            bits[block.number] = start | anywhere
    over = np.array([bits.get(block.scope, 0) for block in blocks], dtype=np.int64)
    return {f"under_{group}": ((over >> bit) & 1).astype(float) for bit, group in enumerate(PHRASE_GROUPS)}
