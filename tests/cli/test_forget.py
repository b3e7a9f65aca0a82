"""`newsspider forget`: what is gone, and where copies may be left."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsspider.cli.app import app
from newsspider.record import ArticleRecord
from newsspider.store.store import Store

URL = "https://herald.example/ferry"
LONG = "The ferry sails again from the old harbour after eleven years, the board voted on Friday evening. " * 9


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "news.db")
    texts = {URL: LONG, "https://tribune.example/ferry?a=1&b=2": f"{LONG} Copy."}
    records = [
        ArticleRecord(url=url, title=f"Ferry at {url}", body=body, source="saved/x.warc.gz#urn:uuid:1")
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
    assert "1 articles" in said
    assert "\n  newsspider forget 'https://tribune.example/ferry?a=1&b=2'\n" in said
    assert "are still in: saved/x.warc.gz#urn:uuid:1\n" in said
    assert "not looked at: WARC files (--warc FOLDER), exports and feeds" in said
    assert "the HTTP cache (.scrapy/httpcache)" in said


def test_copies_are_forgotten_too_where_that_is_asked(database: str, tmp_path: Path) -> None:
    said = forget(URL, "--copies", "--db", database, "--warc", str(tmp_path))
    assert "2 articles" in said
    assert "near-duplicates" not in said
    assert "WARC files (--warc" not in said
