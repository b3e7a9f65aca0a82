"""Find the site's names, to distinguish them from a headline."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newsspider.extraction.declared.metadata import Metadata, as_text
from newsspider.extraction.fields.breadcrumbs import HOME_WORDS
from newsspider.pages.page import Page
from newsspider.text import read_words, squash
from newsspider.urls import site_of

SITE_TYPES = frozenset("WebSite NewsMediaOrganization Organization Corporation Blog".split())
SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
MAX_NAME_CHARS, MAX_NAME_WORDS = 80, 8  # longer texts are slogans and teasers
MAX_LINKS, MAX_HOME_LINKS = 100, 3  # of a page that are read; the logo is among the first
# Letters of a name that is recognised inside a longer one: "Herald" in "The Herald Online"
MIN_PART_CHARS = 4
# "Herald" is "Herald Online" too; a longer text is a headline that begins with the name
MAX_NAME_GROWTH = 2
MAX_PREFIX_CHARS = 6  # before a name that is recognised at another's end: "news.herald.example"
_HOST = re.compile(r"(?:www\.)?((?:[\w-]+\.)*([\w-]{3,})\.[a-z]{2,7}(?:\.[a-z]{2})?)")
_GLOBAL_HOST = re.compile(r"(?:[\w-]+\.)+(?:com|org|net|info|edu|gov)")
_LETTERS = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|lo|de|het|o|os) ")


def read_site_names(page: Page, metadata: Metadata) -> frozenset[str]:
    """Return the site's names as `plain_name` text: declared, in its address, of front page links.

    A name that is the page's headline too is left out: some templates declare it in the wrong
    place.
    """
    declared = (*_iter_declared_names(metadata), *_iter_home_names(page))
    texts = {text for text in declared if text and len(text) <= MAX_NAME_CHARS}
    names = {plain_name(text) for text in (*texts, *_iter_address_names(page.url, texts))}

    return frozenset(names - {"", plain_name(as_text(metadata.article.get("headline")) or "")})


def _iter_declared_names(metadata: Metadata) -> Iterator[str | None]:
    """Yield the site's names in JSON-LD and meta elements."""
    yield as_text(metadata.article.get("publisher"))
    yield from map(metadata.first_meta, SITE_METAS)

    for type_name in SITE_TYPES:
        for node in metadata.by_type.get(type_name, ()):
            yield as_text(node.get("name"))


@lru_cache(maxsize=1024)  # titles of a page repeat, and each is compared with the others
def plain(text: str) -> str:
    """Return a text's letters and digits in lower case, to compare titles."""
    return "".join(_LETTERS.findall(text.lower()))


@lru_cache(maxsize=1024)
def plain_name(text: str) -> str:
    """Return a name in the form in which names are compared: `plain`, without its article.

    >>> plain_name("The Harbour Herald")
    'harbourherald'
    """
    return plain(_ARTICLE.sub("", text.lower()))


def is_site_name(text: str, names: Collection[str], *, exact: bool = False) -> bool:
    """Whether a text is one of the site's names or a host; unless `exact`, also similar names.

    >>> [is_site_name(text, {"harbourherald"})
    ...  for text in ("Harbour Herald Online", "Harbour", "Ferry sails")]
    [True, True, False]
    """
    name = plain_name(text)
    if name in names or is_host(text):
        return bool(name)

    may_be_similar = not exact and len(text) <= MAX_NAME_CHARS
    return may_be_similar and any(_is_form_of(name, known) for known in names)


def is_host(text: str) -> bool:
    """Whether a text is a host of a domain that no country has: "news.herald.com"."""
    return "." in text and _GLOBAL_HOST.fullmatch(text.strip().lower()) is not None


def _is_form_of(name: str, known: str) -> bool:
    """Whether a name is the beginning of a known one, or a known one with a little more text."""
    if min(len(name), len(known)) < MIN_PART_CHARS:
        return False

    is_grown = name.startswith(known) and len(name) <= MAX_NAME_GROWTH * len(known)
    return is_grown or known.startswith(name) or _is_prefixed(name, known)


def _is_prefixed(name: str, known: str) -> bool:
    return name.endswith(known) and len(name) <= len(known) + MAX_PREFIX_CHARS


def _iter_address_names(url: str | None, texts: Iterable[str]) -> Iterator[str]:
    """Yield the site's domain, its host and its own label; the same of names that are hosts."""
    named = (text for text in texts if "." in text and " " not in text)
    hosts = (site_of(url), urlsplit(url or "").hostname, *named)
    for host in filter(None, hosts):
        if match := _HOST.fullmatch(host.lower()):
            yield from match.groups()


def _iter_home_names(page: Page) -> Iterator[str]:
    """Yield the texts of links to the front page, but not "Home"."""
    fronts = _front_pages(page.url)
    homes = [link for link in page.elements["a"][:MAX_LINKS] if link.get("href") in fronts]
    return filter(_may_name_site, map(_text_or_alt, homes[:MAX_HOME_LINKS]))


def _may_name_site(text: str) -> bool:
    """Whether a text is short enough for a name, and is not "Home"."""
    words = read_words(text)
    return bool(text) and len(words) <= MAX_NAME_WORDS and HOME_WORDS.isdisjoint(words)


def _front_pages(url: str | None) -> frozenset[str]:
    """Return the ways in which a page links to its site's front page."""
    pages = {"/"}
    if host := urlsplit(url or "").netloc:
        for scheme in ("https:", "http:", ""):
            pages |= {f"{scheme}//{host}", f"{scheme}//{host}/"}

    return frozenset(pages)


def _text_or_alt(link: HtmlElement) -> str:
    """Return a link's text, or the alternative text of the image in it."""
    text = squash("".join(link.itertext()))
    return text or next((squash(image.get("alt") or "") for image in link.iter("img")), "")
