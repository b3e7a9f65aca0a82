"""Parameters that a site adds to its articles' addresses for each visitor.

They are learned from pages that were the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from newsspider.pages.page_numbers import PAGE_PARAMETERS

MAX_NAMES = 200  # whose pages are remembered
MAX_PAGES = 100  # of a name
# Pages with an irrelevant parameter, before it counts as irrelevant
MIN_PAGES = 3


class VisitorParameters:
    """The parameters of a site that don't change the page, as far as known.

    A parameter that distinguishes pages with the same address otherwise does change the page, even
    if some pages have the same text: for example `?id=` on a site with all pages under one path.

    >>> parameters = VisitorParameters()
    >>> for n in range(3):
    ...     page = f"https://x.example/{n}"
    ...     parameters.learn(f"{page}?visitor=8", f"{page}?visitor=7")
    >>> parameters.names
    frozenset({'visitor'})
    """

    def __init__(self, aliases: Iterable[tuple[str, str]] = ()) -> None:
        """Learn from pairs of an address and the address of the same page."""
        self.names: frozenset[str] = frozenset()
        self._pages: defaultdict[str, set[str]] = defaultdict(set)
        self._given: Counter[str] = Counter()
        self._differing: Counter[str] = Counter()
        for alias, page in aliases:
            self.learn(alias, page)

    def learn(self, alias: str, page: str) -> None:
        """Note that two addresses are the same page.

        A page number always changes the page, whatever the site calls it.
        """
        one, other = urlsplit(alias), urlsplit(page)
        if one[:3] != other[:3] or one.query == other.query:
            return

        pairs, others = set(_pairs(one.query)), set(_pairs(other.query))
        self._count_given(name for name, _ in pairs | others)

        names = {name for name, _ in pairs ^ others} - self.names
        differing = {name for name in names if name.lower() not in PAGE_PARAMETERS}
        self._count_differing(differing, page)

        known = differing & self._pages.keys()

        for name in known:
            if self._makes_no_page(name):
                self.names |= {name}

        for name in self.names & self._pages.keys():
            del self._pages[name]

    def _count_given(self, names: Iterable[str]) -> None:
        """Count the pairs that have each parameter, for a limited number of them."""
        has_room = len(self._pages) < MAX_NAMES
        self._given.update({name for name in names if has_room or name in self._pages})

    def _count_differing(self, names: set[str], page: str) -> None:
        """Count the pairs in which each parameter differs, and note the page."""
        for name in names & self._given.keys():
            self._differing[name] += 1
            if len(self._pages[name]) < MAX_PAGES:
                self._pages[name].add(page)

    def _makes_no_page(self, name: str) -> bool:
        """Whether several pages stay different without a parameter.

        Parameters that are at least as certain are left out too.
        """
        pages = self._pages[name]
        surer = {
            each for each in self._pages if self._share(each) >= self._share(name)
        } | self.names
        without = {without_parameters(page, frozenset(surer)) for page in pages}
        return len(without) == len(pages) >= MIN_PAGES

    def _share(self, name: str) -> float:
        """Return the share of the pairs with a parameter in which its values differed."""
        return self._differing[name] / self._given[name]


def without_parameters(url: str, names: frozenset[str]) -> str:
    """Return the address without some parameters.

    >>> without_parameters("https://x.example/a?id=7&visitor=8", frozenset({"visitor"}))
    'https://x.example/a?id=7'
    """
    parts = urlsplit(url)
    pairs = [pair for pair in parts.query.split("&") if pair]
    kept = [pair for pair in pairs if pair.partition("=")[0] not in names]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _pairs(query: str) -> list[tuple[str, str | None]]:
    """Return names and values in a query; None for a name without a value."""
    split = (pair.partition("=") for pair in query.split("&") if pair)
    return [(name, value if equals else None) for name, equals, value in split]
