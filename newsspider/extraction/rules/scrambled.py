"""Detect text that was scrambled, so that only paying readers can have it put in order.

Known are letters that were replaced in order (ROT13, any other shift, ROT47, the alphabet or the
words turned round), filler text (lorem ipsum), and text whose words or letters were shuffled. The
last can't be decided by its words alone: it is only asked for places that the page names as paid or
blurred.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from newsspider.extraction.rules.common_words import (
    COMMON_WORDS,
    CYRILLIC_WORDS,
    GREEK_WORDS,
    LATIN_WORDS,
)

MIN_WORDS = 12  # of a text; fewer show too little
MAX_WORDS = 200  # of a text that are looked at
READABLE_SHARE = 0.2  # of words that are common ones in a text that was put in order
READABLE_HITS = 6  # different common words in it
TIMES_AS_IT_IS = 4.0  # how many times as many as before
# Of characters that are small letters; sound text in our scripts has twice as many
ROT47_SMALL = 0.4
FILLER_SHARE = 0.6  # of words that are lorem ipsum's
FILLER_HITS = 6  # different words that hardly another text has
PARAGRAPH_CHARS = 80  # a longer line ends in a full stop
LOOSE_ENDS = 3  # full stops before a small letter, and paragraphs that end without one
LOOSE_SHARE = 0.4  # of the full stops inside the text that are before a small letter
MIXED_WORDS = 40
# Of words that are looked at; shorter ones are the same or other words when mixed
MIXED_LETTERS = 3
KNOWN_SHARE = 0.15  # of common words in a text in a language whose common words are known
MIXED_SHARE = 0.3  # of that, below which letters were mixed within the words
SHORT_WORD = 4  # letters; most common words have no more
MIN_LETTERS = 8  # of an alphabet in a text that is in its script
# Of a text's different words that are common ones; scrambled text has half of it
SOUND_SHARE = 0.12
GLANCE_CHARS = 120  # of a text's start, in which sound text has some common words
GLANCE_HITS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP = re.compile(r"(?<=[^\W\d_]{3})[.!?] +([^\W\d_])")
# Too long for a word, and not an address.
_ENCRYPTED = re.compile(r"(?<!\S)[A-Za-z0-9+/=_-]{80,}(?!\S)")
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_ALPHABETS = (
    ("abcdefghijklmnopqrstuvwxyz", LATIN_WORDS),
    ("абвгдежзийклмнопрстуфхцчшщъыьэюя", CYRILLIC_WORDS),
    ("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", CYRILLIC_WORDS),
    ("αβγδεζηθικλμνξοπρστυφχψω", GREEK_WORDS),
)
_ROT47 = {code: 33 + (code - 33 + 47) % 94 for code in range(33, 127)}
_LAST_LETTER = "\u052f"  # of the Latin, Greek and Cyrillic scripts
_FILLER = frozenset(
    "lorem ipsum dolor sit amet consectetur consectetuer adipiscing adipisicing elit sed do "
    "eiusmod tempor incididunt ut labore et dolore magna aliqua enim ad minim veniam quis nostrud "
    "exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute irure in "
    "reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat "
    "cupidatat non proident sunt culpa qui officia deserunt mollit anim id est laborum vestibulum "
    "pellentesque tincidunt vivamus aliquam faucibus curabitur suspendisse maecenas praesent "
    "vehicula fermentum sollicitudin tristique ultricies porttitor scelerisque sagittis mauris "
    "nibh morbi viverra quam lacus arcu turpis purus eget ac nec vitae sem mi nunc vel at donec "
    "integer phasellus nam orci leo justo hendrerit convallis malesuada euismod feugiat diam "
    "nonummy tellus felis augue egestas risus ante placerat imperdiet semper congue ligula metus "
    "neque odio ornare pharetra posuere pretium quisque rhoncus sapien sodales ullamcorper urna "
    "varius venenatis volutpat interdum lobortis luctus massa mattis molestie gravida fringilla "
    "dictum cursus condimentum bibendum auctor aenean accumsan rutrum erat dui".split()
)
_MARKED_FILLER = frozenset(
    "lorem ipsum amet consectetur consectetuer adipiscing adipisicing eiusmod tempor incididunt "
    "aliqua veniam nostrud ullamco laboris aliquip consequat duis aute irure reprehenderit "
    "voluptate cillum fugiat pariatur excepteur occaecat cupidatat proident deserunt mollit "
    "vestibulum pellentesque tincidunt vivamus aliquam faucibus curabitur suspendisse maecenas "
    "praesent fermentum sollicitudin tristique ultricies porttitor scelerisque sagittis mauris "
    "morbi viverra eget donec phasellus hendrerit convallis malesuada euismod feugiat nonummy "
    "egestas placerat imperdiet quisque rhoncus sodales ullamcorper venenatis volutpat lobortis "
    "fringilla bibendum aenean accumsan".split()
)


def is_scrambled(text: str) -> bool:
    """Whether a text of a dozen words or more has its letters replaced, or is filler.

    >>> is_scrambled("Gur srerl fnvyrq sebz gur byq uneobhe ba Zbaqnl naq vg jnf nyy gung gurl unq unq sbe gurz va nyy")
    True
    >>> is_scrambled("The ferry sailed from the old harbour on Monday and it was all that they had had for them in all")
    False
    """
    counts = _count_words(text)
    return _has_other_order(counts) or _is_rot47(text) or _is_filler(counts)


def looks_sound(text: str) -> bool:
    """Whether a quick check shows that a text is sound, or in a script that can't be checked.

    It is fast, and wrong at times about sound text in languages whose common words aren't known.
    """
    words = text[:GLANCE_CHARS].lower().split()
    hits = len(COMMON_WORDS.intersection(words))
    if hits >= GLANCE_HITS or hits * 4 >= len(words):
        return len(_MARKED_FILLER.intersection(words)) < GLANCE_HITS

    return _is_other_script(text[:GLANCE_CHARS]) or _has_common_words(text)


def _has_common_words(text: str) -> bool:
    words = set(text.lower().split())
    return (
        len(words) >= MIN_WORDS
        and len(COMMON_WORDS & words) >= SOUND_SHARE * len(words)
        and not _MARKED_FILLER & words
    )


def is_in_known_language(text: str) -> bool:
    """Whether a glance shows that longer words of a text, too, are common ones of some language."""
    words = [
        word for word in text[: 4 * GLANCE_CHARS].lower().split() if len(word) >= MIXED_LETTERS
    ]
    return sum(map(COMMON_WORDS.__contains__, words)) >= KNOWN_SHARE * len(words)


def _is_other_script(text: str) -> bool:
    return not text.isascii() and sum(letter <= _LAST_LETTER for letter in text) < len(text) / 2


def has_replaced_letters(text: str) -> bool:
    """Whether a text has the common words of a language only after its letters are put back."""
    return _has_other_order(_count_words(text)) or _is_rot47(text)


def _has_other_order(counts: Counter[str]) -> bool:
    share = _share(counts, COMMON_WORDS)
    if counts.total() < MIN_WORDS or share * TIMES_AS_IT_IS > 1.0:
        return False

    reversed_words = [word[::-1] for word in counts]
    return _is_readable(reversed_words, list(counts.values()), share, COMMON_WORDS) or any(
        _is_readable(
            "\n".join(counts).translate(table).split("\n"), list(counts.values()), share, common
        )
        for table, common in _likely_orders(counts)
    )


def _is_rot47(text: str) -> bool:
    """Whether a text is in ROT47, which makes digits, marks and capitals of small letters."""
    start = text[:GLANCE_CHARS]
    if sum(map(str.islower, start)) > ROT47_SMALL * len(start):
        return False

    # Marks in words part them anywhere, so only blanks do here.
    as_it_is = Counter(text.lower().split()[:MAX_WORDS])
    restored = _count_words(text.translate(_ROT47))
    return _is_readable(
        list(restored), list(restored.values()), _share(as_it_is, COMMON_WORDS), LATIN_WORDS
    )


def _is_readable(
    words: list[str], counts: list[int], share_before: float, common: frozenset[str]
) -> bool:
    """Whether a text put in order has many common words, and far more than before."""
    if len(common.intersection(words)) < READABLE_HITS or sum(counts) < MIN_WORDS:
        return False

    share = sum(count for word, count in zip(words, counts, strict=True) if word in common) / sum(
        counts
    )
    return share >= max(READABLE_SHARE, TIMES_AS_IT_IS * share_before)


def is_filler(text: str) -> bool:
    """Whether a text is lorem ipsum; one in Latin is not."""
    return _is_filler(_count_words(text))


def _is_filler(counts: Counter[str]) -> bool:
    return (
        _share(counts, _FILLER) >= FILLER_SHARE
        and len(_MARKED_FILLER.intersection(counts)) >= FILLER_HITS
    )


def is_shuffled(text: str) -> bool:
    """Whether the words of a text are in no order; its paragraphs are lines.

    Only to be asked of places that the page names as paid or blurred: verse and lists have no order
    of this kind.
    """
    stops = _STOP.findall(text)
    loose = sum(map(str.islower, stops))

    if not loose or loose <= LOOSE_SHARE * len(stops):
        return False

    return (
        loose
        + sum(len(line) >= PARAGRAPH_CHARS and not _ENDED.search(line) for line in text.split("\n"))
        >= LOOSE_ENDS
    )


def has_mixed_letters(text: str, beside: str) -> bool:
    """Whether a text has hardly a common word, unlike the text beside it, or is one long run.

    Only to be asked of such places as well.
    """
    if _is_other_script(text):
        return False

    if _ENCRYPTED.search(text):
        return True

    words, others = _count_longer(text), _count_longer(beside)
    if words.total() < MIXED_WORDS or others.total() < MIN_WORDS:
        return False

    share = _share(others, COMMON_WORDS)
    return share >= KNOWN_SHARE and _share(words, COMMON_WORDS) < MIXED_SHARE * share


def _count_longer(text: str) -> Counter[str]:
    return Counter(
        {word: count for word, count in _count_words(text).items() if len(word) >= MIXED_LETTERS}
    )


def _count_words(text: str) -> Counter[str]:
    found = islice(_WORD.finditer(text.lower()), MAX_WORDS)
    return Counter([match[0] for match in found])


def _share(counts: Counter[str], words: frozenset[str]) -> float:
    """Return the share of a text's words that are among these."""
    known = words.intersection(counts)
    return sum(counts[word] for word in known) / max(counts.total(), 1)


def _likely_orders(counts: Mapping[str, int]) -> Iterator[tuple[dict[int, int], frozenset[str]]]:
    """Yield orders of letters that make common words of a text's short words, with those words."""
    short = [word for word in counts if len(word) <= SHORT_WORD]
    letters = set("".join(short))

    for alphabet, common in _ALPHABETS:
        if len(letters.intersection(alphabet)) >= MIN_LETTERS:
            made_by = _scrambled_words(alphabet, common)
            hits = Counter(order for word in short for order in made_by.get(word, ()))
            for order, count in hits.items():
                if count >= READABLE_HITS - 1:
                    yield _tables(alphabet)[order], common


@cache
def _scrambled_words(alphabet: str, common: frozenset[str]) -> dict[str, list[int]]:
    """Return the numbers of the orders that make a common short word of a text's word.

    To look each word up takes a tenth of the time of putting a text in each order.
    """
    short = "\n".join(word for word in common if len(word) <= SHORT_WORD)
    made_by: dict[str, list[int]] = {}
    for number, order in enumerate(_tables(alphabet)):
        back = {to: letter for letter, to in order.items()}
        for word in short.translate(back).split("\n"):
            made_by.setdefault(word, []).append(number)

    return made_by


@cache
def _tables(alphabet: str) -> tuple[dict[int, int], ...]:
    """Return a table for each shift of an alphabet, and for the alphabet turned round."""
    shifts = (alphabet[at:] + alphabet[:at] for at in range(1, len(alphabet)))
    return tuple(str.maketrans(alphabet, order) for order in (*shifts, alphabet[::-1]))
