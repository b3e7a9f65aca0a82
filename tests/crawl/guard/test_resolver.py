"""Addresses that may not be connected to are never handed on."""

from collections.abc import Sequence
from typing import Any

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IAddress

from newsspider.crawl.guard.networks import Address
from newsspider.crawl.guard.resolver import GuardedResolver

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.7"


class Resolver:
    """Resolves every name to some addresses."""

    def __init__(self, *found: str) -> None:
        """Find these."""
        self.found = found

    def resolveHostName(  # noqa: N802  # Twisted's name
        self, receiver: Any, name: str, port: int, types: Sequence[type[IAddress]] | None, transport: str
    ) -> Any:
        receiver.resolutionBegan("a resolution")
        for host in self.found:
            receiver.addressResolved(IPv4Address("TCP", host, port))
        receiver.resolutionComplete()
        return "a resolution"


class Receiver:
    """Notes what it is handed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.heard: list[str] = []

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self.heard.append("began")

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.heard.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.heard.append("complete")


def refuse_private(host: str, address: Address) -> str | None:
    return f"{host} resolves to {address}" if address.is_private else None


@pytest.mark.parametrize(
    ("found", "handed_on", "why"),
    [
        ((PUBLIC,), [PUBLIC], None),
        ((PRIVATE, PUBLIC), [PUBLIC], f"herald.example resolves to {PRIVATE}"),
        ((PRIVATE,), [], f"herald.example resolves to {PRIVATE}"),
        (("nowhere",), [], "herald.example resolves to nowhere, which is no address"),
    ],
)
def test_refused_addresses_are_kept_back_and_the_reason_can_be_taken_once(
    found: tuple[str, ...], handed_on: list[str], why: str | None
) -> None:
    resolver, receiver = GuardedResolver(Resolver(*found), refuse_private), Receiver()
    assert resolver.resolveHostName(receiver, "herald.example", 443) == "a resolution"
    assert receiver.heard == ["began", *handed_on, "complete"]
    assert resolver.take_refusal("herald.example") == why
    assert resolver.take_refusal("herald.example") is None
