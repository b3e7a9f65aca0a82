"""`scrapy crawl news` and Scrapy's other commands, as processes of their own against servers on 127.0.0.1."""

import json
import signal
import sqlite3
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fixtures.serve import SITE_FILE, SITE_FOLDER, serve_site
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import ArticleRecord
from tests.crawls import (
    FAST,
    IMPATIENT,
    SLOW,
    closed_port,
    crawl_words,
    holds_records,
    our_lines,
    page_path,
    read_articles,
    read_quarantine,
    run_scrapy,
    select,
    start_scrapy,
    wait_until,
)
from tests.programs import Finished

pytestmark = pytest.mark.processes

EXPECTED: dict[str, Any] = tomllib.loads((SITE_FOLDER / SITE_FILE).read_text(encoding="utf-8"))["expected"]
REDIRECTS: dict[str, str] = tomllib.loads((SITE_FOLDER / SITE_FILE).read_text(encoding="utf-8"))["redirects"]
STORIES = {path for kind in ARTICLE_KINDS for path in EXPECTED["kinds"][kind]}
KIND_ROWS = [
    pytest.param(
        kind,
        path,
        id=f"{kind}:{path.strip('/').rpartition('/')[2] or 'home'}",
    )
    for kind, paths in EXPECTED["kinds"].items()
    for path in paths
]
DUPLICATE_ROWS = [
    pytest.param(
        duplicate["canonical"],
        duplicate["also_at"],
        id=duplicate["also_at"],
    )
    for duplicate in EXPECTED["duplicates"]
]


@dataclass(frozen=True)
class Crawl:
    """A finished crawl of the whole fixture site."""

    finished: Finished
    requested: list[str]
    articles: dict[str, ArticleRecord]
    quarantine: dict[str, ArticleRecord]
    exported: list[dict[str, Any]]


def whole_crawl(address: str, database: Path, output: Path, requested: list[str]) -> Crawl:
    """Crawl the whole site into a database and a JSON lines file."""
    finished = run_scrapy([*crawl_words(FAST, url=f"{address}/"), "-O", str(output)], database)
    return Crawl(
        finished,
        requested,
        {page_path(record): record for record in read_articles(database)},
        {page_path(record): record for record in read_quarantine(database)},
        [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()],
    )


@pytest.fixture(scope="module")
def crawls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Crawl, Crawl, Path]:
    """Two crawls of the whole site into one database."""
    folder = tmp_path_factory.mktemp("whole")
    database = folder / "news.db"
    with serve_site() as server:
        first = whole_crawl(server.address, database, folder / "first.jsonl", [])
        first.requested.extend(request.path for request in server.requests)
        second = whole_crawl(server.address, database, folder / "second.jsonl", [])
    return first, second, database


@pytest.fixture(scope="module")
def first(crawls: tuple[Crawl, Crawl, Path]) -> Crawl:
    return crawls[0]


def test_whole_site_gives_every_story_once_and_nothing_else(first: Crawl) -> None:
    assert set(first.articles) == STORIES
    assert len(first.articles) == EXPECTED["articles"]


@pytest.mark.parametrize(("kind", "path"), KIND_ROWS)
def test_page_gets_its_kind(first: Crawl, kind: str, path: str) -> None:
    assert {**first.quarantine, **first.articles}[path].kind == kind


@pytest.mark.parametrize(("canonical", "other"), DUPLICATE_ROWS)
def test_duplicates_are_merged_and_keep_both_addresses(first: Crawl, canonical: str, other: str) -> None:
    record = first.articles[canonical]
    addresses = {record.url, *record.also_at}
    assert {address.rpartition("//")[2].partition("/")[2] for address in addresses if address} == {
        canonical.strip("/") + "/",
        other.strip("/") + ("/" if other.endswith("/") else ""),
    }


@pytest.mark.parametrize("path", EXPECTED["deep"])
def test_paging_is_followed(first: Crawl, path: str) -> None:
    assert path in first.articles


@pytest.mark.parametrize(("path", "target"), list(REDIRECTS.items()))
def test_redirect_leads_to_the_one_record_of_its_target(first: Crawl, path: str, target: str) -> None:
    assert path in first.requested
    assert path not in {**first.articles, **first.quarantine}
    assert target in first.articles


@pytest.mark.parametrize(("path", "reason"), list(zip(EXPECTED["failures"], ("HTTP 404", "HTTP 500"), strict=True)))
def test_page_that_fails_is_quarantined_with_its_status(first: Crawl, path: str, reason: str) -> None:
    assert (first.quarantine[path].kind, first.quarantine[path].reason) == ("failed", reason)


def test_server_error_is_tried_again_and_a_missing_page_is_not(first: Crawl) -> None:
    missing, broken = EXPECTED["failures"]
    assert (first.requested.count(missing), first.requested.count(broken)) == (1, 3)


@pytest.mark.parametrize("path", EXPECTED["disallowed"] + EXPECTED["not_followed"])
def test_page_that_is_shut_or_not_worth_following_is_never_fetched(first: Crawl, path: str) -> None:
    assert path not in first.requested
    assert path not in {**first.articles, **first.quarantine}


@pytest.mark.parametrize("path", [*EXPECTED["standing"], *EXPECTED["not_html"]])
def test_page_that_is_no_news_is_no_article(first: Crawl, path: str) -> None:
    assert path not in first.articles


def test_every_page_is_fetched_once(first: Crawl) -> None:
    repeated = {path for path, times in Counter(first.requested).items() if times > 1}
    assert repeated == {EXPECTED["failures"][1]}  # the 500, which is tried again


def test_records_name_their_seed_and_the_time(first: Crawl) -> None:
    home = first.quarantine["/"].url
    assert {record.source for record in first.articles.values()} == {home}
    assert all(record.fetched_at and record.first_seen for record in first.articles.values())


def test_feed_export_holds_the_articles_and_no_quarantine(first: Crawl) -> None:
    assert {line["kind"] for line in first.exported} <= ARTICLE_KINDS
    assert {page_path(ArticleRecord.from_dict(line)) for line in first.exported} == STORIES


def test_crawl_with_failures_ends_with_1_and_says_what_it_found(first: Crawl) -> None:
    assert first.finished.returncode == 1
    site, line = our_lines(first.finished)
    assert site.startswith("127.0.0.1: 40 new, ")
    assert site.endswith(" 2 failed (HTTP 404 ×1, HTTP 500 ×1)")
    assert "2 failed" in line
    assert "1 forbidden by robots.txt" in line
    assert line.endswith("(exit code 1)")


def test_crawl_warns_of_nothing_and_raises_nothing(first: Crawl) -> None:
    log = first.finished.stderr.splitlines()
    assert [line for line in log if " WARNING: " in line or "CRITICAL" in line or "Traceback" in line] == []


def test_second_run_at_once_adds_nothing_and_says_why(crawls: tuple[Crawl, Crawl, Path]) -> None:
    first, second, database = crawls
    changing = {"fetched_at": None}
    assert set(second.articles) == set(first.articles)
    assert set(second.quarantine) == set(first.quarantine)
    for path, record in first.articles.items():
        assert {**second.articles[path].to_dict(), **changing} == {**record.to_dict(), **changing}
    assert our_lines(second.finished)[0].startswith("127.0.0.1: 0 new: ")
    assert select(database, "SELECT exit_code, finished_at IS NULL FROM runs") == [(1, 0), (0, 0)]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The fixture site's address, for crawls that do not look at the server's log."""
    with serve_site() as server:
        yield server.address


@pytest.fixture(scope="module")
def five_pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Path, list[str]]:
    """A crawl of at most five pages, and what it asked the server for."""
    database = tmp_path_factory.mktemp("five") / "news.db"
    with serve_site() as server:
        finished = run_scrapy(crawl_words(FAST, url=server.address, max_pages=5), database)
        return finished, database, [request.path for request in server.requests if request.path != "/robots.txt"]


def test_max_pages_bounds_the_records_and_ends_with_0(five_pages: tuple[Finished, Path, list[str]]) -> None:
    finished, database, _ = five_pages
    assert len(read_articles(database)) + len(read_quarantine(database)) == 5
    assert finished.returncode == 0


def test_max_pages_bounds_the_requests_for_pages(five_pages: tuple[Finished, Path, list[str]]) -> None:
    lists = (".xml", ".atom")
    assert len([path for path in five_pages[2] if not path.endswith(lists)]) <= 5


def test_max_depth_0_reads_the_seeds_alone_and_a_crawl_without_failures_ends_with_0(
    tmp_path: Path, address: str
) -> None:
    database = tmp_path / "news.db"
    finished = run_scrapy(crawl_words(FAST, url=f"{address}/", max_depth=0), database)
    assert [page_path(record) for record in read_quarantine(database)] == ["/"]
    assert read_articles(database) == []
    assert finished.returncode == 0


def test_max_depth_1_reads_what_the_seed_links_to_and_what_lists_name(tmp_path: Path, address: str) -> None:
    database = tmp_path / "news.db"
    run_scrapy(crawl_words(FAST, url=f"{address}/", max_depth=1), database)
    found = {page_path(record) for record in [*read_articles(database), *read_quarantine(database)]}
    assert {"/", "/politics/", "/sport/", *EXPECTED["deep"]} < found
    assert "/politics/page/2/" not in found


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["crawl", "news", "-a", "maxpages=3"], "unknown argument -a maxpages=…; did you mean max_pages?"),
        (["crawl", "news", "-a", "url=ftp://x.example/"], "-a url=ftp://x.example/: not a web address"),
        (["crawl", "news"], "nothing to crawl: give -a url="),
        (["crawl", "nws", "-a", "url=https://x.example/"], "Spider not found: nws; known are news"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(tmp_path: Path, words: list[str], line: str) -> None:
    finished = run_scrapy(words, tmp_path / "news.db")
    (said,) = our_lines(finished)
    assert said.startswith(line)
    assert "Traceback" not in finished.stderr
    assert finished.returncode == 2
    assert not (tmp_path / "news.db").exists()


@pytest.fixture
def strange_site(tmp_path: Path) -> Path:
    """A folder to serve: one page that links to what must not be read, and seeds that lead astray."""
    folder = tmp_path / "site"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("The keeper's secret word is pilchard.")
    addresses = [secret.as_uri(), "data:text/html,pilchard", "ftp://127.0.0.1/ferry", "//127.0.0.2/2026/03/14/ferry/"]
    links = "".join(f'<a href="{address}">The old ferry sails again today</a>' for address in addresses)
    prose = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4
    (folder / "ferry.html").write_text(f"<title>Ferry</title><article><h1>Ferry</h1><p>{prose}</p>{links}</article>")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /shut/\n")
    redirects = {"/to-file": secret.as_uri(), "/to-other-site": f"http://localhost:{closed_port()}/ferry.html"}
    lines = (f"{json.dumps(path)} = {json.dumps(target)}" for path, target in redirects.items())
    (folder / SITE_FILE).write_text("\n".join(["[redirects]", *lines]))
    return folder


def test_what_a_page_must_not_reach_is_not_read(strange_site: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site(strange_site) as server:
        seeds = f"{server.address}/ferry.html {server.address}/to-file"
        finished = run_scrapy([*crawl_words(FAST, urls=seeds), "-O", str(tmp_path / "out.jsonl")], database)
        assert sorted(request.path for request in server.requests) == ["/ferry.html", "/robots.txt", "/to-file"]
    assert [record.title for record in read_articles(database)] == ["Ferry"]
    assert [(page_path(record), record.reason) for record in read_quarantine(database)] == [("/to-file", "HTTP 301")]
    assert "pilchard" not in (tmp_path / "out.jsonl").read_text() + finished.stdout
    assert select(database, "SELECT 1 FROM articles WHERE body LIKE '%pilchard%'") == []
    assert finished.returncode == 1


@pytest.mark.parametrize(("path", "reason"), [("/to-other-site", "of localhost"), ("/shut/ferry.html", "robots.txt")])
def test_seed_that_gives_no_page_ends_with_3_and_says_why(
    strange_site: Path, tmp_path: Path, path: str, reason: str
) -> None:
    database = tmp_path / "news.db"
    with serve_site(strange_site) as server:
        finished = run_scrapy(crawl_words(FAST, url=server.address + path), database)
    (record,) = read_quarantine(database)
    assert record.kind == "failed"
    assert record.source == server.address + path
    assert reason in (record.reason or "")
    assert our_lines(finished)[-1].endswith("(exit code 3)")
    assert finished.returncode == 3


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finished, Path]:
    """A crawl of a port at which nobody listens."""
    database = tmp_path_factory.mktemp("refused") / "news.db"
    url = f"http://127.0.0.1:{closed_port()}/"
    return run_scrapy(crawl_words({**FAST, "RETRY_TIMES": 0}, url=url), database), database


def test_site_that_does_not_answer_ends_with_3_and_is_quarantined(refused: tuple[Finished, Path]) -> None:
    finished, database = refused
    (record,) = read_quarantine(database)
    assert record.kind == "failed"
    assert "refused" in (record.reason or "")
    assert finished.returncode == 3


def test_run_of_a_site_that_does_not_answer_is_noted_with_3(refused: tuple[Finished, Path]) -> None:
    assert select(refused[1], "SELECT exit_code FROM runs") == [(3,)]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("folder", "can't be opened"),
        ("text.db", "not a SQLite database"),
        ("none/news.db", "the folder does not exist"),
    ],
)
def test_unusable_database_ends_with_4_and_one_line_before_anything_is_fetched(
    tmp_path: Path, place: str, line: str
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.db").write_text("This is not a database but a text of more than a hundred characters. " * 4)
    finished = run_scrapy(crawl_words(FAST, url=f"http://127.0.0.1:{closed_port()}/"), tmp_path / place)
    (said,) = our_lines(finished)
    assert said.startswith(f"{tmp_path / place}: ")
    assert line in said
    assert "Traceback" not in finished.stderr
    assert finished.returncode == 4


def test_locked_database_ends_with_4_and_one_line(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        finished = run_scrapy(crawl_words(FAST, url=f"http://127.0.0.1:{closed_port()}/"), database, IMPATIENT)
    assert our_lines(finished) == [f"{database}: another process is writing to it and did not finish"]
    assert finished.returncode == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["list"], ["news"]),
        (
            ["parse", "{site}/story/harbour-fire-1042.html", "--spider=news"],
            ["'kind': 'article'", "harbour-fire", "<GET"],
        ),
        (["shell", "{site}/story/harbour-fire-1042.html", "-c", "response.status", "--nolog"], ["200"]),
    ],
)
def test_scrapys_other_commands_work_and_leave_no_database(
    tmp_path: Path, address: str, words: list[str], said: list[str]
) -> None:
    named = [word.replace("{site}", address) for word in words]
    allowing = ["-s", "NEWSSPIDER_ALLOW_PRIVATE=127.0.0.1"] if len(words) > 1 else []
    finished = run_scrapy([*named, *allowing], tmp_path / "news.db")
    assert [word for word in said if word not in finished.stdout] == []
    assert finished.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_crawl_that_is_interrupted_keeps_what_it_fetched_and_goes_on_from_its_jobdir(tmp_path: Path) -> None:
    database, jobdir = tmp_path / "news.db", {"JOBDIR": tmp_path / "job"}
    with serve_site() as server:
        url = f"{server.address}/"
        with start_scrapy(crawl_words({**SLOW, **jobdir}, url=url), database, tmp_path / "log") as process:
            wait_until(lambda: len(server.requests) > 15, "15 requests")
            process.send_signal(signal.SIGINT)
        halfway = [request.path for request in server.requests if not request.path.endswith((".xml", ".atom"))]
        stored = {page_path(record) for record in [*read_articles(database), *read_quarantine(database)]}
        assert set(halfway) - stored <= {"/robots.txt", *REDIRECTS, *EXPECTED["failures"], "/story/cannery-1038.html"}
        assert process.returncode == 130
        assert "(shutdown)" in (tmp_path / "log").read_text()
        assert "scrapy crawl: interrupted: " in (tmp_path / "log").read_text()
        assert select(database, "SELECT count(*) FROM runs WHERE finished_at IS NOT NULL") == [(1,)]
        resumed = run_scrapy(crawl_words({**FAST, **jobdir}, url=url), database)
        requested = Counter(request.path for request in server.requests)
    assert {page_path(record) for record in read_articles(database)} == STORIES
    assert {path for path in STORIES if requested[path] > 1} == set()
    assert resumed.returncode == 1


def test_crawl_that_is_killed_keeps_what_was_committed_and_the_next_completes_it(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site() as server:
        url = f"{server.address}/"
        with start_scrapy(crawl_words(SLOW, url=url), database, tmp_path / "log") as process:
            wait_until(lambda: holds_records(database, "articles"), "the first committed articles")
            process.kill()
        assert process.returncode == -signal.SIGKILL
        committed = {page_path(record): record.first_seen for record in read_articles(database)}
        assert 0 < len(committed) < len(STORIES)
        assert select(database, "PRAGMA integrity_check") == [("ok",)]
        run_scrapy(crawl_words(FAST, url=url), database)
    completed = {page_path(record): record.first_seen for record in read_articles(database)}
    assert set(completed) == STORIES
    assert {path: completed[path] for path in committed} == committed
    assert select(database, "SELECT count(*), count(DISTINCT key) FROM articles") == [(len(STORIES), len(STORIES))]
    assert select(database, "PRAGMA integrity_check") == [("ok",)]
    assert select(database, "SELECT finished_at IS NULL, exit_code FROM runs") == [(1, None), (0, 1)]
