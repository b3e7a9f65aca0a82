"""From a byline to names: split, cleaned of what is no name, as printed, in order."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from newsspider.text import split_words, squash
from newsspider.urls import is_web_url

# What stands before a name in a byline. Longest first in the pattern; several may follow one another.
BY_WORDS = (
    "written by", "posted by", "published by", "story by", "words by", "text by", "report by", "reported by", "by",
    "article by", "contributed by", "created by", "submitted by", "recipe by", "review by", "post by", "about",
    "about the author", "this post was written by", "this article was written by", "meet the author", "the author",
    "author", "authors", "writer", "written", "contributor", "contributors", "editor", "reporter", "words", "view all posts by",
    "read more about", "read more from", "more from", "posts by", "von", "ein artikel von", "text", "autor", "autorin", "autoren",
    "verfasst von", "geschrieben von", "eine analyse von", "ein kommentar von", "ein gastbeitrag von", "aus", "par", "publié par", "rédigé par",
    "écrit par", "auteur", "auteurs", "propos recueillis par", "por", "escrito por", "publicado por", "redacción de", "autora",
    "di", "scritto da", "pubblicato da", "a cura di", "autore", "door", "geschreven door", "av", "skrevet av", "af",
    "skrevet af", "skriven av", "tekst", "tekst av", "foto", "kirjoittaja", "teksti", "yazan", "yazar", "haber", "muhabir", "oleh",
    "penulis", "reporter", "ditulis oleh", "автор", "авторы", "текст", "від", "autorzy", "autorka", "opracowanie", "napisał", "napisała", "írta",
    "szerző", "autoři", "συντάκτης", "γράφει", "του", "της", "tác giả", "theo", "bởi", "作者", "文", "記者", "记者", "編集", "執筆", "取材・文",
    "撰文", "撰稿", "글", "기자", "نویسنده", "خبرنگار", "بقلم", "كتب", "كتبت", "الكاتب", "מאת", "โดย", "द्वारा", "লেখক",
)  # fmt: skip
# Between names; single letters only where both sides are whole names.
AND_WORDS = "and und et y e og och en ja ve dan và и і та i a & + with".split()
SUFFIXES = frozenset("jr sr ii iii iv esq".split())
# After a name and a comma, or instead of one: what people are, not who.
ROLE_WORDS = frozenset(
    """editor writer reporter correspondent columnist journalist contributor staff producer photographer critic chief
    senior junior associate assistant director manager founder cofounder co-founder ceo cto cmo president professor
    analyst expert specialist dietitian nutritionist lecturer researcher fellow author blogger guest head officer
    redakteur redakteurin redaktör korrespondent korrespondentin chefredakteur journaliste rédacteur rédactrice
    correspondant redactor redactora periodista corresponsal giornalista inviato muhabir editör wartawan consultant
    strategist engineer developer marketer coach trainer therapist attorney lawyer physician reviewer lead""".split()
)
# A role that follows a name begins with one of these.
ROLE_STARTS = frozenset(
    """senior junior staff contributing chief freelance guest lead former founder co-founder editor writer reporter
    correspondent columnist head managing associate assistant executive ceo""".split()
)
# What byline elements hold beside names.
NOISE = re.compile(
    r"\b(?:read more|view (?:all|profile|bio)|follow|e-?mail|share|subscribe|sign up|log ?in|see (?:all|more)|contact|updated?|published|posted|"
    r"minutes?|min read|read time|reading time|comments?|all posts|posts|articles|full bio|bio|profile|website|twitter|facebook|linkedin|instagram|"
    r"copyright|reviewed|fact.?checked|edited|advertis\w*|image|photo|photograph\w*|getty|unsplash|learn more|click|https?|www)\b|[©@#{}<>=_\\:]",
    re.I,
)
# Agencies whose names look like degrees.
AGENCIES = frozenset("AFP AP APA SDA EFE ANSA DPA ANP STT NTB TT TASS PA UPI ANI PTI KNA EPD SID IANS AAP CP PAP".split())
NOBODY = frozenset(
    """admin administrator webmaster user guest unknown none null undefined n/a na editorial name sat sun mon tue wed
    thu fri saturday sunday monday tuesday wednesday thursday friday jan feb mar apr jun jul aug sep sept oct nov dec
    january february march april june july august september october november december today yesterday""".split()
)
MAX_NAME_WORDS, MAX_NAME_CHARS = 7, 70  # a name; agencies have the longest
MAX_UNSPACED_NAME = 6  # characters of a Chinese, Japanese or Korean name
_BY = re.compile(
    r"^(?:(?:" + "|".join(re.escape(word) for word in sorted(BY_WORDS, key=len, reverse=True)) + r")\b\s*(?:[:：/／|–-]\s*|\s)|"
    r"(?:作者|文|記者|记者|編集|執筆|撰文|撰稿|글|by|author|autor|auteur|reporter|text|foto|tekst|oleh|автор|theo)\s*[:：/／]\s*)",
    re.I,
)
_CUT = re.compile(r"\s*[|•·⋅■\n\t/]\s*|\s+[–—-]\s+")
_DATE = re.compile(
    r"(?:\b(?:on|am|le|el|den|vom|på)\s+)?(?:\b[^\W\d_]{3,10},\s+)?"
    r"(?:[^\W\d_]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?\d{4}"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{2,4})(?:[\s,]+\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?",
    re.I,
)
_WITH_AGENCIES = re.compile(r"\s+(?:with|mit|avec|con)\s+(?:agenc|agent|agenz).*$", re.I)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PARENTHESES = re.compile(r"\s*[(\[（【][^)\]）】]*[)\]）】]")
_AND = re.compile(r"\s+(?:" + "|".join(re.escape(word) for word in AND_WORDS) + r")\s+", re.I)
_COMMA = re.compile(r"\s*[,،、，;；]\s*(?:(?:and|und|et|y|og|och|en|&)\s+)?")
_CREDENTIAL = re.compile(r"(?:[A-Z][A-Za-z]?\.?){1,5}®?(?:-[A-Z]+)?|Ph\.?D\.?|[A-Z]{2,}®?(?:\s\d+)?")
_NOT_DECLARED = re.compile(r"[@#{}<>=_\\©:]|getty|unsplash|^\w+(?:\.\w+){2,}$|^image\b|^photo\b|view all")
_LETTER = re.compile(r"[^\W\d_]")
_LOWER = re.compile(r"[a-zà-öø-ÿ]")
PARTICLES = frozenset("de da di do dos das del della der den van von zu zum zur la le el al bin ibn abu ten ter y e of the for af av und and du den's".split())


def clean_names(
    texts: Iterable[str], outlets: Iterable[str] = (), *, whole: bool = False, declared: bool = False
) -> tuple[str, ...]:
    """Return the names in some texts, each once, in order.

    Args:
        texts: each a name or a byline of several.
        outlets: names of the publication, which are cut off behind a person's name.
        whole: whether a text is one name already, such as an organisation's: cleaned, but not split.
        declared: whether the texts are stated to be names, so that they need not look like some.

    >>> clean_names(["By Ann Lee, Jr. and Bob Ray"]), clean_names(["Von Anna Lee | 24.03.2026"])
    (('Ann Lee, Jr.', 'Bob Ray'), ('Anna Lee',))
    """
    publications = {plain_name(outlet) for outlet in outlets} - {""}
    found: dict[str, str] = {}
    for text in texts:
        if text.lstrip().lower().startswith(("http", "www.", "//")):
            continue
        for name in [_cut(text)] if whole else split_names(text, publications):
            if is_name(name) or (declared and can_be_declared(name)):
                found.setdefault(plain_name(name), name)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return a name's letters and digits in lower case: the form in which names are compared."""
    return "".join(re.findall(r"\w+", name.lower()))


def split_names(text: str, publications: set[str] | frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the names that a byline joins."""
    for part in _join_suffixes(_COMMA.split(_cut(text)), publications):
        pieces = _AND.split(part)
        if len(pieces) > 1 and all(_could_stand_alone(piece, publications) for piece in pieces):
            yield from map(_strip, pieces)
        else:
            yield _strip(part)


def _cut(text: str) -> str:
    """Return a byline without "By", addresses, brackets, and what follows a stroke."""
    rest = _WITH_AGENCIES.sub("", squash(_DATE.sub(" | ", _EMAIL.sub(" ", text))))
    rest = _PARENTHESES.sub("", rest) if not rest.startswith(("(", "[", "（", "【")) else ""
    while (shorter := _BY.sub("", rest, count=1)) != rest:
        rest = shorter
    return _without_role(_strip(next((part for part in _CUT.split(rest) if _LETTER.search(part)), "")))


def _without_role(name: str) -> str:
    """Return a name without what its bearer is, where that follows unparted: "Ann Lee Senior Reporter"."""
    words = name.split(" ")
    for place in range(2, min(4, len(words))):
        if words[place].lower() in ROLE_STARTS and "," not in name:
            return " ".join(words[:place])
    return name


def _strip(name: str) -> str:
    return name.strip(" \u200b\u200e\u200f,;:|/–—-*\"“”„«»")


def _join_suffixes(parts: list[str], publications: set[str] | frozenset[str]) -> Iterator[str]:
    """Yield the parts that commas part, with "Jr." and degrees back at their names, without roles and outlets."""
    if len(parts) == 2 and all(len(part.split()) == 1 and not _is_suffix(part) for part in parts):
        yield ", ".join(parts)  # Lee, Ann
        return
    if len(parts) > 2 and all(len(part.split()) == 1 for part in parts):
        parts = parts[:1]  # an agency and the sections it is filed under
    name = ""
    for part in parts:
        if name and _is_suffix(part) and part not in AGENCIES:
            name = f"{name}, {part}"
        elif name and (plain_name(part) in publications or plain_name(part.split()[0] if part else "") in publications):
            continue
        elif name and (is_role(part) or len(part.split()) == 1 and _LOWER.match(part)):
            continue
        else:
            if name:
                yield name
            name = part
    if name:
        yield name


def _is_suffix(part: str) -> bool:
    """Whether a part is "Jr." or a degree rather than a name."""
    words = part.strip(" .").split()
    if not words:
        return False
    return words[0].strip(".").lower() in SUFFIXES or (len(words) <= 2 and all(_CREDENTIAL.fullmatch(word) for word in words))


def is_role(text: str) -> bool:
    """Whether words say what somebody is.

    >>> is_role("Senior Health Reporter"), is_role("Ann Lee")
    (True, False)
    """
    return any(word.strip(".,").lower() in ROLE_WORDS for word in re.split(r"[\s/-]+", text))


def _could_stand_alone(piece: str, publications: set[str] | frozenset[str]) -> bool:
    """Whether what stands beside "and" is a person's name and no half of an organisation's."""
    words = piece.split()
    if not words or not is_name(_strip(piece)) or plain_name(piece) in publications or words[-1] in AGENCIES:
        return False
    return len(words) > 1 or bool(re.match(r"[^\W\d_]", words[0]) and words[0][0].isupper())


def is_person(name: str) -> bool:
    """Whether a name has the parts of a person's: several words, or the few characters of a script without spaces.

    >>> is_person("Ann Lee"), is_person("松岡大地"), is_person("Agenturen")
    (True, True, False)
    """
    return len(name.split()) > 1 or (2 <= len(split_words(name)) == len(name) <= MAX_UNSPACED_NAME)


def can_be_declared(text: str) -> bool:
    """Whether a text that is stated to be a name can be one, whatever its letters look like."""
    lowered = text.lower()
    return (
        2 <= len(text) <= MAX_NAME_CHARS
        and bool(_LETTER.search(text))
        and len(text.split()) <= MAX_NAME_WORDS
        and lowered not in NOBODY
        and not is_web_url(text)
        and not _NOT_DECLARED.search(lowered)
    )


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether a text can be a person's or an agency's name.

    >>> [is_name(text) for text in ("Ann Lee", "dpa", "View all posts", "24 March 2026", "The ferry sails again.")]
    [True, True, False, False, False]
    """
    words = text.split()
    if not 1 <= len(words) <= MAX_NAME_WORDS or not 2 <= len(text) <= MAX_NAME_CHARS or not _LETTER.search(text):
        return False
    if NOISE.search(text) or is_web_url(text) or text.lower() in NOBODY or text.endswith(("?", "!", "…")):
        return False
    if sum(c.isdigit() for c in text) > 3 or (words[0].isdigit() and len(words) > 1):
        return False
    if text.endswith(".") and len(words) > 3 and len(words[-1]) > 5:
        return False
    small = [word for word in words if _LOWER.match(word) and word.lower() not in PARTICLES]
    return len(words) == 1 or len(small) <= len(words) / 3
