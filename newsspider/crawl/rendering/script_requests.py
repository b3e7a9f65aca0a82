"""The requests of a page's scripts, which the crawl makes within its policy and limits."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Coroutine, Mapping
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Headers, Response
from scrapy.statscollectors import StatsCollector

from newsspider.crawl.guard.policy import Policy
from newsspider.crawl.guard.refusals import Refusals
from newsspider.crawl.guard.unpacker import Unpacker
from newsspider.crawl.politeness.site_settings import applied_to
from newsspider.crawl.rendering.render_limits import MIB, RenderLimits
from newsspider.crawl.request_context import context_of
from newsspider.rendering.exchange import Answer, Asked
from newsspider.sites.credential_scope import is_same_origin
from newsspider.urls import site_of

CONNECTIONS = 6  # concurrent requests per page, as many as browsers open per host
MAX_HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEPS_METHOD = frozenset({307, 308})
METHODS = frozenset({"GET", "HEAD"})  # to any site
DATA_METHODS = METHODS | {"POST"}  # to the page's own site
DATA_KINDS = frozenset({"xhr", "fetch"})
KEPT_KINDS = frozenset({"script", "stylesheet"})  # shared by the pages of a site
KEPT_BYTES = 32 * MIB
OF_THE_CONNECTION = frozenset(
    {"transfer-encoding", "connection", "keep-alive", "content-length", "content-encoding"}
)
# Headers of the document's own request; the browser sets them itself where they belong.
OF_THE_DOCUMENT = frozenset(
    {"accept", "referer", "cookie", "if-none-match", "if-modified-since", "range"}
)
ABOUT_THE_BROWSER = (":", "sec-ch-")  # User-Agent says who we are
SECRETS = frozenset({"cookie", "authorization"})  # only for their own host
FROM_DOCUMENT = ("proxy", "download_timeout", "bindaddress")  # of its meta: how it was fetched
SAME_FOR_ALL = ("user-agent", "accept-encoding", "proxy-authorization")
REQUESTS_STAT = "newsspider/render/requests"
BYTES_STAT = "newsspider/render/bytes"

Download = Callable[[Request], Coroutine[Any, Any, Response]]


def headers_for_browser(response: Response) -> dict[str, str]:
    """Return the headers of a response for the browser: in lower case, with one cookie per line."""
    return {
        name: value
        for name, value in _as_text(response.headers).items()
        if name not in OF_THE_CONNECTION
    }


def _as_text(headers: Headers) -> dict[str, str]:
    """Return headers by their names in lower case."""
    text = {}
    for name, values in headers.items():
        separator = b"\n" if name == b"Set-Cookie" else b", "
        text[name.decode("latin-1").lower()] = separator.join(values).decode("latin-1")
    return text


class Scripts:
    """Scripts and styles that pages share: they are fetched once per crawl, not once per page."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        """Keep this many bytes of the last used ones."""
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._left = most_bytes

    def get(self, asked: Asked) -> Answer | None:
        """Return the answer to a request; None if it is not kept."""
        if asked.kind not in KEPT_KINDS or asked.url not in self._kept:
            return None
        self._kept.move_to_end(asked.url)
        return self._kept[asked.url]

    def keep(self, asked: Asked, answer: Answer) -> None:
        """Keep an answer, if it is cacheable. The oldest ones are dropped for it."""
        if asked.url in self._kept or not _is_cacheable(asked, answer):
            return

        self._kept[asked.url] = answer
        self._left -= len(answer.body)
        while self._left < 0:
            _, oldest = self._kept.popitem(last=False)
            self._left += len(oldest.body)


def _is_cacheable(asked: Asked, answer: Answer) -> bool:
    """Whether other pages may get the same answer."""
    if asked.kind not in KEPT_KINDS or asked.method != "GET" or answer.status != 200:
        return False
    return "no-store" not in answer.headers.get("cache-control", "").lower()


class Fetching:
    """Makes the requests for the scripts of one page.

    Attributes:
        brought_data: whether its scripts got data; then the page can change while its document
            doesn't.
    """

    def __init__(
        self,
        document: Request,
        download: Download,
        *,
        policy: Policy,
        refusals: Refusals,
        unpacker: Unpacker,
        limits: RenderLimits,
        scripts: Scripts,
        stats: StatsCollector | None,
    ) -> None:
        """Make requests in the same way as for the document.

        Args:
            document: the request for the page.
            download: the download handler of the crawl, which guards connections and responses.
            policy: which addresses are allowed.
            refusals: counts refused requests.
            unpacker: unpacks the responses.
            limits: the number and size of requests.
            scripts: the scripts that other pages have fetched.
            stats: counts requests and bytes.
        """
        self.brought_data = False
        self._document = document
        self._download = download
        self._policy = policy
        self._refusals = refusals
        self._unpacker = unpacker
        self._limits = limits
        self._scripts = scripts
        self._stats = stats
        self._requests_left = limits.requests
        self._bytes_left = limits.mib * MIB
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def fetch(self, asked: Asked) -> Answer:
        """Return the answer to a request, after redirects.

        Raises:
            RefusedRequest: the request is not allowed, or over a limit.
        """
        if kept := self._scripts.get(asked):
            return kept

        async with self._room:
            answer = await self._follow(asked)

        self._scripts.keep(asked, answer)
        if asked.kind in DATA_KINDS and answer.status == 200 and answer.body:
            self.brought_data = True

        return answer

    async def _follow(self, asked: Asked) -> Answer:
        """Return the answer after the redirects."""
        method, url, body = asked.method, asked.url, asked.body
        for _ in range(MAX_HOPS):
            answer = await self._get(method, url, self._headers(asked, url), body)
            location = answer.headers.get("location")
            if answer.status not in REDIRECTS or not location:
                return answer
            url = urljoin(url, location)
            if answer.status not in KEEPS_METHOD and method != "HEAD":
                method, body = "GET", None

        raise self._refusals.refuse(
            "redirects", f"{asked.url}: a script's request redirected {MAX_HOPS} times"
        )

    async def _get(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> Answer:
        """Return the answer of one request."""
        self._check(method, url)
        self._requests_left -= 1
        meta = {
            name: self._document.meta[name] for name in FROM_DOCUMENT if name in self._document.meta
        }
        request = Request(
            url, method=method, headers=dict(headers), body=body, meta=meta, dont_filter=True
        )
        response = await self._download(request)
        unpacked = await self._unpacker.unpack(request, response, self._limits.max_bytes)
        self._count(len(unpacked.body))
        return Answer(response.status, headers_for_browser(response), unpacked.body)

    def _check(self, method: str, url: str) -> None:
        """Check that a request is allowed.

        Raises:
            RefusedRequest: it is not.
        """
        page = self._document.url
        own = site_of(url) == site_of(page)
        if method not in (DATA_METHODS if own else METHODS):
            raise self._refusals.refuse(
                "render_method", f"{page}: a script's {method} to {site_of(url)}"
            )

        context = context_of(self._document)
        if refusal := self._policy.why_refuse_url(url, context.seed if context else page):
            raise self._refusals.refuse(*refusal)

        if self._requests_left <= 0:
            most = self._limits.requests
            raise self._refusals.refuse(
                "render_requests", f"{page}: a script's request after {most} others"
            )

    def _count(self, size: int) -> None:
        """Count the bytes of an answer.

        Raises:
            RefusedRequest: the limit of the page is reached.
        """
        if self._stats:
            self._stats.inc_value(REQUESTS_STAT)
            self._stats.inc_value(BYTES_STAT, size)

        self._bytes_left -= size
        if self._bytes_left < 0:
            raise self._refusals.refuse(
                "render_size",
                f"{self._document.url}: its scripts fetched more than {self._limits.mib} MiB",
            )

    def _headers(self, asked: Asked, url: str) -> dict[str, str]:
        """Return the headers of a request: the browser's, and on the page's own site also the page's."""
        document = _as_text(self._document.headers)
        headers = {
            name: value
            for name, value in asked.headers.items()
            if not name.startswith(ABOUT_THE_BROWSER)
        }
        if not is_same_origin(url, asked.url):
            headers = _without(headers, SECRETS)

        if site_of(url) == site_of(self._document.url):
            headers |= _without(document, self._kept_from(url))

        if self._has_keys_for(url):
            headers |= _joined_cookies(document, headers)

        return headers | {name: document[name] for name in SAME_FOR_ALL if name in document}

    def _kept_from(self, url: str) -> frozenset[str]:
        """Return the names of the page's headers that a request to a URL of its site doesn't get."""
        if self._has_keys_for(url):
            return OF_THE_DOCUMENT

        applied = applied_to(self._document)
        names = applied.headers if applied else ()
        return OF_THE_DOCUMENT | SECRETS | set(map(str.lower, names))

    def _has_keys_for(self, url: str) -> bool:
        """Whether a URL gets the headers and cookies of the site's profile."""
        applied = applied_to(self._document)
        if applied is None or is_same_origin(url, self._document.url):
            return is_same_origin(url, self._document.url)
        return applied.scope.covers(url)


def _without(headers: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    """Return headers without some names."""
    return {name: value for name, value in headers.items() if name not in names}


def _joined_cookies(*headers: Mapping[str, str]) -> dict[str, str]:
    """Return one Cookie header with the cookies of several requests; empty if there are none."""
    cookies = [each["cookie"] for each in headers if each.get("cookie")]
    return {"cookie": "; ".join(cookies)} if cookies else {}
