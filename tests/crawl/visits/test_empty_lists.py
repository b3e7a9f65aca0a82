"""Lists that wait are put off once many of their shape have brought nothing."""

import pytest
from scrapy import Request

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.skipped_requests import EmptyList
from newsspider.crawl.visits.empty_lists import EmptyListsMiddleware
from newsspider.discovery.empty_pages import MAX_EMPTY_ALIKE
from tests.crawl.components import SEED, ask, count, make_crawler

TAG = f"{SEED}tag/ferry-99/"


def exhausted(empty_pages: int = MAX_EMPTY_ALIKE) -> EmptyListsMiddleware:
    """Return the middleware of a crawl that has read so many tags' pages in vain."""
    crawler = make_crawler()
    for number in range(empty_pages):
        crawl_of(crawler).empty_pages.count_empty(f"{SEED}tag/ferry-{number}/", [], 0, 0)
    return EmptyListsMiddleware.from_crawler(crawler)


def test_list_like_many_that_brought_nothing_is_dropped_and_counted() -> None:
    crawler = make_crawler()
    for number in range(MAX_EMPTY_ALIKE):
        crawl_of(crawler).empty_pages.count_empty(f"{SEED}tag/ferry-{number}/", [], 0, 0)
    with pytest.raises(EmptyList, match="contained nothing new"):
        EmptyListsMiddleware.from_crawler(crawler).process_request(ask(TAG, "section"))
    assert count(crawler, "empty_lists_left") == 1


@pytest.mark.parametrize(
    "request_",
    [
        ask(TAG, "article"),
        ask(TAG, "section", was_read=True),
        ask(TAG, "section", seed=TAG),
        ask(f"{SEED}politics/", "section"),
        Request(TAG),
    ],
    ids=["article", "read by an earlier run", "seed", "another shape", "nothing known"],
)
def test_others_pass(request_: Request) -> None:
    exhausted().process_request(request_)


def test_list_passes_while_few_have_brought_nothing() -> None:
    exhausted(MAX_EMPTY_ALIKE - 1).process_request(ask(TAG, "section"))
