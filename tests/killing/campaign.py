"""Kill -9 at random moments over crawl, extract, export and migrate: `python -m tests.killing.campaign ROUNDS [SEED]`.

Each round starts a command, kills it and all its processes, and asks whether what was committed is there. After some
kills on the same files the command runs to its end, and must leave what it leaves when nobody kills it.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fixtures.serve import serve_site
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.store.tables import articles, quarantine
from tests.crawls import FAST, ROOT, crawl_words, environment
from tests.programs import SCRAPY

NEWSSPIDER = str(Path(sys.executable).with_name("newsspider"))
KILLS_BEFORE_THE_END = 20  # on the same files
SITE = "herald.example"
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
        seconds: the kill comes within so many.
        check: after each kill, given what was committed before it.
        finish: after the command has run to its end.
        committed: what is committed now.
    """

    words: list[str]
    seconds: float
    committed: Callable[[], Mapping[str, str]]
    check: Callable[[Mapping[str, str]], None]
    finish: Callable[[], None]
    environment: Mapping[str, str]


def run_trial(trial: Trial, kills: int, chance: random.Random) -> int:
    """Kill a command so often, then let it end; return how many kills found it running.

    Raises:
        Broken: something was lost, doubled or spoiled.
    """
    found_running = 0
    for _ in range(kills):
        with _started(trial) as process:
            time.sleep(chance.uniform(0.05, trial.seconds))
            before = trial.committed()
            found_running += process.poll() is None
            _kill(process)
        trial.check(before)
    with _started(trial) as process:
        if process.wait(PATIENCE_SECONDS) not in (0, 1):
            raise Broken(f"{trial.words[:3]} ended with {process.returncode} after the kills")
    trial.finish()
    return found_running


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


def crawl_trial(folder: Path, address: str, stories: int) -> Trial:
    """Return a crawl of the fixture newspaper into one database."""
    database = folder / "crawl.db"

    def finish() -> None:
        check_database(database)
        with Store(str(database), create=False) as store:
            found = sum(1 for _ in store.read())
        if found != stories:
            raise Broken(f"{found} of {stories} stories after the kills")

    words = [SCRAPY, *crawl_words({**FAST, "NEWSSPIDER_WORKERS": 1, "LOG_LEVEL": "ERROR"}, url=f"{address}/")]
    return _database_trial(words, 4.0, database, finish)


def extract_trial(folder: Path, target: str) -> Trial:
    """Return an extraction of the fixture pages to a database or a .jsonl file."""
    output = folder / target
    pages = sorted(str(path) for path in (ROOT / "fixtures" / "pages").glob("*/page.html"))
    words = [NEWSSPIDER, "extract", *pages, "-o", str(output), "--resume", "--workers", "1"]

    def finish() -> None:
        sources = [record.source for record in read_records(output)]
        if sorted(map(str, sources)) != pages:
            raise Broken(f"{len(sources)} records of {len(pages)} pages, {len(set(sources))} different")

    if target.endswith(".db"):
        return _database_trial(words, 2.5, output, finish)
    return Trial(words, 2.5, lambda: read_lines(output), lambda before: check_lines(output, before), finish, os.environ)


def export_trial(folder: Path) -> Trial:
    """Return an export of a database to a file, which is begun anew each time."""
    database, output = folder / "stored.db", folder / "export.jsonl"
    fill(database)
    before = committed_in(database)

    def finish() -> None:
        if len(output.read_text(encoding="utf-8").splitlines()) != STORED:
            raise Broken("the export is not whole")

    def check(_: Mapping[str, str]) -> None:
        check_database(database)
        if committed_in(database) != before:
            raise Broken("the export changed the database")

    words = [NEWSSPIDER, "export", "--db", str(database), "-o", str(output), "--replace"]
    return Trial(words, 1.0, lambda: before, check, finish, os.environ)


def migrate_trial(folder: Path) -> Trial:
    """Return the opening of a database of the first version."""
    database, first = folder / "migrated.db", folder / "first.db"
    fill(first)
    with closing(sqlite3.connect(first)) as connection, connection:
        newer = "parts addresses aliases versions accounts".split()
        for table in newer:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        connection.execute("UPDATE schema_version SET version = 1")
    shutil.copy(first, database)
    expected = committed_in(first)

    def check(_: Mapping[str, str]) -> None:
        check_database(database)
        if committed_in(database) != expected:
            raise Broken("the migration lost records")

    def finish() -> None:
        check({})
        shutil.copy(first, database)  # old again, for the next kills
        for leftover in folder.glob("migrated.db-*"):
            leftover.unlink()

    words = [sys.executable, "-c", "import sys; from newsspider.store.store import Store; Store(sys.argv[1]).close()"]
    return Trial([*words, str(database)], 0.6, lambda: expected, check, finish, os.environ)


def _database_trial(words: list[str], seconds: float, database: Path, finish: Callable[[], None]) -> Trial:
    """Return a trial that writes to a database, where no committed record may be lost."""

    def check(before: Mapping[str, str]) -> None:
        check_database(database)
        after = committed_in(database)
        if lost := {key for key in before if key not in after}:
            raise Broken(f"{len(lost)} committed records lost, {next(iter(lost))} among them")

    return Trial(words, seconds, lambda: committed_in(database), check, finish, environment(database))


def fill(database: Path) -> None:
    """Store so many articles."""
    with Store(str(database)) as store:
        store.write(
            [
                ArticleRecord(
                    url=f"https://herald.example/{n}", site="herald.example", title=f"Story {n}", body="Text " * 50
                )
                for n in range(STORED)
            ]
        )


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


def read_records(output: Path) -> list[ArticleRecord]:
    """Return all records of an output and its quarantine."""
    if output.suffix == ".db":
        with Store(str(output), create=False) as store:
            return [*store.read(articles), *store.read(quarantine)]
    lines = [*output.read_text("utf-8").splitlines()]
    beside = output.with_suffix(".quarantine.jsonl")
    lines += beside.read_text("utf-8").splitlines() if beside.exists() else []
    return [ArticleRecord.from_dict(json.loads(line)) for line in lines]


def read_lines(output: Path) -> dict[str, str]:
    """Return an output file's whole lines, by themselves."""
    if not output.exists():
        return {}
    whole, _, _ = output.read_bytes().decode("utf-8", "replace").rpartition("\n")
    return {line: "" for line in whole.split("\n") if line}


def check_lines(output: Path, before: Mapping[str, str]) -> None:
    """Check that a file holds what it held, each line once.

    Raises:
        Broken: it does not.
    """
    after = read_lines(output)
    if lost := before.keys() - after.keys():
        raise Broken(f"{len(lost)} lines lost")
    for line in after:
        json.loads(line)


def trials_in(folder: Path, address: str, stories: int) -> list[Trial]:
    """Return one trial of each sort."""
    return [
        crawl_trial(folder, address, stories),
        extract_trial(folder, "out.db"),
        extract_trial(folder, "out.jsonl"),
        export_trial(folder),
        migrate_trial(folder),
    ]


def run_campaign(rounds: int, kills: int, stories: int, chance: random.Random) -> tuple[int, int]:
    """Run so many rounds of each trial; return (kills, kills that found the command running)."""
    done = running = 0
    with serve_site() as server:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                for trial in trials_in(Path(folder), server.address, stories):
                    running += run_trial(trial, kills, chance)
                    done += kills
            sys.stdout.write(f"{done} kills, {running} of them while the command ran: nothing lost\n")
            sys.stdout.flush()
    return done, running


if __name__ == "__main__":
    from tests.commands.test_crawl import STORIES

    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    run_campaign(int(sys.argv[1]), KILLS_BEFORE_THE_END, len(STORIES), random.Random(seed))
