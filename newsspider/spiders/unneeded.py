"""Requests that end early because their page is not needed: nobody's failure, and no record comes of them."""

from scrapy.exceptions import IgnoreRequest


class Unneeded(IgnoreRequest):
    """The page is not needed; the spider's errback passes over it."""


class NotModified(Unneeded):
    """The page is as it was when it was last read (HTTP 304)."""


class Forgotten(Unneeded):
    """The page was taken down (`newsspider forget`)."""


class Barren(Unneeded):
    """The page is a list, and looks like many that have brought nothing new."""


class OverLimit(Unneeded):
    """The crawl has fetched as many pages as it may."""
