"""`newsspider extract`, run as a person runs it."""

import csv
import gzip
import io
import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsspider.extraction.witness_policy import POLICIES
from newsspider.outputs.schemas import SCHEMAS
from newsspider.pool import extract_raw
from newsspider.store import dialects
from newsspider.store.run import BATCH_RECORDS
from newsspider.store.schema.tables import quarantine
from newsspider.store.store import Store
from tests.crawls import PATIENCE_SECONDS
from tests.programs import NEWSSPIDER
from tests.terminal import run_on_terminal
from tests.witness_page import PATH, RAW, URL

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
PROSE = "<p>" + "The ferry sails again from the old harbour, said the harbour master on Monday. " * 4 + "</p>"
LINKS = "".join(f'<p><a href="/{number}">Council votes on plan number {number} tonight</a></p>' for number in range(9))
WRITTEN_AS_JSON = (
    "--schema zyte: written as JSON only: name a .jsonl or .json file, or a folder for one file per article"
)

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def as_page(title: str, body: str = PROSE, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def write_pages(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:03}.html").write_bytes(as_page(f"Ferry number {number}"))
    return folder


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of good and bad pages."""
    folder = tmp_path_factory.mktemp("pages") / "saved"
    (folder / "deep").mkdir(parents=True)
    canonical = '<link rel="canonical" href="https://herald.example/ferry">'
    (folder / "a.html").write_bytes(as_page("Ferry back at last", head=canonical))
    (folder / "deep" / "b.htm.gz").write_bytes(gzip.compress(as_page("渡轮重新起航", "<p>" + "港务局长说。" * 40)))
    (folder / "c.html").write_bytes(f"<html><body>{LINKS}</body></html>".encode())
    (folder / "empty.html").write_bytes(b"")
    (folder / "photo.html").write_bytes(JPEG)
    (folder / "broken.html.xz").write_bytes(b"no archive")
    return folder


def test_folder_becomes_articles_and_quarantine(saved: Path, tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("extract", "saved", "-o", tmp_path / "x.jsonl", "--workers", "2", "--ordered", cwd=saved.parent)
    articles = read_lines((tmp_path / "x.jsonl").read_text("utf-8"))
    others = read_lines((tmp_path / "x.quarantine.jsonl").read_text("utf-8"))
    assert [(record["source"], record["title"], record["url"]) for record in articles] == [
        ("saved/a.html", "Ferry back at last", "https://herald.example/ferry"),
        ("saved/deep/b.htm.gz", "渡轮重新起航", None),
    ]
    assert {record["source"]: record["kind"] for record in others} == {
        "saved/broken.html.xz": "failed",
        "saved/c.html": "index",
        "saved/empty.html": "empty",
        "saved/photo.html": "not_html",
    }
    assert all(record["reason"] for record in others)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith("6 pages: 2 articles, ")
    assert done.stderr.splitlines()[0].endswith(f" → {tmp_path / 'x.jsonl'}")
    assert "  saved/photo.html: not_html: not HTML: JPEG image" in done.stderr.splitlines()


def test_standard_input_to_standard_output(run_command: RunCommand) -> None:
    url = "https://herald.example/ferry"
    done = run_command("extract", "-", "--url", url, "--workers", "0", stdin=as_page("Ferry — 東京"))
    (record,) = read_lines(done.stdout)
    assert (record["url"], record["site"], record["source"], record["title"]) == (
        url,
        "herald.example",
        "-",
        "Ferry — 東京",
    )
    assert (done.returncode, done.stderr) == (0, "1 page: 1 article → standard output\n")


def test_records_are_utf_8_whatever_the_locale_is(run_command: RunCommand) -> None:
    done = run_command(
        "extract", "-", "--workers", "0", stdin=as_page("渡轮重新起航"), PYTHONIOENCODING="latin-1:strict"
    )
    assert done.returncode == 0
    assert [record["title"] for record in read_lines(done.stdout)] == ["渡轮重新起航"]


def test_csv_and_gzip_outputs_hold_the_same_records(tmp_path: Path, run_command: RunCommand) -> None:
    write_pages(tmp_path / "pages", 3)
    codes = [
        run_command("extract", "pages", "-o", name, "--workers", "0", cwd=tmp_path).returncode
        for name in ("x.csv", "x.jsonl.gz")
    ]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text("utf-8-sig"), newline="")))
    records = read_lines(gzip.decompress((tmp_path / "x.jsonl.gz").read_bytes()).decode())
    assert [row["title"] for row in rows] == [f"Ferry number {number}" for number in range(3)]
    assert [record["body"] for record in records] == [row["body"] for row in rows]
    assert codes == [0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pages", "x.csv", "x.jsonl.gz"]


def test_database_gets_articles_quarantine_and_the_run(saved: Path, tmp_path: Path, run_command: RunCommand) -> None:
    for _ in range(2):
        done = run_command("extract", "saved", "-o", tmp_path / "x.db", "--workers", "0", cwd=saved.parent)
        assert done.returncode == 1
    with Store(str(tmp_path / "x.db"), create=False) as store:
        assert sorted(record.title or "" for record in store.read()) == ["Ferry back at last", "渡轮重新起航"]
        assert store.count(quarantine).total() == 4
        assert [(run["command"], run["exit_code"]) for run in store.read_runs(9)] == [("extract", 1)] * 2


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        *(
            pytest.param([given], 2, f"{given}: no such file or folder (an address begins with https://", id=given)
            for given in ("herald.example/a", "www.herald.example", "localhost:8000/a", "file:///a.html")
        ),
        pytest.param(["gone.html"], 2, "gone.html: no such file or folder", id="missing path"),
        pytest.param(["no-pages"], 2, "no-pages: no pages in this folder", id="folder without pages"),
        pytest.param(["page.html", "-o", "x.doc"], 2, "x.doc: no output format has this name", id="unknown suffix"),
        pytest.param(["page.html", "--url", "herald"], 2, "--url herald: not a web address", id="URL that is none"),
        pytest.param(["page.html", "-o", "no/x.jsonl"], 4, "no/x.jsonl: No such file or directory", id="no folder"),
        pytest.param(["page.html", "-o", "page.html/x.csv"], 4, "page.html/x.csv: Not a directory", id="unwritable"),
        pytest.param(["page.html", "-o", "/proc/x.db"], 4, "/proc/x.db: it can't be opened", id="unwritable database"),
        pytest.param(["page.html", "-o", "bad.db"], 4, "bad.db: the file is not a SQLite database", id="no database"),
        pytest.param(["page.html", "-o", "mysql://x/y"], 4, "mysql databases are not supported", id="other database"),
    ],
)
def test_what_can_not_be_done_is_one_line_and_a_code(
    arguments: list[str], code: int, words: str, tmp_path: Path, call_main: RunCommand
) -> None:
    (tmp_path / "no-pages").mkdir()
    (tmp_path / "page.html").write_bytes(as_page("Ferry is back"))
    (tmp_path / "bad.db").write_bytes(b"no database" * 200)
    done = call_main("extract", "--workers", "0", *arguments, cwd=tmp_path)
    (line,) = done.stderr.splitlines()
    assert line.startswith("newsspider: ")
    assert words in line
    assert done.returncode == code


@pytest.mark.parametrize(
    ("body", "summary"),
    [
        (b"", ["1 page: 1 empty → standard output", "  page.html: empty: no content: 0 bytes"]),
        (JPEG, ["1 page: 1 not_html → standard output", "  page.html: not_html: not HTML: JPEG image"]),
    ],
)
def test_page_that_gives_nothing_is_said_in_the_summary(
    body: bytes, summary: list[str], tmp_path: Path, call_main: RunCommand
) -> None:
    (tmp_path / "page.html").write_bytes(body)
    done = call_main("extract", "page.html", "--workers", "0", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == summary


def test_unwritable_output_ends_the_real_command_in_one_line(tmp_path: Path, run_command: RunCommand) -> None:
    (tmp_path / "page.html").write_bytes(as_page("Ferry is back"))
    done = run_command("extract", "page.html", "-o", "no/x.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == "newsspider: no/x.jsonl: No such file or directory\n"


def test_locked_database_is_one_line_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call_main: RunCommand
) -> None:
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.05)
    write_pages(tmp_path / "pages", 2)
    arguments = ("extract", "pages", "-o", "x.db", "--workers", "0")
    assert call_main(*arguments, cwd=tmp_path).returncode == 0
    with closing(sqlite3.connect(tmp_path / "x.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = call_main(*arguments, cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr == f"newsspider: {tmp_path / 'x.db'}: another process is writing to it and did not finish\n"
    with Store(str(tmp_path / "x.db"), create=False) as store:
        assert len(list(store.read())) == 2


@pytest.mark.processes
def test_killed_extraction_keeps_what_was_committed_and_is_completed(tmp_path: Path, run_command: RunCommand) -> None:
    write_pages(tmp_path / "pages", BATCH_RECORDS + 30)
    os.mkfifo(tmp_path / "waits")  # nobody writes to it: the command waits there, in the middle of its work
    path = tmp_path / "x.db"
    with subprocess.Popen(
        [NEWSSPIDER, "extract", "pages", "waits", "-o", path, "--workers", "2"], cwd=tmp_path, stderr=subprocess.DEVNULL
    ) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while count_articles(path) < BATCH_RECORDS and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()
    assert process.returncode == -9
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert count_articles(path) == BATCH_RECORDS

    assert run_command("extract", "pages", "-o", path, "--workers", "2", cwd=tmp_path).returncode == 0
    with Store(str(path), create=False) as store:
        records = list(store.read())
        assert len(store.search("ferry", 1_000)) == len(records)
        assert [run["exit_code"] for run in store.read_runs(9)] == [0, None]
    assert sorted(record.source or "" for record in records) == [
        f"pages/{number:03}.html" for number in range(BATCH_RECORDS + 30)
    ]


def count_articles(path: Path) -> int:
    """Return how many articles are committed, 0 while there is no table yet."""
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name = 'articles'").fetchall()
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0]) if tables else 0


@pytest.mark.processes
def test_reader_that_leaves_early_ends_the_command_quietly(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 40)
    arguments: list[str | Path] = [NEWSSPIDER, "extract", pages, "--workers", "0"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.processes
def test_progress_is_shown_on_a_terminal_only(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "pages", 2)
    arguments: list[str | Path] = [NEWSSPIDER, "extract", pages, "-o", tmp_path / "x.jsonl", "--workers", "0"]
    piped = subprocess.run(arguments, capture_output=True, check=True, timeout=PATIENCE_SECONDS)
    arguments.append("--replace")
    _, shown = run_on_terminal(arguments, 100, errors_too=True)
    summary = f"2 pages: 2 articles → {tmp_path / 'x.jsonl'}"
    assert piped.stderr == f"{summary}\n".encode()
    assert "2/2" in shown
    assert "\x1b[" in shown
    assert summary in shown


def test_one_address_for_several_pages_is_refused(call_main: RunCommand, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("<p>Text.</p>", encoding="utf-8")
    done = call_main("extract", tmp_path, "--url", "https://herald.example/a")
    assert done.returncode == 2
    assert done.stderr == "newsspider: --url is one page's address: give one file with it\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--workers", "-1"], "--workers -1: expected a whole number from 0 to 1024"),
        (["--deadline", "0"], "--deadline 0.0: expected seconds from 0.1 to 86400"),
        (["--witness", "sometimes"], "--witness sometimes: expected always, unsure or never"),
        (["--memory", "10"], "--memory 10: expected MiB, a whole number from 256 to 1048576"),
        (["--resume"], "--resume can't continue -, only a .jsonl or .parquet file or a database"),
        (["--resume", "-o", "x.csv"], "--resume can't continue x.csv, only a .jsonl or .parquet file or a database"),
        (
            ["--resume", "-o", "x.jsonl", "-"],
            "--resume can't tell what standard input contained: give files or folders",
        ),
        (
            ["--resume", "--replace", "-o", "x.db"],
            "--resume continues OUT and --replace overwrites it: give one of them",
        ),
        (["--resume", "-o", "other.jsonl"], "other.jsonl: line 2 is not a record, so --resume can't continue from it"),
    ],
)
def test_limits_and_resuming_are_refused_in_one_line(
    arguments: list[str], line: str, tmp_path: Path, call_main: RunCommand
) -> None:
    (tmp_path / "page.html").write_bytes(as_page("Ferry is back"))
    (tmp_path / "other.jsonl").write_text('{"kind": "article", "source": "a"}\n{"text": 1}\n')
    done = call_main("extract", "page.html", *arguments, cwd=tmp_path)
    assert done.stderr == f"newsspider: {line}\n"
    assert done.returncode in (2, 4)


@pytest.mark.parametrize("workers", ["0", "1"])
def test_policy_decides_whether_trafilatura_is_asked(workers: str, call_main: RunCommand) -> None:
    def confidence(*arguments: str) -> float | None:
        done = call_main("extract", PATH, "--url", URL, "--workers", workers, *arguments)
        (record,) = read_lines(done.stdout)
        found: float | None = record["confidence"]
        return found

    for policy in POLICIES:
        assert confidence("--witness", policy) == extract_raw(RAW, policy).confidence
    assert confidence() == extract_raw(RAW, "always").confidence


def test_resume_does_the_rest_cuts_the_broken_line_and_tries_failed_pages_again(
    tmp_path: Path, call_main: RunCommand
) -> None:
    pages = write_pages(tmp_path / "pages", 6)
    (pages / "broken.html.gz").write_bytes(b"no archive")
    (pages / "empty.html").write_bytes(b"")
    arguments = ("extract", "pages", "-o", "x.jsonl", "--workers", "0", "--resume")
    call_main(*arguments, cwd=tmp_path)
    whole = (tmp_path / "x.jsonl").read_bytes()
    lines = whole.splitlines(keepends=True)
    (tmp_path / "x.jsonl").write_bytes(b"".join(lines[:3]) + lines[3][:50])
    (pages / "broken.html.gz").write_bytes(gzip.compress(as_page("Ferry mended")))
    resumed = call_main(*arguments, cwd=tmp_path)
    records = read_lines((tmp_path / "x.jsonl").read_text("utf-8"))
    assert sorted(record["source"] for record in records) == [
        *(f"pages/{number:03}.html" for number in range(6)),
        "pages/broken.html.gz",
    ]
    assert [record["kind"] for record in read_lines((tmp_path / "x.quarantine.jsonl").read_text("utf-8"))] == ["empty"]
    assert resumed.stderr.splitlines()[0] == (
        f"4 pages (4 more were there already): 4 articles → {tmp_path / 'x.jsonl'}"
    )
    again = call_main(*arguments, cwd=tmp_path)
    assert again.stderr.startswith("0 pages (8 more were there already): nothing to do")


def test_resume_with_a_database_reads_only_what_it_lacks(tmp_path: Path, call_main: RunCommand) -> None:
    pages = write_pages(tmp_path / "pages", 4)
    (pages / "broken.html.gz").write_bytes(b"no archive")
    (pages / "empty.html").write_bytes(b"")
    arguments = ("extract", "pages", "-o", "x.db", "--workers", "0", "--resume")
    call_main(*arguments, cwd=tmp_path)
    (pages / "000.html").unlink()
    (pages / "new.html").write_bytes(as_page("Ferry anew"))
    (pages / "broken.html.gz").write_bytes(gzip.compress(as_page("Ferry mended")))
    resumed = call_main(*arguments, cwd=tmp_path)
    assert resumed.stderr.splitlines()[0].startswith("2 pages (4 more were there already): 2 articles")
    with Store(str(tmp_path / "x.db"), create=False) as store:
        assert len(list(store.read())) == 6
        assert [record.source for record in store.read(quarantine)] == ["pages/empty.html"]


@contextmanager
def extracting(folder: Path, output: Path, lines: int) -> Iterator["subprocess.Popen[str]"]:
    """Yield an extraction of the folder's pages that has written so many lines, and waits in the middle of its work."""
    os.mkfifo(folder / "waits")  # nobody writes to it
    with subprocess.Popen(
        [NEWSSPIDER, "extract", "pages", "waits", "-o", output, "--workers", "2"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not output.exists() or output.read_bytes().count(b"\n") < lines:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process


@pytest.mark.processes
def test_killed_run_to_a_file_is_completed_without_duplicates(tmp_path: Path, run_command: RunCommand) -> None:
    write_pages(tmp_path / "pages", 60)
    path = tmp_path / "x.jsonl"
    with extracting(tmp_path, path, 40) as process:
        process.kill()
    kept = path.read_text("utf-8").splitlines()
    assert run_command("extract", "pages", "-o", path, "--workers", "2", "--resume", cwd=tmp_path).returncode == 0
    lines = path.read_text("utf-8").splitlines()
    assert lines[: len(kept)] == kept
    assert sorted(json.loads(line)["source"] for line in lines) == [f"pages/{number:03}.html" for number in range(60)]


@pytest.mark.processes
def test_asked_to_stop_it_keeps_what_was_extracted_and_says_so(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", 60)
    path = tmp_path / "x.jsonl"
    with extracting(tmp_path, path, 40) as process:
        process.terminate()
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 130
    assert said.splitlines()[-1] == "interrupted: the rest was not read; --resume goes on"
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["pages.jsonl", "-o", "pages.jsonl"],
            "pages.jsonl: it is an input and would be overwritten: name another output",
        ),
        (
            ["pages.quarantine.jsonl", "-o", "pages.jsonl"],
            "pages.quarantine.jsonl: it is an input and would be overwritten: name another output",
        ),
        (
            ["pages", "-o", "pages/notes", "--format", "text"],
            "pages/notes: it is in pages, which is an input: name a folder outside of it",
        ),
        (
            ["pages", "-o", "pages/notes.txt"],
            "pages/notes.txt: it is in pages, which is an input: name a file outside of it",
        ),
        (
            ["pages", "-o", "news.db", "--format", "jsonl"],
            "news.db: the name of a database: leave out --format jsonl, or name another file",
        ),
        (
            ["pages", "-o", "x.jsonl", "--format", "csv"],
            "x.jsonl: the name of a jsonl file: --format csv does not fit it",
        ),
    ],
)
def test_nothing_is_written_over_what_is_read_or_means_something_else(
    arguments: list[str], line: str, tmp_path: Path, call_main: RunCommand
) -> None:
    write_pages(tmp_path / "pages", 1)
    for name in ("pages.jsonl", "pages.quarantine.jsonl", "news.db"):
        (tmp_path / name).write_text('{"url": null, "html": "<p>Ferry"}\n')
    done = call_main("extract", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"newsspider: {line}\n")
    for name in ("pages.jsonl", "pages.quarantine.jsonl", "news.db"):
        assert (tmp_path / name).read_text() == '{"url": null, "html": "<p>Ferry"}\n'


@pytest.mark.parametrize("output", [["news.db"], ["x.jsonl"], ["notes", "--format", "markdown"]])
def test_output_may_lie_beside_the_pages(output: list[str], tmp_path: Path, call_main: RunCommand) -> None:
    pages = write_pages(tmp_path / "pages", 2)
    for _ in range(2):
        done = call_main("extract", ".", "--workers", "0", "--replace", "-o", *output, cwd=pages)
        assert (done.returncode, done.stderr.partition(" →")[0]) == (0, "2 pages: 2 articles")


def test_name_that_no_file_can_have_is_one_line(tmp_path: Path, call_main: RunCommand) -> None:
    done = call_main("extract", "a" * 300, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, f"newsspider: {'a' * 300}: File name too long\n")


def test_page_over_its_deadline_is_failed_and_the_rest_is_there(tmp_path: Path, run_command: RunCommand) -> None:
    pages = write_pages(tmp_path / "pages", 10)
    hang = "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">"  # libxml2 needs over a minute for it
    (pages / "000-hang.html").write_text(hang)
    done = run_command("extract", "pages", "-o", "x.jsonl", "--workers", "2", "--deadline", "2.5", cwd=tmp_path)
    assert done.returncode == 1
    assert "  pages/000-hang.html: failed: took longer than 2.5 s" in done.stderr.splitlines()
    assert len(read_lines((tmp_path / "x.jsonl").read_text("utf-8"))) == 10


def test_schema_writes_articles_in_another_tools_names(saved: Path, tmp_path: Path, run_command: RunCommand) -> None:
    arguments = ("--schema", "zyte", "--workers", "0", "--ordered")
    done = run_command("extract", "saved", "-o", tmp_path / "x.jsonl", *arguments, cwd=saved.parent)
    assert done.returncode == 1  # as without --schema: some pages failed
    articles = read_lines((tmp_path / "x.jsonl").read_text("utf-8"))
    assert [article["headline"] for article in articles] == ["Ferry back at last", "渡轮重新起航"]
    others = read_lines((tmp_path / "x.quarantine.jsonl").read_text("utf-8"))
    assert {record["kind"] for record in others} == {"failed", "index", "empty", "not_html"}
    shown = run_command("extract", "saved", *arguments, cwd=saved.parent)
    assert shown.stdout == (tmp_path / "x.jsonl").read_text("utf-8")
    run_command("extract", "saved", "-o", tmp_path / "x.db", "--ordered", cwd=saved.parent)
    exported = run_command("export", "--db", tmp_path / "x.db", "--schema", "zyte")
    assert [record["headline"] for record in read_lines(exported.stdout)] == [each["headline"] for each in articles]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--schema", "rss"], f"--schema rss: no such schema; use one of {', '.join(SCHEMAS)}"),
        (["--schema", "zyte", "-o", "x.csv"], WRITTEN_AS_JSON),
        (["--schema", "zyte", "-o", "x.db"], WRITTEN_AS_JSON),
        (["--schema", "zyte", "-o", "x", "--format", "text"], WRITTEN_AS_JSON),
        (
            ["--schema", "zyte", "-o", "x.jsonl", "--resume"],
            "--schema zyte: --resume can't continue such records, because they don't name their source",
        ),
    ],
)
def test_schema_that_can_not_be_written_is_one_line(
    arguments: list[str], line: str, saved: Path, tmp_path: Path, run_command: RunCommand
) -> None:
    done = run_command("extract", saved, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"newsspider: {line}\n")
    assert list(tmp_path.iterdir()) == []


def test_pages_that_say_noindex_are_left_out_where_it_is_honoured(tmp_path: Path, run_command: RunCommand) -> None:
    folder = write_pages(tmp_path / "saved", 2)
    (folder / "draft.html").write_bytes(as_page("A draft", head='<meta name="robots" content="noindex">'))
    done = run_command("extract", str(folder), "--honour", "noindex")
    assert {record["title"] for record in read_lines(done.stdout)} == {"Ferry number 0", "Ferry number 1"}
    assert "and 1 left out, which say noindex" in done.stderr
    assert done.returncode == 0
    assert len(read_lines(run_command("extract", str(folder)).stdout)) == 3
    wrong = run_command("extract", str(folder), "--honour", "nofollow")
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "newsspider: --honour: nofollow: can't be honoured; use noindex or noarchive\n",
    )
