"""`newsspider crawl` as a user runs it: in a folder of its own, without a Scrapy project."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.serve import SiteServer, serve_site
from tests.commands.test_crawl import STORIES
from tests.crawls import (
    FAST,
    PATIENCE_SECONDS,
    closed_port,
    environment,
    page_path,
    read_articles,
    wait_until,
)
from tests.programs import Finished
from tests.terminal import run_on_terminal

pytestmark = pytest.mark.processes

# As a library does that catches all.
INTERRUPTED_CHECK = """
import os, signal
from newsspider.crawl_command import running
from newsspider.cli.main import main

def interrupt(*given):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:
        pass

running.check_crawl = interrupt
main()
"""
INTERRUPTED_START = """
import asyncio, os, signal, sys
from scrapy import signals
from newsspider.cli.main import main
from newsspider.spiders.news import NewsSpider

def build(cls, crawler, *arguments, **named):
    spider = original(cls, crawler, *arguments, **named)
    crawlers.append(crawler)
    crawler.signals.connect(interrupt, signals.spider_opened)
    return spider

async def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    while crawlers[0].crawling:
        await asyncio.sleep(0)

crawlers = []
original, NewsSpider.from_crawler = NewsSpider.from_crawler.__func__, classmethod(build)
main()
"""
COMMAND = str(Path(sys.executable).with_name("newsspider"))
QUICK = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]
SLOW = ["-s", "DOWNLOAD_DELAY=0.3", "-s", "AUTOTHROTTLE_ENABLED=0"]


@pytest.fixture(scope="module")
def site() -> Iterator[SiteServer]:
    with serve_site() as server:
        yield server


def without_database() -> dict[str, str]:
    return {name: value for name, value in environment("").items() if name != "NEWSSPIDER_DATABASE"}


def crawl(folder: Path, *words: str) -> Finished:
    return subprocess.run(
        [COMMAND, "crawl", *words],
        cwd=folder,
        env=without_database(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@dataclass(frozen=True)
class Whole:
    """A crawl of the whole site in an empty folder."""

    folder: Path
    finished: Finished


@pytest.fixture(scope="module")
def whole(site: SiteServer, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("empty")
    return Whole(folder, crawl(folder, f"{site.address}/", "-o", "new.jsonl", *QUICK))


def test_all_stories_are_stored_from_a_folder_without_a_project(whole: Whole) -> None:
    assert whole.finished.returncode == 1  # the newspaper has a page that is gone and one that fails
    assert {page_path(record) for record in read_articles(whole.folder / "news.db")} == STORIES


def test_output_has_the_articles_and_what_is_none_beside_it(whole: Whole) -> None:
    written = (whole.folder / "new.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(written) >= len(STORIES)
    assert (whole.folder / "new.quarantine.jsonl").stat().st_size > 0


def test_standard_output_has_nothing_and_the_lines_no_settings(whole: Whole) -> None:
    assert whole.finished.stdout == ""
    assert "Overridden settings" not in whole.finished.stderr
    assert whole.finished.stderr.splitlines()[-1].startswith("newsspider crawl: 51 pages: 41 articles")


def test_database_as_output_is_the_crawls_own(site: SiteServer, tmp_path: Path) -> None:
    assert crawl(tmp_path, f"{site.address}/", "-o", "mine.db", "--max-pages", "3", *QUICK).returncode == 0
    assert (tmp_path / "mine.db").exists()
    assert not (tmp_path / "news.db").exists()


def test_dry_run_stores_nothing(site: SiteServer, tmp_path: Path) -> None:
    finished = crawl(tmp_path, f"{site.address}/", "--dry-run", *QUICK)
    assert "would fetch" in finished.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wanted", ["--dry-run", "-o -"])
def test_file_gets_what_is_written_on_standard_output_while_the_view_is_on_the_terminal(
    wanted: str, site: SiteServer, tmp_path: Path
) -> None:
    line = f"{COMMAND} crawl {site.address}/ --max-pages 3 {' '.join(QUICK)} {wanted} >written"
    words = ["sh", "-c", line]
    code, shown = run_on_terminal(words, 80, tmp_path, errors_too=True, environment=without_database())
    assert code == 0
    assert "feeds and sitemaps included" in shown
    assert "budget-night-updates-from-the-chamber-as-they-happened" in (tmp_path / "written").read_text("utf-8")


def test_dry_run_on_a_terminal_does_not_break_addresses(site: SiteServer, tmp_path: Path) -> None:
    words = [COMMAND, "crawl", f"{site.address}/", "--dry-run", *QUICK]
    code, shown = run_on_terminal(words, 40, tmp_path, errors_too=True, environment=without_database())
    assert code == 0
    assert f"{site.address}/politics/2026/03/14/harbour-board-votes-to-reopen-the-old-ferry-line/\n" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing to crawl: name an address, --sites FILE or --opml FILE"),
        (["not an address"], "not an address"),
        (["herald.example", "--max-pages", "0"], "--max-pages 0: "),
        (["herald.example", "--since", "yesterday"], "--since yesterday: expected a day, YYYY-MM-DD"),
        (["herald.example", "--since", "2026-03-02", "--until", "2026-03-01"], "--since 2026-03-02 is after --until"),
        (["--sites", "none.toml"], "none.toml: "),
        (["herald.example", "-s", "DOWNLOAD_DELAY"], "-s DOWNLOAD_DELAY: expected NAME=VALUE"),
        (
            ["herald.example", "-s", "NEWSSPIDER_REVIST=0"],
            "unknown setting NEWSSPIDER_REVIST; did you mean NEWSSPIDER_REVISIT?",
        ),
        (["herald.example", "-o", "x.docx"], "x.docx: no output format has this name"),
        (["herald.example", "-o", "gone/x.jsonl"], "gone/x.jsonl: there is no folder gone"),
        (["herald.example", "--format", "word", "-o", "x.jsonl"], "--format word: no such format"),
    ],
)
def test_wrong_usage_is_one_line_in_the_commands_own_words(words: list[str], said: str, tmp_path: Path) -> None:
    finished = crawl(tmp_path, *words)
    (line,) = finished.stderr.splitlines()
    assert said in line
    assert finished.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_source_that_does_not_answer_is_dark(tmp_path: Path) -> None:
    finished = crawl(tmp_path, f"http://127.0.0.1:{closed_port()}/", *QUICK)
    assert finished.returncode == 3


@dataclass
class OnTerminal:
    """A crawl on a terminal of its own, and what that has shown."""

    process: subprocess.Popen[bytes]
    master: int
    shown: str = ""

    def read(self) -> str:
        """Return all that was shown so far."""
        try:
            self.shown += os.read(self.master, 65536).decode(errors="replace")
        except BlockingIOError:
            pass
        except OSError:  # the terminal is gone with its last process
            pass
        return self.shown


def test_interrupted_crawl_on_a_terminal_says_so_and_keeps_what_it_has(site: SiteServer, tmp_path: Path) -> None:
    master, slave = pty.openpty()
    os.set_blocking(master, False)
    words = [COMMAND, "crawl", f"{site.address}/", *SLOW]
    with subprocess.Popen(
        words, cwd=tmp_path, env=without_database(), stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        terminal = OnTerminal(process, master)
        asked = len(site.requests)
        wait_until(lambda: "pages fetched" in terminal.read() and len(site.requests) > asked + 12, "twelve requests")
        process.send_signal(signal.SIGINT)
        wait_until(lambda: bool(terminal.read()) and process.poll() is not None, "the end")
    terminal.read()
    os.close(master)
    assert "stopping: open requests are finished and stored" in terminal.shown
    assert "newsspider crawl: interrupted: " in terminal.shown
    assert process.returncode == 130
    assert "Overridden settings" not in terminal.shown
    assert read_articles(tmp_path / "news.db")


def test_subscription_list_is_crawled(site: SiteServer, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(
        f'''<opml version="2.0"><body><outline text="Herald" xmlUrl="{site.address}/feed.xml"/>
        <outline text="Bad" xmlUrl="ftp://bad.example/"/></body></opml>'''
    )
    done = crawl(tmp_path, "--opml", "feeds.opml", *QUICK)
    assert done.returncode == 1  # as above
    assert {page_path(record) for record in read_articles(tmp_path / "news.db")} == STORIES
    assert "left out: 1 entry of the list, not valid" in done.stderr
    assert "feeds.opml:2: Bad: xmlUrl: not a web address: 'ftp://bad.example/'" in done.stderr


@pytest.mark.parametrize(
    ("program", "line"),
    [
        (INTERRUPTED_CHECK, "newsspider crawl: interrupted before anything was fetched"),
        (INTERRUPTED_START, "newsspider crawl: interrupted: 0 pages: 0 articles"),
    ],
    ids=["checks", "start"],
)
def test_interruption_while_a_crawl_is_set_up_is_heard(
    program: str, line: str, site: SiteServer, tmp_path: Path
) -> None:
    words = [sys.executable, "-c", program, "crawl", f"{site.address}/", *QUICK]
    done = subprocess.run(
        words,
        cwd=tmp_path,
        env=without_database(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 130
    assert done.stderr.splitlines()[-1].startswith(line)
