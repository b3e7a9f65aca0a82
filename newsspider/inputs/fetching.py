"""Pages from the network, fetched as a crawl does it, with robots.txt and delays."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from queue import SimpleQueue
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Thread
from typing import IO, Any

from newsspider.clock import utc_now
from newsspider.pages.raw_page import RawPage

# Addresses for one process, which takes a second to start and holds back what nobody takes yet
FETCHED_TOGETHER = 200
FIRST_ERROR_STATUS = 400


def fetch_pages(urls: Sequence[str]) -> list[RawPage]:
    """Return the pages of addresses in order; a page that was not fetched has a problem."""
    fetched = {page.source: page for page in iter_fetched(urls)}
    return [fetched[url] for url in urls]


def iter_fetched(urls: Iterable[str]) -> Iterator[RawPage]:
    """Yield the page of each address as it arrives, with the address as its source.

    A separate process fetches FETCHED_TOGETHER addresses: a process can run a reactor only once.
    """
    left = iter(urls)
    while together := list(dict.fromkeys(islice(left, FETCHED_TOGETHER))):
        yield from _iter_together(together)


def _iter_together(urls: Sequence[str]) -> Iterator[RawPage]:
    """Yield the pages of as many addresses as one process fetches."""
    environment = {**os.environ, "SCRAPY_SETTINGS_MODULE": "newsspider.settings"}
    command = [sys.executable, "-m", "scrapy", "page", *urls]
    unanswered = dict.fromkeys(urls)

    with (
        TemporaryFile() as errors,
        Popen(command, stdout=PIPE, stderr=errors, env=environment) as process,
    ):
        assert process.stdout

        try:
            for line in _iter_lines(process.stdout):
                answer = json.loads(line)
                unanswered.pop(answer["asked"], None)
                yield _page_of(answer)
        finally:
            process.kill()  # it has ended, unless the caller stopped early

        errors.seek(0)
        why = errors.read().decode("utf-8", "replace").strip().rpartition("\n")[2]

    for url in unanswered:
        yield _page_of({"asked": url, "problem": why or "no answer"})


def _iter_lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield a stream's lines, read as they arrive: waiting for its reader costs a process time."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in stream:
            lines.put(line)
        lines.put(b"")

    Thread(target=read, daemon=True).start()

    while line := lines.get():
        yield line


def _page_of(answer: dict[str, Any]) -> RawPage:
    """Return the page for an answer of `scrapy page`."""
    asked, problem, now = answer["asked"], answer.get("problem"), utc_now()
    body = bytes.fromhex(answer.get("body", ""))

    if problem is None and not body and answer["status"] >= FIRST_ERROR_STATUS:
        problem = f"HTTP {answer['status']}"

    if problem is not None:
        return RawPage(body=b"", url=asked, source=asked, fetched_at=now, problem=problem)

    return RawPage(
        body=body,
        url=answer["url"],
        source=asked,
        status=answer["status"],
        headers=answer["headers"],
        fetched_at=now,
        cut=answer["cut"],
    )
