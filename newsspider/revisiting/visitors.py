"""Parameters that a site adds to its articles' addresses for each visitor, learnt from pages that were the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

MIN_PAGES = 3  # different pages that a parameter made no difference to, before it is taken to make none


def visitor_parameters(aliases: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the parameters that make no other page, from pairs of an address and the page that it turned out to be.

    One without which two of these pages would have the same address does make another page, even if some have the same
    text: `?id=` of a site that has all its pages under one path.

    >>> pairs = [(f"https://x.example/{n}?visitor=8", f"https://x.example/{n}?visitor=7") for n in range(3)]
    >>> visitor_parameters(pairs)
    frozenset({'visitor'})
    """
    pages: defaultdict[str, set[str]] = defaultdict(set)
    given: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    for alias, page in aliases:
        one, other = urlsplit(alias), urlsplit(page)
        if one[:3] != other[:3]:
            continue
        pairs, others = set(_pairs(one.query)), set(_pairs(other.query))
        given.update({name for name, _ in pairs | others})
        for name in {name for name, _ in pairs ^ others}:
            differing[name] += 1
            pages[name].add(page)
    chosen: frozenset[str] = frozenset()
    for name in sorted(pages, key=lambda name: (-differing[name] / given[name], name)):  # the surest first
        together = chosen | {name}
        if len({without_parameters(page, together) for page in pages[name]}) == len(pages[name]) >= MIN_PAGES:
            chosen = together
    return chosen


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
