"""`newsspider versions`."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.cli.conftest import RunCommand

URL = "https://herald.example/ferry"
FERRY = ArticleRecord(url=URL, title="Ferry back", body="At six.\n\nOn Monday.", fetched_at="2026-03-24T10:00:00+00:00")
LATER = replace(FERRY, title="Ferry late", body="At seven.\n\nOn Monday.", fetched_at="2026-03-24T16:00:00+00:00")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A store with an article of two versions."""
    with Store(str(tmp_path / "news.db")) as store:
        store.write([FERRY])
        store.write([LATER])
    return tmp_path / "news.db"


def test_versions_show_what_went_and_what_came(call_main: RunCommand, database: Path) -> None:
    done = call_main("versions", f"{URL}?utm_source=x", "--db", database)
    assert done.stdout.splitlines() == [
        "version 1  2026-03-24T10:00:00+00:00  Ferry back",
        f"  {URL}",
        "",
        "version 2  2026-03-24T16:00:00+00:00  changed: title, body",
        "  title: - Ferry back",
        "  title: + Ferry late",
        "  --- body",
        "  +++ body",
        "  @@ -1,2 +1,2 @@",
        "  -At six.",
        "  +At seven.",
        "   On Monday.",
    ]
    assert done.returncode == 0


def test_versions_as_json_are_records(call_main: RunCommand, database: Path) -> None:
    lines = call_main("versions", URL, "--db", database, "--json").stdout.splitlines()
    assert [ArticleRecord.from_dict(json.loads(line)).version for line in lines] == [1, 2]


@pytest.mark.parametrize(("url", "said"), [("https://herald.example/tram", "no article at"), ("ferry", "not a web")])
def test_what_is_no_article_is_said_in_one_line(call_main: RunCommand, database: Path, url: str, said: str) -> None:
    done = call_main("versions", url, "--db", database)
    assert said in done.stderr
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
