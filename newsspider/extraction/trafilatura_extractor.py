"""trafilatura, the reference extractor: the one module that imports it."""

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from importlib import import_module
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.quick_paths import quicken

# It logs a line for every page with little text; the record has the result.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# Trafilatura drops them first of all: elements whose text it never reads, and those without text.
UNREAD_TAGS = (
    *("script", "style", "noscript", "template", "svg", "iframe", "head"),
    *("area", "embed", "img", "input", "link", "meta", "param", "source", "track"),
)

# trafilatura walks some trees again for each of their nodes. Within these bounds a page made for it
# takes 4 s at most; beyond them minutes: 10,000 <b> in a paragraph 8 s, twice as many 52 s, 100,000
# comments three minutes. The gold pages' maximum is beside each.
MAX_ELEMENTS = 20_000  # 10,106
MAX_DEPTH = 256  # elements, from the root down; 54
MAX_PIECES = 4_000  # runs of text between two tags, in one block-level element; 928
MAX_COMMENTS = 8_000  # and processing instructions; 1,184
MAX_MARKUP = 2_000_000  # bytes, without pruned elements
# Blocks times characters, 0.6 billion: each block is then looked for in the body, and 16 billion
# take 20 s.
MAX_COMPARED = 2_000_000_000

# Its lists of expressions that a page meets in `ask_trafilatura`, half of the time that it takes.
QUICKENED = (
    "BODY_XPATH",
    "DISCARD_IMAGE_ELEMENTS",
    "OVERALL_DISCARD_XPATH",
    "RAW_TREE_PRUNE_XPATH",
    "REMOVE_COMMENTS_AND_LISTS_XPATH",
    "TEASER_DISCARD_XPATH",
)

# trafilatura is foreign code that meets pages which its authors have not seen: in a few of a
# million it takes the text of an element that has none, or the first of no elements. These say that
# it can't read this page, which is an answer; one page must not stop a run. Not among them:
# MemoryError, which ends the page in its worker.
FAULTS = (
    etree.LxmlError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,  # IndexError, KeyError
    RuntimeError,  # RecursionError
    TypeError,
    ValueError,  # UnicodeError
)

_COUNT_ELEMENTS = etree.XPath("count(//*)")
_COUNT_COMMENTS = etree.XPath("count(//comment()) + count(//processing-instruction())")


def load_trafilatura() -> None:
    """Import trafilatura before a page asks it, so that no page is charged for that."""
    with _quick_paths():
        _options(fast=True)


def ask_trafilatura(tree: HtmlElement, *, fast: bool = False) -> str | None:
    """Return the body that trafilatura keeps, its lines parted by one blank line; None for none.

    Its `deduplicate` stays off: in a process that lives on, the same page is empty from the seventh
    call.

    Args:
        tree: a whole page; it is not changed.
        fast: leave out the comparison with two other extractors, which takes a third of the time.
    """
    # Here: it doubles the start-up of commands that need no page.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    try:
        with _quick_paths():
            found = bare_extraction(tree, options=_options(fast))
    except FAULTS:
        return None

    if isinstance(found, Document):
        text = found.text or ""
    else:
        text = ""

    return "\n\n".join(filter(None, map(str.strip, text.split("\n")))) or None


def extract_with_metadata(body: bytes) -> str | None:
    """Return the text that trafilatura finds by itself, as its users ask it; None for none."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(body, include_comments=False, with_metadata=True)
    return found.text if found else None


@cache
def _options(fast: bool) -> Any:
    """Return trafilatura's options, whose making takes it a quarter of a millisecond."""
    from trafilatura.settings import Extractor

    return Extractor(
        output_format="python", fast=fast, comments=False, with_metadata=False, dedup=False
    )


@contextmanager
def _quick_paths() -> Iterator[None]:
    """Put faster expressions in place of trafilatura's; they select the same elements.

    Only meanwhile, so that other users of trafilatura in this process meet it as it is.
    """
    xpaths: Any = import_module("trafilatura.xpaths")
    baseline: Any = import_module("trafilatura.baseline")
    kept = [(each, tuple(each)) for each in (getattr(xpaths, name) for name in QUICKENED)]
    cleaning = baseline.BASIC_CLEAN_XPATH

    try:
        for expressions, originals in kept:
            expressions[:] = map(quicken, originals)
        baseline.BASIC_CLEAN_XPATH = quicken(cleaning)
        yield
    finally:
        for expressions, originals in kept:
            expressions[:] = originals
        baseline.BASIC_CLEAN_XPATH = cleaning


def prune_page(tree: HtmlElement, cut: CutPage) -> HtmlElement | None:
    """Return a copy of a page without its frame, scripts and styles: less for trafilatura to walk.

    None for a page that is beyond the bounds, since trafilatura would take too long for it.

    Args:
        tree: a whole page; it is not changed.
        cut: the same page, cut.
    """
    if (
        max(cut.nodes.depth) > MAX_DEPTH
        or _most_pieces(cut) > MAX_PIECES
        or len(cut.blocks) * sum(len(block.text) for block in cut.blocks) > MAX_COMPARED
        or _COUNT_ELEMENTS(tree) > MAX_ELEMENTS
        or _COUNT_COMMENTS(tree) > MAX_COMMENTS
    ):
        return None

    copied = deepcopy(tree)
    for frame in [_follow(copied, _path_to(frame, tree)) for _, frame in cut.frames]:
        if frame.getparent() is not None:
            frame.drop_tree()

    # Not drop_tree, which is quadratic if many of them are in one text.
    etree.strip_elements(copied, *UNREAD_TAGS, with_tail=False)
    if len(etree.tostring(copied, encoding="utf-8")) <= MAX_MARKUP:
        return copied

    return None


def _most_pieces(cut: CutPage) -> int:
    """Return the number of pieces of the block-level element with the most of them."""
    pieces: Counter[int] = Counter()
    for block in cut.blocks:
        pieces[block.owner] += len(block.pieces)

    return max(pieces.values(), default=0)


def _path_to(element: etree._Element, root: etree._Element) -> list[int]:
    """Return the places of an element and its ancestors among their siblings, up to the root."""
    path = []
    while element is not root and (parent := element.getparent()) is not None:
        path.append(parent.index(element))
        element = parent

    return path


def _follow(root: HtmlElement, path: list[int]) -> HtmlElement:
    for place in reversed(path):
        root = root[place]

    return root
