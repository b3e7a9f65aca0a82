"""Choose the headings that may be the headline; others name the site or are breadcrumbs."""

import re
from collections.abc import Collection, Sequence
from itertools import islice

from lxml.html import HtmlElement

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.opening import is_prose
from newsspider.extraction.fields.titles.heading_text import heading_parts, heading_text
from newsspider.extraction.fields.titles.site_names import is_host, plain, plain_name
from newsspider.pages.page import Page
from newsspider.text import is_unspaced, split_words

HEADING_TAGS = ("h1", "h2", "h3", "h4")
# A heading there belongs to a menu or a form.
NOT_THE_PAGES = frozenset("nav footer aside dialog".split())
MAX_NAMES_CHARS = 400  # of an element that are read
MAX_HEADINGS = 200  # read for one that is a declared title
# Of a headline that no other title resembles; labels are shorter.
MIN_LEADING_WORDS, MAX_LEADING_WORDS = (6, 25)
NEAR_ANCESTORS = 4  # whose names say that a heading is a breadcrumb's step
# In lower case. A search for the short words first takes a fifth of the time: most names have none
# of them.
_STEP_WORDS = ("crumb", "breadbar")
_STEP_NAMES = re.compile(r"bread-?crumb|breadbar|(?<![a-z])crumbs?(?![a-z])")
_SITE_WORDS = ("logo", "name", "title", "brand", "masthead")
_SITE_NAMES = re.compile(
    r"(?<![a-z])(?:site|blog|page|header)[-_]?(?:logo|name|title|brand)(?![a-z])|logo|masthead|"
    r"(?<![a-z])brand(?![a-z])"
)


def is_the_pages(heading: HtmlElement) -> bool:
    """Whether a heading is outside menus, footers and forms."""
    return not any(above.tag in NOT_THE_PAGES for above in heading.iterancestors())


def names_site(text: str, site: Collection[str]) -> bool:
    """Whether a heading's text is the site's name or a host."""
    return plain_name(text) in site or plain(text) in site or is_host(text)


def heads_nothing(heading: HtmlElement) -> bool:
    """Whether a heading is the last step of a breadcrumb, or the site's name."""
    above = list(islice(heading.iterancestors(), NEAR_ANCESTORS))
    names = "\n".join(map(_names_of, (heading, *above)))

    if _has(names.partition("\n")[0], _SITE_WORDS, _SITE_NAMES):
        return True

    if _has(names, _STEP_WORDS, _STEP_NAMES):
        return True

    if any("home" in (link.get("rel") or "").split() for link in heading.iter("a")):
        return True

    return any(each.tag == "li" and _follows_links(each) for each in above[:2])


def find_heading_of(
    page: Page, wanted: Sequence[Collection[str]], declared: tuple[str, ...]
) -> str | None:
    """Return the first heading that is a wanted title, whole or without its kicker.

    Args:
        page: the page.
        wanted: titles in `plain` letters; one of an earlier group goes before those of later
            groups.
        declared: the titles as written, for `heading_text`.
    """
    found: dict[int, str] = {}
    headings = (
        each
        for each in page.tree.iter(*HEADING_TAGS)
        if is_the_pages(each) and not heads_nothing(each)
    )

    for heading in islice(headings, MAX_HEADINGS):
        text = heading_text(heading, declared)
        readings = {plain(part): part for part in (*heading_parts(heading, text), text)}
        for number, group in enumerate(wanted):
            if part := next((part for letters, part in readings.items() if letters in group), None):
                found.setdefault(number, part)

        if 0 in found:
            break

    if found:
        return found[min(found)]

    return None


def leads_the_text(cut: CutPage, heading: HtmlElement, text: str) -> bool:
    """Whether a heading reads like a headline and is before the first paragraph."""
    words = len(split_words(text)) // (2 if is_unspaced(text[0]) else 1)
    if (
        not MIN_LEADING_WORDS <= words <= MAX_LEADING_WORDS
        or len(list(islice(heading.iter("a"), 2))) > 1
    ):
        return False

    for block in cut.blocks:
        if block.level == 1 and plain(block.text) == plain(text):
            return True

        if is_prose(block) and not block.hidden:
            return False

    return False


def _has(names: str, words: tuple[str, ...], pattern: re.Pattern[str]) -> bool:
    return any(word in names for word in words) and pattern.search(names) is not None


def _follows_links(item: HtmlElement) -> bool:
    """Whether a list item follows others that hold links, as a breadcrumb's last step does."""
    before = item.getprevious()
    return before is not None and before.tag == "li" and next(before.iter("a"), None) is not None


def _names_of(element: HtmlElement) -> str:
    """Return the names of an element's role and of its data attributes, in lower case."""
    named = (
        value for name in ("class", "id", "aria-label", "itemtype") if (value := element.get(name))
    )
    return " ".join((*named, *filter(_is_data, element.keys())))[:MAX_NAMES_CHARS].lower()


def _is_data(name: str) -> bool:
    return name.startswith("data-")
