"""Where on a page a link stands: in what the site shows on all its pages, in its news, in a headline."""

import re
from functools import lru_cache
from typing import Literal

from lxml.html import HtmlElement

Place = Literal["heading", "plain", "frame", "navigation"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
NEWS_TAGS = frozenset({"main", "article"})
NAVIGATION_TAGS = frozenset({"nav", "footer"})
NAVIGATION_ROLES = frozenset({"navigation", "contentinfo", "menu", "menubar", "search"})
# Their classes say what the page is, not where on it something stands
ROOT_TAGS = frozenset({"html", "body"})
# Whole words of class names and ids. They lie often enough, so that a heading or an article within
# is believed first.
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:site|page|main|mega|sub|top|global|mobile|off-?canvas)?-?_?"
    r"(?:nav|navi|navbar|navigation|menu|footer|header)|breadcrumbs?|topbar|pagination|pager|tags?|tag-?list|topics)"
    r"(?:$|[\s_-])"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
MAX_NAME_CHARS = 500  # of a class or id; what is longer is no name
REMEMBERED = 4_096  # class names: a site's pages have mostly the same


class Places:
    """The places of one page's elements; each ancestor is looked at once."""

    def __init__(self) -> None:
        """Begin with none known."""
        self._known: dict[HtmlElement, Place] = {}

    def of(self, link: HtmlElement) -> Place:
        """Return where a link stands, by the innermost of its ancestors that says so; one around a heading is in it."""
        parent = link.getparent()
        place: Place = "plain" if parent is None else self._of_ancestor(parent)
        if place in ("plain", "frame") and next(link.iterchildren(*HEADINGS), None) is not None:
            return "heading"
        return place

    def _of_ancestor(self, element: HtmlElement) -> Place:
        """Return the place of what an element holds."""
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
    """Return the place of what an element holds, by that of the element itself."""
    tag = element.tag
    if tag in NAVIGATION_TAGS or element.get("role") in NAVIGATION_ROLES:
        return "navigation"
    if tag in NEWS_TAGS:
        return "plain"
    if around == "navigation":
        return around
    if tag in HEADINGS:
        return "heading"
    if tag == "header":
        return "frame"

    named = element.get("class"), element.get("id")
    if tag not in ROOT_TAGS and any(name and _names_frame(name[:MAX_NAME_CHARS]) for name in named):
        return "frame"

    return around


@lru_cache(maxsize=REMEMBERED)
def _names_frame(name: str) -> bool:
    """Whether a class or id is of what a site shows around its news."""
    return bool(_FRAME_NAME.search(_HUMP.sub("-", name).lower()))
