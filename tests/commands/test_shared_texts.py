"""A site whose server sends one notice in the place of its articles: a crawl keeps the notice as none of them."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newsspider.store.shared_texts import SHARED_REASON
from tests.crawls import FAST, crawl_words, page_path, read_articles, read_quarantine, run_scrapy

pytestmark = pytest.mark.processes

NAMES = "old-ferry mayor-resigns harbour-closed lighthouse-sold winter-storm choir-sings bakery-burnt".split()
PATHS = [f"/2026/03/24/{name}-at-the-quay/" for name in NAMES]
HARBOUR = (
    "The ferry sails again from the old harbour, said the harbour master on Monday, and the town was glad of it. " * 3
)
NOTICE = (
    "Readers of the Herald are moving to a new home this spring, and the old pages will follow when all is ready. " * 5
)


class Answering(BaseHTTPRequestHandler):
    """Answers with a front page, one story, and the notice under every other address."""

    def do_GET(self) -> None:
        """Answer one request."""
        links = "".join(f'<p><a href="{path}">A story of the old harbour: {path}</a></p>' for path in PATHS)
        story = f"<article><h1>Ferry sails again</h1><p>{HARBOUR}</p></article>"
        notice = f"<article><h1>A word to our readers</h1><p>{NOTICE}</p></article>"
        body = {"/": links, PATHS[0]: story, **dict.fromkeys(PATHS[1:], notice)}.get(self.path, "")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<html><body>{body}</body></html>".encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_notice_in_the_place_of_articles_is_none(url: str, tmp_path: Path) -> None:
    done = run_scrapy(crawl_words({**FAST, "NEWSSPIDER_WORKERS": 1}, url=url), tmp_path / "news.db")
    assert done.returncode == 0, done.stderr
    assert list(map(page_path, read_articles(tmp_path / "news.db"))) == PATHS[:1]
    notices = [page for page in read_quarantine(tmp_path / "news.db") if page.reason == SHARED_REASON]
    assert sorted(map(page_path, notices)) == sorted(PATHS[1:])
    assert {page.kind for page in notices} == {"page"}
