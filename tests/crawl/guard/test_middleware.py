"""Requests that name what they may not are refused before they cost anything."""

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.middleware import GuardMiddleware, check_settings
from newsspider.crawl.guard.refusals import RefusedRequest
from newsspider.errors import UsageError
from tests.crawl.components import SEED, STORY, ask, count, make_crawler

ANOTHER_CLIENT = {"https": "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://10.0.0.7/", "private_address"),
        ("http://169.254.169.254/latest/", "private_address"),
        ("https://herald.example:8443/", "port"),
        ("ftp://herald.example/", "scheme"),
        ("https://ann:secret@herald.example/", "credentials"),
        (f"{SEED}{'a' * 2_000}", "url_length"),
    ],
)
def test_request_is_refused_for_what_it_names_and_counted(url: str, reason: str) -> None:
    crawler = make_crawler(Guard)
    with pytest.raises(RefusedRequest):
        GuardMiddleware.from_crawler(crawler).process_request(ask(url))
    assert count(crawler, f"refused/{reason}") == 1


def test_seeds_own_port_passes_for_its_site_and_not_for_a_redirect_from_elsewhere() -> None:
    middleware = GuardMiddleware.from_crawler(make_crawler(Guard))
    seed = "https://herald.example:8443/"
    middleware.process_request(ask(f"{seed}ferry", seed=seed))
    with pytest.raises(RefusedRequest):
        middleware.process_request(Request(seed, meta={"redirect_urls": [STORY]}))


def test_pages_and_robots_txt_pass() -> None:
    middleware = GuardMiddleware.from_crawler(make_crawler(Guard))
    middleware.process_request(ask())
    middleware.process_request(Request(f"{SEED}robots.txt"))


def test_another_client_is_refused_unless_all_addresses_are_allowed() -> None:
    with pytest.raises(UsageError, match=r"DOWNLOAD_HANDLERS: .* resolves names by itself"):
        check_settings(make_crawler(DOWNLOAD_HANDLERS=ANOTHER_CLIENT).settings)
    check_settings(make_crawler(DOWNLOAD_HANDLERS=ANOTHER_CLIENT, ALLOW_PRIVATE="0.0.0.0/0,::/0").settings)


def test_there_is_no_crawl_without_the_guard() -> None:
    with pytest.raises(NotConfigured, match="EXTENSIONS has to name"):
        GuardMiddleware.from_crawler(make_crawler())
