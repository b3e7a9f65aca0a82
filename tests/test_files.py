"""New files are the user's alone, and what is complete is on the disk."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.files import choose_sync, make_private, mode_of, replace_file
from newsspider.inputs.warc_editing import forget_in_warc
from newsspider.outputs.formats import FORMATS
from newsspider.outputs.warc import WarcFiles
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from pipelines.open_output import open_output

URL = "https://herald.example/ferry"
FERRY = ArticleRecord(url=URL, site="herald.example", title="Ferry", body="It sails.")
FAILED = ArticleRecord(url=f"{URL}/2", kind="failed", reason="HTTP 500")


def open_files(folder: Path) -> list[str]:
    """Name the files and folders below a folder that others may read."""
    return [str(path) for path in folder.rglob("*") if mode_of(path) & 0o077]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir(mode=0o755)
    return made


@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.jsonl.zst", "x.csv", "x.parquet", "x.db"])
def test_outputs_are_the_users_alone(name: str, folder: Path) -> None:
    with open_output(str(folder / name)) as writer:
        writer.write(FERRY)
        writer.write(FAILED)
        assert open_files(folder) == []
    assert list(folder.iterdir())
    assert open_files(folder) == []


@pytest.mark.parametrize("form", [name for name, row in FORMATS.items() if row.shape == "folder"])
def test_folders_of_articles_are_the_users_alone(form: str, folder: Path) -> None:
    with open_output(str(folder / "notes"), form) as writer:
        writer.write(FERRY)
        writer.write(FAILED)
    assert list(folder.rglob("*.*"))
    assert open_files(folder) == []


def test_database_its_log_its_lock_and_its_backup_are_the_users_alone(folder: Path) -> None:
    with Store(str(folder / "news.db")) as store:
        store.write([FERRY])
        store.lock_site(store.site_locks(), "herald.example")
        store.copy_to(folder / "copy.db")
        assert {path.name for path in folder.iterdir()} >= {"news.db", "news.db-wal", "news.db.lock", "copy.db"}
        assert open_files(folder) == []


def test_warc_files_are_the_users_alone_also_when_a_page_is_forgotten(folder: Path) -> None:
    files = WarcFiles(folder / "warc", "x", 1 << 20)
    for url in (URL, f"{URL}/2"):
        files.add(url, "2026-03-24T09:30:00Z", 200, [("Content-Type", "text/html")], b"<p>Ferry</p>")
    files.close()
    assert open_files(folder) == []
    (path,) = (folder / "warc").iterdir()
    assert forget_in_warc(path, [URL]) == 1
    assert open_files(folder) == []


def test_file_that_is_there_keeps_its_mode(folder: Path) -> None:
    path = folder / "x.parquet"
    path.touch()
    path.chmod(0o640)
    with open_output(str(folder / "x.jsonl")) as writer:
        writer.write(FERRY)
    (folder / "x.jsonl").chmod(0o644)
    with open_output(str(folder / "x.jsonl")) as writer:
        writer.write(FERRY)
    assert mode_of(folder / "x.jsonl") == 0o644
    part = folder / "x.part"
    make_private(part)
    assert mode_of(part) == 0o600
    replace_file(part, path)
    assert mode_of(path) == 0o640


def test_sync_is_normal_or_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSSPIDER_SYNC", raising=False)
    assert choose_sync() == "normal"
    monkeypatch.setenv("NEWSSPIDER_SYNC", "FULL")
    assert choose_sync() == "full"
    assert choose_sync("normal") == "normal"
    with pytest.raises(UsageError, match="NEWSSPIDER_SYNC=often: expected normal or full"):
        choose_sync("often")


@pytest.mark.parametrize(("sync", "level"), [("normal", 1), ("full", 2)])
def test_sqlite_syncs_as_it_is_told(sync: str, level: int, tmp_path: Path) -> None:
    with Store(str(tmp_path / "news.db"), sync=sync) as store, store._in_transaction() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == level
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1


WRITES_TEN = """
import sys
from newsspider.record import ArticleRecord
from newsspider.outputs.warc import WarcFiles
from newsspider.store.store import Store
from pathlib import Path
from pipelines.open_output import open_output

records = [ArticleRecord(url=f"https://herald.example/{n}", title=f"Ferry {n}", body="It sails.") for n in range(10)]
target, sync = sys.argv[1:]
if target == "warc":
    files = WarcFiles(Path("warc"), "x", 1 << 20, sync)
    for record in records:
        files.add(record.url, "2026-03-24T09:30:00Z", 200, [], b"<p>Ferry</p>")
    files.close()
elif target == "x.db":
    with Store(target, sync=sync) as store:
        print("open", file=open("/dev/null", "w"))
        for record in records:
            store.write([record])
else:
    with open_output(target) as writer:
        for record in records:
            writer.write(record)
"""


def count_syncs(target: str, sync: str, folder: Path) -> int:
    """Count the calls by which ten records come to the disk."""
    trace = folder / f"{target}.{sync}.trace"
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace), sys.executable, "-c", WRITES_TEN]
    environment = {**os.environ, "NEWSSPIDER_SYNC": sync}
    work = folder / sync
    work.mkdir()
    subprocess.run([*command, target, sync], cwd=work, env=environment, check=True, timeout=120)
    return sum("fsync(" in line or "fdatasync(" in line for line in trace.read_text().splitlines())


@pytest.mark.processes
@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")
@pytest.mark.parametrize("target", ["x.db", "warc", "x.jsonl"])
def test_full_syncs_each_record_and_normal_what_is_complete(target: str, tmp_path: Path) -> None:
    normal, full = (count_syncs(target, sync, tmp_path) for sync in ("normal", "full"))
    assert 1 <= normal < 10
    assert full >= normal + 9
