"""newsspider in any Scrapy project: `ADDONS = {"newsspider.addon.NewsspiderAddon": 500}`.

Subclasses of `ArticleSpider` get the guard, the politeness, the workers, the store, the account and
the exit code of `news`. Other spiders are left as they are unless they ask for it:
`custom_settings = {"NEWSSPIDER_ENABLED": True}`.
"""

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

from newsspider import settings as ours
from newsspider.spiders.article import ArticleSpider

# Settings of a project for all its spiders, or from before the spider is known.
OF_THE_PROJECT = frozenset({"BOT_NAME", "SPIDER_MODULES", "COMMANDS_MODULE", "LOG_LEVEL"})
# Dictionaries to which a project adds its own entries.
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
    """Scrapy add-on: the defaults of `newsspider.settings` for our spiders.

    The project's own settings take precedence.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for one of our spiders.

        Raises:
            NotConfigured: it is another spider.
        """
        if not applies_to(crawler.spidercls, crawler.settings):
            raise NotConfigured
        return cls()

    @classmethod
    def apply(cls, crawler: Crawler) -> None:
        """Set the defaults early, for checks before the crawl; a second time has no effect."""
        if applies_to(crawler.spidercls, crawler.settings):
            cls().update_settings(crawler.settings)

    def update_settings(self, settings: BaseSettings) -> None:
        """Set the defaults that the project does not set itself."""
        for name in filter(str.isupper, dir(ours)):
            if name in COMPONENTS:
                _add_components(settings, name, getattr(ours, name))
            elif name not in OF_THE_PROJECT:
                settings.set(name, getattr(ours, name), "addon")


def applies_to(spidercls: type, settings: BaseSettings) -> bool:
    """Whether a spider is one of ours, or asks to be treated like one.

    NEWSSPIDER_ENABLED = False excludes all spiders.
    """
    return settings.getbool("NEWSSPIDER_ENABLED", issubclass(spidercls, ArticleSpider))


def _add_components(settings: BaseSettings, name: str, components: dict[Any, Any]) -> None:
    """Add components to the project's; those that it names itself stay in their places."""
    there = settings[name]
    named = {load_object(each) if _is_path(each) else each for each in there}

    for component, place in components.items():
        is_class_named = _is_path(component) and load_object(component) in named
        if component not in there and not is_class_named:
            there.set(component, place, "addon")


def _is_path(component: object) -> bool:
    """Whether a component is named by its path, and not by a scheme or format."""
    return isinstance(component, str) and "." in component
