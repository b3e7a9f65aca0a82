"""The context of a request: one typed value in its meta, kept by redirects and retries."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.base import BaseSpiderMiddleware

from newsspider.discovery.next_requests import Wanted
from newsspider.pages.raw_page import EntryHint
from newsspider.revisiting.page_states import Role

META_KEY = "newsspider"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestContext:
    """The context of a request and of its response.

    Attributes:
        seed: the URL that the crawl of its site began with.
        role: the expected kind of page, which decides when it is visited again; None = never.
        entry: data from a feed or news sitemap.
        modified: the last change according to a list, ISO 8601.
        empty_in_row: how many pages in a row on the way to it had no new links.
        guessed: whether its URL is a guess: the list may not exist.
        was_read: whether an earlier run has read the page.
        sitemap_nesting: how many sitemaps are above it.
        renders: whether a browser renders the page.
        fetched_at: the date in the WARC record of its response, ISO 8601.
        is_too_deep: whether it is more clicks from the start than max_depth: it is dropped.
        outside_on: the date of its article, if the crawl doesn't want that date.
    """

    seed: str
    role: Role | None = None
    entry: EntryHint | None = None
    modified: str | None = None
    empty_in_row: int = 0
    guessed: bool = False
    was_read: bool = False
    sitemap_nesting: int = 0
    renders: bool = False
    fetched_at: str | None = None
    is_too_deep: bool = False
    outside_on: date | None = None

    @classmethod
    def wanted(cls, wanted: Wanted) -> Self:
        """Return the context of the request for a wanted URL."""
        return cls(
            seed=wanted.seed,
            role=wanted.role,
            entry=wanted.entry,
            modified=wanted.modified,
            empty_in_row=wanted.empty_in_row,
            guessed=wanted.guessed,
        )


def context_of(each: Request | Response | None) -> RequestContext | None:
    """Return the context of a request or response.

    None for robots.txt and other requests of Scrapy.
    """
    if each is None or (isinstance(each, Response) and each.request is None):
        return None
    found = each.meta.get(META_KEY)
    return found if isinstance(found, RequestContext) else None


def role_of(each: Request | Response | None) -> Role | None:
    """Return the role of a request; None if it has none."""
    context = context_of(each)
    return context.role if context else None


def purpose_of(request: Request) -> tuple[RequestContext, Role]:
    """Return the context and role of a request that has both.

    Raises:
        LookupError: the request has no role.
    """
    context = context_of(request)
    if context is None or context.role is None:
        raise LookupError(f"no role: {request}")
    return context, context.role


def note(request: Request, **changes: Any) -> None:
    """Change the context of a request. A request without one remains so."""
    if context := context_of(request):
        request.meta[META_KEY] = replace(context, **changes)


class RequestContextMiddleware(BaseSpiderMiddleware):
    """Spider middleware: adds a context to the requests of other spiders, so that all are guarded."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request; None if it is too deep.

        A start request becomes a seed; the others get the seed of the page that they come from.
        """
        context = context_of(request)
        if context is None:
            above = context_of(response)
            request.meta[META_KEY] = RequestContext(seed=above.seed if above else request.url)
            return request
        return None if context.is_too_deep else request
