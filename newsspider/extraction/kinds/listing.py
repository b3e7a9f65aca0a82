"""Pages that list articles: sections, tags, search results, authors, the home page."""

import re
from itertools import chain

import numpy as np

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.kinds.page_facts import Flags, PageFacts
from newsspider.extraction.kinds.scoring import sum_up
from newsspider.text import count_of, split_words
from newsspider.urls import absolute_url, is_home, site_of

MIN_HEADLINE_WORDS = 4  # words in a link that reads like a headline; menus have one to three
MIN_INDEX_HEADLINES = 4  # the shortest section pages of small papers list so many
# Of the kept blocks: a teaser is a headline, a line or two of text, a date
MIN_HEADLINE_SHARE = 0.25
MIN_INDEX_LINKS = 5  # on a page of nothing but links
MIN_LINK_SHARE = 0.8
MAX_WORDLESS = 60  # words of a body without a sentence: the days of a calendar, today's events
LINKED = 0.8  # share of a block's characters from which it is a link
MIN_HEADLINE_CHARS = 8  # where each character counts as a word
MAX_HEADLINE_WORDS = 40  # a longer link is a text that was linked as a whole
MIN_AUTHORS_HEADLINES = 2  # on the page of an author, which may have a long biography
MAX_NAME_WORDS = 4
NEAR = 3  # blocks between a headline and its summary: a label, a byline, a date
TEASED_SHARE = 0.8  # of the body's words that are so near to headlines
LONG_SUMMARY = 70  # words; a longer paragraph isn't a teaser
# In sentences that aren't under a headline: a section's or an author's introduction
MAX_OWN_WORDS = 80
# Of the body's words in such paragraphs: their headings are linked, but they aren't a list
LONG_SHARE = 0.5
MAX_SECTION_WORDS = 3  # in the name of a section; headlines have more
INDEX_POINTS = 3
ARTICLE_POINTS = 2  # needed in addition if the page declares an article

LIST_TYPES = frozenset(
    "CollectionPage SearchResultsPage ItemList ProfilePage Blog CategoryPage NewsSection "
    "Collection".split()
)
PAGE_OF_LIST_TYPES = LIST_TYPES - {"ItemList"}  # which may be a list on any page
_LIST_PATH = re.compile(
    r"/(?:tags?|topics?|themen?|thema|category|categor[iyí]|kategorie?n?|rubrik|ressort|section|"
    r"sections|seccion|sezione|temas?|etiquetas?|tema|archives?|archiv|archivo|author|authors|"
    r"autor|autoren|auteur|autore|search|suche|buscar|busca|recherche|cerca|zoeken|szukaj|"
    r"wyszukiwarka|label)(?:/|$|\?)|[?&](?:s|q|query|search|suche|tag|cat)=|/(?:page|seite|pagina|"
    r"strona)[/-]?\d{1,4}/?$|[?&](?:page|paged|seite|pagina)=\d{1,4}(?:&|$)"
)

_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor|autoren|autore[si]?|auteurs?|contributors?|journalists?|journaliste|staff|"
    r"profiles?|writers?|people|firmas|yazar(?:lar)?|skribent|forfatter|by)/[^/?]+"
)


def why_index(facts: PageFacts) -> str | None:
    """Return the reason why the page's text is other articles' headlines and summaries."""
    if facts.page.flat or not facts.blocks:
        return None

    bare_list = _why_bare_list(facts)
    linked = _linked_lines(facts)
    if not bare_list and not _is_any_list(facts, linked):
        return None  # most articles end here: the next checks look at each link's address

    headlines = _headlines(facts, linked)
    if not bare_list and not _is_any_list(facts, headlines):
        return None

    count, own, kept = (
        int(headlines.sum()),
        int((headlines & facts.told).sum()),
        int(facts.told.sum()),
    )
    among, teased = _is_among(facts, headlines), _teased_share(facts, headlines)
    declared = next(iter(sorted(facts.types & PAGE_OF_LIST_TYPES)), None)
    home = bool(facts.page.url and is_home(facts.page.url))

    return sum_up(
        INDEX_POINTS + ARTICLE_POINTS * facts.declares_article,
        (3 * among, f"{own} of {kept} blocks are linked headlines"),
        (3 * bool(bare_list), bare_list or ""),
        (
            2 * (teased >= TEASED_SHARE and not among),
            f"{teased:.0%} of the text stands under {count} linked headlines",
        ),
        (
            3 * (not among and _is_authors(facts, headlines)),
            f"an author's page with {count} linked headlines",
        ),
        (bool(declared), f"declared as {declared}"),
        (
            home or bool(_LIST_PATH.search(facts.path)),
            "the home page" if home else "an address for lists",
        ),
        (facts.og_type == "website", "og:type website"),
        (bool(_section_heading(facts)), f"headed “{_section_heading(facts)}”"),
    )


def _section_heading(facts: PageFacts) -> str | None:
    """Return the page's first heading if it is short, as a section's name is and no headline."""
    heading = facts.main_heading
    if heading and len(split_words(heading)) <= MAX_SECTION_WORDS:
        return heading

    return None


def _linked_lines(facts: PageFacts) -> Flags:
    """Return which blocks are links of a headline's length."""
    links = np.array(
        [
            block.link_chars >= LINKED * len(block.text) and len(block.text) >= MIN_HEADLINE_CHARS
            for block in facts.blocks
        ],
        dtype=bool,
    )
    return (
        links
        & facts.seen
        & (facts.words >= MIN_HEADLINE_WORDS)
        & (facts.words <= MAX_HEADLINE_WORDS)
    )


def _headlines(facts: PageFacts, linked: Flags) -> Flags:
    """Return which of the linked lines lead to another page of the site."""
    headlines = linked.copy()
    for number in linked.nonzero()[0].tolist():
        headlines[number] = _leads_on(facts.blocks[number], facts.page.url)

    return headlines


def _leads_on(block: Block, url: str | None) -> bool:
    """Whether a block's first link leads to another page of the same site."""
    address = _first_href(block)
    if address.startswith(("#", "javascript:", "mailto:")):
        return False

    absolute = absolute_url(address, url)  # None without the page's own: nobody knows better
    return absolute is None or _is_other_page(absolute, url)


def _is_other_page(address: str, url: str | None) -> bool:
    return site_of(address) == site_of(url) and address.partition("#")[0] != url


def _first_href(block: Block) -> str:
    """Return the address of the first link with text in the block, "" for none."""
    linked = next((piece.element for piece in block.pieces if piece.links), None)
    if linked is None:
        return ""

    around = chain((linked,), linked.iterancestors())
    return next((each.get("href") or "" for each in around if each.tag == "a"), "")


def _is_any_list(facts: PageFacts, headlines: Flags) -> bool:
    return (
        _is_list(facts, headlines)
        or _is_short_list(facts, headlines)
        or _is_authors(facts, headlines)
    )


def _is_authors(facts: PageFacts, headlines: Flags) -> bool:
    """Whether the page has an author's name as its heading, and headlines under the biography."""
    if facts.declares_article or int(headlines.sum()) < MIN_AUTHORS_HEADLINES:
        return False

    is_named = 1 < len(split_words(facts.main_heading)) <= MAX_NAME_WORDS
    return is_named and _AUTHOR_PATH.search(facts.path) is not None


def _is_list(facts: PageFacts, headlines: Flags) -> bool:
    """Whether the body is mostly such headlines, or mostly under them."""
    has_enough = int(headlines.sum()) >= MIN_INDEX_HEADLINES and facts.told.any()
    if not has_enough or _has_text(facts, headlines):
        return False

    return _is_among(facts, headlines) or _teased_share(facts, headlines) >= TEASED_SHARE


def _has_text(facts: PageFacts, headlines: Flags) -> bool:
    """Whether the body has its own text: long paragraphs, or some that aren't under headlines."""
    words, kept = facts.words, facts.told & ~headlines
    long = float(words[kept & (facts.prose > LONG_SUMMARY)].sum())
    apart = float(words[kept & ~_reach(headlines) & (facts.prose > 0)].sum())

    return apart > MAX_OWN_WORDS or long >= LONG_SHARE * float(words[facts.told].sum())


def _is_among(facts: PageFacts, headlines: Flags) -> bool:
    """Whether many of the kept blocks are headlines."""
    kept = int(facts.told.sum())
    return int((headlines & facts.told).sum()) >= max(
        MIN_INDEX_HEADLINES, MIN_HEADLINE_SHARE * kept
    )


def _teased_share(facts: PageFacts, headlines: Flags) -> float:
    """Return the share of the body's words in short paragraphs just under a linked headline."""
    near = facts.told & _reach(headlines) & (facts.words <= LONG_SUMMARY)
    return float(facts.words[near].sum()) / max(float(facts.words[facts.told].sum()), 1.0)


def _reach(headlines: Flags) -> Flags:
    """Return which blocks are headlines or just under one."""
    reach = headlines.copy()
    for step in range(1, NEAR + 1):
        reach[step:] |= headlines[:-step]

    return reach


def _is_short_list(facts: PageFacts, headlines: Flags) -> bool:
    """Whether a page that is named as a list has a few headlines and no text of its own."""
    has_some = headlines.any() and facts.told.any()
    if not has_some or not _is_bare_and_named(facts):
        return False

    is_teased = _teased_share(facts, headlines) >= TEASED_SHARE
    return is_teased and not _has_text(facts, headlines)


def _is_bare_and_named(facts: PageFacts) -> bool:
    """Whether a page is named as a list, and has neither a headline nor an article's declaration."""
    is_article = facts.declares_article or not _is_named_list(facts)
    return not is_article and not _has_own_heading(facts)


def _has_own_heading(facts: PageFacts) -> bool:
    """Whether the page is headed by a headline that leads nowhere."""
    return any(map(_is_own_heading, facts.blocks))


def _is_own_heading(block: Block) -> bool:
    if block.level != 1 or block.hidden or block.link_chars:
        return False

    return len(split_words(block.text)) > MAX_SECTION_WORDS


def _is_named_list(facts: PageFacts) -> bool:
    """Whether the page's address, declaration or heading names a list."""
    declared = _LIST_PATH.search(facts.path) or facts.types & PAGE_OF_LIST_TYPES
    return bool(declared or (facts.og_type == "website" and _section_heading(facts)))


def _why_bare_list(facts: PageFacts) -> str | None:
    """Return the reason why a page with hardly any body is a list: its links."""
    links = sum(block.link_chars >= LINKED * len(block.text) for block in facts.blocks)
    if not facts.kept.any() and links >= max(MIN_INDEX_LINKS, MIN_LINK_SHARE * len(facts.blocks)):
        return f"nothing but links: {links} of {count_of(len(facts.blocks), 'block')}"

    return _why_wordless(facts)


def _why_wordless(facts: PageFacts) -> str | None:
    """Return the reason why a page without an article's declaration and sentences is a list."""
    if not _is_wordless(facts) or _is_lone_heading(facts):
        return None

    links = sum(bool(link.get("href")) for link in facts.page.elements["a"])
    if links >= MIN_INDEX_LINKS or _is_named_list(facts):
        return f"{count_of(links, 'link')} and no sentence"

    return None


def _is_wordless(facts: PageFacts) -> bool:
    """Whether a page that isn't declared as an article has next to no body, and no sentence."""
    if facts.declares_article or facts.og_type == "article":
        return False

    return facts.body_words <= MAX_WORDLESS and facts.told_prose <= 0


def _is_lone_heading(facts: PageFacts) -> bool:
    """Whether a page has a headline of its own and no link."""
    return _has_own_heading(facts) and not any(block.link_chars for block in facts.blocks)
