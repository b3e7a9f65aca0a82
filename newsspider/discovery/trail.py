"""The end of a trail: links are followed as long as pages list new articles.

So calendars and endless archives come to an end.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from newsspider.address_shapes import shapes_of
from newsspider.discovery.links import Link

# One after another that list nothing new; beyond, only links that read like headlines count
MAX_BARREN_PAGES = 3
# One after another of addresses that look alike, wherever on the site; the rest waits
MAX_BARREN_ALIKE = 20
MIN_ARTICLE_WORDS = (
    # Of a page that is an article on its own account; a calendar's month with a heading may pass as
    # one
    60
)
_NUMBERS = re.compile(r"\d+")


class Trail:
    """The headlines that a crawl has seen so far, and the kinds of lists without new ones."""

    def __init__(self) -> None:
        self._seen: set[int] = set()  # hashes: a crawl may list a million
        # Pages in a row by shape; only of those that brought nothing
        self._barren_alike: Counter[str] = Counter()

    def count_barren(self, url: str, links: Iterable[Link], before: int, words: int) -> int:
        """Return the number of barren pages in a row, up to this page; 0 if this page has news.

        Args:
            url: the page's address.
            links: the page's links.
            before: the number of barren pages in a row on the way to this page.
            words: the number of words in the article that the page is itself; 0 if it is not one.
        """
        named = (link for link in links if link.points > 0 and _names_story(link))
        found = set(map(_story, named)) - self._seen
        self._seen |= found

        shape, _ = shapes_of(url)

        if found or words >= MIN_ARTICLE_WORDS:
            self._barren_alike.pop(shape, None)
            return 0

        self._barren_alike[shape] += 1
        return before + 1

    def choose(self, links: Sequence[Link], barren: int) -> list[Link]:
        """Return the links to follow from a page after a number of barren pages in a row."""
        worthy = (link for link in links if is_worth_following(link, barren))
        return [
            link for link in worthy if link.role == "article" or not self.is_exhausted(link.url)
        ]

    def is_exhausted(self, url: str) -> bool:
        """Whether a list's address looks like those of many barren lists in a row."""
        return (
            bool(self._barren_alike) and self._barren_alike[shapes_of(url)[0]] >= MAX_BARREN_ALIKE
        )


def is_worth_following(link: Link, barren: int) -> bool:
    """Whether a link is followed from a page after a number of barren pages in a row."""
    return barren < MAX_BARREN_PAGES or (link.role == "article" and _names_story(link))


def _names_story(link: Link) -> bool:
    """Whether a link names a story: it reads like a headline, or looks like other stories."""
    return link.is_taught or link.is_headline


def _story(link: Link) -> int:
    """Return a key of a link's story.

    It stays the same if a site links one story by many addresses: one per visit, one per day.
    """
    if not link.is_headline:
        return hash(link.url)  # in a word and a number there is nothing to remove
    return hash((_NUMBERS.sub("", link.last), _NUMBERS.sub("", link.text)))
