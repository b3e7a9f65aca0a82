"""What a record adds to the crawl's stats."""

import pytest
from scrapy.utils.test import get_crawler

from newsspider.crawl.ending.outcome import KIND_STAT
from newsspider.kinds import KINDS, Kind
from newsspider.record import ArticleRecord
from pipelines.count import CountPipeline, iter_counts

FERRY = ArticleRecord(
    url="https://herald.example/ferry",
    title="Ferry back",
    published="2026-03-14",
    authors=("Ann Lee",),
    body="It sails.",
    language="en",
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_counter_under_the_name_that_the_exit_code_asks_for(kind: Kind) -> None:
    assert KIND_STAT.format(kind) in set(iter_counts(ArticleRecord(kind=kind)))


@pytest.mark.parametrize(
    ("record", "counters"),
    [
        (FERRY, ["kind/article", *(f"field/{name}" for name in ("title", "published", "authors", "body", "language"))]),
        (ArticleRecord(kind="paywalled", title="Ferry back"), ["kind/paywalled", "field/title"]),
        (ArticleRecord(kind="article"), ["kind/article"]),
        (ArticleRecord(kind="index", title="Politics", body="Ferry back"), ["kind/index"]),  # fields of articles only
    ],
)
def test_fields_are_counted_where_an_article_has_them(record: ArticleRecord, counters: list[str]) -> None:
    assert list(iter_counts(record)) == [f"newsspider/{name}" for name in counters]


def test_stats_add_up_and_records_pass_as_they_are() -> None:
    crawler = get_crawler()
    pipeline = CountPipeline.from_crawler(crawler)
    failed = ArticleRecord(kind="failed", reason="HTTP 404")
    assert [pipeline.process_item(record) for record in (FERRY, FERRY, failed)] == [FERRY, FERRY, failed]
    assert crawler.stats is not None
    stats = crawler.stats.get_stats()
    assert {name: stats[name] for name in stats if name.startswith("newsspider/kind/")} == {
        "newsspider/kind/article": 2,
        "newsspider/kind/failed": 1,
    }
    assert stats["newsspider/field/title"] == 2
