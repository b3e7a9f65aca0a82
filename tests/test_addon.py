"""The add-on gives newsspider's settings to spiders of ours, and what the project sets wins."""

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsspider.addon import NewsspiderAddon, applies_to
from newsspider.crawl.guard.extension import Guard
from newsspider.spiders.article import ArticleSpider

GUARD = "newsspider.crawl.guard.extension.Guard"


class HeraldSpider(ArticleSpider):
    """A spider of ours."""

    name = "herald"


@pytest.mark.parametrize(
    ("spidercls", "enabled", "applies"),
    [(HeraldSpider, None, True), (Spider, None, False), (Spider, True, True), (HeraldSpider, False, False)],
)
def test_spiders_of_ours_get_it_unless_the_project_says_otherwise(
    spidercls: type[Spider], enabled: bool | None, applies: bool
) -> None:
    settings = {} if enabled is None else {"NEWSSPIDER_ENABLED": enabled}
    crawler = Crawler(spidercls, settings)
    assert applies_to(spidercls, crawler.settings) is applies
    NewsspiderAddon.apply(crawler)
    assert (GUARD in crawler.settings["EXTENSIONS"]) is applies
    if not applies:
        with pytest.raises(NotConfigured):
            NewsspiderAddon.from_crawler(crawler)


def test_what_the_project_sets_wins_and_what_is_the_projects_stays() -> None:
    crawler = Crawler(HeraldSpider, {"DOWNLOAD_DELAY": 3, "BOT_NAME": "theirs"})
    NewsspiderAddon.apply(crawler)
    assert crawler.settings.getfloat("DOWNLOAD_DELAY") == 3
    assert crawler.settings.get("BOT_NAME") == "theirs"
    assert crawler.settings.getbool("COOKIES_ENABLED") is False


@pytest.mark.parametrize("component", [GUARD, Guard], ids=["by path", "by class"])
def test_component_that_the_project_names_stays_where_it_put_it(component: object) -> None:
    crawler = Crawler(HeraldSpider, {"EXTENSIONS": {component: 7}})
    NewsspiderAddon.apply(crawler)
    extensions = crawler.settings["EXTENSIONS"]
    assert extensions[component] == 7
    assert len({GUARD, Guard} & set(extensions)) == 1


def test_twice_is_as_once() -> None:
    crawler = Crawler(HeraldSpider, {})
    NewsspiderAddon.apply(crawler)
    once = dict(crawler.settings["EXTENSIONS"])
    NewsspiderAddon.apply(crawler)
    assert dict(crawler.settings["EXTENSIONS"]) == once
