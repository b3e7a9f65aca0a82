"""The guard of a crawl: the policy and the refusals that its components share."""

from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsspider.crawl.guard.policy import Policy, read_policy
from newsspider.crawl.guard.refusals import Refusals


class Guard:
    """Scrapy extension: the state that the guard's middlewares and the download handler share.

    Attributes:
        policy: where requests may go.
        refusals: where to count that one may not.
    """

    def __init__(self, policy: Policy, refusals: Refusals) -> None:
        """Share this policy, and count refusals in these stats."""
        self.policy = policy
        self.refusals = refusals

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it from the crawl's settings.

        Raises:
            UsageError: a setting has a value that it can't have.
        """
        return cls(read_policy(crawler.settings), Refusals(crawler.stats))

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """Return a crawl's guard.

        Raises:
            NotConfigured: it has none; the download handler then fetches nothing.
        """
        if guard := crawler.get_extension(cls):
            return guard
        raise NotConfigured(f"EXTENSIONS has to name {cls.__module__}.{cls.__name__}")
