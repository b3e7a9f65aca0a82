"""Pages go to workers; what they can't finish makes a failed record."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl.extraction.workers import RoomMiddleware, Workers
from newsspider.errors import ExtractionError, UsageError
from newsspider.pages.raw_page import RawPage
from tests.crawl.components import SEED, STORY, ask, count, make_crawler

LINKS = b"".join(b'<p><a href="/2026/03/24/ferry-%d/">The ferry sails again</a></p>' % number for number in range(9))


def page(body: bytes) -> RawPage:
    return RawPage(body=body, url=STORY, source=SEED, status=200)


class FailingWorkers(Workers):
    """Workers that can finish nothing."""

    async def _work(self, work: Callable[[Any], Any], page: Any) -> Any:
        raise ExtractionError("took longer than 20 s")


def test_page_is_extracted_in_place_without_workers() -> None:
    crawler = make_crawler(WORKERS="0", MAX_PAGE_LINKS="5")
    extracted = asyncio.run(Workers.from_crawler(crawler).extract(page(LINKS)))
    assert extracted.record.url == STORY
    assert len(extracted.links) == 5
    assert count(crawler, "refused/page_links") == 1


def test_page_whose_links_are_all_followed_is_not_counted() -> None:
    crawler = make_crawler(WORKERS="0")
    asyncio.run(Workers.from_crawler(crawler).extract(page(LINKS)))
    assert count(crawler, "refused/page_links") == 0


def test_page_whose_links_are_not_wanted_has_none_and_is_not_counted() -> None:
    crawler = make_crawler(WORKERS="0", MAX_PAGE_LINKS="5")
    extracted = asyncio.run(Workers.from_crawler(crawler).extract(page(LINKS), wants_links=False))
    assert (extracted.links, count(crawler, "refused/page_links")) == ((), 0)


def test_page_that_a_worker_can_not_finish_makes_a_failed_record() -> None:
    workers = FailingWorkers(make_crawler(WORKERS="1"))
    record = asyncio.run(workers.extract(page(LINKS))).record
    assert (record.kind, record.reason, record.url) == ("failed", "took longer than 20 s", STORY)


def test_list_that_a_worker_can_not_finish_is_unreadable_for_its_reason() -> None:
    listing = asyncio.run(FailingWorkers(make_crawler(WORKERS="1")).list_entries(page(b"<rss>")))
    assert (listing.kind, listing.problems) == ("unreadable", ("took longer than 20 s",))


@pytest.mark.parametrize(
    ("workers", "waiting", "has_room"), [("1", 2, True), ("1", 3, False), ("2", 5, True), ("2", 6, False)]
)
def test_three_pages_per_worker_are_under_way(workers: str, waiting: int, has_room: bool) -> None:
    work = Workers.from_crawler(make_crawler(WORKERS=workers)).work
    work.waiting = waiting
    assert work.has_room is has_room


def test_request_goes_on_where_there_is_room() -> None:
    crawler = make_crawler(Workers, WORKERS="1")
    asyncio.run(RoomMiddleware.from_crawler(crawler).process_request(ask()))


def test_requests_do_not_wait_where_pages_are_extracted_in_place() -> None:
    for crawler in (make_crawler(Workers, WORKERS="0"), make_crawler()):
        with pytest.raises(NotConfigured):
            RoomMiddleware.from_crawler(crawler)


def test_wrong_limit_is_refused() -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_WORKERS"):
        Workers.from_crawler(make_crawler(WORKERS="many"))
