"""When the machine gives up: a full disk, a folder that can't be written, a database that is locked or gone."""

import gzip
import multiprocessing
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.cli.app import app
from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.cli.conftest import command_environment
from tests.clusters import need_dask
from tests.crawls import FAST, PATIENCE_SECONDS, SLOW, crawl_words, run_scrapy, start_scrapy, wait_until
from tests.programs import NEWSSPIDER
from tests.warcs import read_lines, read_parts, write_warc

pytestmark = pytest.mark.processes

SMALL_DISK = "256k"  # an empty store takes 150 KiB, the records of a hundred pages more than the rest
PAGES = 120


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of little room, unmounted after."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", place], capture_output=True, check=False
        ).returncode
    )
    if not mounted:
        why = "a small disk can be mounted by root only"
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail(why)
        pytest.skip(why)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number in range(PAGES):
        sentence = (
            f"The keeper of lighthouse number {number} counted {number * 7} ships that night, all of them whole. "
        )
        page = (
            f"<title>Lighthouse {number}</title><article><h1>Lighthouse {number}</h1><p>{sentence * 30}</p></article>"
        )
        (folder / f"{number:03}.html").write_text(page)
    return folder


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("stored") / "news.db"
    with Store(str(database)) as store:
        bodies = [os.urandom(3_000).hex() for _ in range(PAGES)]
        urls = [f"https://herald.example/{number}" for number in range(PAGES)]
        store.write([ArticleRecord(url=u, body=b, body_markdown=b) for u, b in zip(urls, bodies, strict=True)])
    return database


def run(*words: str | Path, stdout: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run `newsspider`."""
    return subprocess.run(
        [NEWSSPIDER, *words],
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
        text=True,
        timeout=PATIENCE_SECONDS,
        env=command_environment(),
        check=False,
    )


def is_whole(database: Path) -> bool:
    """Whether a database opens as a store and SQLite finds nothing wrong in it."""
    Store(str(database)).close()
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def fill_up(disk: Path, left: int) -> None:
    """Leave so many bytes of a disk."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(bytes(max(0, free - left)))


@pytest.mark.parametrize("name", ["x.jsonl", "x.csv", "x.db"])
def test_extraction_to_a_full_disk_ends_with_4_and_one_line(pages: Path, small_disk: Path, name: str) -> None:
    done = run("extract", pages, "-o", small_disk / name, "--workers", "1")
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {small_disk / name}: ")
    assert line.endswith(("No space left on device", "the disk is full", "the disk failed or is full"))


def test_extraction_ends_its_workers_before_a_full_disk_is_reported(pages: Path, small_disk: Path) -> None:
    with pytest.raises(StoreError):  # which holds the frames that raised, as at the end of a run
        app(["extract", str(pages), "-o", str(small_disk / "x.db")], standalone_mode=False)
    assert multiprocessing.active_children() == []


def test_extraction_to_a_full_disk_goes_on_when_there_is_room(pages: Path, small_disk: Path) -> None:
    fill_up(small_disk, 50_000)
    assert run("extract", pages, "-o", small_disk / "x.jsonl", "--workers", "1").returncode == 4
    (small_disk / "filler").unlink()
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    done = run("extract", pages, "-o", small_disk / "x.jsonl", "--workers", "1", "--resume")
    assert done.returncode == 0, done.stderr
    assert len((small_disk / "x.jsonl").read_text().splitlines()) == PAGES


@pytest.mark.parametrize("where", [(), ("--dask", "local")], ids=["here", "dask"])
def test_parts_on_a_full_disk_end_with_4_and_one_line_and_go_on_when_there_is_room(
    pages: Path, small_disk: Path, tmp_path: Path, where: tuple[str, ...]
) -> None:
    if where:
        need_dask()
    small = write_warc(tmp_path / "small.warc.gz", "small", 3)
    words = ("--format", "jsonl", "--workers", "1", *where)
    assert (
        run("extract", small, pages, "-o", tmp_path / "plain.jsonl", "--workers", "1").returncode == 1
    )  # an empty page
    done = run("extract", small, pages, "-o", small_disk / "out", "--part-per-input", *words)
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: part of {pages}: No space left on device")
    assert [file.name[:5] for file in (small_disk / "out" / "articles").iterdir()] == ["small"]
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    assert (
        run("extract", small, pages, "-o", small_disk / "out", "--resume", "--part-per-input", *words).returncode == 0
    )
    assert read_parts(small_disk / "out") == read_lines(tmp_path / "plain.jsonl", tmp_path / "plain.quarantine.jsonl")
    assert not (small_disk / "out" / ".unfinished").exists()


def test_store_on_a_full_disk_is_whole_and_goes_on_when_there_is_room(pages: Path, small_disk: Path) -> None:
    database = small_disk / "x.db"
    assert run("extract", pages, "-o", database, "--workers", "1").returncode == 4
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    assert is_whole(database)
    assert run("extract", pages, "-o", database, "--workers", "1", "--resume").returncode == 0
    with Store(str(database), create=False) as store:
        assert len(list(store.read())) == PAGES


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.csv"])
def test_export_to_a_full_disk_ends_with_4_and_one_line(stored: Path, small_disk: Path, name: str) -> None:
    done = run("export", "--db", stored, "-o", small_disk / name)
    assert done.returncode == 4
    assert done.stderr == f"newsspider: {small_disk / name}: No space left on device\n"


@pytest.mark.parametrize("command", [["export", "--db"], ["search", "--json", "lighthouse", "--db"]])
def test_standard_output_on_a_full_disk_ends_with_4_and_one_line(
    stored: Path, small_disk: Path, command: list[str]
) -> None:
    with Store(str(stored)) as store:
        store.write([ArticleRecord(url="https://herald.example/x", title="lighthouse", body="Lighthouse. " * 40_000)])
    with (small_disk / "out").open("wb") as out:
        done = run(*command, stored, stdout=out.fileno())
    assert done.returncode == 4
    assert done.stderr == "newsspider: standard output: No space left on device\n"


def test_page_of_why_on_a_full_disk_ends_with_4_and_one_line(pages: Path, small_disk: Path) -> None:
    fill_up(small_disk, 4096)
    done = run("why", pages / "001.html", "--html", small_disk / "why.html")
    assert done.returncode == 4
    assert done.stderr == f"newsspider: {small_disk / 'why.html'}: No space left on device\n"


@pytest.mark.parametrize("size", ["64k", "256k", "512k"])  # full when the store is made, opened, written to
def test_crawl_to_a_full_disk_ends_with_4_and_says_it_and_its_store_is_whole(small_disk: Path, size: str) -> None:
    database = small_disk / "news.db"
    subprocess.run(["mount", "-o", f"remount,size={size}", small_disk], check=True)
    with serve_site() as server:
        finished = run_scrapy(crawl_words({**FAST, "NEWSSPIDER_WORKERS": 1}, url=f"{server.address}/"), database)
    assert finished.returncode == 4
    assert f"{database}: the disk is full" in finished.stderr or f"{database}: the disk failed" in finished.stderr
    assert "Traceback" not in finished.stderr
    subprocess.run(["mount", "-o", "remount,size=8m", small_disk], check=True)
    assert is_whole(database)


def test_parquet_on_a_full_disk_ends_with_4_and_its_parts_stay_readable(stored: Path, small_disk: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    output = small_disk / "x.parquet"
    subprocess.run(["mount", "-o", "remount,size=1200k", small_disk], check=True)  # a part fits, all of it twice not
    done = run("export", "--db", stored, "-o", output)
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {output}")
    assert "No space left on device" in line
    assert f"what was written is in {output}.parts" in line
    (part,) = Path(f"{output}.parts").glob("*.parquet")
    assert parquet.read_table(part).num_rows >= PAGES
    assert not output.exists()


def test_parquet_on_a_disk_too_small_for_a_part_ends_with_4_and_one_line(stored: Path, small_disk: Path) -> None:
    pytest.importorskip("pyarrow.parquet")
    done = run("export", "--db", stored, "-o", small_disk / "x.parquet")
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {small_disk / 'x.parquet'}")
    assert "No space left on device" in line
    assert list(small_disk.rglob("*.parquet")) == []


@pytest.mark.parametrize(("form", "suffix"), [("markdown", ".md"), ("tei", ".xml"), ("text", ".txt")])
def test_folder_on_a_full_disk_ends_with_4_and_one_line_and_its_files_are_whole(
    stored: Path, small_disk: Path, form: str, suffix: str
) -> None:
    done = run("export", "--db", stored, "-o", small_disk / "notes", "--format", form)
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {small_disk / 'notes'}/")
    assert line.endswith(": No space left on device")
    files = list((small_disk / "notes").rglob(f"*{suffix}"))
    assert 10 < len(files) < PAGES
    assert {len(file.read_text().strip()) >= 6_000 for file in files} == {True}  # each body has 6,000 characters
    assert list(small_disk.rglob("*.part")) == []


def test_backup_to_a_full_disk_ends_with_4_and_one_line_and_leaves_the_earlier_copy(
    stored: Path, small_disk: Path
) -> None:
    copy = small_disk / "copy.db"
    copy.write_bytes(b"an earlier copy")
    done = run("backup", "--db", stored, copy, "--replace")
    assert done.returncode == 4
    assert done.stderr == f"newsspider: {copy}: the copy can't be made: database or disk is full\n"
    assert copy.read_bytes() == b"an earlier copy"
    assert [file.name for file in small_disk.iterdir()] == ["copy.db"]


def test_crawl_whose_pages_fill_the_disk_ends_with_4_and_its_warc_is_readable(tmp_path: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=32k", small_disk], check=True)
    with serve_site() as server:
        settings = {**FAST, "NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_WARC": small_disk / "warc"}
        finished = run_scrapy(crawl_words(settings, url=f"{server.address}/"), tmp_path / "news.db")
    assert finished.returncode == 4
    assert f"{small_disk / 'warc'}: No space left on device: pages can't be archived" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert is_whole(tmp_path / "news.db")
    (file,) = (small_disk / "warc").iterdir()
    assert gzip.decompress(file.read_bytes()).count(b"WARC-Type: response") > 1  # the last member is whole, too


def test_crawl_whose_feed_fills_the_disk_ends_with_4_and_says_it(tmp_path: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=8k", small_disk], check=True)
    output = small_disk / "x.jsonl"
    with serve_site() as server:
        words = crawl_words({**FAST, "NEWSSPIDER_WORKERS": 1}, url=f"{server.address}/")
        finished = run_scrapy([*words, "-O", str(output)], tmp_path / "news.db")
    assert finished.returncode == 4
    assert f"{output}: No space left on device" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert is_whole(tmp_path / "news.db")


@pytest.fixture
def shut_folder(tmp_path: Path) -> Path:
    """A folder that not even root can write: /proc has one."""
    return Path("/proc/self") if os.geteuid() == 0 else Path("/")


@pytest.mark.parametrize("name", ["x.jsonl", "x.db"])
def test_folder_that_cannot_be_written_ends_with_4_and_one_line(pages: Path, shut_folder: Path, name: str) -> None:
    done = run("extract", pages / "001.html", "-o", shut_folder / name)
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"newsspider: {shut_folder / name}: ")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_crawl_that_is_told_to_end_keeps_what_it_has(number: signal.Signals, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site() as server:
        words = crawl_words({**SLOW, "NEWSSPIDER_WORKERS": 1}, url=f"{server.address}/")
        with start_scrapy(words, database, tmp_path / "log") as process:
            wait_until(lambda: len(server.requests) > 12, "12 requests")
            process.send_signal(number)
            if number == signal.SIGHUP:  # the shell repeats what the terminal sent
                process.send_signal(number)
    assert process.returncode == 130
    assert "(shutdown)" in (tmp_path / "log").read_text()
    with Store(str(database), create=False) as store:
        assert list(store.read())
    assert is_whole(database)


def test_database_that_is_removed_during_a_crawl_ends_it_with_4_and_says_so(tmp_path: Path) -> None:
    database = tmp_path / "store" / "news.db"
    database.parent.mkdir()
    with serve_site() as server:
        words = crawl_words({**SLOW, "NEWSSPIDER_WORKERS": 1}, url=f"{server.address}/", max_pages=20)
        with start_scrapy(words, database, tmp_path / "log") as process:
            wait_until(lambda: len(server.requests) > 8, "8 requests")
            for file in database.parent.iterdir():
                file.unlink()
    said = (tmp_path / "log").read_text()
    assert process.returncode == 4
    assert f"{database}: the file was removed or replaced while it was written to" in said
    assert "Traceback" not in said
