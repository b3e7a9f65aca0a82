"""Count kinds of characters over all blocks of a page at once."""

import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

BITS = ("letter", "upper", "digit", "unspaced", "stop", "comma", "quote", "colon", "mark")
LETTER, UPPER, DIGIT, UNSPACED, STOP, COMMA, QUOTE, COLON, MARK = (
    1 << bit for bit in range(len(BITS))
)
BMP = 0x10000  # characters beyond it are letters or pictures too rare to matter
# Two thirds of all, which need not be asked one by one: ideographs, Korean syllables, halves of
# pairs and private use.
UNIFORM_RANGES = (
    (0x3400, 0x4DBF, LETTER),
    (0x4E00, 0x9FFC, LETTER),
    (0xAC00, 0xD7A3, LETTER),
    (0xD800, 0xF8FF, 0),
)
# Those of newsspider.text.
UNSPACED_RANGES = ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7AF), (0x0E00, 0x0E7F))
# By Unicode name: full stops, question and exclamation marks of the scripts that newspapers are
# written in.
STOPS = ".!?…。！？｡؟۔।॥։።"
COMMAS = ",;،؛、，；"
QUOTES = "\"'“”„‟«»‹›‘’‚「」『』《》"
COLONS = ":：-–—―"
MARKS = "|•·»›→←▶►▼▲+/\\#@&*_=<>©®™[]{}~^✓✔★☆●○■□…"


@cache
def _classes() -> NDArray[np.uint16]:
    table = np.zeros(BMP, dtype=np.uint16)
    asked = 0
    for start, end, bits in (*UNIFORM_RANGES, (BMP, BMP, 0)):
        for code in range(asked, start):
            category = unicodedata.category(chr(code))
            if category[0] in "LM":
                table[code] = LETTER | (UPPER if category in ("Lu", "Lt") else 0)
            elif category == "Nd":
                table[code] = DIGIT

        table[start : end + 1] = bits
        asked = end + 1

    for start, end in UNSPACED_RANGES:
        table[start : end + 1] |= UNSPACED

    for bit, characters in (
        (STOP, STOPS),
        (COMMA, COMMAS),
        (QUOTE, QUOTES),
        (COLON, COLONS),
        (MARK, MARKS),
    ):
        for character in characters:
            table[ord(character)] |= bit

    return table


class Lettering:
    """Per text: `chars`, `words`, `counts` by name of BITS.

    Classes of the first and last characters.
    """

    def __init__(self, texts: list[str]) -> None:
        """Count over all texts at once; an empty text counts as the line break after it."""
        lengths = np.array([len(text) for text in texts], dtype=np.int64) + 1
        codes = np.frombuffer(
            "\n".join([*texts, ""]).encode("utf-32-le", "replace"), dtype=np.uint32
        )
        found = _classes().take(codes, mode="clip")
        ends = np.cumsum(lengths)
        starts = ends - lengths
        worded = (found & (LETTER | DIGIT)) != 0
        begins = worded.copy()
        begins[1:] &= ~worded[:-1] | ((found[1:] & UNSPACED) != 0)
        self.chars = (lengths - 1).astype(np.float64)
        self.words = np.add.reduceat(begins.astype(np.int64), starts).astype(np.float64)
        self.counts = {
            name: np.add.reduceat(((found & (1 << bit)) != 0).astype(np.int64), starts).astype(
                np.float64
            )
            for bit, name in enumerate(BITS)
        }
        self.first = found[starts]
        self.last = found[np.maximum(ends - 2, starts)]
        self.before_last = found[np.maximum(ends - 3, starts)]
