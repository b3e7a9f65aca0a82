"""IP addresses: which are public, and which networks the user allows as well."""

import ipaddress
from collections.abc import Iterable

from newsspider.errors import UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

EVERYTHING = frozenset({ipaddress.ip_network("0.0.0.0/0"), ipaddress.ip_network("::/0")})
# Through these an IPv6-only network reaches the IPv4 address in the last 32 bits (RFC 6052, RFC
# 4291).
STAND_FOR_IPV4 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::ffff:0:0/96"))
LAST_32_BITS = 0xFFFFFFFF
# ISATAP (RFC 5214): below any prefix, an interface of this number tunnels to the IPv4 address in
# the last 32 bits.
ISATAP_INTERFACES = frozenset({0x00005EFE, 0x02005EFE})
# Networks that Python's own properties leave out, or call global.
# A cloud's metadata: Azure at 168.63.129.16, Oracle in 192.0.0.0/24; others are link-local or
# private. Tunnels: the relay of 6to4 (RFC 7526), 6to4, Teredo, a network's own translation (RFC
# 8215). Reserved: for protocols (RFC 6890), for documentation (RFC 9637), for segment routing (RFC
# 9602). fec0::/10 were IPv6's private addresses (RFC 3879).
NOT_PUBLIC: tuple[tuple[Network, str], ...] = (
    (ipaddress.ip_network("168.63.129.16/32"), "a cloud's metadata address"),
    (ipaddress.ip_network("192.0.0.0/24"), "a reserved address"),
    (ipaddress.ip_network("192.88.99.0/24"), "a tunnel's address"),
    (ipaddress.ip_network("2002::/16"), "a tunnel's address"),
    (ipaddress.ip_network("2001::/32"), "a tunnel's address"),
    (ipaddress.ip_network("64:ff9b:1::/48"), "a tunnel's address"),
    (ipaddress.ip_network("fec0::/10"), "a private address"),
    (ipaddress.ip_network("3fff::/20"), "a reserved address"),
    (ipaddress.ip_network("5f00::/16"), "a reserved address"),
)


def read_networks(setting: str, values: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that a setting lists, such as 10.0.0.0/8 or 127.0.0.1.

    Raises:
        UsageError: a value is not a network.
    """
    networks = []
    for value in values:
        try:
            networks.append(ipaddress.ip_network(str(value).strip(), strict=False))
        except ValueError as error:
            raise UsageError(
                f"{setting}={value}: not a network (expected 10.0.0.0/8, fd00::/8 or 127.0.0.1)"
            ) from error

    return tuple(networks)


def read_address(host: str) -> Address | None:
    """Return the IP address that a host is, without its zone; None for a name.

    >>> read_address("127.0.0.1"), read_address("::1"), read_address("herald.example")
    (IPv4Address('127.0.0.1'), IPv6Address('::1'), None)
    """
    try:
        address = ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None

    if any(address in network for network in STAND_FOR_IPV4):
        return ipaddress.IPv4Address(int(address) & LAST_32_BITS)
    return address


def why_not_public(address: Address) -> str | None:
    """Return the kind of an address that is not public; None for a public one.

    Args:
        address: from `read_address`, which has looked through IPv4 written as IPv6.

    >>> address = read_address("::ffff:169.254.169.254")
    >>> why_not_public(address) if address else None
    'a link-local address'
    """
    kinds = (
        ("an unspecified address", address.is_unspecified),
        ("a loopback address", address.is_loopback),
        ("a link-local address", address.is_link_local),
        ("a multicast address", address.is_multicast),
        *((kind, address in network) for network, kind in NOT_PUBLIC),
        ("a tunnel's address", _is_isatap(address)),
        ("a private address", address.is_private),
        ("a reserved address", address.is_reserved or not address.is_global),
    )
    return next((kind for kind, holds in kinds if holds), None)


def _is_isatap(address: Address) -> bool:
    """Whether an address belongs to an ISATAP tunnel, which can lead to any IPv4 address."""
    return address.version == 6 and (int(address) >> 32) & LAST_32_BITS in ISATAP_INTERFACES
