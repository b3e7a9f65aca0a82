"""The canonical URL, unless it names another page."""

import re
from urllib.parse import unquote, urlsplit

from newsspider.extraction.declared.metadata import Metadata
from newsspider.pages.page import Page
from newsspider.text import read_words
from newsspider.urls import accepts_canonical, is_home, site_of

MIN_SLUG_WORDS = 3  # in an address, and of the title in it, that identify the article


def find_canonical(
    page: Page, metadata: Metadata, title: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """Return (the canonical URL, warnings); refused where it names another article of the site.

    One that points to the home page or another site is given as declared, but the record keeps its
    own URL.
    """
    canonical = metadata.canonical
    if canonical is None:
        return None, ()

    if _names_another(page.url, canonical, title):
        return None, (f"canonical URL names another article ({canonical}): refused",)

    if accepts_canonical(page.url, canonical):
        return canonical, ()

    site = site_of(canonical)
    where = "the home page" if site_of(page.url) == site else f"another site ({site})"
    return canonical, (f"canonical URL points to {where}: kept under its own URL",)


def _names_another(url: str | None, canonical: str, title: str | None) -> bool:
    """Whether the page's own address has the title's words, and the canonical one others."""
    if not url or not title or is_home(canonical):
        return False

    told = set(read_words(title))
    own, other = _slug_words(url), _slug_words(canonical)
    if min(len(own & told), len(other)) < MIN_SLUG_WORDS:
        return False

    return other.isdisjoint(told | own)


def _slug_words(url: str) -> set[str]:
    """Return the words of an address's path, without numbers and short words."""
    return {
        word for word in re.split(r"[\W\d_]+", unquote(urlsplit(url).path).lower()) if len(word) > 2
    }
