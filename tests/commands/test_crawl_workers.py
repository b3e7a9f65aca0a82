"""A crawl and its worker processes: hostile pages, killed workers, back-pressure, the end."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.errors import ExitCode
from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.pool import extract_raw
from tests.crawls import (
    FAST,
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
from tests.witness_page import RAW

pytestmark = pytest.mark.processes

PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master on Monday. " * 4 + "</p>"
HANGING = "/story/this-page-hangs-every-parser-1999.html"
HANG = "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">Text</p>"  # libxml2 needs over a minute for it
STORIES = [f"/story/ferry-number-{number}-sails-again-1{number:03}.html" for number in range(100)]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose front page leads to a page that hangs a worker, then to a hundred that do not."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "story").mkdir()
    paths = [HANGING, *STORIES]
    links = "".join(f'<li><a href="{path}">The ferry sails again today</a>' for path in paths)
    (folder / "index.html").write_text(f"<html><h1>Herald</h1><ul>{links}</ul></html>")
    for path in paths:
        # The same text would be the same article.
        body = HANG if path == HANGING else PROSE.replace("</p>", f"It is told of at {path[1:]} too.</p>")
        (folder / path[1:]).write_text(f"<html><article><h1>Ferry {path}</h1>{body}</article></html>")
    return folder


def parents() -> dict[int, int]:
    """Return each process's parent, as /proc shows them."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it has just ended
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    return found


def workers_of(pid: int) -> set[int]:
    """Return a crawl's worker processes: its children's children, since a server forks them."""
    known = parents()
    return {child for child, parent in known.items() if known.get(parent) == pid}


def test_hostile_page_is_quarantined_and_all_others_are_stored(hostile_site: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site(hostile_site) as server:
        limits = {"NEWSSPIDER_WORKERS": 2, "NEWSSPIDER_DEADLINE": 3}
        finished = run_scrapy(crawl_words({**FAST, **limits}, url=f"{server.address}/"), database)
    failed = [record.reason for record in read_quarantine(database) if record.kind == "failed"]
    assert failed == ["took longer than 3 s"]
    assert sorted(page_path(record) for record in read_articles(database)) == sorted(STORIES)
    assert "newsspider/loop_lag_ms/p99" in finished.stderr
    assert finished.returncode == ExitCode.SOME_PAGES_FAILED


def test_requests_wait_while_the_workers_are_behind(hostile_site: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    limits = {"NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_DEADLINE": 10}
    with serve_site(hostile_site) as server:
        seeds = tmp_path / "seeds"
        seeds.write_text("\n".join(server.address + path for path in (HANGING, *STORIES)))
        words = crawl_words({**FAST, **limits}, urls_file=seeds, max_depth=0)
        with start_scrapy(words, database, tmp_path / "log") as process:
            wait_until(lambda: len(server.requests) > 3, "the first requests")
            wait_until(_is_steady(lambda: len(server.requests)), "requests that wait")
            assert process.poll() is None
            assert len(server.requests) < len(STORIES) / 2  # a few wait, Scrapy's 16 were under way
        assert set(STORIES) <= {request.path for request in server.requests}
    assert sorted(page_path(record) for record in read_articles(database)) == sorted(STORIES)


def _is_steady(count: Callable[[], int], looks: int = 40) -> Callable[[], bool]:
    """Return what says whether a number has been the same for so many looks (20 a second)."""
    seen: list[int] = []

    def look() -> bool:
        seen.append(count())
        return len(seen) > looks and len(set(seen[-looks:])) == 1

    return look


def test_second_interrupt_ends_a_crawl_whose_page_hangs(hostile_site: Path, tmp_path: Path) -> None:
    limits = {"NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_DEADLINE": 3600}
    with serve_site(hostile_site) as server:
        words = crawl_words({**FAST, **limits}, url=f"{server.address}/")
        with start_scrapy(words, tmp_path / "news.db", tmp_path / "log") as process:
            wait_until(lambda: HANGING in [each.path for each in server.requests], "the page that hangs")
            workers = workers_of(process.pid)
            process.send_signal(signal.SIGINT)
            wait_until(lambda: "Received SIGINT" in (tmp_path / "log").read_text(), "the first interrupt")
            process.send_signal(signal.SIGINT)
            wait_until(lambda: process.poll() is not None, "the end")
    wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), "the end of the workers")
    assert process.returncode == 130


def test_killed_workers_are_replaced_and_cost_at_most_their_pages(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    killed = 0
    with serve_site() as server:
        words = crawl_words({**SLOW, "NEWSSPIDER_WORKERS": 2}, url=f"{server.address}/")
        with start_scrapy(words, database, tmp_path / "log") as process:
            for _ in range(3):
                asked = len(server.requests)
                wait_until(lambda: len(server.requests) > asked + 5, "some pages")  # noqa: B023  # called at once
                for worker in workers_of(process.pid):
                    os.kill(worker, signal.SIGKILL)
                    killed += 1
        whole = tmp_path / "whole.db"
        run_scrapy(crawl_words({**FAST, "NEWSSPIDER_WORKERS": 2}, url=f"{server.address}/"), whole)
    assert killed
    by_workers = [record for record in read_quarantine(database) if "SIGKILL" in (record.reason or "")]
    stored = {page_path(record) for record in read_articles(database)}
    lost = {page_path(record) for record in read_articles(whole)} - stored
    assert len(by_workers) <= killed
    assert lost <= {page_path(record) for record in by_workers}


def test_workers_end_when_the_crawl_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with (
        serve_site() as server,
        start_scrapy(
            crawl_words({**SLOW, "NEWSSPIDER_WORKERS": 2}, url=f"{server.address}/"), database, tmp_path / "log"
        ) as process,
    ):
        wait_until(lambda: holds_records(database, "articles"), "the first articles")
        workers = workers_of(process.pid)
        process.kill()
    assert workers
    wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers), "the end of the workers")


def test_crawl_without_workers_extracts_in_its_own_process(hostile_site: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site(hostile_site) as server:
        url = server.address + STORIES[0]
        finished = run_scrapy(crawl_words({**FAST, "NEWSSPIDER_WORKERS": 0}, url=url), database)
    assert [page_path(record) for record in read_articles(database)] == [STORIES[0]]
    assert Counter(select(database, "SELECT kind FROM articles")) == {("article",): 1}
    assert finished.returncode == ExitCode.FINE


@pytest.mark.parametrize("workers", [0, 1])
@pytest.mark.parametrize("policy", POLICIES)
def test_policy_decides_whether_a_crawl_asks_trafilatura(workers: int, policy: WitnessPolicy, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "ferry.html").write_bytes(RAW.body)
    database = tmp_path / "news.db"
    settings = {**FAST, "NEWSSPIDER_WORKERS": workers, "NEWSSPIDER_WITNESS": policy}
    with serve_site(tmp_path / "site") as server:
        run_scrapy(crawl_words(settings, url=f"{server.address}/ferry.html", max_depth=0), database)
    (record,) = read_articles(database)
    assert record.confidence == extract_raw(RAW, policy).confidence


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("NEWSSPIDER_WORKERS", "many", "NEWSSPIDER_WORKERS many: expected a whole number from 0 to 1024"),
        ("NEWSSPIDER_DEADLINE", "-1", "NEWSSPIDER_DEADLINE -1: expected seconds from 0.1 to 86400"),
        ("NEWSSPIDER_WORKER_MEMORY", "1", "NEWSSPIDER_WORKER_MEMORY 1: expected MiB"),
        ("NEWSSPIDER_WITNESS", "sometimes", "NEWSSPIDER_WITNESS sometimes: expected always, unsure or never"),
    ],
)
def test_limit_that_can_not_be_is_refused_before_anything_is_fetched(
    tmp_path: Path, setting: str, value: str, said: str
) -> None:
    words = crawl_words({setting: value}, url=f"http://127.0.0.1:{closed_port()}/")
    finished = run_scrapy(words, tmp_path / "news.db")
    (line,) = our_lines(finished)
    assert line.startswith(said)
    assert finished.returncode == ExitCode.WRONG_USAGE
