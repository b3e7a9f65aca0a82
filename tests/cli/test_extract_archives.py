"""`newsspider extract` on archives and tables, and `newsspider why` on a page inside one."""

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.archives import response, write_zip

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]
PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master on Monday. " * 4 + "</p>"


def as_page(title: str) -> bytes:
    return f"<html><body><article><h1>{title}</h1>{PROSE}</article></body></html>".encode()


def as_member(number: int) -> bytes:
    return gzip.compress(response(f"https://herald.example/{number}", as_page(f"Ferry number {number}")))


def read_metadata(path: Path) -> list[str]:
    return [json.loads(line)["source"] for line in path.read_text("utf-8").splitlines()]


def test_pattern_of_archives_is_one_command(tmp_path: Path, run_command: RunCommand) -> None:
    for number in range(3):
        (tmp_path / f"CC-NEWS-{number}.warc.gz").write_bytes(as_member(number) + as_member(10 + number))
    done = run_command("extract", "CC-NEWS-*.warc.gz", "-o", "x.jsonl", "--workers", "2", "--ordered", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert read_metadata(tmp_path / "x.jsonl") == [
        f"CC-NEWS-{file}.warc.gz#urn:test:{number}" for file in range(3) for number in (file, 10 + file)
    ]


def test_damage_is_in_the_summary_and_resuming_reads_only_what_is_missing(
    tmp_path: Path, call_main: RunCommand
) -> None:
    whole = [as_member(number) for number in range(4)]
    damaged = whole[1][:80] + bytes(30) + whole[1][110:]
    (tmp_path / "x.warc.gz").write_bytes(whole[0] + damaged + whole[2])
    arguments = ("extract", "x.warc.gz", "-o", "x.jsonl", "--workers", "0", "--resume")
    first = call_main(*arguments, cwd=tmp_path)
    assert first.returncode == 1
    assert f"  x.warc.gz#{len(whole[0])}: failed: can't be read: damaged at byte {len(whole[0])}: " in first.stderr
    (tmp_path / "x.warc.gz").write_bytes(b"".join(whole))
    second = call_main(*arguments, cwd=tmp_path)
    assert second.stderr.startswith("2 pages (2 more were there already): 2 articles")
    assert sorted(read_metadata(tmp_path / "x.jsonl")) == [f"x.warc.gz#urn:test:{number}" for number in range(4)]
    assert read_metadata(tmp_path / "x.quarantine.jsonl") == []


def test_columns_of_a_table_are_named_on_the_command_line(tmp_path: Path, call_main: RunCommand) -> None:
    row = {"seite": as_page("Ferry back").decode(), "adresse": "https://herald.example/ferry"}
    (tmp_path / "x.jsonl").write_text(json.dumps(row))
    done = call_main(
        "extract", "x.jsonl", "--workers", "0", "--html-column", "seite", "--url-column", "adresse", cwd=tmp_path
    )
    record = json.loads(done.stdout)
    assert (record["title"], record["url"], record["source"]) == ("Ferry back", row["adresse"], "x.jsonl#1")


def test_one_address_for_an_archive_is_refused(tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(tmp_path / "x.zip", {"a.html": as_page("Ferry back")})
    done = call_main("extract", "x.zip", "--url", "https://herald.example/a", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "newsspider: --url is one page's address: give one file with it\n")


def test_why_reads_a_page_where_its_record_says_it_is(tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(tmp_path / "x.zip", {"a.html": as_page("Ferry back"), "b.html": as_page("Storm over")})
    done = call_main("why", "x.zip#b.html", cwd=tmp_path)
    assert done.returncode == 0
    assert "Storm over" in done.stdout
    assert "Ferry back" not in done.stdout


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("x.zip", "x.zip: it has several pages"),
        ("x.zip#c.html", "x.zip#c.html: no such page in x.zip"),
        ("y#a", "y: no such"),
    ],
)
def test_why_refuses_what_is_no_single_page(place: str, words: str, tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(tmp_path / "x.zip", {"a.html": as_page("Ferry back"), "b.html": as_page("Storm over")})
    done = call_main("why", place, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_archive_without_a_page_is_said(tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(tmp_path / "x.zip", {"style.css": b"p {}"})
    done = call_main("extract", "x.zip", "--workers", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("newsspider: x.zip: no pages found (looked for ")


def test_notes_are_written_from_an_archive(tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(
        tmp_path / "x.zip", {"a.html": as_page("Ferry back"), "../../b.html": as_page("Storm over"), "c.html": b""}
    )
    done = call_main("extract", "x.zip", "-o", "notes", "--format", "markdown", "--workers", "0", cwd=tmp_path)
    assert done.returncode == 1
    notes = sorted(path.name.rpartition("-")[0] for path in (tmp_path / "notes" / "no-site").iterdir())
    assert notes == ["ferry-back", "storm-over"]
    assert read_metadata(tmp_path / "notes" / "quarantine.jsonl") == ["x.zip#c.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes", "x.zip"]


def test_parquet_is_resumed_from_the_command_line(tmp_path: Path, call_main: RunCommand) -> None:
    write_zip(tmp_path / "x.zip", {"a.html": as_page("Ferry back")})
    arguments = ("extract", "x.zip", "-o", "x.parquet", "--workers", "0", "--resume")
    assert call_main(*arguments, cwd=tmp_path).returncode == 0
    write_zip(tmp_path / "x.zip", {"a.html": as_page("Ferry back"), "b.html": as_page("Storm over")})
    assert call_main(*arguments, cwd=tmp_path).stderr.startswith("1 page (1 more was there already): 1 article")
