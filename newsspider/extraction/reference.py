"""trafilatura, the reference extractor: the one module that imports it."""

import logging
import re
from collections.abc import Iterable
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

# It logs a line for every page it finds little in; what matters stands in the record.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

UNREAD_TAGS = ("script", "style", "noscript", "template", "svg", "iframe")  # trafilatura drops them first of all

_LINES = re.compile(r"\s*\n\s*")


def ask_trafilatura(tree: HtmlElement, *, fast: bool = False) -> str | None:
    """Return the body that trafilatura keeps, its lines parted by one blank line; None for none.

    Its `deduplicate` stays off: in a process that lives on, the same page is empty from the seventh call.

    Args:
        tree: a whole page; it is not changed.
        fast: leave out the comparison with two other extractors, which takes a third of the time.
    """
    from trafilatura import bare_extraction  # here: it doubles the start-up of commands that need no page
    from trafilatura.settings import Document

    try:
        found = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False, deduplicate=False)
    except (etree.LxmlError, ValueError, RecursionError):
        return None
    text = _LINES.sub("\n\n", (found.text or "").strip()) if isinstance(found, Document) else ""
    return text or None


def prune_page(tree: HtmlElement, frames: Iterable[etree._Element]) -> HtmlElement:
    """Return a copy of a page without some elements and without scripts and styles: less for trafilatura to walk."""
    copied = deepcopy(tree)
    twins = [_follow(copied, _path_to(frame, tree)) for frame in frames]
    for element in [*twins, *copied.iter(*UNREAD_TAGS)]:
        if element.getparent() is not None:
            element.drop_tree()
    return copied


def _path_to(element: etree._Element, root: etree._Element) -> list[int]:
    """Return an element's place among its parent's children, the parent's among its own, and so on up to the root."""
    path = []
    while element is not root and (parent := element.getparent()) is not None:
        path.append(parent.index(element))
        element = parent
    return path


def _follow(root: HtmlElement, path: list[int]) -> HtmlElement:
    for place in reversed(path):
        root = root[place]
    return root
