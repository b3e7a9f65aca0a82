"""`--parsers`: mends in `extract`, `re-extract` and `why`, and what is said of them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.crawls import read_articles

MODULE = """
from dataclasses import replace
from newsspider import for_site

@for_site("herald.example")
def shout(page, record):
    return replace(record, title=record.title.upper())

@for_site("herald.example")
def stumble(page, record):
    return replace(record, title=record.no_such_field)
"""
FAILURE = (
    "mend herald_{name}.stumble failed{on}: AttributeError: 'ArticleRecord' object has no attribute 'no_such_field'"
)
PROSE = {  # the same text would be the same article
    0: "The ferry sails again from the old harbour, said the harbour master on Monday. " * 4,
    1: "Nobody on the council had expected that the market would close before the summer. " * 4,
}
CANONICAL = '<link rel="canonical" href="https://herald.example/{number}">'


@pytest.fixture
def module(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A module that no other test has imported in this process."""
    path = tmp_path / f"herald_{request.node.originalname}.py"
    path.write_text(MODULE, encoding="utf-8")
    return path


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(2):
        text = f"<article><h1>Ferry {number}</h1><p>{PROSE[number]}</p></article>"
        page = f"<head>{CANONICAL.format(number=number)}</head><body>{text}</body>"
        (folder / f"{number}.html").write_text(f"<html>{page}</html>", encoding="utf-8")
    return folder


def failure(module: Path, on: str = "") -> str:
    return FAILURE.format(name=module.stem.removeprefix("herald_"), on=on)


def test_extract_applies_mends_and_names_the_failed_once(module: Path, pages: Path, run_command: RunCommand) -> None:
    done = run_command("extract", pages, "--parsers", module, "--workers", "2", "--ordered")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["title"] for record in records] == ["FERRY 0", "FERRY 1"]
    assert [record["warnings"][-1] for record in records] == [failure(module)] * 2
    assert done.returncode == 0
    assert done.stderr.splitlines()[1:] == [f"  {failure(module, ' on 2 pages')}"]


def test_environment_names_the_module(module: Path, pages: Path, run_command: RunCommand) -> None:
    done = run_command("extract", pages / "0.html", cwd=module.parent, NEWSSPIDER_PARSERS=module.stem)
    assert json.loads(done.stdout)["title"] == "FERRY 0"


def test_re_extract_applies_mends_to_stored_records(module: Path, pages: Path, run_command: RunCommand) -> None:
    database = module.parent / "news.db"
    assert run_command("extract", pages, "-o", database).returncode == 0
    done = run_command("re-extract", pages, "--db", database, "--parsers", module)
    assert sorted(record.title or "" for record in read_articles(database)) == ["FERRY 0", "FERRY 1"]
    assert done.stderr.splitlines() == [
        f"2 pages: 2 updated → {database}",
        f"  {failure(module, ' on 2 pages')}",
    ]


@pytest.mark.parametrize("option", [(), ("--json",), ("--html", "why.html")])
def test_why_names_mends_and_fields(
    module: Path, pages: Path, run_command: RunCommand, option: tuple[str, ...]
) -> None:
    done = run_command("why", pages / "0.html", "--parsers", module, *option, cwd=module.parent)
    said = [f"mend {module.stem}.shout changed title, provenance", failure(module)]
    assert (done.stderr if option else done.stdout).splitlines()[-2:] == said
    if "--json" in option:
        assert all("text" in json.loads(line) for line in done.stdout.splitlines())


def test_why_says_nothing_of_other_sites_mends(module: Path, call_main: RunCommand, tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text("<h1>Ferry</h1><p>It sails.</p>", encoding="utf-8")
    done = call_main("why", tmp_path / "other.html", "--parsers", module)
    assert "mend " not in done.stdout + done.stderr


@pytest.mark.parametrize("command", ["extract", "re-extract", "why"])
def test_module_that_cannot_be_imported_is_one_line_before_anything_starts(
    pages: Path, call_main: Callable[..., "subprocess.CompletedProcess[str]"], command: str
) -> None:
    done = call_main(command, pages / "0.html", "--parsers", "no.such.module")
    said = "newsspider: can't import parsers no.such.module: ModuleNotFoundError: No module named 'no'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
