"""The headline as the page shows it."""

from collections.abc import Mapping
from itertools import islice

from lxml.html import HtmlElement

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.declared.json_ld import types_of
from newsspider.extraction.declared.metadata import Found, Metadata, as_text
from newsspider.extraction.fields.titles.declared_titles import MIN_TITLE_WORDS, DeclaredTitles
from newsspider.extraction.fields.titles.heading_text import heading_parts, heading_text
from newsspider.extraction.fields.titles.headings import (
    find_heading_of,
    heads_nothing,
    is_the_pages,
    leads_the_text,
    names_site,
)
from newsspider.extraction.fields.titles.lost_amounts import find_whole
from newsspider.extraction.fields.titles.site_names import plain
from newsspider.extraction.fields.titles.title_parts import (
    before_stroke,
    iter_ranges,
    iter_starts,
    without_name_at_end,
)
from newsspider.pages.page import Page
from newsspider.text import read_words, split_words, squash

FIRST_LINES = 12  # of a flattened page, among which its title is if no long menu is first
MIN_HEADLINE_WORDS, MAX_HEADLINE_WORDS = 4, 25  # menu entries are shorter, paragraphs longer
MIN_LIKENESS = 0.2  # of an h1 to the page's other titles; below it, it heads no article
MIN_SHOWN_WORDS = 4  # of a part of a declared title that a line of the page shows
MAX_LINE_SLACK = 10  # characters by which that line may be longer: quotation marks and blanks
MIN_DISAGREEING = 2  # declared titles that must differ from the chosen one for a warning


def find_title(
    page: Page, metadata: Metadata, cut: CutPage, declared: DeclaredTitles
) -> Found | None:
    """Return the title: of the headline element, JSON-LD, og:title, the title element, the feed.

    A headline element that shares no words with the declared titles heads something else; one
    that differs from both JSON-LD of a news article and another title of the page is not used.
    Of text that has lost its markup: the line among the first that reads like one, best one that
    is repeated.
    """
    if page.flat:
        return _title_of_text(page.html)

    shown = _title_in_markup(page, cut, declared)
    if shown:
        shown = without_name_at_end(shown, declared.site)
    else:
        shown = None

    if shown and not _is_outvoted(shown, metadata, declared):
        return Found(shown, "markup")

    return _title_declared(page, cut, declared) or (Found(shown, "markup") if shown else None)


def title_disagreement(title: str | None, metadata: Metadata) -> tuple[str, ...]:
    """Warn if the title shares few words with all other declared titles."""
    declared = [
        as_text(metadata.article.get("headline")),
        metadata.first_meta("og:title"),
        metadata.title,
    ]
    others = tuple(other for other in declared if other and title and plain(other) != plain(title))

    if not title or len(others) < MIN_DISAGREEING or _likeness(title, others) >= MIN_LIKENESS:
        return ()

    return (f"title differs from what the page declares: {others[0]}",)


def _title_declared(page: Page, cut: CutPage, declared: DeclaredTitles) -> Found | None:
    """Return the best declared title: the headline, unless the other two agree on another."""
    og, element = plain(declared.og), plain(declared.element)
    if declared.headline and not (
        og and element.startswith(og) and not element.startswith(plain(declared.headline))
    ):
        return Found(declared.headline, "json-ld")

    if declared.og:
        return Found(_shortened(declared.og, cut), "meta")

    if declared.element:
        return Found(_shortened(declared.element, cut), "markup")

    return declared.feed or (Found(declared.empty, "markup") if declared.empty else None)


def _shortened(title: str, cut: CutPage) -> str:
    """Return the longest part of a declared title that is a line.

    Else such a line with the amounts that the title has lost, or the text before its strokes.
    """
    parts = _parts_of(title)
    shown = _lines_shown(cut, parts)
    if plain(title) in shown:
        return title

    fitting = (part for letters, part in parts.items() if letters in shown)
    if found := next(fitting, None):
        return found

    return find_whole((title, *parts.values()), cut) or before_stroke(title)


def _parts_of(title: str) -> dict[str, str]:
    """Return the parts of a title that are long enough for a headline, by their letters."""
    long = (part for part in iter_ranges(title) if len(split_words(part)) >= MIN_SHOWN_WORDS)
    return {plain(part): part for part in long}


def _lines_shown(cut: CutPage, parts: Mapping[str, str]) -> set[str]:
    """Return the page's lines that may be one of some parts, in `plain` letters."""
    if not parts:
        return set()

    most = max(map(len, parts.values())) + MAX_LINE_SLACK
    return {plain(block.text) for block in cut.blocks if len(block.text) <= most}


def _title_of_text(text: str) -> Found | None:
    """Return the first line of a headline's length that is repeated, else the first one."""
    lines = list(filter(None, map(squash, text.splitlines())))[:FIRST_LINES]
    headlines = list(filter(_reads_like_headline, lines))
    repeated = [line for line in headlines if sum(line in other for other in lines) > 1]
    found = (Found(line, "text") for line in (*repeated, *headlines))
    return next(found, None)


def _reads_like_headline(line: str) -> bool:
    has_length = MIN_HEADLINE_WORDS <= len(split_words(line)) <= MAX_HEADLINE_WORDS
    return has_length and not line.endswith((".", "...", "…"))


def _title_in_markup(page: Page, cut: CutPage, declared: DeclaredTitles) -> str | None:
    """Return the text of the h1 that is most like the declared titles, without its kicker.

    An h1 that only names the site or is a breadcrumb is replaced by another heading that is a
    declared title. One that is like no declared title heads something else, unless it leads the
    article's text.
    """
    headings = _find_headlines(page, declared)
    own = {text: heading for text, heading in headings.items() if not heads_nothing(heading)}

    if (
        page.elements["h1"]
        and not own
        and (shown := find_heading_of(page, _wanted(declared), declared.all))
    ):
        return shown

    if not headings or (len(headings) > 1 and not declared.all):
        return None

    best = max(headings, key=lambda text: _likeness(text, declared.all))
    if declared.all and _likeness(best, declared.all) < MIN_LIKENESS:
        for text, heading in islice(own.items(), 1):
            if leads_the_text(cut, heading, text):
                return text

        return None

    return _without_kicker(headings[best], best, declared)


def _find_headlines(page: Page, declared: DeclaredTitles) -> dict[str, HtmlElement]:
    """Return the h1 elements that may be the headline by their texts."""
    headings: dict[str, HtmlElement] = {}
    for heading in filter(is_the_pages, page.elements["h1"]):
        text = heading_text(heading, declared.all)
        if len(split_words(text)) >= MIN_TITLE_WORDS and not names_site(text, declared.site):
            headings.setdefault(text, heading)

    return headings


def _wanted(declared: DeclaredTitles) -> tuple[frozenset[str], ...]:
    """Return the declared titles in `plain` letters, those with the least breadcrumbs first."""
    starts = (each for each in iter_starts(declared.element) if _has_words_of_title(each))
    last = (declared.headline, declared.element, *starts)
    groups = ((declared.og,), (declared.alternative,), last)
    return tuple(frozenset(map(plain, filter(None, group))) for group in groups)


def _has_words_of_title(text: str) -> bool:
    return len(split_words(text)) >= MIN_TITLE_WORDS


def _likeness(text: str, declared: tuple[str, ...]) -> float:
    """Return the greatest share of words common to a text and a declared title, 0.0 to 1.0."""
    words = set(read_words(text))
    bags = filter(None, (set(read_words(title)) for title in declared))
    shares = (len(words & other) / len(words | other) for other in bags)

    return max(shares, default=0.0)


def _without_kicker(heading: HtmlElement, text: str, declared: DeclaredTitles) -> str:
    """Return the part of an h1 that is a headline elsewhere too: kickers have their own elements.

    og:title, which is written to be read alone, decides before the others.
    """
    wanted = {plain(title) for title in (*declared.all, *iter_starts(declared.element)) if title}
    letters, shared = plain(text), plain(declared.og)

    if letters in wanted and (letters == shared or not shared or shared not in letters):
        return text

    parts = {plain(part): part for part in heading_parts(heading, text)}
    if letters in wanted:
        return parts.get(shared, text)

    for each, part in parts.items():
        if each in wanted:
            return part

    return text


def _is_outvoted(shown: str, metadata: Metadata, declared: DeclaredTitles) -> bool:
    """Whether a news article's JSON-LD and another title agree on one that the h1 does not have."""
    if not any("News" in name for name in types_of(metadata.article)) or not declared.headline:
        return False

    text, headline = plain(shown), plain(declared.headline)
    og, element = plain(declared.og), plain(declared.element)
    supported = (
        text in (headline, og, plain(declared.alternative))
        or element.startswith(text)
        or _likeness(shown, (declared.og,))
        > max(MIN_LIKENESS, 2 * _likeness(declared.headline, (declared.og,)))
    )

    return not supported and (element.startswith(headline) or og == headline)
