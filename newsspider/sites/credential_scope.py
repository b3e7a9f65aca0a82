"""The origins that get the headers and cookies of a site's profile.

Headers and cookies may be credentials, which must not be sent elsewhere.
"""

from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

from newsspider.domains import site_of_host

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Scope:
    """The origins that get a profile's headers and cookies.

    Attributes:
        scheme: the scheme of the profile's `url`; https stays https, http may become https.
        host: the only host, unless `subdomains`.
        port: the only port.
        subdomains: whether all hosts of the registered domain are included.
    """

    scheme: str
    host: str
    port: int
    subdomains: bool = False

    @classmethod
    def of(cls, url: str, *, subdomains: bool) -> Self:
        """Return the scope of a profile with this address."""
        parts = urlsplit(url)
        return cls(parts.scheme, parts.hostname or "", port_of(parts), subdomains)

    @property
    def origin(self) -> str:
        """The origin as a person writes it."""
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    def covers(self, url: str) -> bool:
        """Whether a request to this address gets the headers and cookies.

        >>> scope = Scope.of("https://herald.example/", subdomains=False)
        >>> scope.covers("https://herald.example/a"), scope.covers("http://herald.example/a")
        (True, False)
        >>> scope.covers("https://news.herald.example/"), scope.covers("https://herald.example:8443/")
        (False, False)
        """
        parts = urlsplit(url)
        return self._covers_host(parts.hostname or "") and self._covers_port(
            parts.scheme, port_of(parts)
        )

    def _covers_host(self, host: str) -> bool:
        if self.subdomains:
            return site_of_host(host) == site_of_host(self.host)
        return host == self.host

    def _covers_port(self, scheme: str, port: int) -> bool:
        """Whether scheme and port are included: a site may have moved from http to https."""
        if scheme == self.scheme or self.scheme == "http":
            return port == self.port or (scheme, port, self.port) == ("https", 443, 80)
        return False


def port_of(parts: SplitResult) -> int:
    """Return the port of an address, its scheme's default port, or 0 if it can't be read."""
    try:
        return parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:
        return 0


def is_same_origin(one: str, other: str) -> bool:
    """Whether two addresses have the same scheme, host and port.

    >>> is_same_origin("https://herald.example/a", "https://herald.example:443/b")
    True
    """
    first, second = urlsplit(one), urlsplit(other)
    same_host = (first.scheme, first.hostname) == (second.scheme, second.hostname)
    return same_host and port_of(first) == port_of(second)
