"""Connections under guard: response headers of bounded size, certificates verified but for the hosts that are named.

These are subclasses of Scrapy's own private parts, as there is no setting for either; pyproject.toml holds Scrapy below
the next minor version, and the tests fail when one is gone.
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


class HeadersTooLarge(Exception):  # noqa: N818  # it is caught where it becomes a refusal
    """A response's headers did not end in time."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """Scrapy's HTTP connection, closed when a response's headers, those of 1xx answers included, grow too large."""

    def __init__(self, when_quiescent: Callable[..., None], max_header_bytes: int) -> None:
        """Take so many bytes before a body begins, to within one read of the socket (64 KiB)."""
        super().__init__(when_quiescent)  # type: ignore[no-untyped-call]
        self._max_header_bytes = max_header_bytes
        self._header_bytes = 0

    def request(self, request: Any) -> Any:
        """Send a request and count anew."""
        self._header_bytes = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        """Count what comes before the body."""
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
        """Give them this bound."""
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._max_header_bytes = max_header_bytes

    def buildProtocol(self, _: IAddress | None) -> BoundedProtocol:  # noqa: N802  # Twisted's name
        """Return a new connection."""
        return BoundedProtocol(self._quiescentCallback, self._max_header_bytes)


@implementer(IPolicyForHTTPS)
class SelectiveVerification:
    """Certificates verified, but for some hosts and sites."""

    def __init__(self, verifying: Any, trusting: Any, unverified: frozenset[str]) -> None:
        """Use the second for the hosts and registered domains that are named, the first for all others."""
        self._verifying = verifying
        self._trusting = trusting
        self._unverified = unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802  # Twisted's name
        """Return what makes a TLS connection to a host."""
        host = hostname.decode("ascii").lower()
        named = {host, site_of_host(host)} & self._unverified
        return (self._trusting if named else self._verifying).creatorForNetloc(hostname, port)
