"""Leave out the frame around a page's content: the site's navigation, banner and footer.

On a news page they hold two fifths of all elements and next to no gold word; looking at each of
their blocks would cost as much as looking at the article.

Source:
    The landmark roles banner, contentinfo, navigation and search of WAI-ARIA 1.2, and the elements
    that have them by HTML Accessibility API Mappings: <nav>, and <header> and <footer> outside of
    <article> and <main>.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from lxml import etree

from newsspider.extraction.cutting.name_groups import GROUP_NAMES, naming_bits
from newsspider.extraction.cutting.tags import CONTENT_TAGS

Claim = Literal["menu", "region", "name"]

# An element that contains one of them isn't a frame, whatever its name.
HOLDS_CONTENT = (*sorted(CONTENT_TAGS), "h1")
REGION_TAGS = frozenset({"header", "footer"})  # of the page, unless they are in its content
REGION_ROLES = frozenset({"role=banner", "role=contentinfo", "role=search"})
MENU_ROLE = "role=navigation"
# May be a menu or footer by their names, if they hold links alone.
NAMED_TAGS = frozenset({"div", "ul", "section"})
_NAMED = 1 << GROUP_NAMES.index("nav") | 1 << GROUP_NAMES.index("footer")
# in paragraphs: a footer's address and terms; with more an unclosed <nav> has taken in the text
MAX_PROSE_CHARS = 600
MIN_LINKS = 5  # of a menu; with fewer it may be the way to the page, which names its section
MAX_NAMED_CHARS = 300  # outside of links
MAX_CANDIDATES = 100  # examined on a page; each costs a walk over its content


def may_be_frame(tag: str, key: str, in_content: bool) -> Claim | None:
    """Return why an element may be a part of the frame: its tag or role, or only its names.

    Args:
        tag: the element's.
        key: its naming attributes, see `read_attributes`.
        in_content: whether it is in an <article> or <main>.
    """
    if tag == "nav":
        return "menu"

    if in_content:
        return None

    if tag in REGION_TAGS:
        return "region"

    if "role=" in key:
        roles = key.split()
        if MENU_ROLE in roles:
            return "menu"

        if not REGION_ROLES.isdisjoint(roles):
            return "region"

    if tag in NAMED_TAGS and key and naming_bits(key) & _NAMED:
        return "name"

    return None


def is_frame(element: etree._Element, claim: Claim) -> bool:
    """Whether an element that may be a part of the frame has no headline and hardly any prose."""
    if next(element.iter(*HOLDS_CONTENT), None) is not None:
        return False

    if _holds_more(element.iter("p"), MAX_PROSE_CHARS):
        return False

    if claim == "region":
        return True

    links = list(element.iter("a"))
    if len(links) < MIN_LINKS:
        return False

    return claim == "menu" or not _holds_more(
        [element], sum(map(_count_chars, links)) + MAX_NAMED_CHARS
    )


def _holds_more(elements: Iterable[etree._Element], chars: int) -> bool:
    """Whether elements hold more characters, white space at their texts' ends left out."""
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
