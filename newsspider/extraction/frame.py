"""The frame around a page's content: the site's navigation, banner and footer, which are left out whole.

On a news page they hold two fifths of all elements and next to no gold word; looking at each of their blocks would
cost as much as looking at the article.

Source:
    The landmark roles banner, contentinfo, navigation and search of WAI-ARIA 1.2, and the elements that have them by
    HTML Accessibility API Mappings: <nav>, and <header> and <footer> outside of <article> and <main>.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from lxml import etree

from newsspider.extraction.evidence.naming import GROUP_NAMES, naming_bits
from newsspider.extraction.tags import CONTENT_TAGS

Claim = Literal["role", "name"]

HOLDS_CONTENT = (*sorted(CONTENT_TAGS), "h1")  # what holds one of them is no frame, whatever it calls itself
PAGE_FRAME_TAGS = frozenset({"header", "footer"})  # of the page, unless they stand in its content
FRAME_TAGS = frozenset({"nav", "dialog"})
FRAME_ROLES = frozenset("role=" + role for role in "navigation banner contentinfo search dialog alertdialog".split())
NAMED_TAGS = frozenset({"div", "ul", "section"})  # may be a menu or footer by their names, if they hold links alone
_NAMED = 1 << GROUP_NAMES.index("nav") | 1 << GROUP_NAMES.index("footer")
MAX_PROSE_CHARS = 600  # in paragraphs: a footer's address and terms; with more an unclosed <nav> has taken in the text
MIN_NAMED_LINKS = 5
MAX_NAMED_CHARS = 300  # outside of links
MAX_CANDIDATES = 100  # looked at on a page; each costs a walk over what it holds


def may_be_frame(tag: str, key: str, in_content: bool) -> Claim | None:
    """Return what makes an element call itself a part of the frame: its tag or role, or only its names.

    Args:
        tag: the element's.
        key: its naming attributes, see `read_attributes`.
        in_content: whether it stands in an <article> or <main>.
    """
    if tag in FRAME_TAGS or (tag in PAGE_FRAME_TAGS and not in_content):
        return "role"
    if in_content or not key:
        return None
    if "role=" in key and not FRAME_ROLES.isdisjoint(key.split()):
        return "role"
    return "name" if tag in NAMED_TAGS and naming_bits(key) & _NAMED else None


def is_frame(element: etree._Element, claim: Claim) -> bool:
    """Whether an element that may be a part of the frame holds no content: no headline, and hardly any prose."""
    if next(element.iter(*HOLDS_CONTENT), None) is not None:
        return False
    if _holds_more(element.iter("p"), MAX_PROSE_CHARS):
        return False
    return claim == "role" or _holds_links_alone(element)


def _holds_links_alone(element: etree._Element) -> bool:
    links = list(element.iter("a"))
    if len(links) < MIN_NAMED_LINKS:
        return False
    linked = sum(map(_count_chars, links))
    return not _holds_more([element], linked + MAX_NAMED_CHARS)


def _holds_more(elements: Iterable[etree._Element], chars: int) -> bool:
    """Whether there are more characters in elements, white space between tags left out."""
    for element in elements:
        for text in _texts(element):
            chars -= len(text)
            if chars < 0:
                return True
    return False


def _count_chars(element: etree._Element) -> int:
    return sum(map(len, _texts(element)))


def _texts(element: etree._Element) -> Iterator[str]:
    return map(str.strip, element.itertext())
