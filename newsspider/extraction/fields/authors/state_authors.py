"""Authors in the application state of a page that shows nothing without its scripts."""

from collections.abc import Iterator
from typing import Any

from newsspider.extraction.cutting.blocks import CutPage
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

    for node in _iter_objects(page):
        headlines = (node.get(name) for name in _HEADLINES)
        if any(isinstance(text, str) and read_words(text) == wanted for text in headlines):
            for name in _AUTHORS:
                if value := node.get(name):
                    if isinstance(value, list):
                        return value

                    return [value]

    return []


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
