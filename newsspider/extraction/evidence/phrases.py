"""Find the phrases of `phrase_tables` in blocks and lines."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsspider.extraction.evidence.phrase_tables import (
    AD_LABELS,
    PHRASES,
    REQUESTS,
    UNSPACED_PHRASES,
)
from newsspider.text import lower_case, read_words

PHRASE_GROUPS = tuple(PHRASES)
TEASER_CHARS = 60  # a prompt and its colon are within so many characters
_LEAD_IN = re.compile(r"(.{2,40}?)\s*(?:[:：|】]|\s[-–—]|>|»|→|▶|►)")
PREFIX_WORDS = 4  # the longest phrase worth finding has four words
SHORT_WORDS, SHORT_CHARS = 12, 160  # in a block of up to so many a phrase counts anywhere
PREFIX_CHARS = 60  # of a longer block, among which a phrase at its start ends
UNSPACED_CHARS = 80  # the same for scripts without spaces
AD_LABEL_CHARS = 60  # of a line that announces an advertisement
MARK_CHARS = 6  # before its words
LABEL_START = 2  # letters, by which most lines are no such label
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[©&]")


def _fold(text: str) -> str:
    """Return a text in lower case, each Turkish i as i: capitals may be of either kind."""
    return lower_case(text).replace("ı", "i")


def _key_of(text: str) -> str:
    """Return the words of a text, without the marks between them."""
    return " ".join(_WORD.findall(_fold(text)))


def _tables() -> tuple[dict[str, int], list[tuple[str, int]]]:
    """Map phrases to the bits of their groups; those of spaced scripts by their words."""
    spaced: dict[str, int] = {}
    for bit, phrases in enumerate(PHRASES.values()):
        for phrase in phrases.split("|"):
            key = _key_of(phrase)
            spaced[key] = spaced.get(key, 0) | 1 << bit

    unspaced = [
        (phrase, 1 << PHRASE_GROUPS.index(group))
        for group, phrases in UNSPACED_PHRASES.items()
        for phrase in phrases.split("|")
    ]
    return spaced, unspaced


_SPACED, _UNSPACED = _tables()
_UNSPACED_TEASERS = frozenset(UNSPACED_PHRASES["related"].split("|"))
_REQUESTS, _AD_LABELS = (
    frozenset(_key_of(phrase) for phrase in phrases.split("|")) for phrases in (REQUESTS, AD_LABELS)
)
_AD_LABEL_STARTS = frozenset(label[:LABEL_START] for label in _AD_LABELS)
_SENTENCE_END = re.compile(r"[.!?…:]\s+")
ASKING = sum(1 << PHRASE_GROUPS.index(group) for group in ("related", "newsletter", "social"))
TEASERS = 1 << PHRASE_GROUPS.index("related")
_SECTIONS = sum(
    1 << PHRASE_GROUPS.index(group)
    for group in ("related", "comment", "tags", "newsletter", "social", "author")
)


_LONGEST: dict[str, int] = {}  # words of the longest phrase that begins with a word
for _phrase in _SPACED:
    _first, *_others = _phrase.split(" ")
    _LONGEST[_first] = max(_LONGEST.get(_first, 0), 1 + len(_others))


def _signs(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each phrase, as `read_words` reads it: "abonner" of "s'abonner".

    Also with Turkish i's without dots, as the text may have them.
    """
    words = {max(words, key=len) for phrase in phrases if (words := read_words(phrase))}
    return frozenset({*words, *(word.replace("i", "ı") for word in words)})


# A text without any of these words holds no phrase, or asks for nothing.
_SIGNS = _signs(_SPACED)
_ASKING_SIGNS = _signs(key for key, bits in _SPACED.items() if bits & ASKING)


def phrase_bits(text: str, words: Sequence[str], unspaced: bool) -> tuple[int, int]:
    """Return the phrase groups at a text's start, and anywhere in a short text, as bits.

    Args:
        text: of a block.
        words: the text's, see `read_words`.
        unspaced: whether it is in a script without spaces.
    """
    if len(text) > SHORT_CHARS:
        return _opening_bits(_fold(text[:PREFIX_CHARS])), 0

    start = anywhere = 0
    if _may_hold(_SIGNS, words, text):
        parts = _WORD.findall(_fold(text))
        start = _phrases_at(parts, 0) if parts else 0
        if len(parts) <= SHORT_WORDS:
            anywhere = start | _later_phrases(parts)

    if unspaced and len(text) < UNSPACED_CHARS:
        for phrase, bit in _UNSPACED:
            if phrase in text:
                anywhere |= bit

    return start, anywhere


def may_ask(text: str, words: Sequence[str]) -> bool:
    """Whether `count_asks` may find something, by the text's words."""
    return _may_hold(_ASKING_SIGNS, words, text)


def _may_hold(signs: frozenset[str], words: Sequence[str], text: str) -> bool:
    """Whether a text has one of these words, or a character that is another word for phrases."""
    return not signs.isdisjoint(words) or "_" in text or "©" in text


def _opening_bits(opening: str) -> int:
    """Return the groups of the phrases that begin with the first word of a text in lower case."""
    first = _WORD.search(opening)
    if first is None or first[0] not in _LONGEST:
        return 0

    return _phrases_at(_WORD.findall(opening), 0)


def _later_phrases(words: list[str]) -> int:
    """Return the groups of the phrases that begin after the first word."""
    bits = 0
    for place in range(1, len(words)):
        if words[place] in _LONGEST:
            bits |= _phrases_at(words, place)

    return bits


def _phrases_at(words: list[str], place: int) -> int:
    """Return the groups of the phrases that begin with a word."""
    longest = _LONGEST.get(words[place], 0)
    bits = 0
    for end in range(place + 1, min(place + longest, len(words)) + 1):
        bits |= _SPACED.get(" ".join(words[place:end]), 0)

    return bits


def count_asks(text: str) -> int:
    """Count the sentences that begin like a request to read on, subscribe, write or follow.

    >>> (count_asks("This story first stood in our evening edition. Sign up here."),
    ...  count_asks("They sign up here."))
    (1, 0)
    """
    return sum(bool(_opening_bits(opening) & ASKING) for opening in _openings(text))


def is_request(text: str) -> bool:
    """Whether a sentence of a text asks the reader to read on, subscribe, write or follow.

    >>> [is_request(text)
    ...  for text in ("The paper has an app. Subscribe here.", "Share prices rose.")]
    [True, False]
    """
    return any(map(_begins_with_request, _openings(text)))


def _begins_with_request(opening: str) -> bool:
    words = _WORD.findall(opening)
    counts = range(1, min(len(words), PREFIX_WORDS) + 1)
    return any(" ".join(words[:count]) in _REQUESTS for count in counts)


def _openings(text: str) -> Iterator[str]:
    """Yield the beginning of each sentence, in lower case."""
    start = 0
    for stop in _SENTENCE_END.finditer(text):
        yield _fold(text[start : min(start + PREFIX_CHARS, stop.end())])
        start = stop.end()

    yield _fold(text[start : start + PREFIX_CHARS])


def is_teaser_line(text: str) -> bool:
    """Whether a text begins like a link to something else: a prompt, then a colon, bar or arrow.

    >>> [is_teaser_line(text)
    ...  for text in ("Must read: Ten bridges", "Watch the river", "LIRE AUSSI – Le pont")]
    [True, False, True]
    """
    start = _fold(text[:TEASER_CHARS]).lstrip(" >»*•-–—[(▶►👉")
    found = _LEAD_IN.match(start)

    if not found:
        return False

    if found[1].strip(" 【[") in _UNSPACED_TEASERS:
        return True

    return bool(_SPACED.get(_key_of(found[1]), 0) & TEASERS)


def is_ad_label(text: str) -> bool:
    """Whether a line only announces an advertisement.

    >>> is_ad_label("- Advertisement -"), is_ad_label("Advertisement for a ferry")
    (True, False)
    """
    start = text[: MARK_CHARS + LABEL_START].lstrip(" -–—*[(")[:LABEL_START]
    may_be = len(text) <= AD_LABEL_CHARS and _fold(start) in _AD_LABEL_STARTS
    return may_be and _key_of(text) in _AD_LABELS


def is_section_line(text: str) -> bool:
    """Whether a line is only the heading of a list of other articles, of comments or topics.

    >>> is_section_line("Latest news"), is_section_line("Latest news from the front")
    (True, False)
    """
    words = _WORD.findall(_fold(text[:80]))
    return 0 < len(words) <= PREFIX_WORDS and bool(_SPACED.get(" ".join(words), 0) & _SECTIONS)
