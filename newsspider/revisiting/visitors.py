"""Parameters that a site adds to its articles' addresses for each visitor, learnt from pages that were the same."""

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from newsspider.page_numbers import PAGE_PARAMETERS

MAX_NAMES = 200  # whose pages are remembered
MIN_PAGES = 3  # different pages that a parameter made no difference to, before it is taken to make none


class VisitorParameters:
    """The parameters of a site that make no other page, as far as its pages have shown it.

    >>> parameters = VisitorParameters()
    >>> for n in range(3):
    ...     parameters.learn(f"https://x.example/{n}?visitor=8", f"https://x.example/{n}?visitor=7")
    >>> parameters.names
    frozenset({'visitor'})
    """

    def __init__(self, aliases: Iterable[tuple[str, str]] = ()) -> None:
        """Learn from pairs of an address and the page that it turned out to be."""
        self.names: frozenset[str] = frozenset()
        self._pages: defaultdict[str, set[str]] = defaultdict(set)
        for alias, page in aliases:
            self.learn(alias, page)

    def learn(self, alias: str, page: str) -> None:
        """Note that an address turned out to be a page; a page's number makes another, whatever a site calls it by."""
        one, other = urlsplit(alias), urlsplit(page)
        if one[:3] != other[:3] or one.query == other.query:
            return
        for name in {name for name, _ in set(_pairs(one.query)) ^ set(_pairs(other.query))} - self.names:
            if name.lower() not in PAGE_PARAMETERS and len(self._pages) < MAX_NAMES:
                self._pages[name].add(one.netloc + one.path)
                if len(self._pages[name]) >= MIN_PAGES:
                    self.names |= {name}
                    del self._pages[name]


def without_parameters(url: str, names: frozenset[str]) -> str:
    """Return the address without some parameters.

    >>> without_parameters("https://x.example/a?id=7&visitor=8", frozenset({"visitor"}))
    'https://x.example/a?id=7'
    """
    parts = urlsplit(url)
    kept = [
        f"{name}={value}" if value is not None else name for name, value in _pairs(parts.query) if name not in names
    ]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _pairs(query: str) -> list[tuple[str, str | None]]:
    """Return names and values as they stand in a query, None for a name without."""
    split = (pair.partition("=") for pair in query.split("&") if pair)
    return [(name, value if equals else None) for name, equals, value in split]
