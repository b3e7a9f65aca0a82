"""newsspider in any Scrapy project: `ADDONS = {"newsspider.addon.NewsspiderAddon": 500}`.

Spiders that are `ArticleSpider`s get the guard, the politeness, the workers, the store, the account
and the exit code of `news`. Others are left as they are unless they ask: `custom_settings =
{"NEWSSPIDER_ENABLED": True}`.
"""

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newsspider import settings as ours
from newsspider.spiders.article import ArticleSpider

# What a project decides for all its spiders, or has decided before a spider is known.
OF_THE_PROJECT = frozenset({"BOT_NAME", "SPIDER_MODULES", "COMMANDS_MODULE", "LOG_LEVEL"})
# Dictionaries to which a project adds its own.
COMPONENTS = (
    "DOWNLOAD_HANDLERS",
    "DOWNLOADER_MIDDLEWARES",
    "EXTENSIONS",
    "FEED_EXPORTERS",
    "FEED_STORAGES",
    "ITEM_PIPELINES",
    "SPIDER_MIDDLEWARES",
)


class NewsspiderAddon:
    """Scrapy add-on: the defaults of `newsspider.settings` for spiders of ours; what the project sets wins."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a spider that it concerns.

        Raises:
            NotConfigured: it is another's.
        """
        if not applies_to(crawler.spidercls, crawler.settings):
            raise NotConfigured
        return cls()

    @classmethod
    def apply(cls, crawler: Crawler) -> None:
        """Set the same before the crawl starts, for who checks the settings then; twice is as once."""
        if applies_to(crawler.spidercls, crawler.settings):
            cls().update_settings(crawler.settings)

    def update_settings(self, settings: BaseSettings) -> None:
        """Set what the project does not set itself."""
        for name in filter(str.isupper, dir(ours)):
            if name in COMPONENTS:
                _add_components(settings, name, getattr(ours, name))
            elif name not in OF_THE_PROJECT:
                settings.set(name, getattr(ours, name), "addon")


def applies_to(spidercls: type, settings: BaseSettings) -> bool:
    """Whether a spider is one of ours, or asks to be treated as one; NEWSSPIDER_ENABLED = False is a no for all."""
    return settings.getbool("NEWSSPIDER_ENABLED", issubclass(spidercls, ArticleSpider))


def _add_components(settings: BaseSettings, name: str, components: dict[Any, Any]) -> None:
    """Add components to those of the project; one that the project names itself stays where it put it."""
    there = settings[name]
    named = {load_object(component) if _is_path(component) else component for component in there}
    for component, place in components.items():
        known = component in there or (_is_path(component) and load_object(component) in named)
        if not known:
            there.set(component, place, "addon")


def _is_path(component: object) -> bool:
    """Whether a component is named by its path; handlers and exporters are named by their scheme or format."""
    return isinstance(component, str) and "." in component
