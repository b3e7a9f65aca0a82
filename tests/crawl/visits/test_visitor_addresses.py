"""Articles are asked for without what the site adds for each visitor."""

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsspider.crawl.visits.ledger import Ledger
from newsspider.crawl.visits.visitor_addresses import VisitorAddressesMiddleware
from tests.crawl.components import SEED, STORY, ask, make_crawler


class TaughtLedger(Ledger):
    """A ledger that has learnt that `visit` makes no other page."""

    def address_of(self, request: Request) -> str:
        return request.url.partition("?visit=")[0]


def middleware(tmp_path: Path) -> VisitorAddressesMiddleware:
    return VisitorAddressesMiddleware.from_crawler(make_crawler(TaughtLedger, DATABASE=str(tmp_path / "news.db")))


def test_request_is_made_at_the_pages_address_as_if_redirected_there(tmp_path: Path) -> None:
    old = f"{SEED}old/"
    request = ask(f"{STORY}?visit=7", meta={"redirect_urls": [old], "redirect_reasons": [302]})
    moved = middleware(tmp_path).process_request(request.replace(dont_filter=True))
    assert moved is not None
    assert (moved.url, moved.dont_filter) == (STORY, False)
    assert moved.meta["redirect_urls"] == [old, f"{STORY}?visit=7"]
    assert moved.meta["redirect_reasons"] == [302, 301]


@pytest.mark.parametrize(
    "request_",
    [ask(STORY), ask(f"{STORY}?page=2"), Request(f"{STORY}?visit=7")],
    ids=["no parameters", "another parameter", "nothing known"],
)
def test_others_pass(request_: Request, tmp_path: Path) -> None:
    assert middleware(tmp_path).process_request(request_) is None


def test_middleware_is_off_without_a_store() -> None:
    with pytest.raises(NotConfigured):
        VisitorAddressesMiddleware.from_crawler(make_crawler())
