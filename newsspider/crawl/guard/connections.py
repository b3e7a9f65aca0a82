"""The guard on connections: limited response headers, and certificates that are verified with few exceptions.

These are subclasses of private parts of Scrapy, since there is no setting for either.
pyproject.toml keeps Scrapy below the next minor version, and the tests fail if a part is gone.
"""

from collections.abc import Callable
from typing import Any, cast

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import BODY
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer

from newsspider.domains import site_of_host


class HeadersTooLarge(Exception):  # noqa: N818  # the handler turns it into a refusal
    """The headers of a response are too large."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP connection, closed if the headers of a response, 1xx included, are too large."""

    def __init__(self, when_quiescent: Callable[..., None], max_header_bytes: int) -> None:
        """Set the limit before a body begins, to within one read of the socket (64 KiB)."""
        super().__init__(when_quiescent)  # type: ignore[no-untyped-call]
        self._max_header_bytes = max_header_bytes
        self._header_bytes = 0

    def request(self, request: Any) -> Any:
        """Send a request and reset the count."""
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        """Count the bytes before the body."""
        if self._parser is not None and self._parser.state != BODY:
            if self._header_bytes > self._max_header_bytes:
                self._giveUp(Failure(HeadersTooLarge()))  # type: ignore[no-untyped-call]
                cast("Any", self.transport).abortConnection()
                return
            self._header_bytes += len(data)

        super().dataReceived(data)  # type: ignore[no-untyped-call]


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Builds bounded connections."""

    def __init__(self, max_header_bytes: int, *arguments: Any) -> None:
        """Set the limit of all connections."""
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._max_header_bytes = max_header_bytes

    def buildProtocol(self, _: IAddress | None) -> BoundedProtocol:  # noqa: N802  # Twisted's name
        """Return a new connection."""
        return BoundedProtocol(self._quiescentCallback, self._max_header_bytes)


@implementer(IPolicyForHTTPS)
class SelectiveVerification:
    """Verifies certificates, except for some hosts and sites."""

    def __init__(self, verifying: Any, trusting: Any, unverified: frozenset[str]) -> None:
        """Use `trusting` for unverified hosts and registered domains, `verifying` for all others."""
        self._verifying = verifying
        self._trusting = trusting
        self._unverified = unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802  # Twisted's name
        """Return the maker of TLS connections to a host."""
        host = hostname.decode("ascii").lower()
        named = {host, site_of_host(host)} & self._unverified
        return (self._trusting if named else self._verifying).creatorForNetloc(hostname, port)
