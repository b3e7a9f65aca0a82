"""Scrapy's HTTP cache, as Scrapy itself writes it."""

import gzip
from pathlib import Path

import pytest
from scrapy import Request, Spider
from scrapy.extensions.httpcache import FilesystemCacheStorage
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.test import get_crawler

from newsspider.inputs.reading import iter_pages
from tests.archives import FERRY


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("encoding", [None, "gzip"])
def test_responses_are_pages(gzipped: bool, encoding: str | None, tmp_path: Path) -> None:
    storage = FilesystemCacheStorage(Settings({"HTTPCACHE_DIR": str(tmp_path), "HTTPCACHE_GZIP": gzipped}))
    spider = Spider(name="news")
    spider.crawler = get_crawler(Spider)
    storage.open_spider(spider)
    url = "https://herald.example/ferry"
    headers = {"Content-Type": "text/html; charset=utf-8"} | ({"Content-Encoding": encoding} if encoding else {})
    body = gzip.compress(FERRY) if encoding else FERRY
    storage.store_response(spider, Request(url), HtmlResponse(url, status=404, headers=headers, body=body))
    (page,) = iter_pages([str(tmp_path)])
    assert (page.body, page.url, page.status) == (FERRY, url, 404)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.fetched_at
    assert page.source == str(next(tmp_path.rglob("response_body")).parent)


def test_damaged_entry_is_reported(tmp_path: Path) -> None:
    for name in ("meta", "response_body", "response_headers"):
        (tmp_path / name).write_bytes(b"__import__('os')")
    (page,) = iter_pages([str(tmp_path)])
    assert page.problem
    assert page.problem.startswith("can't be read: ")


@pytest.mark.parametrize("timestamp", ["None", "'soon'", "1e300", "'nan'"])
def test_time_that_is_not_one_costs_no_page(timestamp: str, tmp_path: Path) -> None:
    meta = f"{{'url': 'https://herald.example/ferry', 'status': 200, 'timestamp': {timestamp}}}"
    (tmp_path / "meta").write_text(meta)
    (tmp_path / "response_body").write_bytes(FERRY)
    (tmp_path / "response_headers").write_bytes(b"Content-Type: text/html")
    (page,) = iter_pages([str(tmp_path)])
    assert (page.body, page.fetched_at, page.problem) == (FERRY, None, None)
