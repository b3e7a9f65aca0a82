"""Many small newspapers on addresses of the loopback network (127.x.y.z), and the log of who asked which of them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from threading import Event, Thread
from time import monotonic

WORDS = [f"{first}{second}" for first in "bcdfghklmnprstvw" for second in ("allow", "erry", "ister", "onder", "umber")]
WORDS_A_SENTENCE, SENTENCES, PARAGRAPHS = 14, 3, 6
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Asked:
    """A request: to which site, by whom, when."""

    site: str
    path: str
    agent: str
    at: float


@dataclass
class ManySites:
    """Newspapers with a front page and some articles each.

    Attributes:
        sites: their addresses.
        articles: how many each has.
        asked: the requests, in their order.
        hang: sites and paths that are never answered.
    """

    sites: list[str]
    articles: int
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    hang: set[tuple[str, str]] = field(default_factory=set)

    @property
    def urls(self) -> list[str]:
        """The front pages."""
        return [f"http://{site}:{self.port}/" for site in self.sites]

    def article_urls(self) -> list[str]:
        """The addresses of all articles, sorted."""
        return sorted(f"{url}{path_of(number)[1:]}" for url in self.urls for number in range(self.articles))

    def asked_of(self, site: str, agent: str) -> bool:
        """Whether somebody has asked a site for its front page."""
        return any((each.site, each.path, each.agent) == (site, "/", agent) for each in tuple(self.asked))

    def agents_by_site(self) -> dict[str, list[tuple[str, float, float]]]:
        """Return for each site who asked it in a row, with the times of the first and the last request.

        A worker that is stopped may have a request on its way, which arrives when it wakes: that one is left out.
        """
        told = {}
        for site in self.sites:
            rows = _without_late([each for each in tuple(self.asked) if each.site == site])
            spans = []
            for agent, some in groupby(rows, key=lambda each: each.agent):
                times = [each.at for each in some]
                spans.append((agent, times[0], times[-1]))
            told[site] = spans
        return told

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection."""
        site = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split()[1]
                agent = next((line[12:] for line in lines if line.lower().startswith("user-agent: ")), "")
                self.asked.append(Asked(site, path, agent, monotonic()))
                if (site, path) in self.hang:
                    await asyncio.sleep(3600)
                writer.write(self._page(site, path))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _page(self, site: str, path: str) -> bytes:
        """Return the whole answer to a request."""
        paths = {path_of(number): number for number in range(self.articles)}
        if path == "/":
            items = "".join(f'<li><a href="{each}">{title_of(site, number)}</a></li>' for each, number in paths.items())
            body = f"<!DOCTYPE html><html lang=en><title>{site}</title><h1>News</h1><ul>{items}</ul></html>"
        elif path in paths:
            body = article(site, paths[path])
        else:
            return NOT_FOUND
        content = body.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
        return head.encode() + content


def _without_late(rows: list[Asked]) -> list[Asked]:
    """Leave out the first request of a worker that comes after another worker's."""
    kept: list[Asked] = []
    late: set[str] = set()
    for each in rows:
        is_back = kept and kept[-1].agent != each.agent and any(other.agent == each.agent for other in kept)
        if is_back and each.agent not in late:
            late.add(each.agent)
        else:
            kept.append(each)
    return kept


def path_of(number: int) -> str:
    """Return the path of an article."""
    return f"/2026/03/24/the-ferry-sails-again-{number}"


def title_of(site: str, number: int) -> str:
    """Return the headline of an article."""
    return f"The {' '.join(Random(f'{site} {number}').choices(WORDS, k=5))} sails again"


def article(site: str, number: int) -> str:
    """Return an article's page; no two have the same text."""
    random = Random(f"text {site} {number}")

    def sentence() -> str:
        return " ".join(random.choices(WORDS, k=WORDS_A_SENTENCE)).capitalize() + ", they said."

    paragraphs = [" ".join(sentence() for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
    return (
        f'<!DOCTYPE html><html lang=en><head><title>{title_of(site, number)}</title><meta property="og:type" '
        f'content="article"><meta property="article:published_time" content="2026-03-24T08:0{number % 10}:00+00:00">'
        f"</head><body><nav><a href=/>News</a></nav><article><h1>{title_of(site, number)}</h1>"
        f"{''.join(f'<p>{each}</p>' for each in paragraphs)}</article></body></html>"
    )


def addresses(number: int, network: int = 77) -> list[str]:
    """Return so many addresses of the loopback network."""
    return [f"127.{network}.{place // 250}.{place % 250 + 1}" for place in range(number)]


@contextmanager
def serving(sites: ManySites) -> Iterator[ManySites]:
    """Serve the sites from a thread of its own for as long as the block runs, all at one port."""
    ready, loop = Event(), asyncio.new_event_loop()
    servers: list[asyncio.Server] = []

    async def start() -> None:
        first = await asyncio.start_server(sites.answer, sites.sites[0], sites.port, backlog=64)
        sites.port = first.sockets[0].getsockname()[1]
        servers.append(first)
        if sites.sites[1:]:
            servers.append(await asyncio.start_server(sites.answer, sites.sites[1:], sites.port, backlog=64))
        ready.set()

    async def stop() -> None:
        for server in servers:
            server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.01)  # for the event loop to let go of the connections
        loop.stop()

    def run() -> None:
        task = loop.create_task(start())
        loop.run_forever()
        task.result()

    thread = Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield sites
    finally:
        asyncio.run_coroutine_threadsafe(stop(), loop)
        thread.join()
        loop.close()
