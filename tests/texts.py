"""Texts made for the tests: invented words, reprints of a text, other reports of the same event."""

import random

SYLLABLES = "har fer ton mel bri sol vek pad lin bour ryst iron anek wren mouth quay tide".split()
SENTENCE_WORDS = 15


def invented_text(seed: int, words: int) -> str:
    """Return a text of so many words, the same for the same seed."""
    drawn = random.Random(seed)
    return " ".join("".join(drawn.choices(SYLLABLES, k=drawn.randint(2, 3))) for _ in range(words))


def reprint(text: str, changed: float, seed: int) -> str:
    """Return the text with a share of its words replaced."""
    drawn = random.Random(seed)
    return " ".join(invented_text(drawn.randrange(10**6), 1) if drawn.random() < changed else w for w in text.split())


def another_report(text: str, seed: int) -> str:
    """Return a text of its own that quotes a quarter of the sentences of another."""
    theirs, ours = text.split(), invented_text(seed + 10**6, len(text.split())).split()
    for start in range(0, len(ours), 4 * SENTENCE_WORDS):
        ours[start : start + SENTENCE_WORDS] = theirs[start : start + SENTENCE_WORDS]
    return " ".join(ours)
