"""The download handler, which makes every connection of a crawl, with the guard."""

from functools import partial
from typing import Any

from scrapy import Request
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from newsspider.crawl.guard.connections import (
    BoundedFactory,
    HeadersTooLarge,
    SelectiveVerification,
)
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.policy import origin_of
from newsspider.crawl.guard.resolver import GuardedResolver

MIB = 1 << 20


class GuardedHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP handler that resolves, connects and reads within the crawl's policy."""

    def __init__(self, crawler: Crawler) -> None:
        """Build it with the crawl's guard.

        Raises:
            NotConfigured: the guard is off; nothing is fetched without it.
        """
        super().__init__(crawler)
        self._guard = Guard.of(crawler)
        self._resolver: GuardedResolver | None = None
        self._max_header_bytes = crawler.settings.getint("NEWSSPIDER_MAX_HEADER_BYTES")
        self._pool._factory = partial(BoundedFactory, self._max_header_bytes)  # type: ignore[assignment]

        if unverified := self._guard.policy.unverified_hosts:
            trusting = _ScrapyClientContextFactory.from_crawler(crawler)
            trusting._verify_certificates = False
            self._contextFactory = SelectiveVerification(self._contextFactory, trusting, unverified)  # type: ignore[assignment]

    async def download_request(self, request: Request) -> Response:
        """Return the response.

        Raises:
            RefusedRequest: the address is forbidden, or the response is over a limit.
        """
        proxy = request.meta.get("proxy")
        if proxy and not self._guard.policy.trusts_proxy:
            why = (
                "what it connects to can't be checked here: if it refuses private addresses itself,"
            )
            raise self._guard.refusals.refuse(
                "proxy", f"the proxy {proxy} is set; {why} set NEWSSPIDER_TRUST_PROXY=1"
            )

        if proxy:
            self._guard.policy.proxies.add(origin_of(proxy)[0])

        # A host is resolved before the call below first waits, so that this crawl's resolver is the
        # one that is asked even if the process runs several crawls.
        resolver = self._install_resolver()
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            host = (
                urlparse_cached(request).hostname
                if not proxy
                else urlparse_cached(Request(proxy)).hostname
            )
            if why_not := resolver.take_refusal(host or ""):
                raise self._guard.refusals.refuse("private_address", why_not) from None
            raise
        except DownloadCancelledError as error:  # the handler cancels for one reason
            limit = request.meta.get("download_maxsize", self._default_maxsize)
            raise self._guard.refusals.refuse(
                "size", f"larger than {limit / MIB:g} MiB (DOWNLOAD_MAXSIZE)"
            ) from error
        except DownloadFailedError as error:
            if _is_of_headers(error.__cause__):
                limit = self._max_header_bytes
                raise self._guard.refusals.refuse(
                    "headers", f"headers of more than {limit} bytes (NEWSSPIDER_MAX_HEADER_BYTES)"
                ) from None
            raise

    def _install_resolver(self) -> GuardedResolver:
        """Make the reactor resolve by this crawl's policy, with whatever resolver it had before."""
        from twisted.internet import reactor  # importing it chooses it, which is Scrapy's to do

        plugged: Any = reactor
        current = plugged.nameResolver

        if self._resolver is None or current is not self._resolver:
            inner = current.inner if isinstance(current, GuardedResolver) else current
            self._resolver = GuardedResolver(inner, self._guard.policy.why_refuse_address)
            plugged.installNameResolver(self._resolver)

        return self._resolver


def _is_of_headers(error: BaseException | None) -> bool:
    """Whether Twisted's error says that headers grew too large."""
    return any(failure.check(HeadersTooLarge) for failure in getattr(error, "reasons", ()))
