"""Words and white space for counting, comparing and hashing, and the cleaning of text."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import TypedDict

# Scripts written without spaces count and compare by character: kana, CJK ideographs, Hangul is
# spaced but compounds freely, Thai. The same ranges as gold/score.py, so that our counts and its
# figures speak of the same words.
UNSPACED = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f"
# Any of those and a few more; said by what it is not, since a class takes long to compile that
# names wide ranges.
_MAY_BE_UNSPACED = re.compile(r"[^\u0000-\u0dff\u2000-\u303f]")
# In UTF-8 their first byte is another one: a look at the bytes takes a sixth of the time
_SPACED_BYTES = bytes(set(range(0x100)) - {0xE0, 0xE1, *range(0xE3, 0xF5)})
# The same words if there is no such character, in two thirds of the time
_SPACED_WORD = re.compile(r"\w+")
# Bytes of words as they are, others as blanks; those outside ASCII count as letters
_WORD_BYTES = bytes(
    byte if byte >= 0x80 or chr(byte).isalnum() or byte == ord("_") else ord(" ")
    for byte in range(0x100)
)
# Characters that stores, files or terminals can't contain: control characters but tab and line
# feed, halves of characters, code points that are none.
NOT_TEXT = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
_NOT_TEXT = re.compile(f"[{NOT_TEXT}]")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Carriage returns are among them: in markup they are white space
_PLAIN_BYTES = bytes({*range(0x20, 0x7F), *b"\t\n\r"})
_HIGH_BYTES = bytes(range(0x80, 0x100))
# Those of NOT_TEXT that are valid in UTF-8
_HIGH_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# Where a line may be broken inside a word, or may not: soft hyphen, zero-width space, word joiner,
# byte order mark. Between letters of Thai, Lao, Myanmar and Khmer a zero-width space parts words,
# as a space does elsewhere: it stays.
_PARTED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_BREAK_HINTS = re.compile(f"[\u00ad\u2060\ufeff]|(?<![{_PARTED}])\u200b|\u200b(?![{_PARTED}])")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # embeddings, overrides, isolates
FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")  # spreadsheets treat full-width signs like the others
# Control characters that stand for something: line and field ends, and windows-1252's letters under
# latin-1's numbers, which HTML reads as those.
_MEANT = {
    **dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f", " "),
    "\r": "\n",
    **{chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)},
}


def split_words(text: str) -> list[str]:
    """Return the words in order; in scripts without spaces, the characters.

    >>> split_words("Half past 9 — 東京")
    ['Half', 'past', '9', '東', '京']
    """
    return _word_in(text).findall(text)


def _word_in(text: str) -> re.Pattern[str]:
    """Return a pattern of the words of a text."""
    return _word() if _may_be_unspaced(text) else _SPACED_WORD


def _may_be_unspaced(text: str) -> bool:
    """Whether a text has a character that may be of a script without spaces."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _SPACED_BYTES):
        return False

    return _MAY_BE_UNSPACED.search(text) is not None


@cache
def unspaced_character() -> re.Pattern[str]:
    """Return a pattern of a character in scripts without spaces; it takes 3 ms to compile."""
    return re.compile(f"[{UNSPACED}]")


@cache
def _word() -> re.Pattern[str]:
    """Compile on first use: it takes 5 ms, and many commands need no words."""
    return re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def is_unspaced(character: str) -> bool:
    """Whether this is one character of a script written without spaces.

    >>> is_unspaced("東"), is_unspaced("a"), is_unspaced("東京")
    (True, False, False)
    """
    return unspaced_character().fullmatch(character) is not None


def count_words(text: str) -> int:
    """Return the number of words, as `split_words` finds them; in half the time.

    >>> count_words("Half past 9 — 東京"), count_words("Half past 9 – “at last”")
    (5, 5)
    """
    if _may_be_unspaced(text):
        return len(_word().findall(text))

    utf8 = text.encode("utf-8", "surrogatepass")
    for character in set(odd_bytes(utf8).decode("utf-8", "surrogatepass")):
        if not character.isalnum():
            utf8 = utf8.replace(character.encode("utf-8", "surrogatepass"), b" ")

    return len(utf8.translate(_WORD_BYTES).split())


def iter_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words' matches one by one, for callers that need only the first few."""
    return _word_in(text).finditer(text)


def read_words(text: str) -> list[str]:
    """Return the words in lower case, in which texts are compared.

    >>> read_words("Half past Nine")
    ['half', 'past', 'nine']
    """
    return split_words(lower_case(text))


def lower_case(text: str) -> str:
    """Return the text in lower case, with as many characters: Python makes two of "İ".

    >>> lower_case("İskele")
    'iskele'
    """
    return text.replace("İ", "i").lower()


def squash(text: str) -> str:
    r"""Return the text trimmed, with single spaces, and without break hints.

    >>> squash(" a \n\t b ")
    'a b'
    """
    return " ".join((text if text.isascii() else drop_break_hints(text)).split())


def drop_break_hints(text: str) -> str:
    r"""Return the text without soft hyphens and zero-width spaces, which allow a line break.

    Zero-width joiners and non-joiners stay: they select forms of letters in Persian and Indic
    scripts, and are parts of emoji.

    >>> drop_break_hints("Parlia\u00adment"), drop_break_hints("ไทย\u200bรัฐ") == "ไทย\u200bรัฐ"
    ('Parliament', True)
    """
    # A tenth of a search's time
    if "\u00ad" in text or "\u200b" in text or "\ufeff" in text or "\u2060" in text:
        return _BREAK_HINTS.sub("", text)
    return text


def clean_text(text: str) -> str:
    r"""Return the text without the characters that stores, files or terminals can't contain.

    >>> clean_text("a\x00b\x1b[31m\x85\r\n\ud83d"), clean_text("caf\u00e9\u202e")
    ('ab[31m…\n\ufffd', 'café\u202e')
    """
    if not _NOT_TEXT.search(text):
        return text
    return _NOT_TEXT.sub(_meant, text.replace("\r\n", "\n"))


def odd_bytes(utf8: bytes) -> bytes:
    r"""Return the bytes besides plain ASCII: control characters, and characters of several bytes.

    They are a hundredth of most pages, and take a tenth of the time to search.

    >>> odd_bytes("a caf\u00e9\0".encode()) == b"\xc3\xa9\0"
    True
    """
    return utf8.translate(None, _PLAIN_BYTES)


def is_clean_markup(odd: bytes) -> bool:
    r"""Whether `clean_text` would change nothing but line ends in a page with these odd bytes.

    >>> [is_clean_markup(odd_bytes(text.encode())) for text in ("caf\u00e9\r\n", "\x85", "a\0")]
    [True, False, False]
    """
    has_controls = odd.translate(None, _HIGH_BYTES) or _HIGH_CONTROLS.search(odd)
    return not has_controls and not any(each in odd for each in _NO_CHARACTERS)


def _meant(found: re.Match[str]) -> str:
    """Return the replacement for an invalid character."""
    character = found[0]
    return "\ufffd" if "\ud800" <= character <= "\udfff" else _MEANT.get(character, "")


def xml_text(text: str) -> str:
    """Return text without the characters that XML can't contain."""
    return _NOT_IN_XML.sub("", text)


def show_text(text: str) -> str:
    r"""Return a page's text in a form that is safe for a terminal.

    Nothing in it moves the cursor or reverses the line.

    >>> show_text("invoice\u202egpj.exe"), show_text("red \x1b[31malert")
    ('invoice<U+202E>gpj.exe', 'red [31malert')
    """
    return _TURNING.sub(lambda found: f"<U+{ord(found[0]):04X}>", clean_text(text))


def count_of(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> count_of(1, "page"), count_of(0, "page"), count_of(2, "address", "addresses")
    ('1 page', '0 pages', '2 addresses')
    """
    if number == 1:
        return f"{number} {noun}"
    return f"{number} {plural or f'{noun}s'}"


def guard_cell(text: str) -> str:
    """Return a text as a CSV cell that no spreadsheet takes for a formula.

    Text that begins like a formula gets an apostrophe before it.

    Source:
        OWASP, CSV Injection.

    >>> guard_cell("=1+1"), guard_cell("＝1+1"), guard_cell("Ferry sails")
    ("'=1+1", "'＝1+1", 'Ferry sails')
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class BodyMeasures(TypedDict):
    """The fields of a record that follow from its body; None without a body."""

    word_count: int | None
    body_hash: str | None


def measure_body(body: str | None) -> BodyMeasures:
    """Return the number of a body's words and its hash.

    >>> measure_body("The ferry sails")["word_count"], measure_body(None)["body_hash"]
    (3, None)
    """
    if not body:
        return {"word_count": None, "body_hash": None}
    return {"word_count": count_words(body), "body_hash": body_hash(body)}


def body_hash(body: str) -> str:
    r"""Return 32 hex digits that stay the same when only white space or the Unicode form changes.

    >>> body_hash("caf\u00e9  open") == body_hash("cafe\u0301\nopen")
    True
    """
    normal = squash(unicodedata.normalize("NFKC", body))
    return hashlib.blake2b(normal.encode(), digest_size=16).hexdigest()
