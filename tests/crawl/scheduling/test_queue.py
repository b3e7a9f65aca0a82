"""The crawl's queue: a registered domain's share of it, its end by max_pages, and how much of it waits in memory."""

import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import pytest
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostnameResolver, IHostResolution
from zope.interface import implementer

from tests.crawl.listening import Heard, Listener, Reply, front, listen, missing, moved, story
from tests.crawls import FAST, PATIENCE_SECONDS, crawl_words, our_lines, page_path, read_articles, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

STORIES = [f"/2026/03/24/the-old-ferry-sails-for-the-{number}th-time/" for number in range(30)]
HOSTS = 40


@implementer(IHostnameResolver)
class LoopbackResolver:
    """Scrapy's TWISTED_DNS_RESOLVER for tests: each name is 127.0.0.1."""

    def __init__(self, reactor: Any) -> None:
        """Install it on this reactor."""
        self._reactor = reactor

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
        """Answer."""
        receiver.resolutionBegan(self)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", port))
        receiver.resolutionComplete()
        return receiver  # type: ignore[no-any-return]  # as Scrapy's own resolver does


class TwoSites:
    """A good site, and one with many subdomains that answer nothing until the good one has been read."""

    def __init__(self) -> None:
        """Hang."""
        self.good: set[str] = set()
        self.is_read = threading.Event()
        self.lock = threading.Lock()
        self.hanging = 0
        self.most_hanging = 0

    def __call__(self, heard: Heard) -> Reply:
        """Answer by host."""
        if heard.host == "good.test":
            return self.answer_good(heard)
        if heard.host == "bad.test":
            port = heard.headers["host"].partition(":")[2]
            links = [f"http://n{number}.bad.test:{port}{path}" for number in range(HOSTS) for path in STORIES[:3]]
            return front(links) if heard.path == "/" else missing()
        return self.hang()

    def answer_good(self, heard: Heard) -> Reply:
        """Answer for the good site, and note which of its stories were asked for."""
        if heard.path not in STORIES:
            return front(STORIES) if heard.path == "/" else missing()
        with self.lock:
            self.good.add(heard.path)
        if len(self.good) == len(STORIES):
            self.is_read.set()
        return story(heard.path)

    def hang(self) -> Reply:
        """Wait until the good site has been read."""
        with self.lock:
            self.hanging += 1
            self.most_hanging = max(self.most_hanging, self.hanging)
        self.is_read.wait(PATIENCE_SECONDS)
        with self.lock:
            self.hanging -= 1
        return missing()


def test_site_with_many_subdomains_that_hang_has_two_connections_and_leaves_places_to_others(tmp_path: Path) -> None:
    """Nothing times out here: with all places taken, the good site would not be read before the crawl is killed."""
    sites = TwoSites()
    with listen(sites) as server:
        settings = {
            **FAST,
            "NEWSSPIDER_WORKERS": 1,
            "RETRY_TIMES": 0,
            "DOWNLOAD_TIMEOUT": 2 * PATIENCE_SECONDS,
            "NEWSSPIDER_ALLOW_PORTS": server.server_port,
            "TWISTED_DNS_RESOLVER": "tests.crawl.scheduling.test_queue.LoopbackResolver",
        }
        urls = " ".join(f"http://{name}.test:{server.server_port}/" for name in ("bad", "good"))
        run_scrapy(crawl_words(settings, urls=urls), tmp_path / "news.db")
    assert sites.good == set(STORIES)
    assert 1 <= sites.most_hanging <= 2


def paper(heard: Heard) -> Reply:
    """Serve a front page and its stories; the first of them has moved."""
    if heard.path == "/":
        return front(STORIES)
    if heard.path == STORIES[0]:
        return moved("/2026/03/25/where-the-old-ferry-sails-now/")
    return story(heard.path) if "ferry" in heard.path else missing()


def crawl(server: Listener, database: Path, settings: dict[str, object], **arguments: object) -> Finished:
    words = crawl_words({**FAST, "NEWSSPIDER_WORKERS": 1, **settings}, url=f"{server.address}/", **arguments)
    return run_scrapy(words, database)


def stories(server: Listener) -> list[str]:
    """Return the stories that a server was asked for."""
    return [path for path in server.paths() if path in STORIES]


def test_crawl_ends_at_max_pages_with_what_was_counted_and_says_what_is_left(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with listen(paper) as server:
        first = crawl(server, database, {}, max_pages=6)
        asked = stories(server)
        assert len(asked) == 5
        assert "/2026/03/25/where-the-old-ferry-sails-now/" in server.paths()  # the page had been counted
        assert "'finish_reason': 'max_pages'" in first.stderr
        left = int(re.findall(r"max_pages is reached: (\d+) addresses left", first.stderr)[0])
        assert our_lines(first)[-1].endswith(f"; {left} addresses not fetched (max_pages) (exit code 0)")
        crawl(server, database, {})
    assert sorted(stories(server)) == sorted(STORIES)
    assert {page_path(record) for record in read_articles(database)} >= set(STORIES[1:])


def test_job_keeps_what_max_pages_left(tmp_path: Path) -> None:
    job = {"JOBDIR": tmp_path / "job", "NEWSSPIDER_STORE": 0}
    with listen(paper) as server:
        crawl(server, tmp_path / "news.db", job, max_pages=6)
        assert len(stories(server)) == 5
        crawl(server, tmp_path / "news.db", job)
    missed = set(STORIES) - set(stories(server))
    assert len(missed) <= 4  # that had left the queue when the limit was reached
    assert len(stories(server)) == len(set(stories(server)))


def test_page_that_fails_at_first_is_tried_again_though_max_pages_is_reached(tmp_path: Path) -> None:
    tries = []

    def site(heard: Heard) -> Reply:
        if heard.path != "/":
            return missing()
        tries.append(heard.path)
        return Reply("", 503) if len(tries) == 1 else front(STORIES)

    with listen(site) as server:
        done = crawl(server, tmp_path / "news.db", {}, max_pages=1)
    assert len(tries) == 2
    assert stories(server) == []
    assert int(re.findall(r"max_pages is reached: (\d+) addresses left", done.stderr)[0]) >= len(STORIES)


def test_queue_in_memory_is_bounded_and_the_rest_is_left_for_the_next_run(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with listen(paper) as server:
        first = crawl(server, database, {"NEWSSPIDER_MAX_QUEUE": 20, "CONCURRENT_REQUESTS": 1})
        refused = int(re.findall(r"'newsspider/refused/queue': (\d+)", first.stderr)[0])
        assert "too many addresses wait: the next run asks for the others" in first.stderr
        assert refused > 0
        assert 0 < len(stories(server)) < len(STORIES)
        crawl(server, database, {})
    assert sorted(stories(server)) == sorted(STORIES)
