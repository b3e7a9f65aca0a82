"""Many small newspapers on addresses of the loopback network, served by a process of its own.

Each has a front page that links to its articles. No two articles have the same text.
"""

import asyncio
import signal
import sys
from time import time

from newsspider.workshop.bench.store_rate import invented_record

ARTICLE = "/2026/03/24/{}-of-the-day.html"
SITES_A_NETWORK = 250
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def paper_addresses(number: int, network: int) -> list[str]:
    """Return so many addresses of the loopback network.

    >>> paper_addresses(2, 81)
    ['127.81.0.1', '127.81.0.2']
    """
    places = (divmod(place, SITES_A_NETWORK) for place in range(number))
    return [f"127.{network}.{high}.{low + 1}" for high, low in places]


class Papers:
    """The newspapers, and the times of their first and last request."""

    def __init__(self, sites: list[str], articles: int) -> None:
        """Have these addresses with so many articles each."""
        self.sites = sites
        self.articles = articles
        self.first = 0.0
        self.last = 0.0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of a connection."""
        site: str = writer.get_extra_info("sockname")[0]
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.last = time()
                self.first = self.first or self.last
                writer.write(self._response(site, head.split(b" ", 2)[1].decode()))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _response(self, site: str, path: str) -> bytes:
        """Return the response to a request."""
        if path == "/":
            page = self._front_page(site)
        elif number := _number_of(path):
            page = _article(site, number)
        else:
            return NOT_FOUND
        body = page.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def _front_page(self, site: str) -> str:
        numbers = range(1, self.articles + 1)
        links = (
            f'<li><a href="{ARTICLE.format(each)}">{_title(site, each)}</a>' for each in numbers
        )
        return f"<!DOCTYPE html><html lang=en><title>{site}</title><h1>News</h1><ul>{''.join(links)}</ul>"


def _number_of(path: str) -> int:
    """Return the number of an article by its path; 0 for another path."""
    before, after = ARTICLE.split("{}")
    number = path.removeprefix(before).removesuffix(after)
    return int(number) if number.isdigit() else 0


def _seed(site: str, number: int) -> int:
    """Return a number that no other article has."""
    return int.from_bytes(bytes(map(int, site.split(".")))) * 1_000 + number


def _title(site: str, number: int) -> str:
    return invented_record(_seed(site, number)).title or ""


def _article(site: str, number: int) -> str:
    """Return an article's page."""
    record = invented_record(_seed(site, number))
    paragraphs = "".join(
        f"<p>{text.capitalize()}.</p>" for text in (record.body or "").split("\n\n")
    )
    return (
        f'<!DOCTYPE html><html lang=en><head><title>{record.title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{record.published}"></head>'
        f"<body><nav><a href=/>News</a></nav><article><h1>{record.title}</h1>{paragraphs}</article></body></html>"
    )


async def serve(papers: Papers) -> None:
    """Serve until SIGTERM; the first line on standard output is the port, the last one the two times."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    first = await asyncio.start_server(papers.answer, papers.sites[0], 0)
    port = first.sockets[0].getsockname()[1]
    others = papers.sites[1:]
    servers = [
        first,
        *([await asyncio.start_server(papers.answer, others, port)] if others else []),
    ]
    _say(str(port))
    await ended.wait()
    _say(f"{papers.first} {papers.last}")
    for server in servers:
        server.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    wanted, articles, network = map(int, sys.argv[1:])
    asyncio.run(serve(Papers(paper_addresses(wanted, network), articles)))
