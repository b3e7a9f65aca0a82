"""Phrases: found at the start of a block or anywhere in a short one, by whole words, in any script."""

import pytest

from newsspider.extraction.evidence.phrases import (
    PHRASE_GROUPS,
    PREFIX_CHARS,
    SHORT_CHARS,
    count_asks,
    may_ask,
    phrase_bits,
)
from newsspider.text import read_words

PROSE = "and the harbour master, who had waited nine years for it, said so on Monday in front of the whole town council"


def groups(text: str, unspaced: bool = False) -> tuple[set[str], set[str]]:
    start, anywhere = phrase_bits(text, read_words(text), unspaced)
    named = [{name for bit, name in enumerate(PHRASE_GROUPS) if bits >> bit & 1} for bits in (start, anywhere)]
    return named[0], named[1]


@pytest.mark.parametrize(
    ("text", "start", "anywhere"),
    [
        pytest.param("Read also: the pier", {"related"}, {"related"}, id="at the start"),
        pytest.param("The pier – read also", set(), {"related"}, id="anywhere in a short text"),
        pytest.param("", set(), set(), id="nothing"),
        pytest.param("|||", set(), set(), id="no words"),
        pytest.param("Harbour", set(), set(), id="other words"),
        pytest.param("Адвокат: читайте также", set(), {"related"}, id="Cyrillic"),
        pytest.param("© 2026 The Herald", {"rights"}, {"rights"}, id="the copyright sign is a word"),
    ],
)
def test_groups_of_a_text(text: str, start: set[str], anywhere: set[str]) -> None:
    assert groups(text) == (start, anywhere)


def test_a_longer_phrase_counts_beside_a_shorter_one_at_its_start() -> None:
    assert "newsletter" in groups("Sign up now")[0]
    assert groups("Sign here")[0] == set()


def test_long_texts_count_by_their_start_only() -> None:
    text = f"Must read: {PROSE}, {PROSE}"
    assert len(text) > SHORT_CHARS > PREFIX_CHARS
    assert groups(text) == ({"related"}, set())
    assert groups(f"{PROSE}, {PROSE}. Must read") == (set(), set())


def test_scripts_without_spaces_are_looked_through_when_asked() -> None:
    assert groups("この記事の関連記事はこちら", unspaced=True)[1] == {"related"}
    assert groups("この記事の関連記事はこちら")[1] == set()


@pytest.mark.parametrize(
    "text",
    ["_Read also: the pier", "l'info s'abonner", "don't miss", "(c) The Herald", "R&B, read also"],
)
def test_no_phrase_is_missed_for_the_words_of_its_text(text: str) -> None:
    assert any(groups(text))


@pytest.mark.parametrize("text", ["It is late. Sign up here.", "_Subscribe_ here", "Suivez-nous", "S'abonner"])
def test_each_text_that_asks_something_may_ask(text: str) -> None:
    assert count_asks(text) == 1
    assert may_ask(text, read_words(text))
