"""Feeds that can't be written end the crawl once."""

import asyncio
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler

from newsspider.crawl.exports.feed_exporter import PrivateFileStorage, ReportingFeedExporter
from newsspider.record import ArticleRecord
from tests.crawl.components import STORY, Engine, make_crawler, start_engine, with_spider

RECORD = ArticleRecord(url=STORY, title="Ferry sails again")


def export(crawler: Crawler, records: int) -> Engine:
    """Lead records through a crawl's feeds; return its engine."""
    engine = start_engine(crawler)
    spider = crawler.spider
    assert spider is not None

    async def in_loop() -> None:
        feeds = crawler.get_extension(ReportingFeedExporter)
        assert feeds is not None
        feeds.open_spider(spider)
        for _ in range(records):
            feeds.item_scraped(RECORD, spider)
        await feeds.close_spider(spider)
        await asyncio.sleep(0)

    asyncio.run(in_loop())
    return engine


def with_feed(path: str) -> Crawler:
    return with_spider(make_crawler(ReportingFeedExporter, FEEDS={path: {"format": "jsonlines"}}))


def test_file_that_can_not_be_written_ends_the_crawl_and_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    engine = export(with_feed("/dev/full"), 3)
    assert engine.reasons == ["store_unusable"]
    said = [record.getMessage() for record in caplog.records if record.levelname == "CRITICAL"]
    assert said == ["/dev/full: No space left on device: records can't be written"]


def test_new_file_is_the_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "feeds" / "records.jsonl"
    with PrivateFileStorage(str(path)).open(Spider("herald")) as file:
        file.write(b"{}\n")
    assert path.stat().st_mode & 0o777 == 0o600
