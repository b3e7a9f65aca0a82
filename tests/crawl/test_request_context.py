"""What is known of requests goes with them."""

import pytest
from scrapy import Request

from newsspider.crawl.request_context import (
    RequestContextMiddleware,
    context_of,
    note,
    purpose_of,
    role_of,
)
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler


def middleware() -> RequestContextMiddleware:
    return RequestContextMiddleware(make_crawler())


def test_request_of_a_spider_that_knows_no_contexts_is_a_seed_where_the_crawl_starts() -> None:
    request = middleware().get_processed_request(Request(SEED), None)
    context = context_of(request)
    assert context is not None
    assert (context.seed, context.role) == (SEED, None)


def test_what_a_page_leads_to_has_the_seed_of_the_page() -> None:
    request = middleware().get_processed_request(Request(STORY), answer(ask(f"{SEED}sport/")))
    context = context_of(request)
    assert context is not None
    assert context.seed == SEED


@pytest.mark.parametrize("too_deep", [False, True])
def test_request_that_is_too_deep_is_not_made(too_deep: bool) -> None:
    request = ask(is_too_deep=too_deep)
    assert middleware().get_processed_request(request, None) is (None if too_deep else request)


def test_note_changes_what_is_known_of_the_request_and_its_response() -> None:
    request = ask()
    response = answer(request)
    note(request, was_read=True)
    context = context_of(response)
    assert context is not None
    assert context.was_read
    assert role_of(response) == "article"


def test_nothing_is_noted_where_nothing_is_known() -> None:
    request = Request(STORY)
    note(request, was_read=True)
    assert context_of(request) is None
    assert context_of(None) is None
    with pytest.raises(LookupError):
        purpose_of(request)
