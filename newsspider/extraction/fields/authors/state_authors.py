"""Authors in the application state of a page that shows nothing without its scripts."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.declared.metadata import as_list
from newsspider.extraction.page_state.decoding import iter_states
from newsspider.pages.page import Page
from newsspider.text import read_words

MAX_SHELL_BLOCKS = 5  # a page with more shows its byline itself
MAX_STATE_NODES = 20_000  # objects and lists of a page's states that are looked at
_HEADLINES = ("headline", "title", "name")
_AUTHORS = ("author", "authors", "byline", "creator")


def authors_in_state(page: Page, cut: CutPage, title: str | None) -> list[Any]:
    """Return the authors of the state's object with the page's headline, as in JSON-LD."""
    wanted = read_words(title or "")
    if not wanted or len(cut.blocks) > MAX_SHELL_BLOCKS:
        return []

    nodes = (node for node in _iter_objects(page) if _has_headline(node, wanted))
    return as_list(next(filter(None, map(_stated_in, nodes)), None))


def _stated_in(node: Mapping[str, Any]) -> Any:
    return next(filter(None, map(node.get, _AUTHORS)), None)


def _has_headline(node: Mapping[str, Any], wanted: list[str]) -> bool:
    """Whether a value has a headline of these words."""
    texts = (text for text in map(node.get, _HEADLINES) if isinstance(text, str))
    return any(read_words(text) == wanted for text in texts)


def _iter_objects(page: Page) -> Iterator[dict[str, Any]]:
    """Yield the objects of the page's states, outer ones first."""
    pending: list[Any] = [*iter_states(page.tree)]
    pending.reverse()

    for _ in range(MAX_STATE_NODES):
        if not pending:
            return

        value = pending.pop()
        if isinstance(value, dict):
            yield value
            pending += reversed(value.values())
        elif isinstance(value, list):
            pending += reversed(value)
