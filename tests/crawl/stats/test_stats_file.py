"""Stats in a file."""

import json
from datetime import UTC, datetime
from pathlib import Path

from newsspider.crawl.stats.stats_file import StatsFile
from tests.crawl.components import make_crawler


def test_stats_are_written_as_json_when_the_spider_closes(tmp_path: Path) -> None:
    path = tmp_path / "stats.json"
    stats = StatsFile(make_crawler(NEWSSPIDER_STATS_FILE=str(path)))
    stats.set_value("pages", 7)
    stats.set_value("start_time", datetime(2026, 3, 24, tzinfo=UTC))
    stats.close_spider(reason="finished")
    assert json.loads(path.read_text("utf-8")) == {"pages": 7, "start_time": "2026-03-24 00:00:00+00:00"}


def test_nothing_is_written_where_no_file_is_named() -> None:
    stats = StatsFile(make_crawler())
    stats.set_value("pages", 7)
    stats.close_spider(reason="finished")
    assert stats.get_value("pages") == 7
