"""What components know of a crawl comes from its spider, or from settings."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsspider.crawl.crawl_context import crawl_of
from newsspider.errors import UsageError
from newsspider.spiders.news import NewsSpider
from tests.crawl.components import SEED, make_crawler, with_spider


def test_spider_of_ours_has_its_own_context() -> None:
    crawler = make_crawler(NewsSpider, MAX_PAGES="7")
    spider = NewsSpider.from_crawler(crawler, url=SEED)
    with_spider(crawler, spider)
    assert crawl_of(crawler) is spider.crawl
    assert spider.crawl.given == {"max_pages": "7", "url": SEED}


def test_other_spiders_have_one_by_the_settings(tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    sites.write_text(f'[herald]\nurl = "{SEED}"\nrevisit = "2h"\n\n[other]\nurl = "https://other.example/"\n')
    crawler = with_spider(make_crawler(SITES=str(sites), DRY_RUN="1"))
    crawl = crawl_of(crawler)
    assert crawl_of(crawler) is crawl
    assert crawl.is_dry_run
    assert crawl.waits == {"herald.example": timedelta(hours=2)}


def test_wrong_setting_is_named_as_a_setting() -> None:
    with pytest.raises(UsageError, match="NEWSSPIDER_MAX_PAGES=few"):
        crawl_of(make_crawler(MAX_PAGES="few"))
