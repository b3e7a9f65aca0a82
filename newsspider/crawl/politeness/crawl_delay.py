"""The Crawl-delay in robots.txt: the minimum time between two requests to a host."""

import logging
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)


def effective_delay(asked: float | None, configured: float, longest: float) -> float:
    """Return the seconds between requests: those that the site asks for, within the user's limits.

    >>> effective_delay(5, 0.5, 60), effective_delay(None, 0.5, 60), effective_delay(86400, 0.5, 60)
    (5, 0.5, 60)
    """
    return min(max(asked or 0, configured), longest)


class CrawlDelay:
    """Scrapy extension: applies the Crawl-delay of a host, also as the minimum of AutoThrottle."""

    def __init__(self, crawler: Crawler) -> None:
        """Listen for robots.txt files and responses."""
        settings = crawler.settings
        self._crawler = crawler
        self._agent: str = settings["ROBOTSTXT_USER_AGENT"] or settings["USER_AGENT"]
        self._configured = settings.getfloat("DOWNLOAD_DELAY")
        self._longest = settings.getfloat("NEWSSPIDER_MAX_CRAWL_DELAY")
        self._floors: dict[str, float] = {}
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it if the crawl obeys robots.txt."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("robots.txt is not read")
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Apply the Crawl-delay of a host to new and open slots, without jitter that could undercut it."""
        asked = robotparser.crawl_delay(self._agent)
        if not asked or self._crawler.engine is None:
            return

        downloader = self._crawler.engine.downloader
        host = downloader.get_slot_key(request)
        ours = downloader.per_slot_settings.get(host, {}).get(
            "delay", self._configured
        )  # the site's profile may say it
        delay = self._floors[host] = max(
            ours, effective_delay(asked, self._configured, self._longest)
        )
        downloader.per_slot_settings[host] = {
            **downloader.per_slot_settings.get(host, {}),
            "delay": delay,
            "jitter": 0,
        }
        if slot := downloader.slots.get(host):
            slot.delay, slot.jitter = max(slot.delay, delay), 0.0

        logger.info(
            "%s asks for a Crawl-delay of %g s: waiting %g s between requests", host, asked, delay
        )

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Raise the delay of a slot to the Crawl-delay after AutoThrottle has adjusted it."""
        host = request.meta.get("download_slot", "")
        if (
            host in self._floors
            and self._crawler.engine
            and (slot := self._crawler.engine.downloader.slots.get(host))
        ):
            slot.delay = max(slot.delay, self._floors[host])
