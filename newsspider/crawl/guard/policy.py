"""The policy: which addresses a request may name and reach, from the settings.

It uses no network.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from newsspider.crawl.guard.networks import (
    EVERYTHING,
    Address,
    Network,
    read_address,
    read_networks,
    why_not_public,
)
from newsspider.errors import UsageError
from newsspider.urls import without_credentials

DEFAULT_PORTS = {"http": 80, "https": 443}
LARGEST_PORT = 65535
KINDS_OF_SEEDS = frozenset({"a loopback address", "a private address"})  # a seed may be one itself

Origin = tuple[str, int]  # host and port; the scheme may change by a redirect


@dataclass(frozen=True)
class Policy:
    """The addresses that a request may reach, besides public hosts at the usual ports.

    Attributes:
        networks: private addresses that are allowed, at any port.
        ports: the ports that are allowed everywhere.
        longest_url: the longest URL, in characters.
        trusts_proxy: whether requests may use a proxy, which must refuse private addresses itself.
        unverified_hosts: hosts whose certificates are not verified.
        named: origins of the seeds, added when they are requested.
        proxies: hosts of trusted proxies, added in the same way.
    """

    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())
    longest_url: int = 2083
    trusts_proxy: bool = False
    unverified_hosts: frozenset[str] = frozenset()
    named: set[Origin] = field(default_factory=set)
    proxies: set[str] = field(default_factory=set)

    @property
    def allows_everything(self) -> bool:
        """Whether the settings allow all addresses."""
        return set(self.networks) >= EVERYTHING

    def why_refuse_url(self, url: str, begun_at: str) -> tuple[str, str] | None:
        """Return (reason, text) if a request may not name this URL, else None.

        Args:
            url: the URL of the request.
            begun_at: the seed that led to it, or the first URL of its redirects. A seed on a
                private address can be reached from itself, but not by a link or redirect from
                elsewhere.
        """
        return self._why_refuse_form(url) or self._why_refuse_origin(url, begun_at)

    def _why_refuse_form(self, url: str) -> tuple[str, str] | None:
        """Return (reason, text) if the form of a URL is not allowed, else None."""
        if len(url) > self.longest_url:
            text = f"an address of {len(url)} characters (URLLENGTH_LIMIT is {self.longest_url})"
            return "url_length", text

        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS:
            return "scheme", f"{parts.scheme}: addresses are not fetched"

        if "@" in parts.netloc:
            text = f"{without_credentials(url)} came with a user name, which is not sent"
            return "credentials", text

        return None

    def _why_refuse_origin(self, url: str, begun_at: str) -> tuple[str, str] | None:
        """Return (reason, text) if the host or port of a URL is not allowed, else None."""
        host, port = origin = origin_of(url)
        seed = origin_of(begun_at)
        named = seed in self.named and _is_same_host(origin, seed)
        allows_port = named or port in self.ports

        if address := read_address(host):
            if why := self._why_not(host, address, named=named):
                return "private_address", why
            allows_port = allows_port or self._is_in_networks(address)

        if allows_port:
            return None

        text = f"port {port} of {host}: allow it with -s NEWSSPIDER_ALLOW_PORTS=80,443,{port}"
        return "port", text

    def why_refuse_address(self, host: str, address: Address) -> str | None:
        """Return why a connection to a host at this address is not allowed, else None.

        A proxy that is an address itself is allowed. Requests to that address are judged by
        `why_refuse_url`.
        """
        if host in self.proxies and _is_literal(host, address):
            return None
        hosts = {host for host, _ in self.named}
        return self._why_not(host, address, named=host in hosts)

    def _why_not(self, host: str, address: Address, *, named: bool) -> str | None:
        """Return why a host may not be reached at this address, else None.

        A seed that is an address itself, or localhost, is allowed. The owner of a name can let it
        resolve to anything, and no seed is a cloud's metadata service.
        """
        kind = why_not_public(address)
        if kind is None or self._is_in_networks(address):
            return None

        is_seed = named and kind in KINDS_OF_SEEDS
        if is_seed and _is_literal(host, address):
            return None

        subject = f"{host} is" if read_address(host) else f"{host} resolves to {address},"
        return f"{subject} {kind}: allow it with -s NEWSSPIDER_ALLOW_PRIVATE={address}"

    def _is_in_networks(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def origin_of(url: str) -> Origin:
    """Return the host and port of a URL; the default port of the scheme if it has none.

    >>> origin_of("https://Herald.example/a"), origin_of("http://[::1]:8000/")
    (('herald.example', 443), ('::1', 8000))
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:  # an invalid port or IPv6 address
        return "", 0


def _is_same_host(origin: Origin, named: Origin) -> bool:
    """Whether an origin is the named one; a site may redirect between http and https."""
    if origin == named:
        return True
    has_default_ports = {origin[1], named[1]} <= set(DEFAULT_PORTS.values())
    return origin[0] == named[0] and has_default_ports


def _is_literal(host: str, address: Address) -> bool:
    """Whether a host is this address itself, or the machine's own name for itself."""
    return read_address(host) == address or (host == "localhost" and address.is_loopback)


def read_policy(settings: BaseSettings) -> Policy:
    """Return the policy in the settings.

    Raises:
        UsageError: one line that names the setting and the values it may have.
    """
    return Policy(
        networks=read_networks(
            "NEWSSPIDER_ALLOW_PRIVATE", settings.getlist("NEWSSPIDER_ALLOW_PRIVATE")
        ),
        ports=_read_ports(settings.getlist("NEWSSPIDER_ALLOW_PORTS")),
        longest_url=settings.getint("URLLENGTH_LIMIT"),
        trusts_proxy=settings.getbool("NEWSSPIDER_TRUST_PROXY"),
        unverified_hosts=frozenset(
            host.strip().lower() for host in settings.getlist("NEWSSPIDER_UNVERIFIED_TLS")
        ),
    )


def _read_ports(values: Iterable[str]) -> frozenset[int]:
    """Return port numbers.

    Raises:
        UsageError: a value is not a port number.
    """
    ports = set()
    for value in values:
        word = str(value).strip()
        if not word.isdecimal() or not 0 < int(word) <= LARGEST_PORT:
            expected = f"expected numbers from 1 to {LARGEST_PORT}"
            raise UsageError(f"NEWSSPIDER_ALLOW_PORTS={word}: not a port number ({expected})")
        ports.add(int(word))

    return frozenset(ports)
