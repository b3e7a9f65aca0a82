"""The end of a trail: links are followed as long as pages list new articles.

So calendars and endless archives come to an end.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from newsspider.address_shapes import shapes_of
from newsspider.discovery.links import Link

# One after another that list nothing new; beyond, only links that read like headlines count
MAX_PAGES_WITHOUT_NEWS = 3
# One after another of addresses that look alike, wherever on the site; the rest waits
MAX_ALIKE_WITHOUT_NEWS = 20
# Of a page that is an article itself; a calendar's month with a heading may pass as one
MIN_ARTICLE_WORDS = 60
_NUMBERS = re.compile(r"\d+")


class Trail:
    """The headlines that a crawl has seen so far, and the kinds of lists without new ones."""

    def __init__(self) -> None:
        self._seen: set[int] = set()  # hashes: a crawl may list a million
        # Pages without news in a row, by the shape of their addresses
        self._alike_without_news: Counter[str] = Counter()

    def count_without_news(self, url: str, links: Iterable[Link], before: int, words: int) -> int:
        """Return the number of pages without news in a row, up to this page; 0 if this page has news.

        Args:
            url: the page's address.
            links: the page's links.
            before: the number of pages without news in a row on the way to this page.
            words: the number of words in the article that the page is itself; 0 if it is not one.
        """
        named = (link for link in links if link.points > 0 and _names_story(link))
        found = set(map(_story, named)) - self._seen
        self._seen |= found

        shape, _ = shapes_of(url)

        if found or words >= MIN_ARTICLE_WORDS:
            self._alike_without_news.pop(shape, None)
            return 0

        self._alike_without_news[shape] += 1
        return before + 1

    def choose(self, links: Sequence[Link], pages_without_news: int) -> list[Link]:
        """Return the links to follow from a page after a number of pages without news in a row."""
        worthy = (link for link in links if is_worth_following(link, pages_without_news))
        return [
            link for link in worthy if link.role == "article" or not self.is_exhausted(link.url)
        ]

    def is_exhausted(self, url: str) -> bool:
        """Whether a list's address looks like those of many lists without news in a row."""
        return (
            bool(self._alike_without_news)
            and self._alike_without_news[shapes_of(url)[0]] >= MAX_ALIKE_WITHOUT_NEWS
        )


def is_worth_following(link: Link, pages_without_news: int) -> bool:
    """Whether a link is followed from a page after a number of pages without news in a row."""
    return pages_without_news < MAX_PAGES_WITHOUT_NEWS or (
        link.role == "article" and _names_story(link)
    )


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
