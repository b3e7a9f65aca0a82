"""Pages that ask for no record get none where NEWSSPIDER_HONOUR says so; their links are followed."""

import gzip
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsspider.crawl.archiving.robots_directives import NoindexMiddleware, directives_of, honour_of
from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from tests.crawl.components import STORY, answer, ask, count, lead_through, make_crawler

RECORD, LINK = ArticleRecord(url=STORY), Request(f"{STORY}?page=2")
NOINDEX = b'<meta name="robots" content="noindex">'


def test_record_of_a_noindex_page_is_left_out_and_its_links_pass() -> None:
    crawler = make_crawler(HONOUR=["noindex"])
    middleware = NoindexMiddleware.from_crawler(crawler)
    assert lead_through(middleware, answer(ask(), NOINDEX), [RECORD, LINK]) == [LINK]
    assert count(crawler, "noindex") == 1


def test_other_pages_pass_whole() -> None:
    crawler = make_crawler(HONOUR=["noindex"])
    middleware = NoindexMiddleware.from_crawler(crawler)
    assert lead_through(middleware, answer(ask(), b"<p>Ferry"), [RECORD, LINK]) == [RECORD, LINK]
    assert count(crawler, "noindex") == 0


@pytest.mark.parametrize("honour", [[], ["noarchive"]])
def test_middleware_is_off_where_noindex_is_not_honoured(honour: list[str]) -> None:
    with pytest.raises(NotConfigured):
        NoindexMiddleware.from_crawler(make_crawler(HONOUR=honour))


def test_word_that_can_not_be_honoured_is_named_with_its_setting() -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_HONOUR: nofollow: can't be honoured"):
        honour_of(make_crawler(HONOUR=["nofollow"]).settings)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (NOINDEX, {}),
        (b"<p>Ferry", {"X_Robots_Tag": "noindex"}),
        (gzip.compress(NOINDEX), {"Content_Encoding": "gzip"}),
        (NOINDEX, {"Content_Encoding": "gzip, gzip, gzip, gzip, gzip"}),
    ],
    ids=["in the page", "in a header", "compressed", "compressed beyond the limit"],
)
def test_directives_are_read_wherever_they_are(body: bytes, headers: dict[str, Any]) -> None:
    assert "noindex" in directives_of(answer(ask(), body, **headers))
