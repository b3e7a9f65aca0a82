"""Connections are bounded in their headers, and verified but for hosts that are named."""

import pytest

from newsspider.crawl.guard.connections import SelectiveVerification


class Connecting:
    """Notes what connects to which hosts."""

    def __init__(self) -> None:
        """Have connected to none."""
        self.hosts: list[bytes] = []

    def creatorForNetloc(self, hostname: bytes, port: int) -> str:  # noqa: N802  # Twisted's name
        self.hosts.append(hostname)
        return "a connection"


@pytest.mark.parametrize(
    ("host", "verified"),
    [
        (b"old.herald.example", False),
        (b"OLD.Herald.example", False),
        (b"herald.example", True),
        (b"www.news.example", False),
    ],
)
def test_certificates_are_verified_but_for_hosts_and_sites_that_are_named(host: bytes, verified: bool) -> None:
    verifying, trusting = Connecting(), Connecting()
    policy = SelectiveVerification(verifying, trusting, frozenset({"old.herald.example", "news.example"}))
    assert policy.creatorForNetloc(host, 443) == "a connection"
    assert (verifying.hosts, trusting.hosts) == (([host], []) if verified else ([], [host]))
