"""Month names and the order of day and month by language, from Unicode's CLDR through Babel.

dateparser was tried first: it reads Thai abbreviations as another month, no Lithuanian, Basque or
Portuguese time, and costs 30 to 100 ms a language in each process; CLDR's tables cost 5 to 10 and
have every language's inflected forms.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from babel import Locale, UnknownLocaleError

# Names in use that CLDR lacks, by language.
MORE_MONTHS = {
    "de": {"mrz": 3, "jän": 1, "jänner": 1, "feber": 2},
    "en": {"sept": 9},
    "es": {"set": 9, "setiembre": 9},
    "fa": {"ژانویه": 1, "فوریه": 2, "آوریل": 4, "مه": 5, "می": 5, "ژوئن": 6, "ژوئیه": 7, "جولای": 7, "اوت": 8},
    "ar": {
        "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7,
        "آب": 8, "أيلول": 9, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "جانفي": 1,
        "فيفري": 2, "أفريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "أوت": 8,
    },
    # CLDR has only "M01" to "M12"
    "ht": {
        "janvye": 1, "fevriye": 2, "mas": 3, "avril": 4, "me": 5, "jen": 6, "jiyè": 7, "out": 8,
        "septanm": 9, "oktòb": 10, "novanm": 11, "desanm": 12,
    },
    "id": {"agt": 8, "pebruari": 2, "nopember": 11},
    "ms": {"ogos": 8},
}  # fmt: skip
MIN_PREFIX = 3  # letters that may abbreviate a month if only one begins with them
_ALIASES = {
    "no": "nb",
    "iw": "he",
    "in": "id",
    "tl": "fil",
    "mo": "ro",
    "sh": "sr_Latn",
    "ji": "yi",
}


@lru_cache(maxsize=256)
def load_locale(tag: str) -> Locale | None:
    """Return CLDR's locale for a BCP 47 tag, or for its language alone.

    None for one that CLDR lacks.
    """
    parts = tag.replace("_", "-").split("-")
    parts[0] = _ALIASES.get(parts[0].lower(), parts[0])

    for candidate in ("-".join(parts), "-".join((parts[0], parts[-1])), parts[0]):
        try:
            return Locale.parse(candidate.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError):
            continue

    return None


def read_month(word: str, language: str | None) -> int | None:
    """Return the number of a month named in this language or in English, abbreviated or not.

    >>> (read_month("März", "de"), read_month("Sept.", "en"), read_month("марта", "ru"),
    ...  read_month("items", "en"))
    (3, 9, 3, None)
    """
    key = _fold(word)
    tags = filter(None, (language, "en"))
    months = (_month_in(key, tag.partition("-")[0].lower()) for tag in tags)
    return next(filter(None, months), None)


def _month_in(key: str, language: str) -> int | None:
    months = _months_of(language)
    if language == "he":
        key = key.removeprefix("ב")  # "in"

    if key in months or len(key) < MIN_PREFIX:
        return months.get(key)

    begun = {month for name, month in months.items() if name.startswith(key)}
    if len(begun) == 1:
        return begun.pop()

    return None


@lru_cache(maxsize=256)
def _months_of(language: str) -> Mapping[str, int]:
    """Return the names of a language's months, folded, with and without their accents."""
    locale = load_locale(language)
    names: dict[str, int] = {}

    if locale is not None:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in locale.months[context][width].items():
                    names.setdefault(_fold(name), month)

    for name, month in MORE_MONTHS.get(language, {}).items():
        names.setdefault(_fold(name), month)

    for name, month in list(names.items()):
        names.setdefault(_bare(name), month)

    return names


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("i̇", "i").strip(" .,’'")


def _bare(word: str) -> str:
    """Return a word without the accents that typing leaves out."""
    return "".join(
        c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)
    ).replace("ı", "i")


# Where English is written, the order differs by country; elsewhere the language settles it.
_ENGLISH_BY_DOMAIN = {"uk": "en-GB", "us": "en-US", "gov": "en-US", "mil": "en-US", "edu": "en-US"}


def day_first(language: str | None, host: str | None) -> bool | None:
    """Whether 3/10/2026 is the third of October; None if neither language nor country decides.

    >>> (day_first("fr", None), day_first("en-US", None), day_first("en", "herald.co.uk"),
    ...  day_first("en", "a.example"))
    (True, False, True, None)
    """
    if not language:
        return None

    tag = language
    if language.lower() == "en":
        domain = (host or "").rsplit(".", 1)[-1].lower()
        if len(domain) != len("uk") and domain not in _ENGLISH_BY_DOMAIN:
            return None

        tag = _ENGLISH_BY_DOMAIN.get(domain, f"en-{domain.upper()}")
        if load_locale(tag) is None or str(load_locale(tag)) == "en":
            return None

    locale = load_locale(tag)
    if locale is None:
        return None

    pattern = locale.date_formats["short"].pattern
    if pattern.startswith("y"):  # where the year comes first, dates that end in it follow no rule
        return None

    return "d" in pattern.partition("M")[0]
