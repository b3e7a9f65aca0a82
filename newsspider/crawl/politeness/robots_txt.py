"""robots.txt: requests wait for it, and none is made if it can't be read."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from newsspider.crawl.extraction.futures import result_of
from newsspider.crawl.failures import describe_failure

logger = logging.getLogger(__name__)
# Scrapy logs a traceback of sixty lines for a robots.txt that fails; `_note` logs one line.
logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(
    lambda record: not str(record.msg).startswith("Error downloading")
)

FIRST_SERVER_ERROR = 500
FIRST_CLIENT_ERROR = 400


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be read, so nothing may be fetched. The text begins with the cause."""


class WaitingRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's middleware, except that all waiting requests obey robots.txt, and a failed one forbids all.

    In Scrapy 2.19, requests that wait share one Deferred, which gives the rules to the first one
    only. The others get no rules.

    Source:
        RFC 9309, section 2.3.1: a missing robots.txt (4xx) allows all; an unreachable one (5xx, no
        answer) forbids all.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Start without hosts."""
        super().__init__(crawler)
        self._unreachable: dict[str, str] = {}  # host → why
        self._thread = ThreadPoolExecutor(1, "newsspider robots.txt")
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    def spider_closed(self) -> None:
        """End the thread. No request waits for it any more."""
        self._thread.shutdown(wait=False)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the host; None if it has none.

        Raises:
            RobotsUnreachable: robots.txt could not be read.
        """
        rules = await super().robot_parser(request)
        host = urlparse_cached(request).netloc
        if why := self._unreachable.get(host):
            raise RobotsUnreachable(why)
        known = self._parsers.get(host)
        return rules if known is None or isinstance(known, Deferred) else known

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Read the response. Error pages contain no rules.

        This is done in a thread, since a large robots.txt takes half a second.
        """
        if response.status >= FIRST_SERVER_ERROR:
            self._note(netloc, f"HTTP {response.status}: robots.txt answered {response.status}")
        elif response.status >= FIRST_CLIENT_ERROR:
            response = response.replace(body=b"")

        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        parse = partial(build_from_crawler, self._parserimpl, self.crawler, response.body)
        rules = await result_of(self._thread.submit(parse))
        parsed = {"signal": signals.robots_parsed, "robotparser": rules, "request": request}
        await self.crawler.signals.send_catch_log_async(**parsed)
        waiting, self._parsers[netloc] = self._parsers[netloc], rules
        assert isinstance(waiting, Deferred)
        waiting.callback(rules)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Note a robots.txt without a response."""
        if not isinstance(exc, IgnoreRequest):
            self._note(
                netloc, f"{describe_failure(exc).partition(': ')[0]}: robots.txt did not answer"
            )
        super()._robots_error(exc, netloc)

    def _note(self, netloc: str, cause: str) -> None:
        """Remember why a host is skipped, and log it."""
        why = f"{cause}, so that nothing may be fetched (RFC 9309)"
        self._unreachable[netloc] = why
        logger.warning("%s: %s; the next run tries again", netloc, why)
