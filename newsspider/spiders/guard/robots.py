"""robots.txt of any size: read up to a limit, and obeyed as far as it was read."""

from typing import Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, decode_robotstxt
from scrapy.utils.python import to_unicode

from newsspider.spiders.guard.agents import choose_group, name_by_token
from newsspider.spiders.guard.extension import Guard

READ_SO_FAR = "newsspider_robots_bytes"  # the request's meta


def cut_robots(body: bytes, limit: int) -> bytes:
    r"""Return the whole lines of the first bytes.

    >>> cut_robots(b"User-agent: *\nDisallow: /private/\n", 20)
    b'User-agent: *\n'
    """
    return body if len(body) <= limit else body[: body.rfind(b"\n", 0, limit) + 1]


class BoundedRobots(ProtegoRobotParser):
    """Scrapy's parser of robots.txt (ROBOTSTXT_PARSER), given its beginning: a large one would hold up the loop.

    Its groups are found by the agent's product token.
    """

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        """Read a robots.txt."""
        text, self._tokens = name_by_token(decode_robotstxt(robotstxt_body, spider))
        super().__init__(text.encode(), spider)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Build it from a robots.txt."""
        limit = crawler.settings.getint("NEWSSPIDER_MAX_ROBOTS_BYTES")
        if len(robotstxt_body) > limit:
            Guard.of(crawler).refusals.refuse("robots_size", f"a robots.txt of more than {limit} bytes")
        return cls(cut_robots(robotstxt_body, limit), crawler.spider)

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Whether an agent may fetch an address."""
        return super().allowed(url, self._group_of(user_agent))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """Return the seconds that an agent is asked to wait between requests."""
        return super().crawl_delay(self._group_of(user_agent))

    def _group_of(self, user_agent: str | bytes) -> str:
        """Return the name of an agent's group."""
        return choose_group(to_unicode(user_agent, errors="replace"), self._tokens)


class RobotsDownload:
    """Scrapy extension: stops the download of a robots.txt when enough of it came."""

    def __init__(self, crawler: Crawler) -> None:
        """Listen to what comes."""
        self._limit = crawler.settings.getint("NEWSSPIDER_MAX_ROBOTS_BYTES")
        crawler.signals.connect(self.request_reached_downloader, signal=signals.request_reached_downloader)
        crawler.signals.connect(self.bytes_received, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def request_reached_downloader(self, request: Request) -> None:
        """Lift the limit for pages, by which a file that says it is larger would not be read at all."""
        if _is_robots(request):
            request.meta["download_maxsize"] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Count a robots.txt's bytes.

        Raises:
            StopDownload: there are enough; the response is made of them.
        """
        if _is_robots(request):
            request.meta[READ_SO_FAR] = request.meta.get(READ_SO_FAR, 0) + len(data)
            if request.meta[READ_SO_FAR] > self._limit:
                raise StopDownload(fail=False)


def _is_robots(request: Request) -> bool:
    """Whether this is one of Scrapy's own requests for a robots.txt."""
    return bool(request.meta.get("dont_obey_robotstxt")) and request.callback is NO_CALLBACK
