"""`newsspider forget`: what is gone, and where copies may be left."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsspider.cli.app import app
from newsspider.record import ArticleRecord
from newsspider.store.store import Store

URL = "https://herald.example/ferry"
LONG_AGO = "2020-01-01T00:00:00+00:00"
LONG = "The ferry sails again from the old harbour after eleven years, the board voted on Friday evening. " * 9


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "news.db")
    texts = {URL: LONG, "https://tribune.example/ferry?a=1&b=2": f"{LONG} Copy."}
    records = [
        ArticleRecord(
            url=url, title=f"Ferry at {url}", body=body, source="saved/x.warc.gz#urn:uuid:1", first_seen=LONG_AGO
        )
        for url, body in texts.items()
    ]
    with Store(path) as store:
        store.write(records)
    return path


def forget(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["forget", *arguments])
    assert result.exit_code == 0, result.output
    return result.stderr


def test_copies_that_are_left_are_named(database: str) -> None:
    said = forget(URL, "--db", database)
    assert "1 article" in said
    assert "\n  newsspider forget 'https://tribune.example/ferry?a=1&b=2'\n" in said
    assert "are still in: saved/x.warc.gz#urn:uuid:1\n" in said
    assert "not looked at: WARC files (--warc FOLDER), exports and feeds" in said
    assert "the HTTP cache (.scrapy/httpcache)" in said


def test_copies_are_forgotten_too_where_that_is_asked(database: str, tmp_path: Path) -> None:
    said = forget(URL, "--copies", "--db", database, "--warc", str(tmp_path))
    assert "2 articles" in said
    assert "near-duplicates" not in said
    assert "WARC files (--warc" not in said


def forget_by_age(*arguments: str, database: str, answer: str | None = None) -> tuple[int, str]:
    words = ["forget", "--older-than", "365d", "--db", database, *arguments]
    result = CliRunner().invoke(app, words, input=answer)
    return result.exit_code, result.stderr or str(result.exception)


def count_articles(database: str) -> int:
    with Store(database) as store:
        return len(list(store.read()))


def test_dry_run_says_how_many_would_go_and_takes_nothing_out(database: str) -> None:
    code, said = forget_by_age("--dry-run", database=database)
    assert (code, count_articles(database)) == (0, 2)
    assert said.startswith("would remove 2 articles, first seen before 20")


def test_where_nobody_can_be_asked_yes_is_needed(database: str) -> None:
    code, said = forget_by_age(database=database)
    assert (code, count_articles(database)) == (1, 2)  # in the process itself an error of ours is an exception
    assert "add --yes to remove them for good" in said
    assert forget_by_age("--yes", database=database)[0] == 0
    assert count_articles(database) == 0


@pytest.mark.parametrize(("answer", "left"), [("n\n", 2), ("y\n", 0)])
def test_person_is_asked(answer: str, left: int, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.cli.forget._is_terminal", lambda: True)
    _, said = forget_by_age(database=database, answer=answer)
    assert "Remove 2 articles" in said
    assert count_articles(database) == left
