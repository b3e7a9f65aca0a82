"""Evidence from a block's own text: lengths, shares of characters, links, phrases."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
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
    PHRASE_GROUPS,
    count_asks,
    is_teaser_line,
    phrase_bits,
)

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
PROSE_WORDS = 8  # shorter blocks are rarely sentences
PROSE_LINK_DENSITY = 0.4
UNSPACED_WORD_CHARS = 1.7  # characters a word in Chinese, Japanese, Thai, Korean prose, roughly
# Of a block's letters, from which phrases are looked for as they are and not by words
UNSPACED_SHARE = 0.3
SHOWN_SHARE = 0.3  # with less of the prose in sight, "hidden" says nothing on this page

# Terms of notices that a reader would never take for the article, found anywhere in a block (lower
# case).
TERMS = {
    "consent": (
        "cookie|consent|opt-out|opt out|privacy|personal data|personal information|gdpr|ccpa|"
        "third part|datenschutz|einwillig|externer inhalt|externe inhalte|externen inhalt|"
        "personenbezogen|einverstanden|données personnelles|confidentialité|contenu externe|"
        "datos personales|privacidad|dados pessoais|dati personali|informativa|persoonsgegevens|"
        "personopplysninger|personuppgifter|dane osobowe|персональных данных|javascript|browser"
    ),
    "offer": (
        "subscri|newsletter|inbox|sign up|free trial|download the app|whatsapp|telegram|facebook|"
        "twitter|instagram|youtube|linkedin|tiktok|abonn|suscr|assin|iscri|podcast|donat|our app|@"
    ),
    "rules": (
        "comment|moderat|copyright|©|all rights|permission|republish|terms of|disclaimer|affiliate|"
        "commission|advert|sponsor"
    ),
}
START_CHARS, START_WORDS = 60, 3
SHORT_WORDS = 45  # a longer text that begins like a teaser or a request is a paragraph


@dataclass(frozen=True, slots=True)
class Wording:
    """Per block: counts of the text, `words` also in unspaced scripts, `prose` words in sentences.

    `terms` is the number of terms of each group of TERMS in it; `opening` and `saying` are bit
    masks of the groups of phrases at its start, and anywhere in it if it is short.
    """

    letters: Lettering
    words: Array
    link_density: Array
    prose: Array
    terms: dict[str, Array]
    opening: Ints
    saying: Ints

    @classmethod
    def of(cls, blocks: list[Block]) -> "Wording":
        """Measure the blocks of a page, of which there is at least one."""
        letters = Lettering([block.text for block in blocks])
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
        bits = [
            phrase_bits(block.text, flag)
            for block, flag in zip(blocks, is_unspaced.tolist(), strict=True)
        ]
        opening, saying = np.array(bits, dtype=np.int64).T

        return cls(letters, words, density, shown, _count_terms(blocks), opening, saying)


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

    ends = letters.last | np.where(letters.last & QUOTE, letters.before_last, 0)
    for name, bit in (
        ("stop", STOP),
        ("colon", COLON),
        ("mark", MARK),
        ("quote", QUOTE),
        ("digit", DIGIT),
    ):
        columns[f"ends_{name}"] = ((ends & bit) != 0).astype(float)

    for name, bit in (
        ("upper", UPPER),
        ("colon", COLON),
        ("mark", MARK),
        ("quote", QUOTE),
        ("digit", DIGIT),
    ):
        columns[f"starts_{name}"] = ((letters.first & bit) != 0).astype(float)

    for bit, group in enumerate(PHRASE_GROUPS):
        columns[f"says_{group}"] = ((wording.opening >> bit) & 1) * 2.0 + (
            (wording.saying >> bit) & 1
        )

    columns.update({f"terms_{group}": counts for group, counts in wording.terms.items()})
    columns["shared_start"] = _shared_starts(blocks)
    short = (wording.words <= SHORT_WORDS).tolist()
    shorts = [block.text if is_short else "" for block, is_short in zip(blocks, short, strict=True)]
    columns["teaser_line"] = np.array([is_teaser_line(text) for text in shorts], dtype=float)
    columns["asks"] = np.array([count_asks(text) for text in shorts], dtype=float)

    return columns


def _count_terms(blocks: list[Block]) -> dict[str, Array]:
    """Count the terms of each group in a block."""
    page = "\n".join(block.text for block in blocks).lower()
    ends = np.cumsum([len(block.text) + 1 for block in blocks])
    columns: dict[str, Array] = {}

    for group, terms in TERMS.items():
        places = [place for term in terms.split("|") for place in _places(page, term)]
        if places:
            found = np.searchsorted(ends, places, side="right")
        else:
            found = np.zeros(0, np.int64)

        columns[group] = np.bincount(
            np.minimum(found, len(blocks) - 1), minlength=len(blocks)
        ).astype(float)

    return columns


def _places(page: str, term: str) -> list[int]:
    places, at = [], page.find(term)
    while at >= 0:
        places.append(at)
        at = page.find(term, at + len(term))

    return places


def _shared_starts(blocks: list[Block]) -> Array:
    """Count longer blocks that begin with the same words, such as "Read more | …"."""
    starts: dict[str, int] = {}
    keys = []

    for block in blocks:
        words = block.text[:START_CHARS].split(" ", START_WORDS)
        key = ""
        if len(words) > START_WORDS and len(block.text) > START_CHARS // 2:
            key = " ".join(words[:START_WORDS])

        keys.append(key)
        starts[key] = starts.get(key, 0) + 1

    return np.array([starts[key] if key else 0 for key in keys], dtype=float)
