"""Pages that list articles: sections, tags, search results, authors, the home page."""

import re

import numpy as np

from newsspider.extraction.blocks import Block
from newsspider.extraction.kinds.clues import Clues, Flags
from newsspider.text import split_words
from newsspider.urls import absolute_url, is_home, normalise_url, site_of

MIN_HEADLINE_WORDS = 4  # words in a link that reads like a headline; menus have one to three
MIN_INDEX_HEADLINES = 4  # the shortest section pages of small papers list so many
MIN_HEADLINE_SHARE = 0.25  # of the kept blocks: a teaser is a headline, a line or two of text, a date
MIN_INDEX_LINKS = 5  # on a page of nothing but links
MIN_LINK_SHARE = 0.8
LINKED = 0.8  # share of a block's characters from which it is a link
NEAR = 3  # blocks between a headline and its summary: a label, a byline, a date
TEASED_SHARE = 0.8  # of the body's words that stand so near to headlines
LONG_SUMMARY = 70  # words; a paragraph longer than it is no teaser
INDEX_POINTS = 3
ARTICLE_POINTS = 2  # what more it takes where the page declares an article

LIST_TYPES = frozenset(
    "CollectionPage SearchResultsPage ItemList ProfilePage Blog CategoryPage NewsSection Collection".split()
)
_LIST_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|category|categor[iyí]|kategorie?n?|rubrik|ressort|section|sections|seccion|"
    r"sezione|temas?|etiquetas?|tema|archives?|archiv|archivo|author|authors|autor|autoren|auteur|autore|search|suche|"
    r"buscar|busca|recherche|cerca|zoeken|szukaj|wyszukiwarka|label)(?:/|$|\?)|[?&](?:s|q|query|search|suche|tag|cat)=|"
    r"/(?:page|seite|pagina|strona)[/-]?\d{1,4}/?$|[?&](?:page|paged|seite|pagina)=\d{1,4}(?:&|$)"
)


def why_index(clues: Clues) -> str | None:
    """Return what shows that the page's text is other articles' headlines and summaries."""
    if clues.page.flat or not clues.blocks:
        return None
    headlines = _headlines(clues)
    count = int(headlines.sum())
    bare_list = _why_bare_list(clues)
    if not bare_list and count < MIN_INDEX_HEADLINES:
        return None
    linked = headlines & clues.kept
    kept = int(clues.kept.sum())
    among = int(linked.sum()) >= max(MIN_INDEX_HEADLINES, MIN_HEADLINE_SHARE * kept)
    teased = _teased_share(clues, headlines) if kept else 0.0
    declared = next(iter(sorted(clues.types & LIST_TYPES - {"ItemList"})), None)
    home = bool(clues.page.url and is_home(clues.page.url))
    signs = (
        (3 * among, f"{int(linked.sum())} of {kept} blocks are linked headlines"),
        (3 * bool(bare_list), bare_list or ""),
        (2 * (teased >= TEASED_SHARE and not among), f"{teased:.0%} of the text stands under {count} linked headlines"),
        (bool(declared), f"declared as {declared}"),
        (home or bool(_LIST_PATH.search(clues.path)), "the home page" if home else "an address for lists"),
        (clues.og_type == "website", "og:type website"),
    )
    found = bool(among or bare_list or teased >= TEASED_SHARE)
    needed = INDEX_POINTS + ARTICLE_POINTS * clues.declares_article
    if not found or sum(points for points, _ in signs) < needed:
        return None
    return ", ".join(sign for points, sign in signs if points)


def _headlines(clues: Clues) -> Flags:
    """Return which blocks are headlines that link to other pages of the site."""
    own = normalise_url(clues.page.url) if clues.page.url else None
    return np.array([_is_headline(block, clues.page.url, own) for block in clues.blocks], dtype=bool)


def _is_headline(block: Block, url: str | None, own: str | None) -> bool:
    """Whether a block is the linked headline of another page."""
    if block.hidden or block.link_chars < LINKED * len(block.text) or len(split_words(block.text)) < MIN_HEADLINE_WORDS:
        return False
    address = absolute_url(block.hrefs[0], url) if block.hrefs and url else None
    if address is None:
        return not (block.hrefs and block.hrefs[0].startswith("#"))
    return normalise_url(address) != own and site_of(address) == site_of(url)


def _teased_share(clues: Clues, headlines: Flags) -> float:
    """Return the share of the body's words that stand just under a linked headline, in no long paragraph."""
    reach = np.zeros(len(headlines), dtype=bool)
    for step in range(NEAR + 1):
        reach[step:] |= headlines[: len(headlines) - step]
    body = clues.kept & (clues.words > 0)
    near = body & reach & (clues.words <= LONG_SUMMARY)
    return float(clues.words[near].sum()) / max(float(clues.words[body].sum()), 1.0)


def _why_bare_list(clues: Clues) -> str | None:
    """Return why a page without any body is a list: there is nothing but links."""
    if clues.kept.any():
        return None
    links = sum(block.link_chars >= LINKED * len(block.text) for block in clues.blocks)
    if links >= max(MIN_INDEX_LINKS, MIN_LINK_SHARE * len(clues.blocks)):
        return f"nothing but links: {links} of {len(clues.blocks)} blocks"
    return None
