"""Evidence from comparing a block with the page's own statements."""

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.hints import PageHints
from newsspider.text import read_word_lists, read_words, squash

Array = NDArray[np.float64]
BAG_CHARS = 600  # no title or standfirst is longer; longer blocks are not compared with them
UNKNOWN = -1.0
PROBE_CHARS = 40  # a piece of text so long is hardly twice in a text by chance


def likeness_columns(blocks: list[Block], hints: PageHints) -> dict[str, Array]:
    """Return the columns of likeness: 1.0 same words, 0.0 none in common, -1 nothing to compare."""
    return {
        **_title_columns(blocks, hints),
        "in_article_body": _membership(blocks, hints.article_body),
        "article_body_chars": np.full(len(blocks), float(np.log1p(len(hints.article_body)))),
    }


def _title_columns(blocks: list[Block], hints: PageHints) -> dict[str, Array]:
    titles, descriptions, authors = (
        _bags(group) for group in (hints.titles, hints.descriptions, hints.authors)
    )
    words, common = _count_common(blocks, [*titles, *descriptions, *authors])
    in_titles, in_descriptions, in_authors = np.split(
        common, [len(titles), len(titles) + len(descriptions)]
    )
    columns = {
        "like_title": _best(in_titles / (words + _sizes(titles) - in_titles)),
        "title_share": _best(in_titles / words),
        "like_description": _best(
            in_descriptions / (words + _sizes(descriptions) - in_descriptions)
        ),
        "holds_description": _best(in_descriptions / _sizes(descriptions)),
        "names_author": _best(in_authors / _sizes(authors)),
    }

    for name, of in (("title_before", "like_title"), ("description_before", "holds_description")):
        columns[name] = np.concatenate(
            [[0.0], np.maximum(np.maximum.accumulate(columns[of])[:-1], 0.0)]
        )

    return columns


def _count_common(blocks: list[Block], bags: list[frozenset[str]]) -> tuple[Array, Array]:
    """Return the number of each block's different words, and of shared ones [bag, block]."""
    known = frozenset().union(*bags)
    words = [1] * len(blocks)
    common = [[0] * len(bags)] * len(blocks)
    compared = [block for block in blocks if known and len(block.text) <= BAG_CHARS]

    for block, said in zip(
        compared, read_word_lists([block.text for block in compared]), strict=True
    ):
        if not known.isdisjoint(said):
            bag = frozenset(said)
            shared = known & bag  # mostly a few words
            words[block.number] = len(bag)
            common[block.number] = [len(shared & each) for each in bags]

    return np.array(words, dtype=float), np.array(common, dtype=float).T


def _sizes(bags: list[frozenset[str]]) -> Array:
    return np.array([[len(bag)] for bag in bags], dtype=float).reshape(-1, 1)


def _best(likeness: Array) -> Array:
    """Return each block's greatest likeness to a statement; UNKNOWN where the page makes none."""
    if not len(likeness):
        return np.full(likeness.shape[1], UNKNOWN)

    greatest: Array = likeness.max(axis=0)
    return greatest


def _bags(texts: tuple[str, ...]) -> list[frozenset[str]]:
    return list(dict.fromkeys(bag for text in texts if (bag := frozenset(read_words(text)))))


def _membership(blocks: list[Block], whole: str) -> Array:
    """Return the share of each block's probes (its start, middle and end) that a text holds."""
    whole = squash(whole.lower())
    if not whole:
        return np.full(len(blocks), UNKNOWN)

    # Only preformatted blocks and those of several lines have white space other than single blanks.
    texts = (
        squash(block.text.lower())
        if block.kind == "preformatted" or "\n" in block.text
        else block.text.lower()
        for block in blocks
    )
    return np.array([_held(text, whole) for text in texts])


def _held(text: str, whole: str) -> float:
    if len(text) <= PROBE_CHARS:
        return float(text in whole)

    middle = (len(text) - PROBE_CHARS) // 2
    probes = (text[:PROBE_CHARS], text[middle : middle + PROBE_CHARS], text[-PROBE_CHARS:])
    return ((probes[0] in whole) + (probes[1] in whole) + (probes[2] in whole)) / len(probes)
