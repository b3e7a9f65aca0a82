"""Links of a page that may lead to articles, and to the pages that list articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from newsspider.page import Page
from newsspider.text import split_words, squash
from newsspider.urls import absolute_url, normalise_url, site_of, without_tracking

LinkRole = Literal["article", "section"]

# Files that are no pages. A page may end in .html, .php, .aspx or in nothing.
MEDIA_SUFFIXES = frozenset(
    """jpg jpeg png gif webp svg avif ico bmp tif tiff mp3 mp4 m4a m4v webm ogg wav avi mov pdf doc docx xls xlsx ppt
    pptx zip gz tar rar 7z exe apk dmg css js json xml rss atom ics epub txt woff woff2 ttf""".split()
)
# Path segments of what no news site keeps articles under, in the languages that addresses are mostly written in.
SERVICE_SEGMENTS = frozenset(
    """login signin sign-in logout register signup sign-up account my-account profile user users member members
    subscribe subscription subscriptions abo newsletter newsletters contact contact-us kontakt contacto impressum
    imprint about about-us ueber-uns privacy privacy-policy datenschutz terms terms-of-use agb cookies cookie-policy
    legal disclaimer advertise advertising mediadaten careers jobs shop store cart checkout basket search suche
    buscar recherche rss feed feeds amp wp-admin wp-login wp-json wp-content cgi-bin print drucken share comment
    comments reply author authors autor autoren auteur tag tags schlagwort etiqueta help faq sitemap wetter weather
    horoscope horoskop games spiele rezepte puzzles tv-programm archive.org embed oembed api static assets media
    images downloads download""".split()
)
_DATE = re.compile(r"/(?:19|20)\d\d[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]|$)|[-_/](?:19|20)\d{6}(?!\d)")
_ID = re.compile(r"\d{4,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{8,}$", re.I)
_PAGE_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.I)
_PAGING = re.compile(r"/(?:page|seite|pagina|p)[/-]?\d{1,4}/?$|[?&](?:page|p|seite|pagina)=\d{1,4}(?:&|$)", re.I)
MIN_SLUG_WORDS = 4  # words in the last segment of an article's address; sections have one to three
MIN_HEADLINE_WORDS = 4  # words in a link's text that reads like a headline
MAX_SECTION_SEGMENTS = 3  # /sport/football/league; deeper without an article's marks is an archive or a trap
MAX_URL_CHARS = 2000  # beyond that an address is a redirect's or a trap's, not a page's


@dataclass(frozen=True)
class Link:
    """A link worth following.

    Attributes:
        url: absolute, without tracking parameters and fragment.
        text: the link's words, white space squashed.
        role: what probably lies behind it.
    """

    url: str
    text: str
    role: LinkRole

    @property
    def is_headline(self) -> bool:
        """Whether its text or the last part of its address reads like a headline; a calendar's links don't."""
        last = urlsplit(self.url).path.rstrip("/").rpartition("/")[2]
        return len(split_words(self.text)) >= MIN_HEADLINE_WORDS or len(_slug_words(last)) >= MIN_SLUG_WORDS


def iter_links(page: Page) -> Iterator[Link]:
    """Yield the page's links to probable articles and sections of its own site, each address once, in page order."""
    if page.url is None:
        return
    base = absolute_url(next(iter(page.tree.xpath("//base/@href")), None), page.url) or page.url
    texts: dict[str, str] = {}
    for element in page.elements["a"]:
        if (url := _clean_address(element, base)) and site_of(url) == site_of(page.url):
            text = squash(" ".join(element.itertext()))
            texts[url] = max(texts.get(url, ""), text, key=len)
    texts.pop(normalise_url(page.url), None)
    for url, text in texts.items():
        if role := judge_link(url, text):
            yield Link(url, text, role)


def judge_link(url: str, text: str) -> LinkRole | None:
    """Return what probably lies behind a link, or None for service pages and files.

    >>> judge_link("https://herald.example/2026/03/14/old-ferry-sails-again/", "Old ferry sails again")
    'article'
    >>> judge_link("https://herald.example/politics/", "Politics")
    'section'
    >>> judge_link("https://herald.example/privacy/", "Privacy") is None
    True
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    segments = [segment for segment in path.lower().split("/") if segment]
    last = segments[-1] if segments else ""
    if last.rpartition(".")[2] in MEDIA_SUFFIXES and "." in last:
        return None
    if any(_PAGE_SUFFIX.sub("", segment) in SERVICE_SEGMENTS for segment in segments):
        return None
    if _PAGING.search(f"{path}?{parts.query}" if parts.query else path):
        return "section"
    if _looks_like_article(path, last, text):
        return "article"
    return "section" if len(segments) <= MAX_SECTION_SEGMENTS else None


def _looks_like_article(path: str, last: str, text: str) -> bool:
    """Whether an address or a link's text has an article's marks: a date, a slug, a number, a headline."""
    slug = _PAGE_SUFFIX.sub("", last)
    words = _slug_words(last)
    return bool(
        _DATE.search(path)
        or len(words) >= MIN_SLUG_WORDS
        or (words and _ID.search(slug))
        or (slug != last and slug not in ("", "index", "home", "default"))
        or (last and len(split_words(text)) >= MIN_HEADLINE_WORDS)
    )


def _slug_words(last: str) -> list[str]:
    """Return the words of the last segment of an address."""
    return [word for word in re.split(r"[-_+ ,.]", _PAGE_SUFFIX.sub("", last)) if word]


def _clean_address(element: HtmlElement, base: str) -> str | None:
    """Return a link's address in the form it is fetched by, or None for what can't be or must not be followed."""
    href = element.get("href")
    if not href or len(href) > MAX_URL_CHARS or "nofollow" in (element.get("rel") or "").lower().split():
        return None
    url = absolute_url(href, base)
    return without_tracking(url) if url else None
