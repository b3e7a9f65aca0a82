"""Requests that end early because their page is not needed: nobody's failure, and no record comes of them."""

from scrapy.exceptions import IgnoreRequest


class SkippedRequest(IgnoreRequest):
    """The page is not needed; the spider's errback passes over it."""


class NotModified(SkippedRequest):
    """The page is as it was when it was last read (HTTP 304)."""


class Forgotten(SkippedRequest):
    """The page was taken down (`newsspider forget`)."""


class EmptyList(SkippedRequest):
    """The page is a list, and looks like many that have brought nothing new."""


class OverLimit(SkippedRequest):
    """The crawl has fetched as many pages as it may."""
