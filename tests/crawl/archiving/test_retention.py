"""What is older than NEWSSPIDER_RETENTION is removed when the crawl ends."""

from datetime import timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl.archiving.retention import Retention, read_retention
from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawl.components import STORY, make_crawler


@pytest.mark.parametrize(("kept_seconds", "left"), [(-60, 0), (3600, 1)])
def test_articles_first_seen_earlier_are_removed(kept_seconds: int, left: int, tmp_path: Path) -> None:
    path = str(tmp_path / "news.db")
    with Store(path) as store:
        store.write([ArticleRecord(url=STORY, site="herald.example", title="Ferry", body="It sails.")])
    Retention(make_crawler(DATABASE=path), timedelta(seconds=kept_seconds)).engine_stopped()
    with Store(path) as store:
        assert len(list(store.read())) == left


def test_age_is_read_from_the_setting() -> None:
    assert read_retention(make_crawler(RETENTION="365d").settings) == timedelta(days=365)
    assert read_retention(make_crawler().settings) is None


def test_store_that_can_not_be_opened_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = tmp_path / "news.db"
    broken.write_bytes(b"not a database" * 500)
    Retention.from_crawler(make_crawler(RETENTION="1d", DATABASE=str(broken))).engine_stopped()
    assert "retention: " in caplog.text


def test_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Retention.from_crawler(make_crawler(RETENTION="1d", DATABASE=str(path), WARC=str(tmp_path))).engine_stopped()
    assert not path.exists()


@pytest.mark.parametrize("settings", [{}, {"RETENTION": "1d", "DRY_RUN": "1"}], ids=["not set", "dry run"])
def test_nothing_is_removed_unless_it_is_wanted(settings: dict[str, str]) -> None:
    with pytest.raises(NotConfigured):
        Retention.from_crawler(make_crawler(**settings))


def test_wrong_age_is_named_with_its_setting() -> None:
    with pytest.raises(UsageError, match=r"^NEWSSPIDER_RETENTION: "):
        read_retention(make_crawler(RETENTION="some").settings)
