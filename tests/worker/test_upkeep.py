"""The tasks of a worker beside its crawls: the report is written and old pages are removed, as by a crawl."""

from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from newsspider.worker import upkeep
from newsspider.worker.upkeep import Upkeep
from tests.crawl.components import STORY, make_crawler

OLD = {"first_seen": "2020-01-01T00:00:00+00:00"}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database with an old and a new article."""
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url=STORY, site="herald.example", title="Ferry", body="It sails.")])
        old = ArticleRecord(url=f"{STORY}-2", site="herald.example", title="Storm", body="It blew.", **OLD)  # type: ignore[arg-type]
        store.write([old])
    return path


def titles(database: Path) -> list[str]:
    with Store(str(database)) as store:
        return sorted(record.title or "" for record in store.read())


def test_report_is_written_and_old_pages_go_at_the_end(database: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    report = tmp_path / "report.html"
    settings = make_crawler(DATABASE=str(database), RETENTION="365d", REPORT=str(report)).settings
    Upkeep(settings).look(0, is_last=True)
    assert titles(database) == ["Ferry"]
    assert "herald.example" in report.read_text()


def test_worker_that_goes_on_does_it_now_and_then(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = make_crawler(DATABASE=str(database), RETENTION="365d").settings
    Upkeep(settings).look(0)
    assert titles(database) == ["Ferry", "Storm"]
    monkeypatch.setattr(upkeep, "REST_SECONDS", 0.0)
    Upkeep(settings).look(0)
    assert titles(database) == ["Ferry"]


def test_wrong_age_is_refused_at_the_start(database: Path) -> None:
    with pytest.raises(UsageError, match=r"^NEWSSPIDER_RETENTION: "):
        Upkeep(make_crawler(DATABASE=str(database), RETENTION="some").settings)
