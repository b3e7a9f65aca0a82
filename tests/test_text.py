"""Words and white space."""

import pytest

from newsspider.text import body_hash, drop_break_hints, split_words, squash


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


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        pytest.param("Par\u00adlia\u00adment", "Parliament", id="soft hyphens"),
        pytest.param("har\u200bbour", "harbour", id="zero-width space"),
        pytest.param("\ufeffharbour\u2060", "harbour", id="byte order mark and word joiner"),
        pytest.param("渡轮\u200b起航", "渡轮起航", id="zero-width space between ideographs"),
        pytest.param("ท่าเรือ\u200bใหม่", "ท่าเรือ\u200bใหม่", id="word ends in Thai"),
        pytest.param("កំពង់ផែ\u200bថ្មី", "កំពង់ផែ\u200bថ្មី", id="word ends in Khmer"),
        pytest.param("ท่าเรือ\u200b 2", "ท่าเรือ 2", id="no word end in Thai"),
        pytest.param("می\u200cروم", "می\u200cروم", id="zero-width non-joiner in Persian"),
        pytest.param("क्\u200dष", "क्\u200dष", id="zero-width joiner in Hindi"),
        pytest.param("👩\u200d🚒", "👩\u200d🚒", id="zero-width joiner in emoji"),
    ],
)
def test_break_hints_are_dropped_where_no_reader_sees_them(text: str, clean: str) -> None:
    assert drop_break_hints(text) == clean


def test_hash_ignores_break_hints() -> None:
    assert body_hash("har\u00adbour mas\u200bter") == body_hash("harbour master")
