"""Writers: articles where the user said, all else beside them."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from newsspider.errors import OutputError, StoreError, UsageError
from newsspider.outputs.markdown_notes import render_markdown
from newsspider.record import ArticleRecord
from newsspider.store.schema.tables import quarantine
from newsspider.store.store import Store
from pipelines.open_output import open_output

ARTICLE = ArticleRecord(url="https://herald.example/a", title="Ferry", body="It sails.")
PAYWALLED = ArticleRecord(url="https://herald.example/b", kind="paywalled", title="Locked")
INDEX = ArticleRecord(url="https://herald.example/", kind="index", reason="a list")
FAILED = ArticleRecord(source="c.html", kind="failed", reason="can't be read")


def write_all(target: str | Path, *records: ArticleRecord) -> None:
    with open_output(str(target)) as writer:
        for record in records:
            writer.write(record)


def read_lines(path: Path) -> list[ArticleRecord]:
    decompress = {".gz": gzip.decompress, ".zst": zstandard.ZstdDecompressor().decompressobj().decompress}
    data = decompress.get(path.suffix, bytes)(path.read_bytes())
    return [ArticleRecord.from_dict(json.loads(line)) for line in data.decode().splitlines()]


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_articles_and_quarantine_lie_side_by_side(suffix: str, tmp_path: Path) -> None:
    write_all(tmp_path / f"x{suffix}", ARTICLE, INDEX, PAYWALLED, FAILED)
    assert read_lines(tmp_path / f"x{suffix}") == [ARTICLE, PAYWALLED]
    assert read_lines(tmp_path / f"x.quarantine{suffix}") == [INDEX, FAILED]


def test_csv_has_its_quarantine_beside_it(tmp_path: Path) -> None:
    write_all(tmp_path / "x.csv", ARTICLE, INDEX)
    assert "https://herald.example/a" in (tmp_path / "x.csv").read_text()
    assert "a list" in (tmp_path / "x.quarantine.csv").read_text()


def test_run_without_failures_leaves_no_quarantine_of_an_earlier_one(tmp_path: Path) -> None:
    write_all(tmp_path / "x.jsonl", ARTICLE, FAILED)
    write_all(tmp_path / "x.jsonl", PAYWALLED)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.jsonl"]
    assert read_lines(tmp_path / "x.jsonl") == [PAYWALLED]


def test_lines_are_in_the_file_as_soon_as_they_are_written(tmp_path: Path) -> None:
    with open_output(str(tmp_path / "x.jsonl")) as writer:
        writer.write(ARTICLE)
        assert read_lines(tmp_path / "x.jsonl") == [ARTICLE]


def test_standard_output_gets_articles_only(capsys: pytest.CaptureFixture[str]) -> None:
    write_all("-", INDEX, ARTICLE)
    assert [json.loads(line)["url"] for line in capsys.readouterr().out.splitlines()] == [ARTICLE.url]


@pytest.mark.parametrize("name", ["x.db", "x.sqlite", "x.SQLITE3"])
def test_database_suffixes_name_a_store(name: str, tmp_path: Path) -> None:
    write_all(tmp_path / name, ARTICLE, INDEX)
    with Store(str(tmp_path / name), create=False) as store:
        assert [record.title for record in store.read()] == ["Ferry"]
        assert [record.kind for record in store.read(quarantine)] == ["index"]
        (run,) = store.read_runs(5)
    assert (run["command"], run["counts"], run["exit_code"]) == ("extract", {"article": 1, "index": 1}, 0)


def test_database_url_names_a_store(tmp_path: Path) -> None:
    write_all(f"sqlite:///{tmp_path}/x", ARTICLE)
    with Store(str(tmp_path / "x"), create=False) as store:
        assert len(list(store.read())) == 1


def test_records_are_stored_when_the_run_is_interrupted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_output(str(tmp_path / "x.db")) as writer:  # noqa: PT012 as Ctrl-C does
        writer.write(ARTICLE)
        raise KeyboardInterrupt
    with Store(str(tmp_path / "x.db"), create=False) as store:
        assert [record.title for record in store.read()] == ["Ferry"]


@pytest.mark.parametrize("name", ["x.doc", "x.zip", "x"])
def test_unknown_suffix_is_wrong_usage(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no output format has this name; use one of \.jsonl, \.jsonl\.gz"):
        open_output(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing/x.jsonl", "missing/x.jsonl.gz", "missing/x.csv", "file/x.jsonl"])
def test_unwritable_file_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputError, match=str(tmp_path)):
        open_output(f"{tmp_path}/{name}")


def test_quarantine_that_can_not_be_removed_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.quarantine.jsonl").mkdir()
    with pytest.raises(OutputError, match=r"x\.quarantine\.jsonl"):
        open_output(str(tmp_path / "x.jsonl"))


def test_unwritable_database_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"x\.db: the folder does not exist"):
        open_output(str(tmp_path / "missing" / "x.db"))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs Linux's /dev/full")  # noqa: PTH110 before the test
def test_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left on device"):
        write_all(tmp_path / "x.jsonl", ARTICLE)


@pytest.mark.processes
def test_commands_walk_the_road_without_scrapy() -> None:
    program = "import sys, pipelines.record_steps, pipelines.write, pipelines.store; sys.exit('scrapy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("name", ["x.jsonl", "x.csv.gz", "x.parquet", "x.md", "x.json"])
def test_file_of_an_earlier_run_is_lost_only_on_request(name: str, tmp_path: Path) -> None:
    write_all(tmp_path / name, ARTICLE, FAILED)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(UsageError, match=rf"{name}: already exists: --replace overwrites it"):
        open_output(str(tmp_path / name), replace=False)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
    write_all(tmp_path / name, ARTICLE)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_what_the_user_can_do_instead_is_named(tmp_path: Path) -> None:
    for name, instead in {"x.jsonl": ", --resume continues it", "x.csv": ""}.items():
        write_all(tmp_path / name, ARTICLE)
        with pytest.raises(UsageError, match=f"--replace overwrites it{instead}$"):
            open_output(str(tmp_path / name), replace=False)


@pytest.mark.parametrize("left", ["x.quarantine.jsonl", "x.parquet.parts/000000.parquet"])
def test_quarantine_and_parts_of_a_killed_run_are_not_lost_either(left: str, tmp_path: Path) -> None:
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).write_text("{}\n")
    target = tmp_path / ("x.parquet" if "parquet" in left else "x.jsonl")
    with pytest.raises(UsageError, match="already exists"):
        open_output(str(target), replace=False)
    assert (tmp_path / left).exists()
    assert not target.exists()


def test_empty_file_a_device_and_a_pipe_hold_nothing_that_could_be_lost(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").touch()
    (tmp_path / "null.jsonl").symlink_to("/dev/null")
    for name in ("x.jsonl", "null.jsonl"):
        with open_output(str(tmp_path / name), replace=False) as writer:
            writer.write(ARTICLE)
    assert read_lines(tmp_path / "x.jsonl") == [ARTICLE]


@pytest.mark.processes
@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.parquet", "notes/"])
def test_output_that_another_process_writes_is_refused(name: str, tmp_path: Path) -> None:
    target = f"{tmp_path}/{name}"
    form = "markdown" if name == "notes/" else None
    script = (
        "import sys, time; from pipelines.open_output import open_output;"
        f"writer = open_output({target!r}, {form!r}); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"open\n"
        for resume in (False, name in ("x.jsonl", "x.parquet")):
            with pytest.raises(OutputError, match="another process is writing to it"):
                open_output(target, form, resume=resume)
        other.kill()
    with open_output(target, form) as writer:  # the lock ended with the process
        writer.write(ARTICLE)


def test_folder_is_added_to_and_so_is_its_quarantine(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    for record in (FAILED, INDEX):
        with open_output(str(folder), "markdown", replace=False) as writer:
            writer.write(record)
            writer.write(ARTICLE)
    assert [record.kind for record in read_lines(folder / "quarantine.jsonl")] == ["failed", "index"]
    assert len(list(folder.glob("*/*.md"))) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.txt", "Ferry\n\nIt sails.\n\n\nLocked\n"),
        ("x.md", None),
        ("x.json", None),
    ],
)
def test_articles_follow_each_other_in_one_file(name: str, expected: str | None, tmp_path: Path) -> None:
    write_all(tmp_path / name, ARTICLE, INDEX, PAYWALLED)
    written = (tmp_path / name).read_text()
    if name == "x.json":
        assert [ArticleRecord.from_dict(each) for each in json.loads(written)] == [ARTICLE, PAYWALLED]
    else:
        assert written == (expected or f"{render_markdown(ARTICLE)}\n\n{render_markdown(PAYWALLED)}")
    assert (tmp_path / ("x.quarantine.json" if name == "x.json" else "x.quarantine.jsonl")).exists()


def test_json_without_articles_is_an_empty_array(tmp_path: Path) -> None:
    write_all(tmp_path / "x.json")
    assert json.loads((tmp_path / "x.json").read_text()) == []


def test_database_says_what_was_new(tmp_path: Path) -> None:
    changed = ArticleRecord(url=ARTICLE.url, title="Ferry back", body="It sails again.")
    for records, expected in (
        ([ARTICLE, PAYWALLED, INDEX], "articles: 2 new, 0 changed, 0 unchanged"),
        ([changed, PAYWALLED], "articles: 0 new, 1 changed, 1 unchanged"),
    ):
        with open_output(str(tmp_path / "x.db")) as writer:
            for record in records:
                writer.write(record)
        assert writer.notes() == [expected]


@pytest.mark.parametrize(("name", "form"), [("x.jsonl", None), ("x.md.gz", None), ("x.parquet", None), ("n/", "text")])
def test_new_output_is_the_users_alone(name: str, form: str | None, tmp_path: Path) -> None:
    with open_output(f"{tmp_path}/{name}", form) as writer:
        assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
        writer.write(ARTICLE)
        writer.write(INDEX)
    assert {path.stat().st_mode & 0o077 for path in tmp_path.rglob("*")} == {0}
