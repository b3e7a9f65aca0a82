"""`newsspider report`."""

from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.cli.conftest import RunCommand


@pytest.fixture
def database(tmp_path: Path) -> Path:
    with Store(str(tmp_path / "news.db")) as store:
        store.write(
            [ArticleRecord(kind="article", url="https://herald.example/a", site="herald.example", body="Ferry.")]
        )
    return tmp_path / "news.db"


def test_report_is_one_page_for_its_owner_alone(call_main: RunCommand, database: Path, tmp_path: Path) -> None:
    done = call_main("report", "--db", database, "-o", tmp_path / "report.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"wrote {tmp_path / 'report.html'}: open it in a browser\n"
    assert (tmp_path / "report.html").stat().st_mode & 0o077 == 0
    assert "herald.example" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_earlier_report_is_lost_only_when_told(call_main: RunCommand, database: Path, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("earlier")
    done = call_main("report", "--db", database, "-o", tmp_path / "report.html")
    assert (done.returncode, (tmp_path / "report.html").read_text()) == (2, "earlier")
    assert call_main("report", "--db", database, "-o", tmp_path / "report.html", "--replace").returncode == 0


def test_missing_extra_is_one_line(
    call_main: RunCommand, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsspider.report.writing.find_spec", lambda name: None)
    done = call_main("report", "--db", database, "-o", tmp_path / "report.html")
    assert done.returncode == 2
    assert done.stderr == "newsspider: reports need vl-convert: pip install 'newsspider[report]'\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--since", "yesterday"], 2),
        (["--db", "gone.db"], 4),
        (["-o", "no/such/report.html"], 4),
        (["-o", "."], 4),
    ],
    ids=["no day", "no database", "no folder", "a folder"],
)
def test_wrong_argument_is_one_line_and_a_code(
    arguments: list[str], code: int, call_main: RunCommand, database: Path, tmp_path: Path
) -> None:
    done = call_main("report", "--db", database, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith("newsspider: ")
