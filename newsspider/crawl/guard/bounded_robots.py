"""robots.txt of any size: read up to limits, parsed in a thread, and obeyed as far as it was read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from protego._protego import (  # the same functions, so that lines are counted as Protego reads them
    _SITE_WIDE_DIRECTIVES,
    _SITEMAP_DIRECTIVE,
    _USER_AGENT_DIRECTIVE,
    _extract_directive,
)
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, decode_robotstxt
from scrapy.utils.python import to_unicode

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.robots_groups import choose_group, name_by_token

READ_SO_FAR = "newsspider_robots_bytes"  # the request's meta
# A URL is compared with every rule that has a wildcard; at worst each character of the rule with
# the whole URL. This many take 10 ms for a URL of 2,000 characters. Large shops have a tenth.
MAX_WILDCARD_CHARS = 64 * 1024
# A rule counts once for each robot in its group; 500 KiB of plain rules are 30,000.
MAX_GROUPED_RULES = 50_000
MAX_SITEMAPS = 2_000  # as of an index


def cut_robots(body: bytes, limit: int) -> bytes:
    r"""Return the complete lines within the first bytes.

    >>> cut_robots(b"User-agent: *\nDisallow: /private/\n", 20)
    b'User-agent: *\n'
    """
    return body if len(body) <= limit else body[: body.rfind(b"\n", 0, limit) + 1]


def bound_rules(text: str) -> tuple[str, bool]:
    r"""Return the lines of a robots.txt that are used, and whether these are all.

    It stops when the rules cost too much, and skips sitemaps beyond the limit.

    >>> bound_rules("User-agent: *  # all\nDisallow: /a")
    ('User-agent: *\nDisallow: /a', True)
    """
    kept: list[str] = []
    cost = _Cost()

    for line, field, value in _iter_directives(text):
        cost.count(field, value)
        if cost.is_too_much:
            return "\n".join(kept), False
        if cost.sitemaps <= MAX_SITEMAPS or field not in _SITEMAP_DIRECTIVE:
            kept.append(line)

    return "\n".join(kept), cost.sitemaps <= MAX_SITEMAPS


def _iter_directives(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the lines with directives, without comments, and the name and value of each."""
    for line in text.splitlines():
        code = line.partition("#")[0].strip()
        directive = _extract_directive(code) if code else None
        if directive:
            yield code, *directive


@dataclass
class _Cost:
    """The cost of the lines of a robots.txt so far.

    Attributes:
        agents: robots in the current group.
        has_rules: whether the group has rules; then the next robot begins another group.
    """

    agents: int = 0
    has_rules: bool = False
    grouped_rules: int = 0
    wildcard_chars: int = 0
    sitemaps: int = 0

    @property
    def is_too_much(self) -> bool:
        """Whether the cost is over a limit."""
        return self.grouped_rules > MAX_GROUPED_RULES or self.wildcard_chars > MAX_WILDCARD_CHARS

    def count(self, field: str, value: str) -> None:
        """Count a line."""
        if field in _USER_AGENT_DIRECTIVE:
            self._count_agent(value)
        elif field in _SITEMAP_DIRECTIVE:
            self.sitemaps += 1
        elif field not in _SITE_WIDE_DIRECTIVES:
            self.has_rules = True
            self.grouped_rules += self.agents
            if "*" in value or "$" in value:
                self.wildcard_chars += len(value)

    def _count_agent(self, value: str) -> None:
        """Count a robot, which belongs to the current group or begins another."""
        if self.has_rules:
            self.agents = 0
            self.has_rules = False
        is_two = "*" in value and value != "*"  # Protego takes "news*" for news, too
        self.agents += 1 + is_two


class BoundedRobots(ProtegoRobotParser):
    """Scrapy's parser of robots.txt (ROBOTSTXT_PARSER), within limits, so that it can't block the event loop.

    Groups are chosen by the product token of the agent.
    """

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        """Read a robots.txt."""
        text, self._tokens = name_by_token(decode_robotstxt(robotstxt_body, spider))
        super().__init__(text.encode(), spider)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Build it from a robots.txt. A large one takes a second, so call this in a thread."""
        limit = crawler.settings.getint("NEWSSPIDER_MAX_ROBOTS_BYTES")
        refuse = Guard.of(crawler).refusals.refuse
        if len(robotstxt_body) > limit:
            refuse("robots_size", f"a robots.txt of more than {limit} bytes")

        text, is_whole = bound_rules(
            decode_robotstxt(cut_robots(robotstxt_body, limit), crawler.spider)
        )
        if not is_whole:
            refuse("robots_rules", "a robots.txt of more rules than are compared")

        return cls(text.encode(), crawler.spider)

    def allowed(self, url: str | bytes, user_agent: str | bytes) -> bool:
        """Whether an agent may fetch a URL."""
        return super().allowed(url, self._group_of(user_agent))

    def crawl_delay(self, user_agent: str | bytes) -> float | None:
        """Return the Crawl-delay of an agent in seconds."""
        return super().crawl_delay(self._group_of(user_agent))

    def _group_of(self, user_agent: str | bytes) -> str:
        """Return the group of an agent."""
        return choose_group(to_unicode(user_agent, errors="replace"), self._tokens)


class RobotsDownload:
    """Scrapy extension: stops the download of a robots.txt at the size limit."""

    def __init__(self, crawler: Crawler) -> None:
        """Listen to downloads."""
        self._limit = crawler.settings.getint("NEWSSPIDER_MAX_ROBOTS_BYTES")
        crawler.signals.connect(
            self.request_reached_downloader, signal=signals.request_reached_downloader
        )
        crawler.signals.connect(self.bytes_received, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def request_reached_downloader(self, request: Request) -> None:
        """Disable the size limit of pages, which would refuse a large file before its first byte."""
        if _is_robots(request):
            request.meta["download_maxsize"] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Count the bytes of a robots.txt.

        Raises:
            StopDownload: the limit is reached; the response has the bytes so far.
        """
        if _is_robots(request):
            request.meta[READ_SO_FAR] = request.meta.get(READ_SO_FAR, 0) + len(data)
            if request.meta[READ_SO_FAR] > self._limit:
                raise StopDownload(fail=False)


def _is_robots(request: Request) -> bool:
    """Whether this is one of Scrapy's own requests for a robots.txt."""
    return bool(request.meta.get("dont_obey_robotstxt")) and request.callback is NO_CALLBACK
