"""Who may ask: the names that the server goes by, the pages that may write, the token; and headers of all answers."""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsspider.errors import UsageError
from newsspider.serving.responses import refuse, wants_page

COOKIE = "newsspider_token"
LOGIN_PATH = "/login"
OPEN_PATHS = frozenset({LOGIN_PATH, "/health"})  # without token
MIN_TOKEN_CHARS = 16  # a token that can be guessed protects nothing
READING = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_PAGES = frozenset(
    {"same-origin", "none"}
)  # Sec-Fetch-Site: a page of ours, or the person's own doing
LOCAL_NAME = "localhost"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True)
class Access:
    """Who may ask.

    Attributes:
        names: host names under which the server may be asked, besides IP addresses.
        token: that everyone must know; None lets everyone in.
    """

    names: frozenset[str]
    token: str | None = None

    def knows_host(self, host: str | None) -> bool:
        """Whether a Host header names this server.

        A page elsewhere can make a browser ask this server under a name of its own (DNS rebinding), never under an IP
        address.
        """
        name = host_name(host)
        return name is not None and (is_address(name) or name in self.names)

    def is_token(self, given: str) -> bool:
        """Whether this is the token; the time of the comparison says nothing about it."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    @property
    def cookie(self) -> str:
        """The cookie of a person who has given the token; the token can't be read from it."""
        return hmac.new((self.token or "").encode(), COOKIE.encode(), hashlib.sha256).hexdigest()

    def lets_in(self, headers: Headers) -> bool:
        """Whether a request has the token, or the cookie of a person who has given it."""
        if self.token is None:
            return True
        scheme, _, given = headers.get("authorization", "").partition(" ")
        cookie = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        by_header = scheme.lower() == "bearer" and self.is_token(given.strip())
        return by_header or hmac.compare_digest(cookie.encode(), self.cookie.encode())


def choose_access(host: str, token: str | None, names: Iterable[str]) -> Access:
    """Return who may ask a server that listens on a host.

    Raises:
        UsageError: others than this machine can reach it without a token, or the token is too short.
    """
    if token is not None and len(token) < MIN_TOKEN_CHARS:
        raise UsageError(f"the token is too short: {MIN_TOKEN_CHARS} characters at least")
    if token is None and not is_loopback(host):
        raise UsageError(
            f"--host {host} lets other machines in: set a token with NEWSSPIDER_SERVE_TOKEN or --token"
        )
    own = {name.lower().rstrip(".") for name in (*names, host) if not is_address(name)}
    return Access(frozenset({LOCAL_NAME, *own}), token)


def is_address(name: str) -> bool:
    """Whether a host's name is an IP address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host."""
    return host == LOCAL_NAME or (is_address(host) and ipaddress.ip_address(host).is_loopback)


def host_name(host: str | None) -> str | None:
    """Return the name in a Host header, without port; None where there is none.

    >>> host_name("Localhost:8000"), host_name("[::1]:8000"), host_name("a b")
    ('localhost', '::1', None)
    """
    if not host or any(character.isspace() or character in "/@?#\\" for character in host):
        return None
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another server makes a browser send this request.

    Programs that are not browsers send none of these headers.
    """
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "none") not in SAME_PAGES


class Guard:
    """The outermost layer: refuses requests that may not be answered, and puts headers on all answers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        """Stand before an application."""
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        await (self._refusal(scope) or self._app)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """Return the answer to a request that may not go on; None where it may."""
        headers = Headers(scope=scope)
        if not self._access.knows_host(headers.get("host")):
            return refuse(
                headers, 421, "this server does not go by this name: start it with --name NAME"
            )
        if scope["method"] not in READING and is_foreign(headers):
            return refuse(headers, 403, "a page of another server may not send this")
        if scope["path"] in OPEN_PATHS or self._access.lets_in(headers):
            return None
        asked = quote(
            scope["path"]
            + ("?" + scope["query_string"].decode("latin-1") if scope["query_string"] else "")
        )
        goes_on = {"Location": f"{LOGIN_PATH}?next={asked}"}
        if wants_page(headers) and scope["method"] in READING:
            return refuse(headers, 303, "log in first", goes_on)
        return refuse(
            headers,
            401,
            "a token is needed: Authorization: Bearer TOKEN",
            {"WWW-Authenticate": "Bearer"},
        )


def _with_headers(send: Send) -> Send:
    """Return a function that sends an answer with the security headers that it doesn't set itself."""

    async def send_safely(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)

        await send(message)

    return send_safely
