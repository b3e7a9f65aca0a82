"""Names looked up by the system's resolver, so that none that hangs holds up the names of others."""

import socket
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Any, cast

from scrapy.resolver import CachingThreadedResolver, dnscache
from twisted.internet import defer
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from newsspider.domains import site_of_host

MOST_OF_A_SITE = (
    2  # look-ups of one registered domain at the same time: as many as it gets connections
)
MOST = 256  # in all; each is a thread that waits


class SystemResolver(CachingThreadedResolver):
    """Scrapy's resolver (TWISTED_DNS_RESOLVER), but each look-up has a thread of its own.

    The system's resolver knows what its administrator set up (hosts files, search domains, a VPN's servers), which DNS
    libraries don't, and nothing ends a call to it: a name whose server does not answer keeps its thread for as long as
    the system tries. Ten such names take the ten threads that Scrapy has for all sites. Here the thread is left to
    itself when DNS_TIMEOUT is over, and counts against its own registered domain until it comes back.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        """Look up nothing yet."""
        super().__init__(reactor, cache_size, timeout)
        self._running: Counter[str] = Counter()  # threads, by registered domain
        self._waiting: deque[tuple[str, Deferred[str]]] = deque()

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """Return the IPv4 address of a name; DNSLookupError where it has none, or none came within DNS_TIMEOUT."""
        if name in dnscache:
            return succeed(dnscache[name])

        found: Deferred[str] = Deferred()
        found.addTimeout(self.timeout, cast("Any", self.reactor))
        found.addErrback(_as_lookup_error, name)
        if dnscache.limit:
            found.addCallback(self._cache_result, name)

        self._waiting.append((name, found))
        self._start()
        return found

    def _start(self) -> None:
        """Start what waits and has a place."""
        for _ in range(len(self._waiting)):
            name, found = self._waiting.popleft()
            if found.called:  # its time is over
                continue

            site = site_of_host(name)
            if self._running[site] < MOST_OF_A_SITE and self._running.total() < MOST:
                self._running[site] += 1
                Thread(target=self._look_up, args=(name, site, found), daemon=True).start()
            else:
                self._waiting.append((name, found))

    def _look_up(self, name: str, site: str, found: Deferred[str]) -> None:
        """Ask the system, in a thread."""
        try:
            answer: str | Failure = socket.gethostbyname(name)
        except (OSError, UnicodeError) as error:  # the second: a label that is empty or too long
            answer = Failure(DNSLookupError(f"{name}: {error}"))
        with suppress(RuntimeError):  # the crawl has ended
            self.reactor.callFromThread(self._end, site, found, answer)

    def _end(self, site: str, found: Deferred[str], answer: str | Failure) -> None:
        """Hand on an answer that is still waited for, and its place."""
        self._running[site] -= 1
        self._running += Counter()  # without the sites that have none
        if not found.called:
            found.callback(answer)
        self._start()


def _as_lookup_error(failure: Failure, name: str) -> Failure:
    """Return the error of a look-up whose time is over as other failed look-ups have it."""
    if failure.check(defer.TimeoutError):
        return Failure(DNSLookupError(f"{name}: no answer in time"))
    return failure
