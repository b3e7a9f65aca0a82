"""`newsspider backup` and what `newsspider forget` refuses."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from newsspider.record import ArticleRecord
from newsspider.store import backup
from newsspider.store.dialects import erase_log
from newsspider.store.store import Store

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def test_copy_of_a_store_that_is_written_to_is_whole(tmp_path: Path, call_main: RunCommand) -> None:
    database, stop = tmp_path / "news.db", Event()
    Store(str(database)).close()

    def write() -> None:
        with Store(str(database)) as store:
            number = 0
            while not stop.is_set():
                number += 1
                url = f"https://herald.example/{number}"
                store.write([ArticleRecord(url=url, title="Ferry", body=f"It {number}.")])

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            done = call_main("backup", tmp_path / f"{number}.db", "--db", database)
            assert done.returncode == 0, done.stderr
    finally:
        stop.set()
        writer.join()
    with Store(str(tmp_path / "2.db"), create=False) as copy:
        articles = list(copy.read())
        assert [record.body for record in articles] == [f"It {number + 1}." for number in range(len(articles))]
        assert len(copy.search("ferry", 1000)) == min(len(articles), 1000)
    assert sorted(path.name for path in tmp_path.glob("*.db")) == ["0.db", "1.db", "2.db", "news.db"]


class Told:
    """Is told of the steps of a copy.

    Attributes:
        steps: with their jobs.
        done: jobs of the first step.
    """

    def __init__(self) -> None:
        """Have heard of nothing."""
        self.steps: list[tuple[str, int]] = []
        self.done = 0

    def begin(self, step: str, jobs: int = 0, /) -> Callable[[], None]:
        """Note a step."""
        self.steps.append((step, jobs))
        return self._advance

    def _advance(self) -> None:
        self.done += 1


def test_copy_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MB", 10_000)
    monkeypatch.setattr(backup, "STEPS_BETWEEN", 100)
    told = Told()
    with Store(str(tmp_path / "news.db"), duplicates="off") as store:
        bodies = [f"Ferry {number}. " * 600 for number in range(1000)]  # more than SQLite caches before it writes
        store.write(
            [ArticleRecord(url=f"https://herald.example/{number}", body=body) for number, body in enumerate(bodies)]
        )
        erase_log(store._engine)
        store.copy_to(tmp_path / "copy.db", told)
    (copied, jobs), checked = told.steps
    assert (copied, checked) == ("copying, in MB", ("checking the copy", 0))
    assert 0 < told.done <= jobs


def test_earlier_copy_is_replaced_only_when_told(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    (tmp_path / "copy.db").write_text("earlier")
    done = call_main("backup", tmp_path / "copy.db", "--db", news_db)
    assert (done.returncode, (tmp_path / "copy.db").read_text()) == (2, "earlier")
    assert call_main("backup", tmp_path / "copy.db", "--db", news_db, "--replace").returncode == 0
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM articles").fetchone() == (4,)


def test_copy_that_can_not_be_written_is_one_line(news_db: Path, tmp_path: Path, call_main: RunCommand) -> None:
    done = call_main("backup", tmp_path / "no" / "copy.db", "--db", news_db)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give the URLs of pages, or --older-than"),
        (["herald"], "herald: not a web address"),
        (["--older-than", "soon"], "not a duration"),
        (["https://herald.example/a", "--warc", "gone"], "--warc gone: no such folder"),
    ],
)
def test_forget_refuses_what_it_can_not_do(
    arguments: list[str], words: str, news_db: Path, call_main: RunCommand
) -> None:
    done = call_main("forget", *arguments, "--db", news_db)
    assert done.returncode == 2
    assert words in done.stderr
