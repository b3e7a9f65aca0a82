"""robots.txt for requests that are made before it has come."""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred


class WaitingRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's, but all requests that wait for a host's robots.txt obey it.

    In Scrapy 2.19 they share one Deferred, which gives the rules to the first of them only: the others are told that
    there are none.
    """

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the host's rules, None where it has none."""
        rules = await super().robot_parser(request)
        known = self._parsers.get(urlparse_cached(request).netloc)
        return rules if known is None or isinstance(known, Deferred) else known
