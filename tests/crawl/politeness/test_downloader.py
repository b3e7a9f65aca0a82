"""A site has one slot, whatever its hosts, and its share of requests."""

import asyncio

import pytest
from scrapy import Request

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.politeness.downloader import BoundedDownloader, host_of
from tests.crawl.components import make_crawler


def downloader(**settings: object) -> BoundedDownloader:
    """Return a crawl's downloader."""

    async def in_loop() -> BoundedDownloader:
        return BoundedDownloader(make_crawler(Guard, WORKERS="0", ROBOTSTXT_OBEY=False, **settings))

    return asyncio.run(in_loop())


@pytest.mark.parametrize(
    ("url", "meta", "slot"),
    [
        ("https://www.herald.example/a", {}, "herald.example"),
        ("https://sport.herald.example/", {}, "herald.example"),
        ("http://127.0.0.1:8000/", {}, "127.0.0.1"),
        ("https://herald.example/", {"download_slot": "slow"}, "slow"),
        ("https://herald.example/", {"download_slot": ""}, ""),
    ],
)
def test_hosts_of_a_domain_share_a_slot(url: str, meta: dict[str, str], slot: str) -> None:
    assert downloader().get_slot_key(Request(url, meta=meta)) == slot


@pytest.mark.parametrize(
    ("connections", "share", "under_way", "has_place"),
    [(2, 4, 3, True), (2, 4, 4, False), (8, 4, 15, True), (8, 4, 16, False), (1, 6, 5, True)],
)
def test_site_has_its_share_and_twice_its_connections(
    connections: int, share: int, under_way: int, has_place: bool
) -> None:
    one = downloader(CONCURRENT_REQUESTS_PER_DOMAIN=connections, SITE_REQUESTS=share)
    one.under_way["herald.example"] = under_way
    assert one.has_place("herald.example") is has_place
    assert one.has_place("other.example")


def test_host_of_an_address_without_one_is_empty() -> None:
    assert host_of(Request("https://Herald.example:8443/")) == "herald.example"
    assert host_of(Request("about:blank")) == ""
