"""Phrases: found at the start of a block or anywhere in a short one, by whole words, in any script."""

import pytest

from newsspider.extraction.evidence.phrases import (
    PHRASE_GROUPS,
    PREFIX_CHARS,
    SHORT_CHARS,
    count_asks,
    is_request,
    is_teaser_line,
    may_ask,
    phrase_bits,
)
from newsspider.extraction.evidence.teaser_phrases import TEASER_PHRASES, UNSPACED_TEASER_PHRASES
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


@pytest.mark.parametrize("language", [*TEASER_PHRASES, *UNSPACED_TEASER_PHRASES])
@pytest.mark.parametrize("line", ["{}: Ten bridges", "▶ {} | Ten bridges", "{} – Ten bridges"])
def test_each_phrase_before_a_colon_bar_or_dash_makes_a_teaser(language: str, line: str) -> None:
    phrases = {**TEASER_PHRASES, **UNSPACED_TEASER_PHRASES}[language].split("|")
    missed = [phrase for phrase in phrases if not is_teaser_line(line.format(phrase.upper()))]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿Sabías que tenemos canal de Telegram? Únete desde tu celular en este enlace.", True),
        ("Siga o canal do jornal e receba as notícias.", True),
        ("El puerto tiene un canal nuevo.", False),
    ],
)
def test_requests_to_join_a_channel_are_known(text: str, asks: bool) -> None:
    assert is_request(text) == asks


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
