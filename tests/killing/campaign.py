"""Kill -9 at random moments over the commands that write: `python -m tests.killing.campaign ROUNDS [SEED]`.

Each round starts a command, kills it and all its processes, and asks whether what was committed is there. After some
kills on the same files the command runs to its end, and must leave what it leaves when nobody kills it.
"""

import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from fixtures.serve import serve_site
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store
from tests.crawls import FAST, ROOT, crawl_words, environment
from tests.killing.trial import NEWSSPIDER, STORED, Broken, Trial, check_database, committed_in, make_records, run_trial
from tests.killing.upgrading import migrate_trial, re_extract_trial
from tests.postgres import Server, running_server
from tests.programs import SCRAPY

KILLS_BEFORE_THE_END = 20  # on the same files


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
    with Store(str(database)) as store:
        store.write(list(make_records()))
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


def _database_trial(words: list[str], seconds: float, database: Path, finish: Callable[[], None]) -> Trial:
    """Return a trial that writes to a database, where no committed record may be lost."""

    def check(before: Mapping[str, str]) -> None:
        check_database(database)
        after = committed_in(database)
        if lost := {key for key in before if key not in after}:
            raise Broken(f"{len(lost)} committed records lost, {next(iter(lost))} among them")

    return Trial(words, seconds, lambda: committed_in(database), check, finish, environment(database))


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


def trials_in(folder: Path, address: str, stories: int, server: Server) -> list[Trial]:
    """Return one trial of each sort."""
    return [
        crawl_trial(folder, address, stories),
        extract_trial(folder, "out.db"),
        extract_trial(folder, "out.jsonl"),
        export_trial(folder),
        migrate_trial(folder, str(folder / "old.db")),
        migrate_trial(folder, server.new_database()),
        re_extract_trial(folder),
    ]


def run_campaign(rounds: int, kills: int, stories: int, chance: random.Random) -> tuple[int, int]:
    """Run so many rounds of each trial; return (kills, kills that found the command running)."""
    done = running = 0
    with serve_site() as site, running_server() as server:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                for trial in trials_in(Path(folder), site.address, stories, server):
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
