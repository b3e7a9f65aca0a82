"""What components know of a request: one typed value in its meta, which redirects and repetitions keep."""

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
    """What is known of a request; the same object is its response's.

    Attributes:
        seed: the address that the crawl of its site began with.
        role: what probably lies there, by which it is looked at again; None: nobody said, and it never is.
        entry: what a feed or news sitemap said of it.
        modified: the moment it was changed, as a list says, ISO 8601.
        barren: how many pages in a row had brought nothing on the way to it.
        guessed: whether nothing names this list: it may not be there.
        was_read: whether an earlier run has read it.
        sitemap_nesting: how many sitemaps lie above it.
        renders: whether its page goes through the browser.
        fetched_at: the moment in the WARC record of its response, ISO 8601.
        is_too_deep: whether it lies more clicks from the start than the crawl goes: it is not made.
        outside_on: the day of its article, where that turned out to be none that the crawl wants.
    """

    seed: str
    role: Role | None = None
    entry: EntryHint | None = None
    modified: str | None = None
    barren: int = 0
    guessed: bool = False
    was_read: bool = False
    sitemap_nesting: int = 0
    renders: bool = False
    fetched_at: str | None = None
    is_too_deep: bool = False
    outside_on: date | None = None

    @classmethod
    def wanted(cls, wanted: Wanted) -> Self:
        """Return what is known of an address that is to be fetched."""
        return cls(
            seed=wanted.seed,
            role=wanted.role,
            entry=wanted.entry,
            modified=wanted.modified,
            barren=wanted.barren,
            guessed=wanted.guessed,
        )


def context_of(each: Request | Response | None) -> RequestContext | None:
    """Return what is known of a request or of a response's request; None for robots.txt and the like."""
    if each is None or (isinstance(each, Response) and each.request is None):
        return None
    found = each.meta.get(META_KEY)
    return found if isinstance(found, RequestContext) else None


def role_of(each: Request | Response | None) -> Role | None:
    """Return what a request is for; None where nobody said."""
    context = context_of(each)
    return context.role if context else None


def purpose_of(request: Request) -> tuple[RequestContext, Role]:
    """Return what is known of a request that has a role, and the role.

    Raises:
        LookupError: it has none.
    """
    context = context_of(request)
    if context is None or context.role is None:
        raise LookupError(f"no role: {request}")
    return context, context.role


def note(request: Request, **changes: Any) -> None:
    """Change what is known of a request, where something is known of it."""
    if context := context_of(request):
        request.meta[META_KEY] = replace(context, **changes)


class RequestContextMiddleware(BaseSpiderMiddleware):
    """Spider middleware: requests of spiders that know nothing of contexts get one, so that all are guarded alike."""

    def get_processed_request(self, request: Request, response: Response | None) -> Request | None:
        """Return the request, None for one that lies too deep.

        Where a crawl starts a request is a seed, and what a page leads to has the seed of the page.
        """
        context = context_of(request)
        if context is None:
            above = context_of(response)
            request.meta[META_KEY] = RequestContext(seed=above.seed if above else request.url)
        return None if context and context.is_too_deep else request
