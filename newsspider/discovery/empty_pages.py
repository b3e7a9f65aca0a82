"""Empty pages: links are followed only until several pages in a row list no new article.

So a crawl leaves calendars and endless archives.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from newsspider.address_shapes import shapes_of
from newsspider.discovery.links import Link

# In a row, without a new article; behind them only links that read like headlines are followed
MAX_EMPTY_PAGES = 3
# In a row, at addresses of one shape, anywhere on the site; other lists of this shape wait
MAX_EMPTY_ALIKE = 20
# Of a page that counts as an article itself; a month of a calendar with a heading can look like one
MIN_ARTICLE_WORDS = 60
_NUMBERS = re.compile(r"\d+")


class EmptyPages:
    """The headlines that a crawl has seen, and its counts of pages without new ones."""

    def __init__(self) -> None:
        self._seen: set[int] = set()  # hashes: a crawl may list a million
        # Empty pages in a row, by the shape of their address
        self._empty_alike: Counter[str] = Counter()

    def count_empty(self, url: str, links: Iterable[Link], before: int, words: int) -> int:
        """Return the number of empty pages in a row, up to this page; 0 if this page has news.

        Args:
            url: the page's address.
            links: the page's links.
            before: the number of empty pages in a row on the way to this page.
            words: the number of words in the article that the page is itself; 0 if it is not one.
        """
        named = (link for link in links if link.points > 0 and _names_story(link))
        found = set(map(_story, named)) - self._seen
        self._seen |= found

        shape, _ = shapes_of(url)

        if found or words >= MIN_ARTICLE_WORDS:
            self._empty_alike.pop(shape, None)
            return 0

        self._empty_alike[shape] += 1
        return before + 1

    def choose(self, links: Sequence[Link], empty_in_row: int) -> list[Link]:
        """Return the links to follow from a page behind a number of empty pages in a row."""
        worthy = (link for link in links if is_worth_following(link, empty_in_row))
        return [
            link for link in worthy if link.role == "article" or not self.is_exhausted(link.url)
        ]

    def is_exhausted(self, url: str) -> bool:
        """Whether a list's address looks like those of many empty lists in a row."""
        return bool(self._empty_alike) and self._empty_alike[shapes_of(url)[0]] >= MAX_EMPTY_ALIKE


def is_worth_following(link: Link, empty_in_row: int) -> bool:
    """Whether a link is followed from a page behind a number of empty pages in a row."""
    return empty_in_row < MAX_EMPTY_PAGES or (link.role == "article" and _names_story(link))


def _names_story(link: Link) -> bool:
    """Whether a link names a story: it reads like a headline, or looks like other stories."""
    return link.is_learned or link.is_headline


def _story(link: Link) -> int:
    """Return a key of a link's story.

    It stays the same if a site links one story by many addresses: one per visit, one per day.
    """
    if not link.is_headline:
        return hash(link.url)  # in a word and a number there is nothing to remove
    return hash((_NUMBERS.sub("", link.last), _NUMBERS.sub("", link.text)))
