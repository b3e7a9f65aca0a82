"""The links of a page that may lead to articles, or to pages that list articles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from newsspider.domains import site_of_host
from newsspider.pages.page import Page, base_url
from newsspider.text import squash
from newsspider.urls import absolute_url, normalise_url, site_of, without_tracking

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
        role: the probable role of the page behind it; None if only the learned links can decide.
        points: how much it looks like an article.
        is_learned: whether other pages of its site have shown that it leads to an article.
    """

    url: str
    text: str
    role: LinkRole | None
    points: int = 0
    is_learned: bool = False

    @property
    def may_lead_on(self) -> bool:
        """Whether it has a role, or nearly enough points for one."""
        return bool(self.role) or self.points >= DOUBTFUL_POINTS

    @property
    def last(self) -> str:
        """The last segment of its address."""
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2]

    @property
    def is_headline(self) -> bool:
        """Whether its text or the end of its address reads like a headline."""
        return (
            count_headline_words(self.text) >= MIN_HEADLINE_WORDS
            or len(slug_words(self.last)) >= MIN_SLUG_WORDS
        )


def iter_links(page: Page) -> Iterator[Link]:
    """Yield the page's links to probable articles and sections of its own site, in page order.

    Each address is yielded once; of several links to it, the longest text and the best place count.
    The next page of a list counts as a link even if only the page's head names it.
    """
    if page.url is None:
        return

    places = Places()
    found: dict[str, tuple[str, Place]] = {}
    following: set[str] = set()

    for url, element in _iter_addresses(page, page.url):
        text, place = squash(" ".join(element.itertext())), places.of(element)
        if before := found.get(url):
            text = max(before[0], text, key=len)
            place = max(before[1], place, key=PLACE_POINTS.__getitem__)

        found[url] = text, place
        if _is_next(element):
            following.add(url)

    found.pop(normalise_url(page.url), None)

    for url, (text, place) in found.items():
        link = _link(url, text, place)
        if link is None:
            continue

        if link.role is None and url in following:
            link = replace(link, role="section")

        if link.may_lead_on:
            yield link


def _link(url: str, text: str, place: Place) -> Link | None:
    """Return the link to an address; None for files and service pages."""
    marks = read_address(url)
    if marks is None:
        return None
    points = weigh(marks, text, place)
    return Link(url, text, role_of(marks, points), points)


def link_to(url: str) -> Link | None:
    """Return the link to an address without any text; None for files and service pages."""
    return _link(url, "", "plain")


def _iter_addresses(page: Page, own: str) -> Iterator[tuple[str, HtmlElement]]:
    """Yield the linked addresses on the page's own site, with their elements.

    The next page that the head names is among them.
    """
    base = base_url(page) or own
    parts, site = urlsplit(base), site_of(own)
    # Without an origin no address is just put behind a host.
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
    """Whether a link leads to the page that continues this one."""
    return "next" in (element.get("rel") or "").lower().split()


def _clean_address(href: str, base: str, origin: str, site: str | None) -> str | None:
    """Return a link's address as it is fetched, or None if it can't or must not be followed."""
    if len(href) > MAX_URL_CHARS:
        return None

    rooted = href.removeprefix(origin)
    if origin and _ROOTED.fullmatch(rooted):
        return origin + rooted

    url = absolute_url(href, base)
    if url is None or site_of_host(urlsplit(url).hostname or "") != site:
        return None

    return without_tracking(url)
