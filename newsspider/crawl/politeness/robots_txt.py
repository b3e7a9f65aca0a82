"""robots.txt: for requests that are made before it has come, and where it does not come at all; its sitemaps."""

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
# Scrapy logs a traceback of sixty lines for a robots.txt that does not answer; `_note` says it in one.
logging.getLogger("scrapy.downloadermiddlewares.robotstxt").addFilter(
    lambda record: not str(record.msg).startswith("Error downloading")
)

FIRST_SERVER_ERROR = 500
FIRST_CLIENT_ERROR = 400


class RobotsUnreachable(IgnoreRequest):
    """robots.txt could not be read, so that nothing may be fetched; its text begins with the cause."""


class WaitingRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, but all requests that wait for a host's robots.txt obey it, and one that does not come forbids all.

    In Scrapy 2.19 requests that wait share one Deferred, which gives the rules to the first of them only: the others
    are told that there are none.

    Source:
        RFC 9309, section 2.3.1: a robots.txt that is not there (4xx) allows all, one that can't be reached (5xx, no
        answer) forbids all.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Know no host yet."""
        super().__init__(crawler)
        self._unreachable: dict[str, str] = {}  # host → why
        self._thread = ThreadPoolExecutor(1, "newsspider robots.txt")
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    def spider_closed(self) -> None:
        """End the thread; no request is left that waits for it."""
        self._thread.shutdown(wait=False)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the host's rules, None where it has none.

        Raises:
            RobotsUnreachable: they could not be read.
        """
        rules = await super().robot_parser(request)
        host = urlparse_cached(request).netloc
        if why := self._unreachable.get(host):
            raise RobotsUnreachable(why)
        known = self._parsers.get(host)
        return rules if known is None or isinstance(known, Deferred) else known

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """Read the answer: what is no robots.txt holds no rules.

        As Scrapy does it, but in a thread: large ones take half a second.
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
        """Note that there was no answer."""
        if not isinstance(exc, IgnoreRequest):
            self._note(
                netloc, f"{describe_failure(exc).partition(': ')[0]}: robots.txt did not answer"
            )
        super()._robots_error(exc, netloc)

    def _note(self, netloc: str, what: str) -> None:
        """Remember why a host is left alone, and say so."""
        why = f"{what}, so that nothing may be fetched (RFC 9309)"
        self._unreachable[netloc] = why
        logger.warning("%s: %s; the next run tries again", netloc, why)
