"""The guard on requests: each URL is checked before the request costs anything."""

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.guarded_handler import GuardedHandler
from newsspider.crawl.guard.policy import origin_of, read_policy
from newsspider.crawl.request_context import context_of
from newsspider.crawl.visits.describing import asked_for
from newsspider.errors import UsageError

SCHEMES = ("http", "https")


def check_settings(settings: BaseSettings) -> None:
    """Check that the guard works with the settings.

    Raises:
        UsageError: a value is invalid; or another client would fetch pages and resolve names
            itself, so that private addresses can't be refused.
    """
    policy = read_policy(settings)
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    for named in filter(None, (handlers.get(scheme) for scheme in SCHEMES)):
        if not (issubclass(load_object(named), GuardedHandler) or policy.allows_everything):
            raise UsageError(
                f"DOWNLOAD_HANDLERS: {named} resolves names by itself, so that private addresses can't be refused;"
                " to allow them all set NEWSSPIDER_ALLOW_PRIVATE=0.0.0.0/0,::/0"
                " (pages that need a browser: render = true in their site's profile)"
            )


class GuardMiddleware:
    """Downloader middleware: refuses requests for forbidden URLs, also for robots.txt and redirects."""

    def __init__(self, guard: Guard) -> None:
        """Check requests with this guard."""
        self._guard = guard

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it with the crawl's guard.

        Raises:
            UsageError: the guard can't work with the settings.
        """
        check_settings(crawler.settings)
        return cls(Guard.of(crawler))

    def process_request(self, request: Request) -> None:
        """Pass an allowed request.

        Raises:
            RefusedRequest: the URL is forbidden.
        """
        context = context_of(request)
        if context:
            self._guard.policy.named.add(origin_of(context.seed))
        begun_at = context.seed if context else asked_for(request)
        if refusal := self._guard.policy.why_refuse_url(request.url, begun_at):
            raise self._guard.refusals.refuse(*refusal)
