"""The log lines of each page are made only if the log shows them."""

import pytest

from newsspider.crawl.log_lines import PageLines
from tests.crawl.components import answer, ask, make_crawler, with_spider


@pytest.mark.parametrize(
    ("level", "shows"), [("DEBUG", True), (10, True), ("INFO", False), ("ERROR", False), (20, False)]
)
def test_lines_of_pages_are_made_for_a_log_of_details(level: str | int, shows: bool) -> None:
    crawler = with_spider(make_crawler(LOG_LEVEL=level))
    lines, request = PageLines.from_crawler(crawler), ask()
    response, spider = answer(request), crawler.spider
    assert spider is not None
    assert (lines.crawled(request, response, spider) is not None) is shows
    assert (lines.scraped({}, response, spider) is not None) is shows
    assert lines.dropped({}, ValueError("short"), response, spider) is not None
