"""The browser's life: there or not, lost on the way, and gone with the crawl however that ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawl.rendering.crawling import rendering_words
from tests.crawl.rendering.paper import Paper, serve_paper, title
from tests.crawls import (
    PATIENCE_SECONDS,
    ROOT,
    environment,
    our_lines,
    read_articles,
    read_quarantine,
    run_scrapy,
    wait_until,
)
from tests.programs import SCRAPY, Finished

pytestmark = pytest.mark.processes

WITHOUT_PLAYWRIGHT = "import sys; sys.modules['playwright'] = None; from scrapy.cmdline import execute; execute()"
LOG = "crawl.log"


def refused(paper: Paper, folder: Path, settings: dict[str, object], program: tuple[str, ...] = (SCRAPY,)) -> Finished:
    """Crawl where there is no browser and return how it ended: nothing is stored, no page is anybody's failure."""
    finished = run_scrapy(rendering_words(paper, folder, settings), folder / "news.db", program=program)
    assert finished.returncode == 2
    assert "Traceback" not in finished.stderr
    if (folder / "news.db").exists():
        assert [*read_articles(folder / "news.db"), *read_quarantine(folder / "news.db")] == []
    return finished


def test_extra_that_is_not_installed_is_one_line_before_anything_is_fetched(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        finished = refused(paper, tmp_path, {}, (sys.executable, "-c", WITHOUT_PLAYWRIGHT))
    assert our_lines(finished) == ["paper: render = true needs another package: pip install 'newsspider[render]'"]
    assert paper.seen == []


def test_crawl_without_rendering_needs_no_extra(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        words = rendering_words(paper, tmp_path)
        profile = tmp_path / "sites.toml"
        profile.write_text(profile.read_text().replace("render = true", ""))
        finished = run_scrapy(words, tmp_path / "news.db", program=(sys.executable, "-c", WITHOUT_PLAYWRIGHT))
    assert "wrong_usage" not in finished.stderr
    assert [each.path for each in paper.seen] == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("setting", "value", "line"),
    [
        ("NEWSSPIDER_BROWSER", "/no/such/chromium", "NEWSSPIDER_BROWSER=/no/such/chromium: not a program (expected a"),
        ("NEWSSPIDER_RENDER_PAGES", "0", "NEWSSPIDER_RENDER_PAGES 0: expected a whole number from 1 to 64"),
        ("NEWSSPIDER_RENDER_FETCH", "websocket", "NEWSSPIDER_RENDER_FETCH=websocket: can't be fetched (expected"),
    ],
)
def test_setting_that_can_not_be_is_one_line_before_anything_is_fetched(
    tmp_path: Path, setting: str, value: str, line: str
) -> None:
    with serve_paper("ferry") as paper:
        finished = refused(paper, tmp_path, {setting: value})
    (said,) = our_lines(finished)
    assert said.startswith(line)
    assert paper.seen == []


@pytest.mark.parametrize(
    ("says", "line"),
    [
        ("Running as root without --no-sandbox is not supported", "NEWSSPIDER_BROWSER_SANDBOX=0"),
        ("libnss3.so: cannot open shared object file", "does not start: "),
    ],
)
def test_browser_that_does_not_start_ends_the_crawl_with_the_mend(tmp_path: Path, says: str, line: str) -> None:
    broken = tmp_path / "broken"
    broken.write_text(f"#!/bin/sh\necho '{says}' >&2\nexit 1\n")
    broken.chmod(0o755)
    with serve_paper("ferry") as paper:
        finished = refused(paper, tmp_path, {"NEWSSPIDER_BROWSER": broken})
    assert line in our_lines(finished)[0]


def test_playwrights_own_browser_that_is_not_installed_is_named_with_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    with serve_paper("ferry") as paper:
        finished = refused(paper, tmp_path, {"NEWSSPIDER_BROWSER": ""})
    mend = "render = true needs a browser: playwright install chromium, or NEWSSPIDER_BROWSER=/usr/bin/chromium"
    assert our_lines(finished)[0] == mend


@contextmanager
def crawling(paper: Paper, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Crawl, as a terminal's foreground job, and go on when a page is in the browser; it ends with the test."""
    with (folder / LOG).open("w") as log:
        process = subprocess.Popen(
            [SCRAPY, *rendering_words(paper, folder)],
            cwd=ROOT,
            env=environment(folder / "news.db"),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_until(lambda: bool(paper.asked("/api/slow.json")), "the page's script did not ask for anything")
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def descendants(ancestor: int) -> dict[int, str]:
    """Return the processes that a process and its own have started, by number, with their commands."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(maxsplit=2) for line in listed.splitlines()]
    found: dict[int, str] = {}
    for _ in range(len(rows)):  # each round finds a generation
        new = {int(pid): args for pid, parent, *(args,) in rows if int(parent) in {ancestor, *found}} | found
        if new == found:
            break
        found = new
    return found


def browser_of(crawl: int) -> int:
    """Return the browser's first process, which has the others."""
    return min(pid for pid, args in descendants(crawl).items() if "--headless" in args and "--type=" not in args)


def are_gone(pids: set[int]) -> bool:
    """Whether processes have ended; what nobody has asked after is a zombie, which has."""
    listed = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = (line.split() for line in listed.splitlines())
    return not pids & {int(pid) for pid, state in rows if not state.startswith("Z")}


def test_page_whose_browser_breaks_down_is_rendered_in_another(tmp_path: Path) -> None:
    with serve_paper("slow", "ferry", "market") as paper, crawling(paper, tmp_path) as process:
        os.kill(browser_of(process.pid), signal.SIGKILL)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0
    assert {record.title for record in read_articles(tmp_path / "news.db")} >= {title("slow"), title("ferry")}
    log = (tmp_path / LOG).read_text()
    assert "'newsspider/render/browsers_lost': " in log
    assert "Traceback" not in log


def test_interrupted_crawl_finishes_the_page_and_leaves_no_process(tmp_path: Path) -> None:
    with serve_paper("slow") as paper, crawling(paper, tmp_path) as process:
        started = descendants(process.pid)
        assert any("chrom" in args for args in started.values())
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C, to all of them
        process.wait(timeout=PATIENCE_SECONDS)
        wait_until(lambda: are_gone(set(started)), "the browser outlives its crawl")
    assert title("slow") in [record.title for record in read_articles(tmp_path / "news.db")]
    assert "Traceback" not in (tmp_path / LOG).read_text()


def test_killed_crawl_leaves_no_process(tmp_path: Path) -> None:
    with serve_paper("slow") as paper, crawling(paper, tmp_path) as process:
        started = descendants(process.pid)
        process.kill()
        process.wait()
        wait_until(lambda: are_gone(set(started)), "the browser outlives its crawl")
