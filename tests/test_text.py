"""Words and white space."""

import pytest

from newsspider.text import body_hash, split_words, squash


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("— …!", []),
        ("Ferry, back at 9:30", ["Ferry", "back", "at", "9", "30"]),
        ("café déjà", ["café", "déjà"]),
        ("東京 ok", ["東", "京", "ok"]),
        ("カフェlatte", ["カ", "フ", "ェ", "latte"]),
        ("ข่าว", ["ข", "่", "า", "ว"]),
        ("Городские часы", ["Городские", "часы"]),
        ("اخبار روز", ["اخبار", "روز"]),
    ],
)
def test_words_of_unspaced_scripts_are_their_characters(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize("text", ["a b", " a\u00a0b", "a\n\n\tb ", "a\u3000b"])
def test_squash_makes_white_space_one_space(text: str) -> None:
    assert squash(text) == "a b"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("caf\u00e9 open", "cafe\u0301\n\nopen ", True),
        ("ﬁne", "fine", True),
        ("Ferry", "ferry", False),
        ("ferry back", "ferryback", False),
    ],
)
def test_hash_ignores_white_space_and_unicode_form_only(one: str, other: str, same: bool) -> None:
    assert (body_hash(one) == body_hash(other)) == same


def test_hash_stays_the_same_between_versions() -> None:
    assert body_hash("The ferry sails again.") == "01726359e6b18e1234ec2866f10513d0"
