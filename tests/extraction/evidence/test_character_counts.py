"""Kinds of characters, counted over a page's blocks."""

import unicodedata

import pytest

from newsspider.extraction.evidence.character_counts import DIGIT, LETTER, UPPER, Lettering


@pytest.mark.parametrize("start", range(0, 0x10000, 0x1000))
def test_letters_and_digits_are_those_of_unicode(start: int) -> None:
    characters = [chr(code) for code in range(start, start + 0x1000) if not 0xD800 <= code <= 0xDFFF]
    categories = [unicodedata.category(character) for character in characters]
    letter, upper, digit = (
        [bool(classes & bit) for classes in Lettering(characters).first] for bit in (LETTER, UPPER, DIGIT)
    )
    assert letter == [category[0] in "LM" for category in categories]
    assert upper == [category in ("Lu", "Lt") for category in categories]
    assert digit == [category == "Nd" for category in categories]
