"""What a page's scripts ask for, fetched by the crawl: within its policy, and so much of it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Mapping
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

CONNECTIONS = 6  # at the same time for a page, as browsers open to a host
MAX_HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
KEEPS_METHOD = frozenset({307, 308})
METHODS = frozenset({"GET", "HEAD"})  # to anybody
DATA_METHODS = METHODS | {"POST"}  # to the page's own site
DATA_KINDS = frozenset({"xhr", "fetch"})
KEPT_KINDS = frozenset({"script", "stylesheet"})  # the same on each page of a site
KEPT_BYTES = 32 * MIB
OF_THE_CONNECTION = frozenset(
    {"transfer-encoding", "connection", "keep-alive", "content-length", "content-encoding"}
)
# Of the document's own request; the browser says these itself where they belong.
OF_THE_DOCUMENT = frozenset(
    {"accept", "referer", "cookie", "if-none-match", "if-modified-since", "range"}
)
ABOUT_THE_BROWSER = (":", "sec-ch-")  # we say who we are in User-Agent
SECRETS = frozenset({"cookie", "authorization"})  # for the host that they were meant for
FROM_DOCUMENT = ("proxy", "download_timeout", "bindaddress")  # of its meta: how it is fetched
SAME_FOR_ALL = ("user-agent", "accept-encoding", "proxy-authorization")
REQUESTS_STAT = "newsspider/render/requests"
BYTES_STAT = "newsspider/render/bytes"

Download = Callable[[Request], Coroutine[Any, Any, Response]]


def headers_for_browser(response: Response) -> dict[str, str]:
    """Return a response's headers as the browser is given them: lower case, several cookies on a line each."""
    return {
        name: value
        for name, value in _as_text(response.headers).items()
        if name not in OF_THE_CONNECTION
    }


def _as_text(headers: Headers) -> dict[str, str]:
    """Return headers by their names in lower case."""
    return {
        name.decode("latin-1").lower(): (b"\n" if name == b"Set-Cookie" else b", ")
        .join(values)
        .decode("latin-1")
        for name, values in headers.items()
    }


class Scripts:
    """Scripts and styles that pages share, kept for the crawl: a site is asked for them once and not a page."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        """Keep so much, what was used last."""
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._left = most_bytes

    def get(self, asked: Asked) -> Answer | None:
        """Return what is kept."""
        if asked.kind not in KEPT_KINDS or asked.url not in self._kept:
            return None
        self._kept.move_to_end(asked.url)
        return self._kept[asked.url]

    def keep(self, asked: Asked, answer: Answer) -> None:
        """Keep an answer that may be kept, the oldest going for it."""
        if (
            asked.kind not in KEPT_KINDS
            or asked.method != "GET"
            or answer.status != 200
            or asked.url in self._kept
        ):
            return
        if "no-store" in answer.headers.get("cache-control", "").lower():
            return

        self._kept[asked.url] = answer
        self._left -= len(answer.body)
        while self._left < 0:
            _, oldest = self._kept.popitem(last=False)
            self._left += len(oldest.body)


class Fetching:
    """Fetches for one page.

    Attributes:
        brought_data: whether its scripts got data: then the document alone does not say what the page is.
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
        """Fetch as the document was fetched.

        Args:
            document: the page's request.
            download: the crawl's handler, which guards connections and answers.
            policy: which addresses may be asked for.
            refusals: where refusals are counted.
            unpacker: the crawl's.
            limits: how much.
            scripts: what other pages have fetched.
            stats: where requests and bytes are counted.
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
        """Return the answer, redirects followed.

        Raises:
            RefusedRequest: it may not be asked for, or it is too much.
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
        """Return the answer at the end of the redirects."""
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
        """Return one answer."""
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
        """Let a request go on.

        Raises:
            RefusedRequest: it may not.
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
        """Count an answer.

        Raises:
            RefusedRequest: the page's scripts have got enough.
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
        """Return a request's headers: the browser's, and to the page's own site those of the page's request."""
        document = _as_text(self._document.headers)
        headers = {
            name: value
            for name, value in asked.headers.items()
            if not name.startswith(ABOUT_THE_BROWSER)
        }
        if not is_same_origin(url, asked.url):
            headers = {name: value for name, value in headers.items() if name not in SECRETS}

        if site_of(url) == site_of(self._document.url):
            headers |= {
                name: value for name, value in document.items() if name not in self._kept_from(url)
            }

        if self._has_keys_for(url):
            cookies = [value for value in (document.get("cookie"), headers.get("cookie")) if value]
            headers |= {"cookie": "; ".join(cookies)} if cookies else {}

        return headers | {name: document[name] for name in SAME_FOR_ALL if name in document}

    def _kept_from(self, url: str) -> frozenset[str]:
        """Return the names of the page's headers that a request to an address of its site does not get."""
        if self._has_keys_for(url):
            return OF_THE_DOCUMENT

        applied = applied_to(self._document)
        return (
            OF_THE_DOCUMENT
            | SECRETS
            | {name.lower() for name in (applied.headers if applied else ())}
        )

    def _has_keys_for(self, url: str) -> bool:
        """Whether an address gets the headers and cookies that the site's profile gives the page."""
        applied = applied_to(self._document)
        if applied is None or is_same_origin(url, self._document.url):
            return is_same_origin(url, self._document.url)
        return applied.scope.covers(url)
