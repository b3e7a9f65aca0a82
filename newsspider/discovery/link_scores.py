"""Points for a link: how much its address, its words and its place look like an article's."""

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

# Suffixes of files that aren't pages. A page may end in .html, .php, .aspx or without a suffix.
MEDIA_SUFFIXES = frozenset(
    """jpg jpeg png gif webp svg avif ico bmp tif tiff mp3 mp4 m4a m4v webm ogg wav avi mov pdf doc
    docx xls xlsx ppt pptx zip gz tar rar 7z exe apk dmg css js json xml rss atom ics epub txt woff
    woff2 ttf""".split()
)
# Path segments of pages that nobody reads, or of other views of a page.
SERVICE_SEGMENTS = frozenset(
    """login signin sign-in logout register signup sign-up account my-account cart checkout basket
    search suche buscar recherche rss feed feeds amp wp-admin wp-login wp-json wp-content cgi-bin
    print drucken share comment comments reply sitemap archive.org embed oembed api static assets
    downloads download""".split()
)
# Segments under which news sites rarely have articles, in the languages of most addresses. A page
# there is an article only if it has other signs of one.
SIDE_SEGMENTS = frozenset(
    """profile user users member members subscribe subscription subscriptions abo newsletter
    newsletters contact contact-us kontakt contacto impressum imprint about about-us ueber-uns
    privacy privacy-policy datenschutz terms terms-of-use agb cookies cookie-policy legal
    disclaimer advertise advertising mediadaten careers jobs shop store author authors autor
    autoren auteur tag tags schlagwort etiqueta help faq wetter weather horoscope horoskop games
    spiele rezepte puzzles tv-programm media images""".split()
)
ARTICLE_POINTS = 2  # a link with this number or more leads to an article
SIDE_POINTS = -3
LISTING_POINTS = -4  # a page number, or a day or month with nothing behind it
PLACE_POINTS: dict[Place, int] = {"heading": 1, "plain": 0, "frame": -1, "navigation": -1}
MIN_SLUG_WORDS = 4  # words in the last segment of an article's address; sections have one to three
LONG_SLUG_WORDS = 6  # longer than any section's name
MIN_HEADLINE_WORDS = 4  # words in a link's text that reads like a headline
WORDS_PER_NUMBER = 3
# Characters of Chinese, Japanese, Thai, Korean: sections' names have up to seven
UNSPACED_PER_WORD = 2.5
# Of a code that identifies an article: c5y4p9zl1k2o
MIN_CODE_CHARS, MIN_CODE_DIGITS = 8, 3
# /sport/football/league; deeper without an article's marks is an archive or a trap
MAX_SECTION_SEGMENTS = 3
REMEMBERED = 4_096  # addresses: the pages of a site link mostly the same

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2]|[a-z]{3})", r"(?:0?[1-9]|[12]\d|3[01])"
_DATE = re.compile(
    rf"/{_YEAR}[/-]?(?:{_MONTH}|\d{{4}})(?=[/-]|$)|"
    rf"[-_/]{_YEAR}\d{{4}}(?!\d)|{_YEAR}-{_MONTH}-{_DAY}(?!\d)",
    re.I,
)
# Days and months at an address's end: an archive's, or a calendar's.
_ARCHIVE = re.compile(rf"/{_YEAR}(?:[/-]?{_MONTH}(?:[/-]?{_DAY})?)?$|/[^\W\d]+[-_]{_YEAR}$", re.I)
_QUERY_DATE = re.compile(
    rf"={_YEAR}-?{_MONTH}(?:-?{_DAY})?(?:&|$)|"
    r"(?:^|&)(?:month|monat|mois|mes|mese|week|woche|year|jahr)=",
    re.I,
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
_QUERY_NUMBER = re.compile(
    r"(?:^|&)(?:p|\w*(?:id|no|num|idx|seq|sn|article|news|story))=\d+(?:&|$)", re.I
)
_SEPARATOR = re.compile(r"[-_+ ,.]")
_PUNCTUATION = ".,:;!?()[]\"'"
_INDEX_NAMES = frozenset({"", "index", "home", "default"})


@dataclass(frozen=True, slots=True)
class AddressMarks:
    """The signs in an address.

    Attributes:
        points: how much it looks like an article's.
        has_slug: whether its last part reads like a headline.
        is_aside: whether only articles are worth fetching there: among tags, authors, services.
        is_deep: whether it is deeper than sections are.
    """

    points: int
    has_slug: bool
    is_aside: bool
    is_deep: bool


def judge_link(url: str, text: str, place: Place = "plain") -> LinkRole | None:
    """Return the probable role of the page behind a link, or None for service pages and files.

    >>> judge_link("https://herald.example/2026/03/14/old-ferry-sails-again/", "Old ferry sails")
    'article'
    >>> judge_link("https://herald.example/politics/", "Politics")
    'section'
    >>> judge_link("https://herald.example/privacy/", "Privacy") is None
    True
    """
    marks = read_address(url)
    return role_of(marks, weigh(marks, text, place)) if marks else None


def weigh(marks: AddressMarks, text: str, place: Place) -> int:
    """Return the points of a link: of its address, its words and its place."""
    words = 2 if count_headline_words(text) >= MIN_HEADLINE_WORDS else 0
    return marks.points + words + PLACE_POINTS[place]


def role_of(marks: AddressMarks, points: int) -> LinkRole | None:
    """Return the role of the page behind a link; None if it is not worth fetching."""
    if points >= ARTICLE_POINTS and (marks.has_slug or not marks.is_aside):
        return "article"
    if marks.is_aside or (marks.is_deep and points <= 0):
        return None
    return "section"


@lru_cache(maxsize=REMEMBERED)
def read_address(url: str) -> AddressMarks | None:
    """Return the signs in an address; None for files and service pages."""
    parts = urlsplit(url)
    path = unquote(parts.path).rstrip("/")
    segments = [segment for segment in path.lower().split("/") if segment]
    last = segments[-1] if segments else ""

    if "." in last and last.rpartition(".")[2] in MEDIA_SUFFIXES:
        return None

    names = {PAGE_SUFFIX.sub("", segment) for segment in segments}
    if not SERVICE_SEGMENTS.isdisjoint(names):
        return None

    is_aside = not SIDE_SEGMENTS.isdisjoint(names)
    if _is_paging(path, parts.query) or _is_archive(path, segments, parts.query):
        return AddressMarks(LISTING_POINTS, has_slug=False, is_aside=is_aside, is_deep=False)

    depth = len(segments) - bool(_PART.fullmatch(last))
    return AddressMarks(
        _path_points(path, segments, parts.query) + SIDE_POINTS * is_aside,
        has_slug=_has_slug(last),
        is_aside=is_aside,
        is_deep=depth > MAX_SECTION_SEGMENTS,
    )


def _is_paging(path: str, query: str) -> bool:
    """Whether an address is a later page of a list."""
    whole = f"{path}?{query}" if query else path
    if _PAGING.search(whole):
        return True
    return bool(path) and _P_PAGING.search(query) is not None


def _has_slug(segment: str) -> bool:
    """Whether a segment has as many words as a headline."""
    return len(slug_words(segment)) >= MIN_SLUG_WORDS


def _path_points(path: str, segments: list[str], query: str) -> int:
    """Return how much a path and a query look like an article's."""
    has_query_number = _QUERY_NUMBER.search(query) is not None
    if not segments:  # the front page of a host
        return 1 if has_query_number else LISTING_POINTS

    last, before = segments[-1], set(segments[:-1])
    numbered = set(filter(_is_number, before))
    slugs = set(filter(_has_slug, before - numbered))

    points = 3 if _DATE.search(path) else 0
    points += _slug_points(last) + _name_points(last, query)

    return points + has_query_number + bool(numbered) + bool(slugs)


def _slug_points(last: str) -> int:
    """Return the points for the number of words in the last segment."""
    words = len(slug_words(last))
    if words >= LONG_SLUG_WORDS:
        return 3
    return 2 if words >= MIN_SLUG_WORDS else 0


def _name_points(last: str, query: str) -> int:
    """Return the points for a number or year in the last segment, and for a page's suffix."""
    name = PAGE_SUFFIX.sub("", last)
    points = 0

    if _is_number(name):
        points += 2
    elif _YEARED.search(name):
        points += 1

    if name != last and name not in _INDEX_NAMES:
        points += 1 if query else 2

    return points


def _is_archive(path: str, segments: list[str], query: str) -> bool:
    """Whether an address ends with a day, month or year without an article, or asks for one."""
    if query and _QUERY_DATE.search(query):
        return not _QUERY_NUMBER.search(query)
    return _ARCHIVE.search(path) is not None and not any(map(_has_slug, segments))


def _is_number(name: str) -> bool:
    """Whether a segment numbers an article: a long number, or a code."""
    return _NUMBER.search(name) is not None or _is_code(name)


def _is_code(name: str) -> bool:
    """Whether a segment ends in a code of letters and digits."""
    code = name[len(name.rstrip(_ALPHANUMERIC)) :]
    if len(code) < MIN_CODE_CHARS or sum(map(str.isdigit, code)) < MIN_CODE_DIGITS:
        return False
    return _CODE.search(code) is not None


def slug_words(segment: str) -> list[str]:
    """Return the words of a segment of an address."""
    return [word for word in _SEPARATOR.split(PAGE_SUFFIX.sub("", segment)) if word]


def count_headline_words(text: str) -> int:
    """Return the number of words in a text; an estimate for scripts without spaces.

    A number counts as a word for each three other words, which days and prices don't have.

    >>> count_headline_words("Old ferry sails again")
    4
    >>> count_headline_words("Saturday, 14 March 2026")
    2
    >>> count_headline_words("渡轮三十年后重新启航"), count_headline_words("その他ニュース")
    (4, 2)
    """
    unspaced = 0
    if not text.isascii():
        unspaced = len(unspaced_character().findall(text))

    tokens = (unspaced_character().sub(" ", text) if unspaced else text).split()

    lettered = sum(any(map(str.isalpha, token)) for token in tokens)
    numbers = sum(token.strip(_PUNCTUATION).isdigit() for token in tokens)
    counted_numbers = min(numbers, lettered // WORDS_PER_NUMBER)

    return lettered + counted_numbers + int(unspaced / UNSPACED_PER_WORD)
