"""The policy: which addresses a request may name and reach, as the settings say it; no network here."""

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
KINDS_OF_SEEDS = frozenset({"a loopback address", "a private address"})  # that a seed may be itself

Origin = tuple[str, int]  # host and port; the scheme may change by a redirect


@dataclass(frozen=True)
class Policy:
    """What a request may reach beside public hosts at the usual ports.

    Attributes:
        networks: addresses that are allowed though they are not public, at any port.
        ports: allowed everywhere.
        longest_url: characters.
        trusts_proxy: whether requests may go through a proxy, which then has to refuse private addresses itself.
        unverified_hosts: whose certificates are not verified.
        named: origins that the user named as seeds, filled as they are asked for.
        proxies: hosts of proxies that the user named and trusts, filled likewise.
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
        """Whether the user has given the guard on addresses up."""
        return set(self.networks) >= EVERYTHING

    def why_refuse_url(self, url: str, begun_at: str) -> tuple[str, str] | None:
        """Return (reason, text) where a request may not name this address, else None.

        Args:
            url: what is to be fetched.
            begun_at: the seed that led to it, or the first address of its redirects: what the user named as a seed
                may be reached from itself, and not by anybody else's link or redirect.
        """
        if len(url) > self.longest_url:
            return (
                "url_length",
                f"an address of {len(url)} characters (URLLENGTH_LIMIT is {self.longest_url})",
            )

        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS:
            return "scheme", f"{parts.scheme}: addresses are not fetched"
        if "@" in parts.netloc:
            return (
                "credentials",
                f"{without_credentials(url)} came with a user name, which is not sent",
            )

        host, port = origin = origin_of(url)
        named = origin_of(begun_at) in self.named and _is_same_host(origin, origin_of(begun_at))
        address = read_address(host)
        if address and (why := self._why_not(host, address, named=named)):
            return "private_address", why
        if port not in self.ports and not named and not (address and self._is_in_networks(address)):
            return (
                "port",
                f"port {port} of {host}: allow it with -s NEWSSPIDER_ALLOW_PORTS=80,443,{port}",
            )
        return None

    def why_refuse_address(self, host: str, address: Address) -> str | None:
        """Return why a host may not be connected to at this address, else None.

        A proxy that is an address itself may be: requests to that address are another thing, and `why_refuse_url`
        judges them.
        """
        if host in self.proxies and _is_literal(host, address):
            return None
        return self._why_not(host, address, named=any(host == named for named, _ in self.named))

    def _why_not(self, host: str, address: Address, *, named: bool) -> str | None:
        """Return why a host that the user did or did not name may not be reached at this address, else None.

        Naming a seed allows the address that it is itself, or localhost. A name may resolve to whatever its owner
        likes, and no seed is meant to be a cloud's metadata service.
        """
        kind = why_not_public(address)
        if kind is None or self._is_in_networks(address):
            return None
        if named and kind in KINDS_OF_SEEDS and _is_literal(host, address):
            return None

        what = f"{host} is" if read_address(host) else f"{host} resolves to {address},"
        return f"{what} {kind}: allow it with -s NEWSSPIDER_ALLOW_PRIVATE={address}"

    def _is_in_networks(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def origin_of(url: str) -> Origin:
    """Return the host and port of an address, the scheme's own port where it gives none.

    >>> origin_of("https://Herald.example/a"), origin_of("http://[::1]:8000/")
    (('herald.example', 443), ('::1', 8000))
    """
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    except ValueError:  # no port, or half an IPv6 address
        return "", 0


def _is_same_host(origin: Origin, named: Origin) -> bool:
    """Whether an origin is the named one; a site may redirect between http and https."""
    return origin == named or (
        origin[0] == named[0] and {origin[1], named[1]} <= set(DEFAULT_PORTS.values())
    )


def _is_literal(host: str, address: Address) -> bool:
    """Whether a host is this address itself, or the machine's own name for itself."""
    return read_address(host) == address or (host == "localhost" and address.is_loopback)


def read_policy(settings: BaseSettings) -> Policy:
    """Return the policy that settings ask for.

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
    """Return ports.

    Raises:
        UsageError: one is none.
    """
    words = [str(value).strip() for value in values]
    if wrong := next(
        (word for word in words if not (word.isdecimal() and 0 < int(word) <= LARGEST_PORT)), None
    ):
        raise UsageError(
            f"NEWSSPIDER_ALLOW_PORTS={wrong}: not a port number (expected numbers from 1 to {LARGEST_PORT})"
        )
    return frozenset(map(int, words))
