"""What an address, a link's words and its place say of what lies behind it, in points."""

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from newsspider.address_shapes import PAGE_SUFFIX
from newsspider.discovery.link_places import Place
from newsspider.text import unspaced_character

LinkRole = Literal["article", "section"]

# Files that are no pages. A page may end in .html, .php, .aspx or in nothing.
MEDIA_SUFFIXES = frozenset(
    """jpg jpeg png gif webp svg avif ico bmp tif tiff mp3 mp4 m4a m4v webm ogg wav avi mov pdf doc docx xls xlsx ppt
    pptx zip gz tar rar 7z exe apk dmg css js json xml rss atom ics epub txt woff woff2 ttf""".split()
)
# Path segments of what is no page to read, or another view of one.
SERVICE_SEGMENTS = frozenset(
    """login signin sign-in logout register signup sign-up account my-account cart checkout basket search suche
    buscar recherche rss feed feeds amp wp-admin wp-login wp-json wp-content cgi-bin print drucken share comment
    comments reply sitemap archive.org embed oembed api static assets downloads download""".split()
)
# Segments of what no news site keeps its articles under, in the languages that addresses are mostly
# written in; but for some: what has an article's marks beside is one.
SIDE_SEGMENTS = frozenset(
    """profile user users member members subscribe subscription subscriptions abo newsletter newsletters contact
    contact-us kontakt contacto impressum imprint about about-us ueber-uns privacy privacy-policy datenschutz terms
    terms-of-use agb cookies cookie-policy legal disclaimer advertise advertising mediadaten careers jobs shop store
    author authors autor autoren auteur tag tags schlagwort etiqueta help faq wetter weather horoscope horoskop games
    spiele rezepte puzzles tv-programm media images""".split()
)
ARTICLE_POINTS = 2  # from so many on a link leads to an article
SIDE_POINTS = -3
LISTING_POINTS = -4  # a page number, or a day or month with nothing behind it
PLACE_POINTS: dict[Place, int] = {"heading": 1, "plain": 0, "frame": -1, "navigation": -1}
MIN_SLUG_WORDS = 4  # words in the last segment of an article's address; sections have one to three
LONG_SLUG_WORDS = 6  # no section's name is as long
MIN_HEADLINE_WORDS = 4  # words in a link's text that reads like a headline
WORDS_PER_NUMBER = 3
# Characters of Chinese, Japanese, Thai, Korean: sections' names have up to seven
UNSPACED_PER_WORD = 2.5
# Of what numbers an article in letters and digits: c5y4p9zl1k2o
MIN_CODE_CHARS, MIN_CODE_DIGITS = 8, 3
# /sport/football/league; deeper without an article's marks is an archive or a trap
MAX_SECTION_SEGMENTS = 3
REMEMBERED = 4_096  # addresses: the pages of a site link mostly the same

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2]|[a-z]{3})", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"/{_YEAR}[/-]?(?:{_MONTH}|\d{{4}})(?=[/-]|$)|[-_/]{_YEAR}\d{{4}}(?!\d)|{_YEAR}-{_MONTH}-{_DAY}(?!\d)", re.I
)
# Days and months at an address's end: an archive's, or a calendar's.
_ARCHIVE = re.compile(rf"/{_YEAR}(?:[/-]?{_MONTH}(?:[/-]?{_DAY})?)?$|/[^\W\d]+[-_]{_YEAR}$", re.I)
_QUERY_DATE = re.compile(
    rf"={_YEAR}-?{_MONTH}(?:-?{_DAY})?(?:&|$)|(?:^|&)(?:month|monat|mois|mes|mese|week|woche|year|jahr)=", re.I
)
_PAGING = re.compile(
    r"/(?:page|seite|pagina|p)[/-]?\d{1,4}/?$|[?&](?:page|seite|pagina|paged)=\d{1,4}(?:&|$)|"
    r"[?&](?:start|offset)=\d{1,5}(?:&|$)",
    re.I,
)
# On the front page it is a WordPress's article
_P_PAGING = re.compile(r"(?:^|&)p=\d{1,4}(?:&|$)", re.I)
_PART = re.compile(r"\d{1,3}")  # /sport/football/league/2 is as deep as /sport/football/league
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d{4,}")  # a year alone numbers no article
# diet-trends-2025: an article's more often than a section's
_YEARED = re.compile(r"\w[-_]\w{1,80}[-_](?:19|20)\d\d$")
_CODE = re.compile(r"\d[a-z]", re.I)  # within; "formula1" and "bundesliga2" are names
_ALPHANUMERIC = f"{string.ascii_letters}{string.digits}"
_QUERY_NUMBER = re.compile(r"(?:^|&)(?:p|\w*(?:id|no|num|idx|seq|sn|article|news|story))=\d+(?:&|$)", re.I)
_SEPARATOR = re.compile(r"[-_+ ,.]")
_PUNCTUATION = ".,:;!?()[]\"'"
_INDEX_NAMES = frozenset({"", "index", "home", "default"})


@dataclass(frozen=True, slots=True)
class AddressMarks:
    """What an address says.

    Attributes:
        points: how much like an article's it is.
        has_slug: whether its last part reads like a headline.
        is_aside: whether only an article is worth fetching there: among tags, authors, services.
        is_deep: whether it lies deeper than sections do.
    """

    points: int
    has_slug: bool
    is_aside: bool
    is_deep: bool


def judge_link(url: str, text: str, place: Place = "plain") -> LinkRole | None:
    """Return what probably lies behind a link, or None for service pages and files.

    >>> judge_link("https://herald.example/2026/03/14/old-ferry-sails-again/", "Old ferry sails again")
    'article'
    >>> judge_link("https://herald.example/politics/", "Politics")
    'section'
    >>> judge_link("https://herald.example/privacy/", "Privacy") is None
    True
    """
    marks = read_address(url)
    return role_of(marks, weigh(marks, text, place)) if marks else None


def weigh(marks: AddressMarks, text: str, place: Place) -> int:
    """Return the points of a link: its address's, its words' and its place's."""
    words = 2 if count_headline_words(text) >= MIN_HEADLINE_WORDS else 0
    return marks.points + words + PLACE_POINTS[place]


def role_of(marks: AddressMarks, points: int) -> LinkRole | None:
    """Return what lies behind a link with so many points; None where it is not worth a look."""
    if points >= ARTICLE_POINTS and (marks.has_slug or not marks.is_aside):
        return "article"
    return None if marks.is_aside or (marks.is_deep and points <= 0) else "section"


@lru_cache(maxsize=REMEMBERED)
def read_address(url: str) -> AddressMarks | None:
    """Return what an address says; None for files and for what is no page to read."""
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    segments = [segment for segment in path.lower().split("/") if segment]
    last = segments[-1] if segments else ""

    if last.rpartition(".")[2] in MEDIA_SUFFIXES and "." in last:
        return None

    names = {PAGE_SUFFIX.sub("", segment) for segment in segments}
    if not SERVICE_SEGMENTS.isdisjoint(names):
        return None

    whole = f"{path}?{parts.query}" if parts.query else path
    is_aside = not SIDE_SEGMENTS.isdisjoint(names)
    if _PAGING.search(whole) or (path and _P_PAGING.search(parts.query)) or _is_archive(path, segments, parts.query):
        return AddressMarks(LISTING_POINTS, has_slug=False, is_aside=is_aside, is_deep=False)

    return AddressMarks(
        _path_points(path, segments, parts.query) + SIDE_POINTS * is_aside,
        has_slug=len(slug_words(last)) >= MIN_SLUG_WORDS,
        is_aside=is_aside,
        is_deep=len(segments) - bool(_PART.fullmatch(last)) > MAX_SECTION_SEGMENTS,
    )


def _path_points(path: str, segments: list[str], query: str) -> int:
    """Return how much like an article's a path and a query are."""
    if not segments:
        return 1 if _QUERY_NUMBER.search(query) else LISTING_POINTS  # the front page of a host

    last, before = segments[-1], segments[:-1]
    name = PAGE_SUFFIX.sub("", last)
    words = len(slug_words(last))
    points = 3 if _DATE.search(path) else 0
    points += 3 if words >= LONG_SLUG_WORDS else 2 if words >= MIN_SLUG_WORDS else 0
    points += 2 if _is_number(name) else 1 if _YEARED.search(name) else 0
    points += (1 if query else 2) if name != last and name not in _INDEX_NAMES else 0
    points += 1 if _QUERY_NUMBER.search(query) else 0
    numbered = {each for each in before if _is_number(each)}

    return points + bool(numbered) + any(len(slug_words(each)) >= MIN_SLUG_WORDS for each in {*before} - numbered)


def _is_archive(path: str, segments: list[str], query: str) -> bool:
    """Whether an address ends with a day, month or year that is no article's, or asks for one."""
    if query and _QUERY_DATE.search(query):
        return not _QUERY_NUMBER.search(query)
    return bool(_ARCHIVE.search(path)) and all(len(slug_words(each)) < MIN_SLUG_WORDS for each in segments)


def _is_number(name: str) -> bool:
    """Whether a segment numbers an article: a long number, or a code."""
    code = name[len(name.rstrip(_ALPHANUMERIC)) :]
    is_code = len(code) >= MIN_CODE_CHARS and sum(map(str.isdigit, code)) >= MIN_CODE_DIGITS and _CODE.search(code)
    return bool(is_code or _NUMBER.search(name))


def slug_words(segment: str) -> list[str]:
    """Return the words of a segment of an address."""
    return [word for word in _SEPARATOR.split(PAGE_SUFFIX.sub("", segment)) if word]


def count_headline_words(text: str) -> int:
    """Return how many words a text has; of those written without spaces, about how many.

    A number is a word among three others, which those of days and prices don't have.

    >>> count_headline_words("Old ferry sails again"), count_headline_words("Saturday, 14 March 2026")
    (4, 2)
    >>> count_headline_words("渡轮三十年后重新启航"), count_headline_words("その他ニュース")
    (4, 2)
    """
    unspaced = 0 if text.isascii() else len(unspaced_character().findall(text))
    tokens = (unspaced_character().sub(" ", text) if unspaced else text).split()
    lettered = sum(any(map(str.isalpha, token)) for token in tokens)
    numbers = sum(token.strip(_PUNCTUATION).isdigit() for token in tokens)
    return lettered + min(numbers, lettered // WORDS_PER_NUMBER) + int(unspaced / UNSPACED_PER_WORD)
