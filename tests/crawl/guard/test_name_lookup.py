"""Names that hang: they keep their own registered domain's places, and nobody else's."""

import socket
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from scrapy.resolver import dnscache
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError
from twisted.internet.task import Clock

from newsspider.crawl.guard.name_lookup import MOST, MOST_OF_A_SITE, SystemResolver

PATIENCE_SECONDS = 60


class Reactor(Clock):
    """A clock, and calls from threads that wait until they are made."""

    def __init__(self) -> None:
        """Begin without calls."""
        super().__init__()
        self.from_threads: list[Any] = []
        self.came = threading.Condition()

    def callFromThread(self, *call: Any) -> None:  # noqa: N802  # Twisted's name
        with self.came:
            self.from_threads.append(call)
            self.came.notify_all()

    def take_call(self) -> None:
        """Make the next call, once it has come."""
        with self.came:
            assert self.came.wait_for(lambda: self.from_threads, PATIENCE_SECONDS)
            function, *arguments = self.from_threads.pop(0)
        function(*arguments)


class Names:
    """What stands in for the system: names of slow sites hang until they are let go."""

    def __init__(self) -> None:
        """Hang."""
        self.let_go = threading.Event()
        self.asked: list[str] = []

    def look_up(self, name: str) -> str:
        self.asked.append(name)
        if name.endswith("slow.example"):
            self.let_go.wait(PATIENCE_SECONDS)
        if name.startswith("missing"):
            raise socket.gaierror("Name or service not known")
        return "192.0.2.7"


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    names = Names()
    monkeypatch.setattr(socket, "gethostbyname", names.look_up)
    dnscache.clear()
    yield names
    names.let_go.set()
    dnscache.clear()


@pytest.fixture
def reactor() -> Reactor:
    return Reactor()


@pytest.fixture
def resolver(reactor: Reactor) -> SystemResolver:
    return SystemResolver(reactor, 100, 20.0)  # type: ignore[arg-type]  # as much of a reactor as it needs


def result_of(found: "Deferred[str]") -> list[object]:
    """Return what came, as a list that is empty while nothing has."""
    came: list[object] = []
    found.addBoth(came.append)
    return came


def test_name_is_looked_up_once_and_then_known(resolver: SystemResolver, reactor: Reactor, names: Names) -> None:
    came = result_of(resolver.getHostByName("herald.example"))
    reactor.take_call()
    assert came == result_of(resolver.getHostByName("herald.example")) == ["192.0.2.7"]
    assert names.asked == ["herald.example"]


def test_name_that_is_none_is_a_failed_lookup(resolver: SystemResolver, reactor: Reactor, names: Names) -> None:
    came: Any = result_of(resolver.getHostByName("missing.herald.example"))
    reactor.take_call()
    assert came[0].check(DNSLookupError)


def test_names_of_a_domain_that_hang_hold_up_no_other(resolver: SystemResolver, reactor: Reactor, names: Names) -> None:
    slow = [result_of(resolver.getHostByName(f"n{number}.slow.example")) for number in range(120)]
    good = result_of(resolver.getHostByName("herald.example"))
    reactor.take_call()
    assert good == ["192.0.2.7"]
    assert len([name for name in names.asked if "slow" in name]) <= MOST_OF_A_SITE
    assert not any(slow)


def test_lookup_whose_time_is_over_fails_and_its_thread_counts_against_its_domain_only(
    resolver: SystemResolver, reactor: Reactor, names: Names
) -> None:
    first: list[Any] = [result_of(resolver.getHostByName(f"n{number}.slow.example")) for number in range(4)]
    reactor.advance(20)
    assert all(came[0].check(DNSLookupError) for came in first)
    later = result_of(resolver.getHostByName("later.slow.example"))
    names.let_go.set()
    for _ in range(MOST_OF_A_SITE + 1):  # the two threads that were left to themselves, then the later name's
        reactor.take_call()
    assert later == ["192.0.2.7"]
    assert Counter(names.asked) == Counter({"n0.slow.example": 1, "n1.slow.example": 1, "later.slow.example": 1})


def test_so_many_threads_and_no_more(resolver: SystemResolver, reactor: Reactor, names: Names) -> None:
    for number in range(MOST):
        resolver.getHostByName(f"n{number}.{number}slow.example").addErrback(lambda _: None)
    good = result_of(resolver.getHostByName("herald.example"))
    names.let_go.set()
    for _ in range(MOST + 1):
        reactor.take_call()
    assert good == ["192.0.2.7"]
    assert names.asked[-1] == "herald.example"


def test_answer_that_comes_after_the_crawl_is_nobodys(
    resolver: SystemResolver, reactor: Reactor, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in the thread would be a warning, and fail this test."""
    came = threading.Event()

    def closed(*_: object) -> None:
        came.set()
        raise RuntimeError("Event loop is closed")

    monkeypatch.setattr(reactor, "callFromThread", closed)
    resolver.getHostByName("herald.example").addErrback(lambda _: None)
    assert came.wait(PATIENCE_SECONDS)
