"""Keeping pages: WARC files of a crawl, better extraction over them, takedowns, retention, what pages ask for."""

import gzip
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from warcio.archiveiterator import ArchiveIterator

from newsspider.record import ArticleRecord
from tests.crawls import (
    FAST,
    PATIENCE_SECONDS,
    crawl_words,
    environment,
    read_articles,
    read_quarantine,
    run_scrapy,
    select,
)
from tests.programs import NEWSSPIDER, run_program

pytestmark = pytest.mark.processes

PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master on Monday. " * 5 + "</p>"
NOARCHIVE = '<meta name="robots" content="index, noarchive">'
NOINDEX = '<meta name="robots" content="noindex">'


def as_page(title: str, head: str = "") -> bytes:
    links = "".join(f'<a href="{path}">A story of the harbour: {path}</a> ' for path in PAGES if title == "Front")
    prose = PROSE.replace("</p>", f"{title} was told of by all.</p>")  # the same text would be the same article
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{prose}</article>{links}</body></html>".encode()


STORIES = [f"/2026/03/24/story-{number}-of-the-harbour/" for number in range(3)]
PAGES = {
    **{path: (f"Ferry number {number}", "") for number, path in enumerate(STORIES)},
    "/2026/03/24/secret-of-the-harbour/": ("A secret", NOARCHIVE),
    "/2026/03/24/draft-of-the-harbour/": ("A draft", NOINDEX),
}


class Answering(BaseHTTPRequestHandler):
    """Answers with pages, compressed; the old address of the first story leads to it."""

    def do_GET(self) -> None:
        """Answer one request."""
        if self.path == "/old/":
            self.send_response(301)
            self.send_header("Location", STORIES[0])
            self.end_headers()
            return
        title, head = ("Front", "") if self.path == "/" else PAGES.get(self.path, ("", ""))
        body = gzip.compress(as_page(title, head)) if title else b""
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        self.send_response(200 if title else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@dataclass(frozen=True)
class Paper:
    """The newspaper's address and what it was asked for."""

    url: str
    asked: list[str]


@pytest.fixture(scope="module")
def paper() -> Iterator[Paper]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.asked = []  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield Paper(f"http://127.0.0.1:{server.server_address[1]}", server.asked)  # type: ignore[attr-defined]
        server.shutdown()


@dataclass(frozen=True)
class Kept:
    """What a crawl left."""

    database: Path
    warc: Path
    paper: Paper


@pytest.fixture
def kept(paper: Paper, tmp_path: Path) -> Kept:
    settings = {**FAST, "NEWSSPIDER_WARC": tmp_path / "warc", "NEWSSPIDER_WORKERS": 1}
    words = crawl_words(settings, urls=f"{paper.url}/ {paper.url}/old/")
    assert run_scrapy(words, tmp_path / "news.db").returncode in (0, 1)
    return Kept(tmp_path / "news.db", tmp_path / "warc", paper)


def newsspider(kept: Kept, *arguments: str | Path, code: int = 0) -> str:
    variables = environment(kept.database) | {"NEWSSPIDER_WARC": str(kept.warc)}
    done = run_program([NEWSSPIDER, *map(str, arguments)], environment=variables, timeout=PATIENCE_SECONDS)
    assert done.returncode == code, done.stderr
    return done.stderr


def titles(records: list[ArticleRecord]) -> list[str]:
    return sorted(record.title or "" for record in records)


def warc_bytes(kept: Kept) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in sorted(kept.warc.iterdir()))


def test_every_response_is_kept_as_it_came_but_what_asks_not_to_be(kept: Kept) -> None:
    (path,) = kept.warc.iterdir()
    found: dict[str, tuple[str, str | None, bytes]] = {}
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            if record.rec_type == "response":
                url = record.rec_headers.get_header("WARC-Target-URI").removeprefix(kept.paper.url)
                http = record.http_headers
                content = record.content_stream().read()
                found[url] = (http.get_statuscode(), http.get_header("Content-Encoding"), content)
    assert found["/old/"][0] == "301"
    assert found["/robots.txt"][0] == "404"
    assert found[STORIES[1]] == ("200", "gzip", as_page("Ferry number 1"))
    assert set(STORIES) < set(found)
    assert "/2026/03/24/secret-of-the-harbour/" not in found
    assert "A secret" in titles(read_articles(kept.database))


def test_kept_pages_give_the_records_of_the_crawl(kept: Kept, tmp_path: Path) -> None:
    # 1: kept are the empty answers to questions for lists, too, of which a crawl makes no records.
    newsspider(kept, "extract", kept.warc, "-o", tmp_path / "again.db", "--workers", "0", code=1)
    crawled = {record.url: record for record in read_articles(kept.database) if record.title != "A secret"}
    again = {record.url: record for record in read_articles(tmp_path / "again.db")}
    assert set(crawled) == set(again)
    for url, record in crawled.items():
        for name in ("body", "title", "fetched_at"):
            assert getattr(record, name) == getattr(again[url], name)


def test_better_extraction_updates_stored_records_in_place(kept: Kept) -> None:
    before = {record.url: record for record in read_articles(kept.database)}
    with closing(sqlite3.connect(kept.database)) as connection, connection:
        connection.execute("UPDATE articles SET title = 'worse', body = 'worse', extraction_version = '0', version = 4")
        connection.execute("UPDATE articles SET fetched_at = '2999-01-01T00:00:00+00:00' WHERE url LIKE '%story-2%'")
    said = newsspider(kept, "re-extract", kept.warc, "--workers", "1")
    assert "1 older copy" in said
    after = {record.url: record for record in read_articles(kept.database)}
    for url, record in after.items():
        assert url
        if "story-2" in url or "secret" in url:
            assert record.title == "worse"
            continue
        assert (record.title, record.body, record.extraction_version, record.first_seen, record.source) == (
            before[url].title,
            before[url].body,
            before[url].extraction_version,
            before[url].first_seen,
            before[url].source,
        )
        assert record.version == 4
    assert select(kept.database, "SELECT count(*) FROM versions") == [(0,)]
    found = run_program(
        [NEWSSPIDER, "search", "harbour"], environment=environment(kept.database), timeout=PATIENCE_SECONDS
    )
    assert "harbour master" in found.stdout


def test_policy_is_that_of_the_updated_records(kept: Kept) -> None:
    found: dict[str, list[float | None]] = {}
    for policy in ("always", "never"):
        newsspider(kept, "re-extract", kept.warc, "--workers", "0", "--witness", policy)
        found[policy] = [record.confidence for record in read_articles(kept.database)]
    assert found["always"] != found["never"]
    newsspider(kept, "re-extract", kept.warc, "--workers", "0")
    assert [record.confidence for record in read_articles(kept.database)] == found["always"]


def test_page_that_was_no_article_becomes_one(kept: Kept) -> None:
    with closing(sqlite3.connect(kept.database)) as connection, connection:
        columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(articles)") if row[1] != "id")
        where = "WHERE url LIKE '%story-1%'"
        connection.execute(f"INSERT INTO quarantine ({columns}) SELECT {columns} FROM articles {where}")
        connection.execute(f"UPDATE quarantine SET kind = 'index' {where}")
        connection.execute(f"DELETE FROM articles {where}")
    assert "1 article now" in newsspider(kept, "re-extract", kept.warc, "--workers", "0")
    assert "Ferry number 1" in titles(read_articles(kept.database))
    assert "Ferry number 1" not in titles(read_quarantine(kept.database))


def test_forgotten_page_is_gone_everywhere_and_stays_away(kept: Kept, tmp_path: Path) -> None:
    url = f"{kept.paper.url}{STORIES[1]}"
    said = newsspider(kept, "forget", f"{url}?utm_source=x")
    assert said.startswith("1 article, 1 address, 1 remembered page from")
    assert "1 WARC record from" in said
    assert b"Ferry number 1" not in kept.database.read_bytes()
    assert STORIES[1].encode() not in warc_bytes(kept)
    assert STORIES[2].encode() in warc_bytes(kept)
    asked = len(kept.paper.asked)
    settings = {**FAST, "NEWSSPIDER_REVISIT": 0, "NEWSSPIDER_WORKERS": 0}
    again = run_scrapy(crawl_words(settings, url=f"{kept.paper.url}/"), kept.database)
    assert STORIES[1] not in kept.paper.asked[asked:], again.stderr
    assert STORIES[2] in kept.paper.asked[asked:]
    (tmp_path / "page.html").write_bytes(as_page("Ferry number 1"))
    newsspider(kept, "extract", tmp_path / "page.html", "--url", url, "-o", kept.database, "--workers", "0")
    assert "Ferry number 1" not in titles(read_articles(kept.database))


def test_noindex_makes_no_record_where_it_is_honoured(paper: Paper, tmp_path: Path) -> None:
    settings = {**FAST, "NEWSSPIDER_HONOUR": "noindex", "NEWSSPIDER_WORKERS": 0, "NEWSSPIDER_WARC": tmp_path / "warc"}
    assert run_scrapy(crawl_words(settings, url=f"{paper.url}/"), tmp_path / "news.db").returncode == 0
    found = titles(read_articles(tmp_path / "news.db"))
    assert "A draft" not in found
    assert {"A secret", "Ferry number 0"} < set(found)
    kept = Kept(tmp_path / "news.db", tmp_path / "warc", paper)
    assert b"secret-of-the-harbour" in warc_bytes(kept)


def test_retention_removes_what_was_first_seen_too_long_ago(kept: Kept) -> None:
    with closing(sqlite3.connect(kept.database)) as connection, connection:
        connection.execute("UPDATE articles SET first_seen = '2020-01-01T00:00:00+00:00' WHERE url LIKE '%story-1%'")
    (path,) = kept.warc.iterdir()
    os.utime(path, (0, 0))
    settings = {**FAST, "NEWSSPIDER_RETENTION": "30d", "NEWSSPIDER_WORKERS": 0, "NEWSSPIDER_WARC": kept.warc}
    done = run_scrapy(crawl_words(settings, url=f"{kept.paper.url}/"), kept.database)
    assert "retention: removed" in done.stderr
    assert "Ferry number 1" not in titles(read_articles(kept.database))
    assert "Ferry number 2" in titles(read_articles(kept.database))
    assert path not in kept.warc.iterdir()


def test_wrong_retention_is_refused(paper: Paper, tmp_path: Path) -> None:
    done = run_scrapy(crawl_words({"NEWSSPIDER_RETENTION": "soon"}, url=paper.url), tmp_path / "news.db")
    assert done.returncode == 2
    assert "not a duration: 'soon'" in done.stderr


def test_crawl_whose_pages_can_not_be_kept_ends(paper: Paper, tmp_path: Path) -> None:
    (tmp_path / "warc").write_text("a file")
    settings = {**FAST, "NEWSSPIDER_WARC": tmp_path / "warc", "NEWSSPIDER_WORKERS": 0}
    done = run_scrapy(crawl_words(settings, url=paper.url), tmp_path / "news.db")
    assert done.returncode == 4
    assert "pages can't be archived" in done.stderr
