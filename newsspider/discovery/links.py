"""Links of a page that may lead to articles, and to the pages that list articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsspider.discovery.link_places import Place, Places
from newsspider.discovery.link_scores import (
    MIN_HEADLINE_WORDS,
    MIN_SLUG_WORDS,
    PLACE_POINTS,
    LinkRole,
    count_headline_words,
    read_address,
    role_of,
    slug_words,
    weigh,
)
from newsspider.pages.page import Page, base_url
from newsspider.text import squash
from newsspider.urls import absolute_url, normalise_url, site_of, site_of_host, without_tracking

MAX_URL_CHARS = 2000  # beyond that an address is a redirect's or a trap's, not a page's
# What is worth no look by itself and has so many may be an article by what the site's pages say
DOUBTFUL_POINTS = 0
# Addresses from the site's root that need no joining but to be put behind its host, as most are.
_ROOTED = re.compile(r"/(?:[A-Za-z0-9_~!,;:@%+=-]+(?:\.[A-Za-z0-9_~!,;:@%+=-]+)*(?:/|$))*")


@dataclass(frozen=True)
class Link:
    """A link worth following.

    Attributes:
        url: absolute, without tracking parameters and fragment.
        text: the link's words, white space squashed.
        role: what probably lies behind it; None for what is worth a look only if the site's own
            pages say so.
        points: how much like an article it looks.
        is_taught: whether other pages of its site have shown that it leads to an article.
    """

    url: str
    text: str
    role: LinkRole | None
    points: int = 0
    is_taught: bool = False

    @property
    def last(self) -> str:
        """The last segment of its address."""
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2]

    @property
    def is_headline(self) -> bool:
        """Whether its text or the last part of its address reads like a headline; a calendar's links don't."""
        return count_headline_words(self.text) >= MIN_HEADLINE_WORDS or len(slug_words(self.last)) >= MIN_SLUG_WORDS


def iter_links(page: Page) -> Iterator[Link]:
    """Yield the page's links to probable articles and sections of its own site, each address once, in page order.

    Of several links to one address the longest text and the best place count. The next page of a
    list is one, too, where only the page's head names it.
    """
    if page.url is None:
        return

    places = Places()
    found: dict[str, tuple[str, Place]] = {}
    following: set[str] = set()

    for url, element in _iter_addresses(page, page.url):
        text, place = squash(" ".join(element.itertext())), places.of(element)
        before = found.get(url)
        if before is not None:
            text, place = max(before[0], text, key=len), max(before[1], place, key=PLACE_POINTS.__getitem__)

        found[url] = text, place
        if _is_next(element):
            following.add(url)

    found.pop(normalise_url(page.url), None)
    for url, (text, place) in found.items():
        if marks := read_address(url):
            points = weigh(marks, text, place)
            role = role_of(marks, points) or ("section" if url in following else None)
            if role or points >= DOUBTFUL_POINTS:
                yield Link(url, text, role, points)


def link_to(url: str) -> Link | None:
    """Return the link to an address that a list names without a word about it; None for what is never followed."""
    marks = read_address(url)
    if marks is None:
        return None
    points = weigh(marks, "", "plain")
    return Link(url, "", role_of(marks, points), points)


def _iter_addresses(page: Page, own: str) -> Iterator[tuple[str, HtmlElement]]:
    """Yield the addresses on the page's own site that its links lead to, and the next page that its head names."""
    base = base_url(page) or own
    parts, site = urlsplit(base), site_of(own)
    # Without one nothing is put behind it
    origin = f"{parts.scheme}://{parts.netloc}" if site_of(base) == site else ""
    cleaned: dict[str, str | None] = {}

    for element in (*page.elements["a"], *filter(_is_next, page.elements["link"])):
        href = element.get("href")
        if not href or "nofollow" in (element.get("rel") or "").lower():
            continue
        if href not in cleaned:
            cleaned[href] = _clean_address(href, base, origin, site)
        if url := cleaned[href]:
            yield url, element


def _is_next(element: HtmlElement) -> bool:
    """Whether a link is to the page that goes on with this one."""
    return "next" in (element.get("rel") or "").lower().split()


def _clean_address(href: str, base: str, origin: str, site: str | None) -> str | None:
    """Return a link's address in the form it is fetched by, or None for what can't be or must not be followed."""
    if len(href) > MAX_URL_CHARS:
        return None

    rooted = href.removeprefix(origin)
    if origin and _ROOTED.fullmatch(rooted):
        return origin + rooted

    url = absolute_url(href, base)
    if url is None or site_of_host(urlsplit(url).hostname or "") != site:
        return None

    return without_tracking(url)
