"""Parameters that a site adds to its articles' addresses for each visitor, learnt from pages that were the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from newsspider.pages.page_numbers import PAGE_PARAMETERS

MAX_NAMES = 200  # whose pages are remembered
MAX_PAGES = 100  # of a name
# Different pages that a parameter made no difference to, before it is taken to make none
MIN_PAGES = 3


class VisitorParameters:
    """The parameters of a site that make no other page, as far as its pages have shown it.

    One without which different pages would have the same address does make another page, even if
    some pages have the same text: `?id=` of a site that has all its pages under one path.

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
        self._given: Counter[str] = Counter()
        self._differing: Counter[str] = Counter()
        for alias, page in aliases:
            self.learn(alias, page)

    def learn(self, alias: str, page: str) -> None:
        """Note that an address turned out to be a page; a page's number makes another, whatever a site calls it by."""
        one, other = urlsplit(alias), urlsplit(page)
        if one[:3] != other[:3] or one.query == other.query:
            return

        pairs, others = set(_pairs(one.query)), set(_pairs(other.query))
        self._given.update({name for name, _ in pairs | others if name in self._pages or len(self._pages) < MAX_NAMES})
        differing = {name for name, _ in pairs ^ others if name.lower() not in PAGE_PARAMETERS} - self.names

        for name in differing & self._given.keys():
            self._differing[name] += 1
            if len(self._pages[name]) < MAX_PAGES:
                self._pages[name].add(page)

        for name in differing & self._pages.keys():
            if self._makes_no_page(name):
                self.names |= {name}

        for name in self.names & self._pages.keys():
            del self._pages[name]

    def _makes_no_page(self, name: str) -> bool:
        """Whether several pages are still different without a parameter, and without all that are surer than it."""
        pages = self._pages[name]
        surer = {each for each in self._pages if self._share(each) >= self._share(name)} | self.names
        without = {without_parameters(page, frozenset(surer)) for page in pages}
        return len(without) == len(pages) >= MIN_PAGES

    def _share(self, name: str) -> float:
        """Return the share of the pairs with a parameter in which it differed."""
        return self._differing[name] / self._given[name]


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
