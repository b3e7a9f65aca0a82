"""Evidence from a block's own text: lengths, shares of characters, links, phrases."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.block_words import PARTED, iter_word_lists
from newsspider.extraction.evidence.character_counts import (
    COLON,
    DIGIT,
    MARK,
    QUOTE,
    STOP,
    UPPER,
    Lettering,
)
from newsspider.extraction.evidence.phrases import (
    ASKING,
    PHRASE_GROUPS,
    TEASERS,
    count_asks,
    is_teaser_line,
    may_ask,
    phrase_bits,
)
from newsspider.extraction.evidence.terms import count_terms
from newsspider.text import lower_case

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
PROSE_WORDS = 8  # shorter blocks are rarely sentences
PROSE_LINK_DENSITY = 0.4
UNSPACED_WORD_CHARS = 1.7  # characters a word in Chinese, Japanese, Thai, Korean prose, roughly
# Of a block's letters, from which phrases are looked for as they are and not by words
UNSPACED_SHARE = 0.3
SHOWN_SHARE = 0.3  # with less of the prose in sight, "hidden" says nothing on this page

START_CHARS, START_WORDS = 60, 3
_ENDS = {
    "ends_stop": STOP, "ends_colon": COLON, "ends_mark": MARK, "ends_quote": QUOTE,
    "ends_digit": DIGIT,
}  # fmt: skip
_STARTS = {
    "starts_upper": UPPER, "starts_colon": COLON, "starts_mark": MARK, "starts_quote": QUOTE,
    "starts_digit": DIGIT,
}  # fmt: skip
_SAYS = tuple(f"says_{group}" for group in PHRASE_GROUPS)
SHORT_WORDS = 45  # a longer text that begins like a teaser or a request is a paragraph


@dataclass(frozen=True, slots=True)
class Wording:
    """Per block: counts of the text, `words` also in unspaced scripts, `prose` words in sentences.

    `terms` is the number of terms of each group of TERMS in it; `opening` and `saying` are bit
    masks of the groups of phrases at its start, and anywhere in it if it is short; `asking`:
    whether it may ask something of the reader; `shared`: how many different words it has, and which
    of them are stated, (1, none) if none is.
    """

    letters: Lettering
    words: Array
    link_density: Array
    prose: Array
    terms: dict[str, Array]
    opening: Ints
    saying: Ints
    asking: Flags
    shared: list[tuple[int, frozenset[str]]]

    @classmethod
    def of(cls, blocks: list[Block], stated: frozenset[str] = frozenset()) -> "Wording":
        """Measure the blocks of a page, of which there is at least one.

        Args:
            blocks: of the page.
            stated: the words of the page's own statements, such as its title.
        """
        texts = [block.text for block in blocks]
        letters = Lettering(texts)
        unspaced = np.minimum(letters.counts["unspaced"], letters.words)
        words = letters.words - unspaced + unspaced / UNSPACED_WORD_CHARS
        density = np.array([block.link_chars for block in blocks]) / np.maximum(letters.chars, 1.0)
        sentences = (
            (letters.counts["stop"] > 0) | (letters.counts["comma"] > 1) | (words > 4 * PROSE_WORDS)
        )
        visible = np.array([not block.hidden for block in blocks])
        is_prose = (words >= PROSE_WORDS) & (density < PROSE_LINK_DENSITY) & sentences
        shown = np.where(is_prose & visible, words, 0.0)

        # The page hides its body until a script has run.
        if shown.sum() < SHOWN_SHARE * words[is_prose].sum():
            shown = np.where(is_prose, words, 0.0)

        is_unspaced = letters.counts["unspaced"] > UNSPACED_SHARE * letters.counts["letter"]
        page = lower_case(PARTED.join(texts))
        bits: list[tuple[int, int]] = []
        asking: list[bool] = []
        shared: list[tuple[int, frozenset[str]]] = []

        for text, said, flag in zip(
            texts, iter_word_lists(page), is_unspaced.tolist(), strict=True
        ):
            bits.append(phrase_bits(text, said, flag))
            asking.append(may_ask(text, said))
            shared.append(_share(said, stated))

        opening, saying = np.array(bits, dtype=np.int64).T
        terms = count_terms(page, np.cumsum(letters.chars + 1).astype(np.int64))

        return cls(letters, words, density, shown, terms, opening, saying, np.array(asking), shared)


def _share(said: list[str], stated: frozenset[str]) -> tuple[int, frozenset[str]]:
    """Return the number of different words, and those that are stated; (1, none) if none is."""
    if stated.isdisjoint(said):
        return 1, frozenset()

    return len(set(said)), stated.intersection(said)


def wording_columns(blocks: list[Block], wording: Wording) -> dict[str, Array]:
    """Return the columns that look at nothing but the block itself."""
    letters, chars = wording.letters, np.maximum(wording.letters.chars, 1.0)
    counts = letters.counts
    lettered = np.maximum(counts["letter"], 1.0)
    columns = {
        "chars": np.log1p(letters.chars),
        "words": np.log1p(wording.words),
        "word_chars": counts["letter"] / np.maximum(letters.words, 1.0),
        "letter_share": counts["letter"] / chars,
        "upper_share": counts["upper"] / lettered,
        "upper_a_word": counts["upper"] / np.maximum(letters.words, 1.0),
        "digit_share": counts["digit"] / chars,
        "unspaced_share": counts["unspaced"] / lettered,
        "link_density": wording.link_density,
        "pieces": np.array([len(block.pieces) for block in blocks], dtype=float),
        "bold_share": np.array([block.bold_chars for block in blocks]) / chars,
        "lines": np.array([block.text.count("\n") for block in blocks], dtype=float),
        "stops": counts["stop"],
        "words_a_stop": wording.words / (counts["stop"] + 1.0),
        "hidden": np.array([block.hidden for block in blocks], dtype=float),
    }

    for name in ("stop", "comma", "quote", "colon", "mark"):
        columns[f"{name}_share"] = counts[name] / chars

    last = letters.last | np.where(letters.last & QUOTE, letters.before_last, 0)
    columns.update(zip(_ENDS, _flags(last, _ENDS.values()), strict=True))
    columns.update(zip(_STARTS, _flags(letters.first, _STARTS.values()), strict=True))
    groups = np.arange(len(PHRASE_GROUPS))[:, None]
    said = ((wording.opening >> groups) & 1) * 2.0 + ((wording.saying >> groups) & 1)
    columns.update(zip(_SAYS, said, strict=True))
    columns.update({f"terms_{group}": counts for group, counts in wording.terms.items()})
    columns["shared_start"] = _shared_starts(blocks)
    short = wording.words <= SHORT_WORDS
    prompts = ((wording.opening & TEASERS) > 0) | (counts["unspaced"] > 0)
    columns["teaser_line"] = _ask_some(is_teaser_line, blocks, short & prompts)
    sentences = ((wording.opening & ASKING) > 0) | (counts["stop"] + counts["colon"] > 0)
    columns["asks"] = _ask_some(count_asks, blocks, short & sentences & wording.asking)

    return columns


def _flags(classes: NDArray[np.uint16], bits: Iterable[int]) -> Array:
    """Return 1.0 where characters are of a class, `[class, block]`."""
    masks = np.array([*bits], dtype=np.uint16)[:, None]
    return np.asarray((classes & masks) != 0, dtype=float)


def _ask_some(question: Callable[[str], float], blocks: list[Block], some: Flags) -> Array:
    """Return the answers for the texts of some blocks, 0.0 for the others."""
    answers = np.zeros(len(blocks))
    numbers = np.flatnonzero(some).tolist()
    answers[numbers] = [question(blocks[number].text) for number in numbers]

    return answers


def _shared_starts(blocks: list[Block]) -> Array:
    """Count longer blocks that begin with the same words, such as "Read more | …"."""
    keys = [_start_of(block.text) for block in blocks]
    counts = Counter(keys)
    counts[""] = 0

    return np.array([counts[key] for key in keys], dtype=float)


def _start_of(text: str) -> str:
    """Return the first words of a longer text, "" for a text that is hardly longer than they."""
    if len(text) <= START_CHARS // 2:
        return ""

    words = text[:START_CHARS].split(" ", START_WORDS)
    if len(words) <= START_WORDS:
        return ""

    return " ".join(words[:START_WORDS])
