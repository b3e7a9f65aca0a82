"""Ruby annotations: how characters are read, in small letters above them."""

from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

MOST_ELEMENTS = 20  # in an annotation; one that was never closed contains the rest of the page
_BRACKET = "rp"
_AROUND = frozenset({"ruby", "rb", "rt", "rtc"})
_BLOCKS = frozenset({"p", "div", "section"})
_FOUND = "ruby-annotation"  # a name that no page has


def drop_annotations(tree: HtmlElement) -> None:
    """Remove annotations that would be glued to their word: 港, not 港みなと.

    The tree is changed. Annotations with brackets stay, 港（みなと）: pages have the brackets so that
    their text can be read without small letters.

    Source:
        HTML Standard, 4.5.10 The ruby element and 4.5.12 The rp element.
    """
    for element in tree.iter("rt", "rtc"):
        if _is_glued(element):
            element.tag = _FOUND

    etree.strip_elements(tree, _FOUND, with_tail=False)


def _is_glued(element: HtmlElement) -> bool:
    """Whether an element is an annotation without brackets."""
    around, before = element.getparent(), element.getprevious()
    if around is None or around.tag not in _AROUND:
        return False

    if before is not None and before.tag == _BRACKET:
        return False

    inside = list(islice(element.iter(), MOST_ELEMENTS + 1))
    return len(inside) <= MOST_ELEMENTS and _BLOCKS.isdisjoint(each.tag for each in inside)
