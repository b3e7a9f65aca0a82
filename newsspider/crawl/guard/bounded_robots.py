"""robots.txt of any size: read up to limits, parsed in a thread, and obeyed as far as it was read."""

from dataclasses import dataclass
from typing import Self

from protego._protego import (  # as it reads them: one that is read otherwise here would not be counted
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
# An address is compared with every rule that has a wildcard, each character of the rule with the whole address at
# worst: so many make 10 ms for an address of 2,000 characters. Large shops have a tenth.
MAX_WILDCARD_CHARS = 64 * 1024
MAX_GROUPED_RULES = 50_000  # a rule counts for each robot whose group it stands in; 500 KiB of plain rules are 30,000
MAX_SITEMAPS = 2_000  # as of an index


def cut_robots(body: bytes, limit: int) -> bytes:
    r"""Return the whole lines of the first bytes.

    >>> cut_robots(b"User-agent: *\nDisallow: /private/\n", 20)
    b'User-agent: *\n'
    """
    return body if len(body) <= limit else body[: body.rfind(b"\n", 0, limit) + 1]


def bound_rules(text: str) -> tuple[str, bool]:
    r"""Return the lines of a robots.txt that are read, and whether those are all.

    Reading ends where the rules would cost too much; sitemaps beyond the limit are passed over.

    >>> bound_rules("User-agent: *  # all\nDisallow: /a")
    ('User-agent: *\nDisallow: /a', True)
    """
    kept: list[str] = []
    cost = _Cost()
    for line in (line.partition("#")[0].strip() for line in text.splitlines()):
        directive = _extract_directive(line) if line else None
        if directive is None:
            continue
        cost.count(*directive)
        if cost.is_too_much:
            return "\n".join(kept), False
        if cost.sitemaps <= MAX_SITEMAPS or directive[0] not in _SITEMAP_DIRECTIVE:
            kept.append(line)

    return "\n".join(kept), cost.sitemaps <= MAX_SITEMAPS


@dataclass
class _Cost:
    """What the lines of a robots.txt cost so far.

    Attributes:
        agents: robots of the present group.
        has_rules: whether the group has any: the next robot then begins another.
    """

    agents: int = 0
    has_rules: bool = False
    grouped_rules: int = 0
    wildcard_chars: int = 0
    sitemaps: int = 0

    @property
    def is_too_much(self) -> bool:
        """Whether reading ends."""
        return self.grouped_rules > MAX_GROUPED_RULES or self.wildcard_chars > MAX_WILDCARD_CHARS

    def count(self, field: str, value: str) -> None:
        """Count a line."""
        if field in _USER_AGENT_DIRECTIVE:
            is_two = "*" in value and value != "*"  # Protego takes "news*" for news, too
            self.agents = (0 if self.has_rules else self.agents) + 1 + is_two
            self.has_rules = False
        elif field in _SITEMAP_DIRECTIVE:
            self.sitemaps += 1
        elif field not in _SITE_WIDE_DIRECTIVES:
            self.has_rules = True
            self.grouped_rules += self.agents
            self.wildcard_chars += len(value) if "*" in value or "$" in value else 0


class BoundedRobots(ProtegoRobotParser):
    """Scrapy's parser of robots.txt (ROBOTSTXT_PARSER), given what is read of it: more would hold up the loop.

    Its groups are found by the agent's product token.
    """

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        """Read a robots.txt."""
        text, self._tokens = name_by_token(decode_robotstxt(robotstxt_body, spider))
        super().__init__(text.encode(), spider)

    @classmethod
    def from_crawler(cls, crawler: Crawler, robotstxt_body: bytes) -> Self:
        """Build it from a robots.txt; a large one takes a second, in which the event loop must not wait."""
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
        crawler.signals.connect(
            self.request_reached_downloader, signal=signals.request_reached_downloader
        )
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
