"""Evidence from comparing a block with the page's own statements."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.hints import PageHints
from newsspider.extraction.evidence.wording import Wording
from newsspider.text import read_words, squash

Array = NDArray[np.float64]
Bag = frozenset[str]
BAG_CHARS = 600  # no title or standfirst is longer; longer blocks are not compared with them
UNKNOWN = -1.0
PROBE_CHARS = 40  # a piece of text so long is hardly twice in a text by chance


@dataclass(frozen=True, slots=True)
class Statements:
    """The different words of each title, description and author that a page names."""

    titles: list[Bag]
    descriptions: list[Bag]
    authors: list[Bag]

    @classmethod
    def of(cls, hints: PageHints) -> "Statements":
        """Read the words of a page's statements."""
        return cls(_bags(hints.titles), _bags(hints.descriptions), _bags(hints.authors))

    def bags(self) -> list[Bag]:
        """Return the words of all statements."""
        return [*self.titles, *self.descriptions, *self.authors]

    def words(self) -> Bag:
        """Return all words."""
        return frozenset().union(*self.bags())


def likeness_columns(
    blocks: list[Block], wording: Wording, hints: PageHints, statements: Statements
) -> dict[str, Array]:
    """Return the columns of likeness: 1.0 same words, 0.0 none in common, -1 nothing to compare."""
    return {
        **_title_columns(blocks, wording, statements),
        "in_article_body": _membership(blocks, hints.article_body),
        "article_body_chars": np.full(len(blocks), float(np.log1p(len(hints.article_body)))),
    }


def _title_columns(
    blocks: list[Block], wording: Wording, statements: Statements
) -> dict[str, Array]:
    titles, descriptions, authors = statements.titles, statements.descriptions, statements.authors
    words, common = _count_common(blocks, wording, statements.bags())
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


def _count_common(blocks: list[Block], wording: Wording, bags: list[Bag]) -> tuple[Array, Array]:
    """Return the number of each block's different words, and of shared ones [bag, block]."""
    words = [1] * len(blocks)
    common = [[0] * len(bags)] * len(blocks)

    for number, (different, shared) in enumerate(wording.shared):
        if shared and len(blocks[number].text) <= BAG_CHARS:
            words[number] = different
            common[number] = [len(shared & each) for each in bags]

    return np.array(words, dtype=float), np.array(common, dtype=float).T


def _sizes(bags: list[Bag]) -> Array:
    return np.array([[len(bag)] for bag in bags], dtype=float).reshape(-1, 1)


def _best(likeness: Array) -> Array:
    """Return each block's greatest likeness to a statement; UNKNOWN where the page makes none."""
    if not len(likeness):
        return np.full(likeness.shape[1], UNKNOWN)

    greatest: Array = likeness.max(axis=0)
    return greatest


def _bags(texts: tuple[str, ...]) -> list[Bag]:
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
