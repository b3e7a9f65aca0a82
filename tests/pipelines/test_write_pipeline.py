"""A crawl's output: every record goes to it, and a full disk ends the crawl."""

from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from pipelines.ending import UNUSABLE_STORE_STAT
from pipelines.write import CrawlOutput, WritePipeline, check_output, output_in

ARTICLE = ArticleRecord(url="https://herald.example/a", title="Ferry", body="It sails.")
INDEX = ArticleRecord(url="https://herald.example/", kind="index", reason="a list")


class Engine:
    """An engine that has not started."""

    running = False


def crawler_for(**settings: object) -> Crawler:
    crawler = get_crawler(Spider, settings)
    crawler._engine = Engine()  # type: ignore[assignment]
    return crawler


def test_records_are_written_and_passed_on(tmp_path: Path) -> None:
    pipeline = WritePipeline.from_crawler(crawler_for(NEWSSPIDER_OUTPUT=str(tmp_path / "x.jsonl")))
    passed = [pipeline.process_item(item) for item in (ARTICLE, INDEX, {"not": "a record"})]
    pipeline.close_spider()
    assert passed == [ARTICLE, INDEX, {"not": "a record"}]
    assert len((tmp_path / "x.jsonl").read_text().splitlines()) == 1
    assert len((tmp_path / "x.quarantine.jsonl").read_text().splitlines()) == 1


def test_crawl_without_records_leaves_no_file(tmp_path: Path) -> None:
    pipeline = WritePipeline.from_crawler(crawler_for(NEWSSPIDER_OUTPUT=str(tmp_path / "x.jsonl")))
    pipeline.close_spider()
    assert list(tmp_path.iterdir()) == []


def test_without_an_output_there_is_no_pipeline() -> None:
    with pytest.raises(NotConfigured):
        WritePipeline.from_crawler(crawler_for())


def test_output_that_is_full_is_said_once_and_items_pass(caplog: pytest.LogCaptureFixture) -> None:
    crawler = crawler_for(NEWSSPIDER_OUTPUT="/dev/full", NEWSSPIDER_OUTPUT_FORMAT="jsonl")
    pipeline = WritePipeline.from_crawler(crawler)
    assert [pipeline.process_item(ARTICLE) for _ in range(3)] == [ARTICLE] * 3
    pipeline.close_spider()
    assert crawler.stats is not None
    assert "/dev/full" in crawler.stats.get_value(UNUSABLE_STORE_STAT)
    assert len([record for record in caplog.records if record.levelname == "CRITICAL"]) == 1


@pytest.mark.parametrize(
    ("target", "form", "schema"), [("x.docx", None, None), ("gone/x.csv", None, None), ("x.csv", None, "zyte")]
)
def test_output_that_can_not_be_written_is_refused_before_the_crawl(
    target: str, form: str | None, schema: str | None, tmp_path: Path
) -> None:
    with pytest.raises(UsageError):
        check_output(CrawlOutput(str(tmp_path / target), form, schema))


def test_earlier_output_is_lost_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("earlier")
    earlier = CrawlOutput(str(tmp_path / "x.jsonl"))
    with pytest.raises(UsageError, match="--replace overwrites it"):
        check_output(earlier)
    check_output(replace(earlier, replace=True))


def test_output_of_settings() -> None:
    assert output_in(Settings()) is None
    named = Settings({"NEWSSPIDER_OUTPUT": "x", "NEWSSPIDER_OUTPUT_FORMAT": "text"})
    assert output_in(named) == CrawlOutput("x", "text")
