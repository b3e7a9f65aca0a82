"""The headline as the page shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from newsspider.extraction.json_ld import types_of
from newsspider.extraction.sources import Found, Sources, as_text
from newsspider.page import Page
from newsspider.text import read_words, split_words, squash
from newsspider.urls import site_of

# What parts a headline from the site's name in <title> and og:title.
_DECORATION = re.compile(r"(?:\s+[|–—\-·•»«:]\s+|\s*\|\s*)(?![„“”\"‘’'«»])")  # what is quoted is the headline's
FIRST_LINES = 12  # of a flattened page, among which its title stands when no long menu comes first
MIN_HEADLINE_WORDS, MAX_HEADLINE_WORDS = 4, 25  # menu entries are shorter, paragraphs longer
MIN_TITLE_WORDS = 2  # a single word in h1 is a section's or the site's name
MIN_LIKENESS = 0.2  # of an h1 to the page's other titles; below it, it heads no article
MIN_DISAGREEING = 2  # declared titles that must differ from the chosen one for a warning
MAX_NAME_GROWTH = 2  # "Herald" is "Herald Online" too; what is longer is a headline that begins with the name
MAX_KICKER_PARTS = 8  # elements in an h1 that may be its kicker
NOT_THE_PAGES = frozenset("nav footer aside dialog".split())  # an h1 there heads a menu or a form


@dataclass(frozen=True, slots=True)
class _Titles:
    """What the page declares as its title: JSON-LD's headline, og:title and the title element, "" for none.

    `site` holds what the site is called, as `_plain` text.
    """

    headline: str
    og: str
    element: str
    site: frozenset[str]

    @property
    def all(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.headline, self.og, self.element)))


def find_title(page: Page, sources: Sources) -> Found | None:
    """Return the title: the page's headline element, JSON-LD, og:title, the title element, the feed's.

    A headline element that shares no words with what the page declares heads something else; one that stands alone
    against JSON-LD of a news article and another title of the page yields to it. Of text that has lost its markup: the
    line among the first that reads like one, best one that stands twice.
    """
    if page.flat:
        return _title_of_text(page.html)
    declared = _Titles(
        as_text(sources.article.get("headline")) or as_text(sources.article.get("name")) or "",
        sources.first_meta("og:title", "twitter:title", "dc.title", "title") or "",
        sources.title,
        _site_names(page, sources),
    )
    shown = _title_in_markup(page, sources, declared)
    if shown and not _is_outvoted(shown, sources, declared):
        return Found(shown, "markup")
    return _title_declared(declared, sources) or (Found(shown, "markup") if shown else None)


def title_disagreement(title: str | None, sources: Sources) -> tuple[str, ...]:
    """Warn where the title shares few words with what the page declares in all its other places."""
    declared = [as_text(sources.article.get("headline")), sources.first_meta("og:title"), sources.title]
    others = tuple(other for other in declared if other and title and _plain(other) != _plain(title))
    if not title or len(others) < MIN_DISAGREEING or _likeness(title, others) >= MIN_LIKENESS:
        return ()
    return (f"title differs from what the page declares: {others[0]}",)


def _title_declared(declared: _Titles, sources: Sources) -> Found | None:
    """Return the best title that no element shows: the headline, unless the other two agree on another."""
    og, element = _plain(declared.og), _plain(declared.element)
    if declared.headline and not (og and element.startswith(og) and not element.startswith(_plain(declared.headline))):
        return Found(declared.headline, "json-ld")
    if declared.og:
        return Found(_undecorated(declared.og, declared.site), "meta")
    if declared.element:
        return Found(_undecorated(declared.element, declared.site), "markup")
    return Found(sources.entry.title, sources.entry.origin) if sources.entry and sources.entry.title else None


def _title_of_text(text: str) -> Found | None:
    """Return the first line of a headline's length that another one repeats, else the first such line."""
    lines = [line for line in map(squash, text.splitlines()) if line][:FIRST_LINES]
    headlines = [
        line
        for line in lines
        if MIN_HEADLINE_WORDS <= len(split_words(line)) <= MAX_HEADLINE_WORDS and not line.endswith((".", "...", "…"))
    ]
    repeated = (line for line in headlines if sum(line in other for other in lines) > 1)
    title = next(repeated, None) or next(iter(headlines), None)
    return Found(title, "text") if title else None


def _title_in_markup(page: Page, sources: Sources, declared: _Titles) -> str | None:
    """Return the text of the h1 that is most like the declared titles, without its kicker."""
    headings: dict[str, HtmlElement] = {}
    for heading in page.elements["h1"]:
        text = squash(" ".join(heading.itertext()))
        if len(split_words(text)) >= MIN_TITLE_WORDS and not _is_the_sites(heading, text, declared.site):
            headings.setdefault(text, heading)
    if not headings or (len(headings) > 1 and not declared.all):
        return None
    best = max(headings, key=lambda text: _likeness(text, declared.all))
    if declared.all and _likeness(best, declared.all) < MIN_LIKENESS:
        return None
    return _without_kicker(headings[best], best, declared)


def _is_the_sites(heading: HtmlElement, text: str, names: frozenset[str]) -> bool:
    """Whether an h1 is the site's name, or stands in a menu or form."""
    return _plain(text) in names or any(above.tag in NOT_THE_PAGES for above in heading.iterancestors())


def _site_names(page: Page, sources: Sources) -> frozenset[str]:
    """Return what the site is called, plain: its publisher, its og:site_name, its domain."""
    names = [as_text(sources.article.get("publisher")), sources.first_meta("og:site_name"), site_of(page.url)]
    return frozenset(plain for name in names if name and (plain := _plain(name)))


def _likeness(text: str, declared: tuple[str, ...]) -> float:
    """Return the greatest share of words that a text and a declared title have in common, 0.0 to 1.0."""
    words = set(read_words(text))
    shares = (
        len(words & other) / len(words | other) for other in (set(read_words(title)) for title in declared) if other
    )
    return max(shares, default=0.0)


def _without_kicker(heading: HtmlElement, text: str, declared: _Titles) -> str:
    """Return the part of an h1 that is a headline elsewhere too: kickers stand in elements of their own."""
    titles = (declared.headline, declared.og, _undecorated(declared.element, declared.site))
    wanted = {_plain(title) for title in titles if title}
    if _plain(text) in wanted:
        return text
    return next((part for part in _parts_of(heading, text) if _plain(part) in wanted), text)


def _parts_of(heading: HtmlElement, text: str) -> Iterator[str]:
    """Yield an h1's text without one element after another, then each element's own."""
    inner = [squash(" ".join(each.itertext())) for each in heading.iterdescendants() if isinstance(each.tag, str)]
    for part in filter(None, inner[:MAX_KICKER_PARTS]):
        yield text.removeprefix(part).strip(" :|–—-")
        yield text.removesuffix(part).strip(" :|–—-")
        yield part


def _is_outvoted(shown: str, sources: Sources, declared: _Titles) -> bool:
    """Whether a news article's JSON-LD and another title of the page agree on one that the h1 does not have."""
    if not any("News" in name for name in types_of(sources.article)) or not declared.headline:
        return False
    plain, headline = _plain(shown), _plain(declared.headline)
    og, element = _plain(declared.og), _plain(declared.element)
    supported = plain == headline or og == plain or element.startswith(plain)
    return not supported and (element.startswith(headline) or og == headline)


def _plain(text: str) -> str:
    return "".join(read_words(text))


def _undecorated(title: str, names: frozenset[str] = frozenset()) -> str:
    """Return a title without the site's name (`names`, plain) at its ends; where it has none, its longest part.

    >>> _undecorated("Coffee - University of Wrenmouth", frozenset({"universityofwrenmouth"}))
    'Coffee'
    >>> _undecorated("Ferry returns to harbour after ten years | The Herald")
    'Ferry returns to harbour after ten years'
    """
    cuts = list(_DECORATION.finditer(title))
    if cuts and _names_site(title[cuts[-1].end() :], names):
        return title[: cuts[-1].start()].strip()
    if cuts and _names_site(title[: cuts[0].start()], names):
        return title[cuts[0].end() :].strip()
    return max(_DECORATION.split(title), key=len).strip() or title


def _names_site(part: str, names: frozenset[str]) -> bool:
    """Whether a part of a title is the site's name, or a longer or shorter form of it."""
    plain = _plain(part)
    return any(
        name.startswith(plain) or (plain.startswith(name) and len(plain) <= MAX_NAME_GROWTH * len(name))
        for name in names
        if plain
    )
