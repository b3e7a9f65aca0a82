"""The crawl's guard is one for all of its components."""

import pytest
from scrapy.exceptions import NotConfigured

from newsspider.crawl.guard.extension import Guard
from newsspider.errors import UsageError
from tests.crawl.components import count, make_crawler


def test_components_share_one_guard() -> None:
    crawler = make_crawler(Guard)
    guard = Guard.of(crawler)
    assert Guard.of(crawler) is guard
    guard.refusals.refuse("port", "port 25")
    assert count(crawler, "refused/port") == 1


def test_crawl_without_it_is_told_what_to_name() -> None:
    with pytest.raises(NotConfigured, match=r"EXTENSIONS has to name newsspider\.crawl\.guard\.extension\.Guard"):
        Guard.of(make_crawler())


@pytest.mark.parametrize("wrong", [{"ALLOW_PORTS": "x"}, {"ALLOW_PORTS": "0"}, {"ALLOW_PRIVATE": "home"}], ids=str)
def test_wrong_setting_is_refused_by_its_name(wrong: dict[str, str]) -> None:
    (name,) = wrong
    with pytest.raises(UsageError, match=f"^NEWSSPIDER_{name}="):
        Guard.from_crawler(make_crawler(**wrong))
