"""Each of Scrapy's defaults that is dangerous for a news crawler, with the value that we set."""

from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import Settings, default_settings
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from newsspider import settings as ours
from newsspider.crawl.guard.extension import Guard
from newsspider.crawl.guard.robots_groups import product_token
from newsspider.crawl.politeness.contact import names_contact
from newsspider.crawl.politeness.crawl_delay import CrawlDelay
from newsspider.spiders.news import NewsSpider

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The settings as a crawl of this project gets them."""
    project = Settings()
    project.setmodule(ours, priority="project")
    return project


@pytest.fixture(scope="module")
def crawler(settings: Settings) -> Crawler:
    return get_crawler(NewsSpider, {name: settings.get(name) for name in dir(ours) if name.isupper()})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROBOTSTXT_OBEY", True),
        ("TELNETCONSOLE_ENABLED", False),
        ("REMOTE_CONTROL_ENABLED", False),  # runs Python that is posted to it
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("DOWNLOAD_MAXSIZE", 20 * MIB),
        ("DOWNLOAD_WARNSIZE", 5 * MIB),
        ("DOWNLOAD_TIMEOUT", 30),
        ("DNS_TIMEOUT", 20),
        ("REDIRECT_MAX_TIMES", 10),
        ("COOKIES_ENABLED", False),
        ("METAREFRESH_MAXDELAY", 5),
        ("URLLENGTH_LIMIT", 2000),
        ("AUTOTHROTTLE_ENABLED", True),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 2),
        ("DOWNLOAD_DELAY", 0.5),
        ("LOG_LEVEL", "INFO"),  # DEBUG writes every page's text to the log
    ],
)
def test_dangerous_default_is_changed(settings: Settings, name: str, value: Any) -> None:
    assert settings.get(name) == value
    assert getattr(default_settings, name) != value, "Scrapy's default is this by now: the setting can go"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPCACHE_ENABLED", False),
        ("NEWSSPIDER_STORE", True),
        ("NEWSSPIDER_DATABASE", None),
        ("RETRY_TIMES", 2),
        ("NEWSSPIDER_ALLOW_PRIVATE", []),
        ("NEWSSPIDER_ALLOW_PORTS", [80, 443]),
        ("NEWSSPIDER_TRUST_PROXY", False),
        ("NEWSSPIDER_UNVERIFIED_TLS", []),
        ("NEWSSPIDER_MAX_HEADER_BYTES", 64 * 1024),
        ("HTTPAUTH_USER", ""),  # credentials go to no site by default
        ("REFERRER_POLICY", "scrapy.spidermiddlewares.referer.DefaultReferrerPolicy"),  # no query from https to http
        ("FILES_STORE", None),  # nothing a page names is written under a name that it chooses
        ("IMAGES_STORE", None),
        ("JOBDIR", None),  # its queues are pickles: it must be the user's own folder
        ("STATSMAILER_RCPTS", []),
        ("MEMUSAGE_ENABLED", True),
        ("DNSCACHE_ENABLED", True),
    ],
)
def test_value_we_rely_on_holds(settings: Settings, name: str, value: Any) -> None:
    assert settings.get(name) == value


def test_only_http_and_https_are_fetched(settings: Settings) -> None:
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS_BASE"), **settings.getdict("DOWNLOAD_HANDLERS")}
    assert {scheme: handler for scheme, handler in handlers.items() if handler} == dict.fromkeys(
        ("http", "https"), "newsspider.crawl.rendering.rendering_handler.RenderingHandler"
    )


def test_guard_hears_of_requests_before_everything_else(settings: Settings) -> None:
    orders = {**settings.getdict("DOWNLOADER_MIDDLEWARES_BASE"), **settings.getdict("DOWNLOADER_MIDDLEWARES")}
    first = min((name for name, order in orders.items() if order is not None), key=orders.__getitem__)
    assert first.rpartition(".")[2] == "GuardMiddleware"


def test_crawl_without_its_guard_has_no_handler(settings: Settings) -> None:
    unguarded = get_crawler(NewsSpider, {"DOWNLOAD_HANDLERS": settings.getdict("DOWNLOAD_HANDLERS")})
    with pytest.raises(NotConfigured, match="EXTENSIONS has to name"):
        Guard.of(unguarded)


def test_user_agent_is_what_robots_txt_names_and_no_browser(settings: Settings) -> None:
    assert product_token(settings["USER_AGENT"]) == "newsspider"
    assert not names_contact(settings["USER_AGENT"])  # a page that doesn't exist would be worse


def test_every_component_that_is_named_exists(settings: Settings) -> None:
    named = [*settings.getdict("ITEM_PIPELINES"), *settings.getdict("EXTENSIONS")]
    named += [name for name, order in settings.getdict("DOWNLOADER_MIDDLEWARES").items() if order is not None]
    assert [name for name in named if not callable(load_object(name))] == []


def test_records_are_counted_then_stored_then_parted(settings: Settings) -> None:
    pipelines = settings.getdict("ITEM_PIPELINES")
    names = [name.rpartition(".")[2] for name in sorted(pipelines, key=pipelines.__getitem__)]
    assert names == ["CountPipeline", "StorePipeline", "QuarantinePipeline"]


def test_crawl_delay_hears_of_responses_after_autothrottle(settings: Settings) -> None:
    base, own = settings.getdict("EXTENSIONS_BASE"), settings.getdict("EXTENSIONS")
    assert own[f"{CrawlDelay.__module__}.CrawlDelay"] > base["scrapy.extensions.throttle.AutoThrottle"]


def test_every_setting_of_ours_is_scrapys_or_has_our_prefix() -> None:
    names = {name for name in dir(ours) if name.isupper()}
    unknown = {name for name in names if not hasattr(default_settings, name) and not name.startswith("NEWSSPIDER_")}
    assert unknown <= {"SCHEDULER_DISK_QUEUE", "SCHEDULER_MEMORY_QUEUE"}


def test_spider_is_built_without_arguments(crawler: Crawler) -> None:
    assert NewsSpider.from_crawler(crawler).name == "news"


@pytest.mark.parametrize("name", ["DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES", "SPIDER_MIDDLEWARES"])
def test_components_stand_in_the_order_in_which_a_request_meets_them(name: str) -> None:
    places = [place for place in getattr(ours, name).values() if place is not None]
    assert places == sorted(places, reverse=name == "SPIDER_MIDDLEWARES")
