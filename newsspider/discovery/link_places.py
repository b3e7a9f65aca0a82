"""The place of a link on its page: navigation, the frame around the news, a headline, text."""

import re
from functools import lru_cache
from typing import Literal

from lxml.html import HtmlElement

Place = Literal["heading", "plain", "frame", "navigation"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
NEWS_TAGS = frozenset({"main", "article"})
NAVIGATION_TAGS = frozenset({"nav", "footer"})
NAVIGATION_ROLES = frozenset({"navigation", "contentinfo", "menu", "menubar", "search"})
# Their classes describe the page, not places on it
ROOT_TAGS = frozenset({"html", "body"})
# Whole words of class names and ids. They lie often enough, so that a heading or an article within
# is believed first.
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:site|page|main|mega|sub|top|global|mobile|off-?canvas)?-?_?"
    r"(?:nav|navi|navbar|navigation|menu|footer|header)|breadcrumbs?|topbar|pagination|pager|tags?|tag-?list|topics)"
    r"(?:$|[\s_-])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_NAME_CHARS = 500  # of a class or id; longer ones are not names
REMEMBERED = 4_096  # class names: a site's pages have mostly the same


class Places:
    """The places of one page's elements; each ancestor is read once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, Place] = {}

    def of(self, link: HtmlElement) -> Place:
        """Return the place of a link, by its innermost ancestor that has one.

        A link around a heading counts as in the heading.
        """
        parent = link.getparent()
        place: Place = "plain" if parent is None else self._of_ancestor(parent)
        if place in ("plain", "frame") and next(link.iterchildren(*HEADINGS), None) is not None:
            return "heading"
        return place

    def _of_ancestor(self, element: HtmlElement) -> Place:
        """Return the place of an element's content."""
        above: list[HtmlElement] = []
        found: Place = "plain"
        node: HtmlElement | None = element

        while node is not None:
            known = self._known.get(node)
            if known is not None:
                found = known
                break

            above.append(node)
            node = node.getparent()

        for each in reversed(above):
            found = self._known[each] = _within(each, found)

        return found


def _within(element: HtmlElement, around: Place) -> Place:
    """Return the place of an element's content, given the place of the element itself."""
    tag = element.tag
    if tag in NAVIGATION_TAGS or element.get("role") in NAVIGATION_ROLES:
        return "navigation"

    if tag in NEWS_TAGS:
        return "plain"

    if around == "navigation":
        return around

    if tag in HEADINGS:
        return "heading"

    if tag == "header" or (tag not in ROOT_TAGS and _has_frame_name(element)):
        return "frame"

    return around


def _has_frame_name(element: HtmlElement) -> bool:
    names = filter(None, (element.get("class"), element.get("id")))
    return any(_names_frame(name[:MAX_NAME_CHARS]) for name in names)


@lru_cache(maxsize=REMEMBERED)
def _names_frame(name: str) -> bool:
    """Whether a class name or id belongs to the frame around a site's news."""
    return bool(_FRAME_NAME.search(_HUMP.sub("-", name).lower()))
