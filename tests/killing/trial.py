"""A command that is killed again and again, and then may end: what a trial is, and how it is run."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawls import ROOT, wait_until

NEWSSPIDER = str(Path(sys.executable).with_name("newsspider"))
STORED = 3_000  # records in a database that is migrated or exported
PATIENCE_SECONDS = 600  # a machine may be busy
SNAPSHOT = """
SELECT key, title, first_seen FROM articles UNION ALL SELECT key, kind, first_seen FROM quarantine
"""


class Broken(AssertionError):  # noqa: N818  # it is the campaign's verdict
    """A kill did what it must not."""


@dataclass(frozen=True)
class Trial:
    """A command to be killed.

    Attributes:
        words: the command.
        seconds: the kill comes within so many, from when it is ready.
        check: after each kill, given what was committed before it.
        finish: after the command has run to its end.
        committed: what is committed now.
        environment: the command's.
        is_ready: whether the command has come to the work that is to be killed; a moment after its start without.
    """

    words: list[str]
    seconds: float
    committed: Callable[[], Mapping[str, str]]
    check: Callable[[Mapping[str, str]], None]
    finish: Callable[[], None]
    environment: Mapping[str, str]
    is_ready: Callable[[], bool] | None = None


def run_trial(trial: Trial, kills: int, chance: random.Random) -> int:
    """Kill a command so often, then let it end; return how many kills found it running.

    Raises:
        Broken: something was lost, doubled or spoiled.
    """
    found_running = 0
    for _ in range(kills):
        with _started(trial) as process:
            _wait(trial, process, chance)
            before = trial.committed()
            found_running += process.poll() is None
            _kill(process)
        trial.check(before)
    with _started(trial) as process:
        if process.wait(PATIENCE_SECONDS) not in (0, 1):
            raise Broken(f"{trial.words[:3]} ended with {process.returncode} after the kills")
    trial.finish()
    return found_running


def _wait(trial: Trial, process: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    """Wait for the moment of a kill."""
    is_ready = trial.is_ready
    if is_ready is None:
        time.sleep(chance.uniform(0.05, trial.seconds))
    else:
        wait_until(lambda: is_ready() or process.poll() is not None, "the work that is to be killed")
        time.sleep(chance.uniform(0.0, trial.seconds))


@contextmanager
def _started(trial: Trial) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a trial's command in a group of its own."""
    with subprocess.Popen(
        trial.words,
        cwd=ROOT,
        env=dict(trial.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            _kill(process)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a command and its workers; it may have ended."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def make_records() -> Iterator[ArticleRecord]:
    """Yield so many articles."""
    for number in range(STORED):
        url = f"https://herald.example/{number}"
        yield ArticleRecord(url=url, site="herald.example", title=f"Story {number}", body="Text " * 50, source=url)


def committed_in(database: Path) -> dict[str, str]:
    """Return the committed rows of articles and quarantine by key, none where there is no database yet."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=30)) as connection:
            return {str(key): f"{text} {seen}" for key, text, seen in connection.execute(SNAPSHOT)}
    except sqlite3.OperationalError:
        return {}


def check_database(database: Path) -> None:
    """Open the store, as the next run does, and ask SQLite whether it is whole.

    Raises:
        Broken: it is not.
    """
    if not database.exists():
        return
    Store(str(database)).close()
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchall()
        keys = connection.execute("SELECT count(*) - count(DISTINCT key) FROM articles").fetchone()
        connection.execute("INSERT INTO articles_search(articles_search) VALUES ('integrity-check')")
        connection.rollback()
    if said != [("ok",)] or keys != (0,):
        raise Broken(f"integrity: {said[:3]}, doubled keys: {keys}")
