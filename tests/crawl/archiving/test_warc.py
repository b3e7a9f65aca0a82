"""Responses are kept as they came, unless they ask not to be."""

import asyncio
from pathlib import Path

import pytest
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from newsspider.crawl.archiving.warc import ArchivingMiddleware, PageArchive
from newsspider.crawl.request_context import context_of
from newsspider.errors import OutputError
from tests.crawl.components import answer, ask, count, make_crawler, start_engine


class NotedCopies(PageArchive):
    """PageArchive that are noted and not written; a response may ask not to be kept, and the disk may be full."""

    kept: tuple[Response, ...] = ()
    full = False

    async def add(self, response: Response, moment: str) -> bool:
        if self.full:
            raise OutputError("warc/1.warc.gz: disk full")
        self.kept = (*self.kept, response)
        return b"noarchive" not in response.body


class FullCopies(NotedCopies):
    """PageArchive on a full disk."""

    full = True


def test_answer_is_kept_and_its_moment_is_that_of_its_record(tmp_path: Path) -> None:
    crawler = make_crawler(NotedCopies, WARC=str(tmp_path))
    request = ask()
    response = answer(request, b"<p>Ferry")
    middleware = ArchivingMiddleware.from_crawler(crawler)
    assert asyncio.run(middleware.process_response(request, response)) is response
    copies, context = crawler.get_extension(NotedCopies), context_of(request)
    assert copies is not None
    assert copies.kept == (response,)
    assert context is not None
    assert context.fetched_at is not None
    assert count(crawler, "warc/responses") == 1


def test_page_that_is_not_kept_is_counted_and_has_no_moment(tmp_path: Path) -> None:
    crawler = make_crawler(NotedCopies, WARC=str(tmp_path))
    request = ask()
    asyncio.run(ArchivingMiddleware.from_crawler(crawler).process_response(request, answer(request, b"noarchive")))
    context = context_of(request)
    assert context is not None
    assert context.fetched_at is None
    assert (count(crawler, "warc/noarchive"), count(crawler, "warc/responses")) == (1, 0)


@pytest.mark.parametrize(("flag", "status"), [("cached", 200), ("rendered", 302)])
def test_what_no_server_has_answered_is_not_kept(flag: str, status: int, tmp_path: Path) -> None:
    crawler = make_crawler(NotedCopies, WARC=str(tmp_path))
    request = ask()
    response = answer(request, status=status).replace(flags=[flag])
    asyncio.run(ArchivingMiddleware.from_crawler(crawler).process_response(request, response))
    copies = crawler.get_extension(NotedCopies)
    assert copies is not None
    assert copies.kept == ()


def test_crawl_whose_pages_can_not_be_kept_ends_and_the_page_is_still_read(tmp_path: Path) -> None:
    crawler = make_crawler(FullCopies, WARC=str(tmp_path))
    engine = start_engine(crawler)
    request = ask()
    response = answer(request)
    assert asyncio.run(ArchivingMiddleware.from_crawler(crawler).process_response(request, response)) is response
    assert engine.reasons == ["store_unusable"]
    assert count(crawler, "warc/responses") == 0


def test_nothing_is_kept_without_a_folder_or_in_a_dry_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSSPIDER_WARC", raising=False)
    for crawler in (make_crawler(), make_crawler(WARC=str(tmp_path), DRY_RUN="1")):
        with pytest.raises(NotConfigured):
            PageArchive.from_crawler(crawler)
        with pytest.raises(NotConfigured):
            ArchivingMiddleware.from_crawler(crawler)
