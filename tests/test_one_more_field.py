"""A field is one line of `record.py`: a copy of the package with one more opens all stores, writes all formats."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from pyarrow import parquet

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests import one_more_field
from tests.old_stores import make_first_version

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
NEXT_LINE = "    description: Annotated["  # the field goes before it: not the last, in no output
NEW_LINE = '    mood: Annotated[str | None, Field("How it reads.", prose=True, note=15)] = None\n'
OLD = ArticleRecord(url=one_more_field.FERRY["url"], site="herald.example", title="Ferry", body="It is in port.")

Run = Callable[..., str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return what runs Python with the copy and returns its output."""
    copy = tmp_path_factory.mktemp("copy")
    for name in ("newsspider", "pipelines"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    path = copy / "newsspider" / "record" / "article_record.py"
    source = path.read_text("utf-8")
    assert source.count(NEXT_LINE) == 1
    path.write_text(source.replace(NEXT_LINE, NEW_LINE + NEXT_LINE), "utf-8")

    def python(*arguments: str | Path, **environment: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy), **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout if done.returncode == 0 else done.stderr

    return python


def command(*arguments: str | Path) -> tuple[str | Path, ...]:
    return ("-c", "from newsspider.cli.main import main; main()", *arguments)


def make_new(database: str) -> None:
    """Leave it to be made."""


def make_current(database: str) -> None:
    with Store(database) as store:
        store.write([OLD])


def make_first(database: str) -> None:
    make_first_version(database, OLD)


@pytest.mark.parametrize("make", [make_new, make_current, make_first])
def test_store_takes_the_field_and_stays_readable_without_it(
    make: Callable[[str], None], database: str, run: Run
) -> None:
    make(database)
    assert run(Path(one_more_field.__file__), database) == ""
    with Store(database, migrates=False) as store:
        known = {record.url: record.body for record in store.read()}
        assert known[OLD.url] == "It sails no more."
        assert len(store.versions(OLD.url or "")) == 2 + (make is not make_new)
        store.write([replace(OLD, body="It sails at last."), replace(OLD, url="https://herald.example/tram")])
    with Store(database) as store:
        assert store.search("last", 5)[0].url == OLD.url
    stats = json.loads(run(*command("stats", "--json", "--db", database)))
    assert stats["fields"]["mood"] == 2  # of the row that was written without it, too
    assert stats["articles"] == 3


def test_store_is_left_as_it_is_where_migrations_are_forbidden(database: str, run: Run) -> None:
    make_current(database)
    error = run(*command("stats", "--json", "--db", database), NEWSSPIDER_MIGRATE="0")
    assert "has no column mood yet, and NEWSSPIDER_MIGRATE=0 forbids the migration: open it once without it" in error
    assert error.count("\n") == 1
    run(*command("stats", "--json", "--db", database))
    stats = run(*command("stats", "--json", "--db", database), NEWSSPIDER_MIGRATE="0")
    assert json.loads(stats)["fields"]["mood"] == 0


def test_each_format_and_the_schema_have_the_field(tmp_path: Path, run: Run) -> None:
    database = tmp_path / "news.db"
    run(Path(one_more_field.__file__), database)
    for output in ("a.jsonl", "a.csv", "a.parquet"):
        run(*command("export", "--db", database, "-o", tmp_path / output))
    run(*command("export", "--db", database, "-o", tmp_path / "notes", "--format", "markdown"))
    expected = ["calm", "calm"]
    records = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    assert [record["mood"] for record in records] == expected
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["mood"] for row in csv.DictReader(file)] == expected
    assert parquet.read_table(tmp_path / "a.parquet").column("mood").to_pylist() == expected
    notes = [path.read_text("utf-8").split("---")[1] for path in (tmp_path / "notes").rglob("*.md")]
    assert [yaml.safe_load(note)["mood"] for note in notes] == expected
    assert [list(yaml.safe_load(note))[:2] for note in notes] == [["title", "mood"]] * 2
    schema = json.loads(run("-c", "import json; from newsspider.record import *; print(json.dumps(record_schema()))"))
    validator = Draft202012Validator(schema)
    assert all(map(validator.is_valid, records))
    assert not validator.is_valid({**records[0], "mood": 1})


def test_copy_of_a_store_has_the_field(tmp_path: Path, run: Run) -> None:
    run(Path(one_more_field.__file__), tmp_path / "news.db")
    run(*command("backup", tmp_path / "copy.db", "--db", tmp_path / "news.db"))
    stats = json.loads(run(*command("stats", "--json", "--db", tmp_path / "copy.db"), NEWSSPIDER_MIGRATE="0"))
    assert stats["fields"]["mood"] == 2
