"""A server that must not be connected to, and a resolver that leads there on the second look."""

import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import Any, Self

from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

TRAP_HOST = "127.0.6.1"  # what the tests' policy calls private, beside the loopback addresses that it allows
# Name → the addresses that it resolves to, look by look; the last one stays.
ZONE: dict[str, tuple[tuple[str, ...], ...]] = {
    "herald.test": (("127.0.0.1",),),
    "rebinding.herald.test": (("127.0.0.1",), (TRAP_HOST,)),
    "both.herald.test": (("127.0.0.1", TRAP_HOST),),
    "inside.herald.test": ((TRAP_HOST,),),
    "metadata.herald.test": (("169.254.169.254",),),
}


class Trap:
    """Counts the connections that it accepts.

    Attributes:
        port: where it listens.
        connections: how many came.
    """

    def __init__(self) -> None:
        """Listen."""
        self._socket = socket.create_server((TRAP_HOST, 0))
        self.port: int = self._socket.getsockname()[1]
        self.connections = 0

    def accept(self) -> None:
        """Accept until it is closed."""
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n<title>pilchard</title>")
            connection.close()

    def close(self) -> None:
        """Stop."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@contextmanager
def running(work: Callable[[], None], stop: Callable[[], None]) -> Iterator[None]:
    """Do what another thread does until it is stopped, while the block runs."""
    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop()
        thread.join()


@contextmanager
def set_trap() -> Iterator[Trap]:
    """Listen while the block runs."""
    trap = Trap()
    with running(trap.accept, trap.close):
        yield trap


@implementer(IHostnameResolver)
class ZoneResolver:
    """Scrapy's TWISTED_DNS_RESOLVER for tests: knows the names of ZONE and no others, and keeps nothing."""

    def __init__(self, reactor: Any) -> None:
        """Install it on this reactor."""
        self._reactor = reactor
        self._looks: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Self:
        """Build it."""
        return cls(reactor)

    def install_on_reactor(self) -> None:
        """Make the reactor ask it."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  # Twisted's name
        self, receiver: Any, host: str, port: int = 0, types: Sequence[Any] | None = None, semantics: str = "TCP"
    ) -> IHostResolution:
        """Answer from the zone; an address is its own."""
        looks = ZONE.get(host, ((host,),) if host[-1].isdigit() else ((),))
        receiver.resolutionBegan(self)
        for address in looks[min(self._looks[host], len(looks) - 1)]:
            receiver.addressResolved(IPv4Address("TCP", address, port))
        self._looks[host] += 1
        receiver.resolutionComplete()
        return receiver  # type: ignore[no-any-return]  # as Scrapy's own resolver does
