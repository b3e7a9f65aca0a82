"""Which addresses are public: every sort of private one, and IPv4 written as IPv6."""

import pytest

from newsspider.crawl.guard.networks import read_address, read_networks, why_not_public
from newsspider.errors import UsageError


@pytest.mark.parametrize(
    ("host", "kind"),
    [
        ("0.0.0.0", "an unspecified address"),
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.254", "a loopback address"),
        ("10.0.0.1", "a private address"),
        ("172.16.0.1", "a private address"),
        ("192.168.1.1", "a private address"),
        ("169.254.169.254", "a link-local address"),
        ("100.64.0.1", "a reserved address"),  # shared by a provider's customers; Alibaba's metadata
        ("100.100.100.200", "a reserved address"),
        ("168.63.129.16", "a cloud's metadata address"),
        ("192.0.0.192", "a reserved address"),  # Oracle's metadata
        ("198.18.0.1", "a private address"),
        ("224.0.0.1", "a multicast address"),
        ("239.255.255.250", "a multicast address"),
        ("255.255.255.255", "a private address"),
        ("240.0.0.1", "a private address"),
        ("192.88.99.1", "a tunnel's address"),
        ("::", "an unspecified address"),
        ("::1", "a loopback address"),
        ("[::1]", "a loopback address"),
        ("fe80::1", "a link-local address"),
        ("fe80::1%eth0", "a link-local address"),
        ("fd00:ec2::254", "a private address"),  # Amazon's metadata
        ("fec0::1", "a private address"),
        ("ff02::1", "a multicast address"),
        ("::ffff:127.0.0.1", "a loopback address"),
        ("::ffff:a9fe:a9fe", "a link-local address"),
        ("64:ff9b::10.0.0.1", "a private address"),
        ("64:ff9b:1::10.0.0.1", "a tunnel's address"),
        ("2002:7f00:1::", "a tunnel's address"),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", "a tunnel's address"),
        ("::127.0.0.1", "a reserved address"),
        ("2001:db8::1", "a private address"),
        ("3fff::1", "a reserved address"),
        ("3fff:fff:ffff::1", "a reserved address"),
        ("5f00::1", "a reserved address"),
        ("2606:2800:21f::5efe:10.0.0.1", "a tunnel's address"),  # ISATAP
        ("2606:2800:21f::200:5efe:8.8.8.8", "a tunnel's address"),
    ],
)
def test_address_strangers_must_not_send_us_to(host: str, kind: str) -> None:
    address = read_address(host)
    assert address is not None
    assert why_not_public(address) == kind


PUBLIC = ["93.184.215.14", "8.8.8.8", "100.128.0.1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
PUBLIC += ["2606:2800:21f::1", "2606:2800:21f::5eff:1:1", "2c0f:1000::1"]


@pytest.mark.parametrize("host", PUBLIC)
def test_public_address_is_public(host: str) -> None:
    address = read_address(host)
    assert address is not None
    assert why_not_public(address) is None


@pytest.mark.parametrize("host", ["herald.example", "127.1", "0x7f000001", "2130706433", "0177.0.0.1", "localhost", ""])
def test_what_is_no_address_is_a_name_to_be_resolved(host: str) -> None:
    assert read_address(host) is None


def test_networks_are_read_with_and_without_length() -> None:
    networks = read_networks("NEWSSPIDER_ALLOW_PRIVATE", ["10.0.0.0/8", " 127.0.0.1 ", "fd00::/8", "10.1.2.3/8"])
    assert list(map(str, networks)) == ["10.0.0.0/8", "127.0.0.1/32", "fd00::/8", "10.0.0.0/8"]


@pytest.mark.parametrize("value", ["localhost", "10.0.0.0/33", "10.", "*"])
def test_what_is_no_network_is_refused_with_the_setting(value: str) -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_ALLOW_PRIVATE"):
        read_networks("NEWSSPIDER_ALLOW_PRIVATE", [value])
