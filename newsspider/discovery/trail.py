"""How far links are followed: as far as pages bring articles, so that calendars and endless archives come to an end."""

from collections.abc import Iterable

from newsspider.discovery.links import Link

MAX_BARREN_PAGES = 3  # one after another that list nothing new; beyond, only links that read like headlines count
MIN_ARTICLE_WORDS = (
    60  # of a page that is an article on its own account; a calendar's month with a heading may pass as one
)


class Trail:
    """The headlines that a crawl has seen so far."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: set[int] = set()  # hashes: a crawl may list a million

    def count_barren(self, links: Iterable[Link], before: int, words: int) -> int:
        """Return how many pages in a row, this one included, have brought nothing: 0 where it brought something.

        Args:
            links: the page's.
            before: how many did on the way to it.
            words: of the article that the page is itself; 0 for none.
        """
        found = {hash(link.url) for link in links if link.is_headline} - self._seen
        self._seen |= found
        return 0 if found or words >= MIN_ARTICLE_WORDS else before + 1


def is_worth_following(link: Link, barren: int) -> bool:
    """Whether a link is followed from a page at the end of so many barren ones."""
    return barren < MAX_BARREN_PAGES or (link.role == "article" and link.is_headline)
