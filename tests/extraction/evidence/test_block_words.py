"""Words of all blocks: those of each text alone, whatever its script."""

import pytest

from newsspider.extraction.evidence.block_words import PARTED, iter_word_lists
from newsspider.text import split_words

TEXTS = [
    "the ferry's _old_ harbour – nº 9, 10½ °c",
    "",
    "«café» l’été\nligne",
    "паром, вышел; καλημέρα",
    "हिन्दी में समाचार",
    "ship 🛳 and 𝐛𝐨𝐥𝐝 letters",
    "half \ud83d of a character",
]


@pytest.mark.parametrize("others", [[], ["東京 ferry ข่าว"]], ids=["spaced", "beside unspaced"])
def test_words_are_those_of_each_text_alone(others: list[str]) -> None:
    texts = [*TEXTS, *others]
    assert list(iter_word_lists(PARTED.join(texts))) == [split_words(text) for text in texts]


def test_an_empty_text_has_no_words() -> None:
    assert list(iter_word_lists("")) == [[]]
