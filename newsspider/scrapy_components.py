"""A check whether Scrapy settings name a component; none of our modules is imported for it."""

from typing import Any

from scrapy.settings import BaseSettings

ADDON = "newsspider.addon.NewsspiderAddon"
GUARD = "newsspider.crawl.guard.extension.Guard"  # a crawl without it is not one of ours


def names_component(settings: BaseSettings, setting: str, component: str) -> bool:
    """Whether a dictionary of components has one, by its path or its class."""
    named = settings.getwithbase(setting)
    return component in {_path_of(each) for each, place in named.items() if place is not None}


def _path_of(component: Any) -> str:
    if isinstance(component, str):
        return component
    return f"{component.__module__}.{component.__qualname__}"
