"""Name look-ups by the system's resolver, in threads, so that one that hangs delays no other."""

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

MOST_OF_A_SITE = 2  # concurrent look-ups per registered domain, as many as its connections
MOST = 256  # concurrent look-ups in total; each is a thread


class SystemResolver(CachingThreadedResolver):
    """Scrapy's resolver (TWISTED_DNS_RESOLVER), but each look-up has a thread of its own.

    Unlike DNS libraries, the system's resolver uses the configuration of the machine (hosts files,
    search domains, servers of a VPN). But a call can't be cancelled: a name whose server doesn't
    answer blocks its thread. Ten such names would block the ten threads that Scrapy has for all
    sites. Here, a look-up fails after DNS_TIMEOUT, and its thread counts against its own registered
    domain until it returns.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        """Start without look-ups."""
        super().__init__(reactor, cache_size, timeout)
        self._running: Counter[str] = Counter()  # threads, by registered domain
        self._waiting: deque[tuple[str, Deferred[str]]] = deque()

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  # Twisted's name
        """Return the IPv4 address of a name; DNSLookupError if there is none within DNS_TIMEOUT."""
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
        """Start the waiting look-ups that are within the limits."""
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
        """Call the system's resolver, in a thread."""
        try:
            answer: str | Failure = socket.gethostbyname(name)
        except (OSError, UnicodeError) as error:  # the second: a label that is empty or too long
            answer = Failure(DNSLookupError(f"{name}: {error}"))
        with suppress(RuntimeError):  # the crawl has ended
            self.reactor.callFromThread(self._end, site, found, answer)

    def _end(self, site: str, found: Deferred[str], answer: str | Failure) -> None:
        """Return the answer, unless it is too late, and start the next look-ups."""
        self._running[site] -= 1
        self._running += Counter()  # drops sites without look-ups
        if not found.called:
            found.callback(answer)
        self._start()


def _as_lookup_error(failure: Failure, name: str) -> Failure:
    """Return a timeout as the error of other failed look-ups."""
    if failure.check(defer.TimeoutError):
        return Failure(DNSLookupError(f"{name}: no answer in time"))
    return failure
