"""Names that link to their authors' pages."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from lxml.etree import _Element

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.authors.byline_lines import (
    MAX_BYLINE_CHARS,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_name,
    is_only_role,
    is_role,
)
from newsspider.extraction.fields.authors.names_beside_dates import (
    AUTHOR_PATH,
)
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.opening import seen_element
from newsspider.text import squash

# Text before the names of people who did other work than writing.
_OTHERS_WORK = re.compile(
    r"(?:\b(?:edited|reviewed|checked|photograph(?:s|ed|y)?|photos?|pictures?|illustrat\w+|"
    r"translated|produced|curated|approved|verified|tested) by|\bcontributions? (?:from|by)|"
    r"\b(?:editor|reviewer|fotos?|photos?|bilder?|redigiert von|geprüft von|übersetzt von)\s*:)",
    re.I,
)

_WORK = re.compile(r"\b(?:by|von|par|por|text)\b", re.I)

_AND = re.compile(r"\b(?:and|und|et|y)\b", re.I)

_LETTERS = re.compile(r"[^\W\d_]")

MAX_LEAD_CHARS = 60  # before a link, that may have these

MAX_LEAD_STEPS = 6  # elements before and around it


def iter_near(page: CutPage, near: frozenset[int]) -> Iterator[int]:
    """Yield the elements that begin in these blocks.

    Elements are in the order of their first blocks.
    """
    firsts = page.nodes.first
    start = bisect_left(firsts, min(near, default=0))
    end = bisect_right(firsts, max(near, default=-1))
    return (node for node in range(start, end) if firsts[node] in near)


def linked_names(
    element: _Element, publications: tuple[str, ...]
) -> tuple[list[tuple[str, str]], bool]:
    """Return the names of an element's links to authors, and whether there are links to editors."""
    links: list[tuple[str, str]] = []
    others = any_others = False

    for link in [element] if element.tag == "a" else element.iter("a"):
        text, href = text_of(link), link.get("href") or ""
        if (
            not text
            or len(text) > MAX_BYLINE_CHARS
            or is_only_role(text)
            or not _is_authors(link, element)
        ):
            continue

        lead = _lead_of(link, element)
        if is_others(lead) or (others and not _LETTERS.search(_AND.sub("", lead))):
            others = any_others = True
        else:
            others = False
            links += [(name, href) for name in clean_names([text], publications)]

    return links, any_others


def is_others(lead: str) -> bool:
    """Whether the text before a name says that its bearer did something else than write."""
    near = lead[-MAX_BYLINE_CHARS:]
    ends = [found.end() for found in _OTHERS_WORK.finditer(near)]

    return bool(ends) and not _WORK.search(near, ends[-1])


def _lead_of(link: _Element, holder: _Element | None) -> str:
    """Return the end of the text before a link, up to the previous link or the holder."""
    lead = ""
    for _ in range(MAX_LEAD_STEPS):
        if link is holder or len(lead) >= MAX_LEAD_CHARS:
            break

        before, above = link.getprevious(), link.getparent()
        if before is not None:
            lead = (before.tail or "") + lead
            if before.tag == "a" or next(before.iter("a"), None) is not None:
                break

            lead = ("" if callable(before.tag) else "".join(before.itertext())) + lead
            link = before
        elif above is not None:
            lead = (above.text or "") + " " + lead
            link = above
        else:
            break

    return lead[-MAX_LEAD_CHARS:]


def _is_authors(link: _Element, holder: _Element) -> bool:
    """Whether a link leads to an author's page, or is the author element itself."""
    return (
        link is holder
        or link.get("rel") == "author"
        or bool(AUTHOR_PATH.search(link.get("href") or ""))
    )


def text_of(element: _Element) -> str:
    """Return an element's text, with a stroke where two elements meet without a blank."""
    text = ""
    for piece in element.itertext():
        meets = text[-1:].isalnum() and piece[:1].isupper()
        text += (" | " if meets else "") + piece

    return squash(text)


def linked_near(
    page: CutPage, near: frozenset[int], publications: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return the names that link to an author's page near the headline."""
    found = []
    for node in iter_near(page, near):
        element = None
        if page.nodes.tag[node] == "a":
            element = seen_element(page, node)

        if element is not None:
            href = element.get("href") or ""
            text = text_of(element)
            named = (
                AUTHOR_PATH.search(href)
                and len(text.split()) > 1
                and is_name(text)
                and not is_role(text)
            )
            lead = ""

            if named:
                lead = (
                    page.blocks[page.nodes.first[node]].text[:MAX_BYLINE_CHARS].partition(text)[0]
                )

            if named and not is_others(lead) and not is_others(_lead_of(element, None)):
                found += [(name, href) for name in clean_names([text], publications)]

    return found
