"""Requests dropped on purpose; they count neither as failures nor as records."""

from scrapy.exceptions import IgnoreRequest


class SkippedRequest(IgnoreRequest):
    """The page is not needed. The spider's errback ignores it."""


class NotModified(SkippedRequest):
    """The page has not changed since the last visit (HTTP 304)."""


class Forgotten(SkippedRequest):
    """The page was removed with `newsspider forget`."""


class EmptyList(SkippedRequest):
    """The page is a list, and many lists like it contained nothing new."""


class OverLimit(SkippedRequest):
    """The crawl has fetched max_pages pages."""
