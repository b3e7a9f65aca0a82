"""Standard streams that are closed, and terminals that go away: one line, no traceback, nothing lost."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store

pytestmark = pytest.mark.processes

PAGE = "<html><title>Ferry</title><article><h1>Ferry</h1>" + "<p>The ferry sails again, the board said.</p>" * 20
COMMAND = shlex.join([sys.executable, "-m", "newsspider"])


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    with Store(str(tmp_path / "news.db")) as store:
        store.write([ArticleRecord(url="https://herald.example/a", title="Ferry", body="It sails.")])
    return tmp_path


def run(words: str, work: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line of the shell, which closes streams by `<&-` and `>&-`."""
    line = f"{COMMAND} {words}"
    return subprocess.run(["sh", "-c", line], cwd=work, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    "words", ["export >&-", "stats >&-", "search ferry >&-", "extract page.html --format jsonl >&-"]
)
def test_closed_standard_output_is_one_line_and_4(words: str, work: Path) -> None:
    done = run(words, work)
    assert (done.returncode, done.stderr) == (4, "newsspider: standard output: Bad file descriptor\n")


def test_closed_standard_input_is_a_page_that_cannot_be_read(work: Path) -> None:
    done = run("extract - -o x.jsonl <&-", work)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Bad file descriptor" in (work / "x.quarantine.jsonl").read_text()


def test_command_that_needs_no_stream_works_without_any(work: Path) -> None:
    done = run("extract page.html -o x.jsonl <&- >&- 2>&-", work)
    assert done.returncode == 0
    assert (work / "x.jsonl").read_text(encoding="utf-8").startswith('{"url": ')


def test_database_is_not_written_to_as_a_closed_stream(work: Path) -> None:
    before = (work / "news.db").read_bytes()
    run("stats <&- >&- 2>&-", work)
    assert (work / "news.db").read_bytes() == before


@pytest.mark.parametrize(
    "url", ["postgresql://ann:pilchard@herald.example:port/x", "postgresql://ann:pilchard@[::1/x", "postgresql://:/:/"]
)
def test_database_url_that_is_none_is_one_line_without_the_password(url: str, work: Path) -> None:
    done = run(f"stats --db {shlex.quote(url)}", work)
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith("newsspider: ")
    assert "pilchard" not in line


def extract_until(number: signal.Signals, work: Path, *before: str) -> tuple[int, str]:
    """Extract a page and what never comes through a pipe, send a signal while it waits, and end the pipe."""
    os.mkfifo(work / "more.html")
    words = [*before, sys.executable, "-m", "newsspider", "extract", "page.html", "more.html", "-o", "x.jsonl"]
    with subprocess.Popen(words, cwd=work, stderr=subprocess.PIPE, text=True) as process:
        with (work / "more.html").open("wb"):  # which the command has opened then
            process.send_signal(number)
            if not before:
                process.wait(60)
        _, said = process.communicate(timeout=60)
    return process.returncode, said


def test_hangup_ends_an_extraction_as_an_interrupt(work: Path) -> None:
    code, said = extract_until(signal.SIGHUP, work)
    assert code == 130
    assert "interrupted: the rest was not read" in said
    assert "Traceback" not in said


def test_hangup_under_nohup_is_ignored(work: Path) -> None:
    code, said = extract_until(signal.SIGHUP, work, "nohup")
    assert code in (0, 1)  # the pipe's page is empty
    assert "interrupted" not in said
