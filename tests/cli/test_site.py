"""`newsspider site`, and the commands that extract with a site's memory."""

import json
from pathlib import Path

import pytest

from newsspider.site_memory.observations import hash_path
from newsspider.store.store import Store
from newsspider.urls import site_of
from tests.cli.conftest import RunCommand
from tests.repeating_newspaper import closing_of, write_newspaper
from tests.site_memory.made import BODY, REPEATED, article

SITE = "herald.example"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with Store(str(tmp_path / "news.db")) as store:
        store.learn([article(number) for number in range(9)])
    return tmp_path / "news.db"


def test_it_prints_what_is_remembered_in_words(call_main: RunCommand, database: Path) -> None:
    done = call_main("site", SITE, "--db", database)
    assert done.returncode == 0
    assert f"{SITE}: 9 articles remembered" in done.stdout
    assert f"9 of 9 (9)  '{REPEATED}' in div.story > p" in done.stdout
    assert "9  authors: Ann Lee" in done.stdout


def test_a_place_that_has_only_body_is_named_as_a_wrapper(call_main: RunCommand, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with Store(str(database)) as store:
        store.learn([article(number, template=hash_path(BODY)) for number in range(9)])
    told = call_main("site", SITE, "--db", database).stdout
    assert "nothing but body in nearly all (wrapper)" in told


def test_json_has_the_same_and_the_state(call_main: RunCommand, database: Path) -> None:
    told = json.loads(call_main("site", SITE, "--db", database, "--json").stdout)
    assert told["texts"] == [{"text": REPEATED, "container": "div.story > p", "articles": 9, "kept": 9}]
    assert len(told["state"]) == 16


def test_without_a_site_it_lists_all(call_main: RunCommand, database: Path) -> None:
    assert call_main("site", "--db", database).stdout.startswith(f"{SITE}: 9 articles, changed ")
    assert json.loads(call_main("site", "--db", database, "--json").stdout)["articles"] == 9


def test_a_forgotten_site_is_gone(call_main: RunCommand, database: Path) -> None:
    assert call_main("site", "forget", SITE, "--db", database).returncode == 0
    done = call_main("site", SITE, "--db", database)
    assert done.returncode == 2
    assert "remembers nothing of it" in done.stderr
    assert call_main("site", "forget", SITE, "--db", database).returncode == 2
    assert "remembers no site" in call_main("site", "--db", database).stderr


@pytest.mark.parametrize("words", [["forget"], ["a.example", "b.example"], ["forget", "a.example", "b.example"]])
def test_words_that_are_not_one_site_are_refused(call_main: RunCommand, database: Path, words: list[str]) -> None:
    done = call_main("site", *words, "--db", database)
    assert (done.returncode, "expected one site" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--site-memory", "--site-memory-from", "news.db"], "give one of them"),
        (["--site-memory", "--dask", "local", "-o", "parts"], "--dask can't learn"),
        (["--site-memory", "-"], "reads the inputs twice"),
        (["--site-memory", "https://herald.example/"], "reads the inputs twice"),
        (["--site-memory-from", "missing.db"], "no database at"),
        (["--wrappers"], "--wrappers reads by a memory"),
    ],
)
def test_options_that_do_not_fit_are_refused_before_any_page_is_read(
    call_main: RunCommand, tmp_path: Path, options: list[str], said: str
) -> None:
    (tmp_path / "page.html").write_text("<h1>Ferry</h1><p>It sails.</p>")
    done = call_main("extract", "page.html", *options, cwd=tmp_path)
    assert said in done.stderr
    assert done.returncode in (2, 4)
    assert not done.stdout


@pytest.mark.processes
def test_extract_learns_what_a_site_repeats_and_drops_it(run_command: RunCommand, tmp_path: Path) -> None:
    (folder := tmp_path / "saved").mkdir()
    files = write_newspaper(folder, range(24))
    run_command("extract", folder, "-o", tmp_path / "plain.jsonl", "--witness", "never")
    done = run_command(
        "extract", folder, "-o", tmp_path / "known.jsonl", "--site-memory", "--witness", "never", "--workers", "1"
    )
    assert done.returncode == 0
    plain, known = (read_records(tmp_path / name) for name in ("plain.jsonl", "known.jsonl"))
    for number, file in enumerate(files):
        assert closing_of(number) in plain[str(file)]["body"]
        assert closing_of(number) not in known[str(file)]["body"]
    assert len({record["site_memory"] for record in known.values() if record["kind"] == "article"}) == 1


@pytest.mark.processes
def test_each_part_learns_from_its_own_input_or_uses_a_database(run_command: RunCommand, tmp_path: Path) -> None:
    (folder := tmp_path / "saved").mkdir()
    files = write_newspaper(folder, range(24))
    quick = ("--part-per-input", "--format", "jsonl", "--witness", "never", "--workers", "1")
    (few := tmp_path / "few").mkdir()
    write_newspaper(few, range(6))
    done = run_command("extract", folder, few, "-o", tmp_path / "parts", "--site-memory", *quick)
    assert done.returncode == 0
    large, small = sorted((tmp_path / "parts" / "articles").iterdir(), key=lambda path: -path.stat().st_size)
    assert not any(closing_of(number) in large.read_text() for number in range(3))
    assert all(closing_of(number) in small.read_text() for number in range(3))

    database = tmp_path / "news.db"
    run_command("extract", folder, "-o", database, "--witness", "never")
    run_command("re-extract", folder, "--db", database, "--witness", "never")
    run_command("extract", few, "-o", tmp_path / "known", "--site-memory-from", database, *quick)
    (known,) = (tmp_path / "known" / "articles").iterdir()
    assert not any(closing_of(number) in known.read_text() for number in range(3))
    assert len(files) == 24


@pytest.mark.processes
def test_a_databases_memory_is_used_by_extract_re_extract_and_why(run_command: RunCommand, tmp_path: Path) -> None:
    (folder := tmp_path / "saved").mkdir()
    files = write_newspaper(folder, range(24))
    database, quick = tmp_path / "news.db", ("--witness", "never")
    run_command("extract", folder, "-o", database, *quick)
    first = run_command("re-extract", folder, "--db", database, *quick)  # it only learns
    assert "25 unchanged" in first.stderr
    second = run_command("re-extract", folder, "--db", database, *quick)
    assert "24 updated" in second.stderr
    third = run_command("re-extract", folder, "--db", database, *quick, "--no-site-memory")
    assert "24 updated" in third.stderr

    run_command("extract", files[0], "-o", tmp_path / "one.jsonl", "--site-memory-from", database, *quick)
    (record,) = read_records(tmp_path / "one.jsonl").values()
    assert closing_of(0) not in record["body"]
    with Store(str(database)) as store:
        stored = store.site_memory(str(site_of(record["url"])))
    assert stored is not None
    assert record["site_memory"] == stored.state

    told = run_command("why", files[0], "--db", database, "--json", *quick).stdout
    blocks = [json.loads(line) for line in told.splitlines()]
    (block,) = [block for block in blocks if block["text"] == closing_of(0)]
    assert (block["kept"], block["repeats"]) == (False, 7)
    assert block["reason"] == "the same on 7 other pages of this site"


def read_records(path: Path) -> dict[str, dict[str, str]]:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {record["source"]: record for record in records}
