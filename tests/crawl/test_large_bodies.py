"""Large bodies are unpacked, hashed, compressed and read outside the event loop: it takes little processor time."""

import gzip
import os
import re
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

from newsspider.settings import DOWNLOAD_MAXSIZE
from tests.crawls import FAST, crawl_words, read_articles, read_quarantine, run_scrapy

pytestmark = pytest.mark.processes

# The event loop's thread is the main one; others compress, and other processes unpack and read.
PROGRAM = """
import atexit, sys, time
from scrapy.cmdline import execute
atexit.register(lambda: print(f"event loop: {time.thread_time()} s", file=sys.stderr))
execute(["scrapy", *sys.argv[1:]])
"""
ARTICLE = b"<html><body><article><h1>Ferry is back</h1><p>%s</p></article></body></html>" % (
    b"The ferry sails again from the old harbour, said the harbour master on Monday. " * 9
)
SMALL, LARGE, MEMBERS = (f"/2026/03/24/{name}-ferry-is-back/" for name in ("small", "large", "members"))
BODIES = {
    SMALL: gzip.compress(ARTICLE),
    LARGE: gzip.compress(ARTICLE + b"<!--" + os.urandom(9_000_000).hex().encode() + b"-->", 1),
    MEMBERS: gzip.compress(b"", mtime=0) * ((DOWNLOAD_MAXSIZE - 4096) // 20),
    "/robots.txt": gzip.compress(b"User-agent: *\n" + b"\n".join(b"Disallow: /*a*%d" % n for n in range(25_000))),
}
MOST_SECONDS = 0.5  # of processor time; it took 1.3 when the event loop did it all


class Answering(BaseHTTPRequestHandler):
    """Answers with these bodies, compressed."""

    def do_GET(self) -> None:
        """Answer one request."""
        body = BODIES.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def crawl(address: str, path: str, folder: Path) -> CompletedProcess[str]:
    folder.mkdir()
    settings = {**FAST, "NEWSSPIDER_WARC": folder / "warc", "NEWSSPIDER_HONOUR": "noarchive,noindex"}
    words = crawl_words({**settings, "NEWSSPIDER_WORKERS": 1}, urls=address + path, max_depth=0)
    return run_scrapy(words, folder / "news.db", (sys.executable, "-c", PROGRAM))


def loop_seconds(finished: CompletedProcess[str]) -> float:
    """Return the processor time of the event loop's thread."""
    found = re.search(r"^event loop: ([\d.]+) s$", finished.stderr, re.MULTILINE)
    assert found, finished.stderr
    return float(found[1])


def test_large_body_takes_the_event_loop_little_time(address: str, tmp_path: Path) -> None:
    small, large = (crawl(address, path, tmp_path / name) for path, name in ((SMALL, "small"), (LARGE, "large")))
    assert loop_seconds(large) - loop_seconds(small) < MOST_SECONDS
    assert [record.title for record in read_articles(tmp_path / "large/news.db")] == ["Ferry is back"]
    assert sum(path.stat().st_size for path in (tmp_path / "large/warc").iterdir()) > 9_000_000


def test_body_of_members_without_end_is_refused_and_takes_no_time(address: str, tmp_path: Path) -> None:
    small, members = (crawl(address, path, tmp_path / name) for path, name in ((SMALL, "small"), (MEMBERS, "members")))
    assert loop_seconds(members) - loop_seconds(small) < MOST_SECONDS
    assert "'newsspider/refused/members': 1" in members.stderr
    reasons = [record.reason for record in read_quarantine(tmp_path / "members/news.db")]
    assert reasons == ["compressed in more than 10,000 members"]


def test_robots_txt_of_wildcards_is_read_as_far_as_its_rules_are_compared(address: str, tmp_path: Path) -> None:
    assert "'newsspider/refused/robots_rules': 1" in crawl(address, SMALL, tmp_path / "small").stderr
