"""Whether a Scrapy project's settings name a component; nothing of ours is loaded for the answer."""

from scrapy.settings import BaseSettings

ADDON = "newsspider.addon.NewsspiderAddon"
GUARD = "newsspider.crawl.guard.extension.Guard"  # a crawl without it is none of ours


def names_component(settings: BaseSettings, setting: str, component: str) -> bool:
    """Whether a dictionary of components has one, by its path or by the class itself."""
    return any(
        component == (each if isinstance(each, str) else f"{each.__module__}.{each.__qualname__}")
        for each, place in settings.getwithbase(setting).items()
        if place is not None
    )
