"""From a response to a record: the same steps as for a saved page."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.clock import utc_now
from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.extraction.workers import Workers
from newsspider.crawl.guard.unpacking_middleware import why_cut
from newsspider.crawl.request_context import context_of
from newsspider.crawl.visits.describing import asked_for
from newsspider.discovery.listings import Listing
from newsspider.pages.raw_page import RawPage
from newsspider.pool.crawl_job import Extracted, extract_with_links, list_entries
from newsspider.sites.profile import Site
from newsspider.urls import site_of, without_credentials


async def extract_response(
    crawler: Crawler, response: Response, *, wants_links: bool = True
) -> Extracted:
    """Return the record of a page, with its links and feeds if they are wanted.

    The crawl's workers extract it; without workers, this process does. The profile of the site
    applies. The visit to the page is stored with the record, even if the spider doesn't yield it.
    """
    raw = raw_page_of(crawler, response)
    crawl = crawl_of(crawler)
    memory = crawl.memories.get(site_of(raw.url) or "")
    workers = crawler.get_extension(Workers)

    if workers:
        extracted = await workers.extract(raw, memory, wants_links=wants_links)
    else:
        extracted = extract_with_links(raw, memories=memory, wants_links=wants_links)

    crawl.records[response] = extracted.record
    if extracted.observation:
        crawl.observations[response] = extracted.observation

    return extracted


async def read_list(crawler: Crawler, response: Response) -> Listing:
    """Return the entries of a feed or sitemap."""
    raw = raw_page_of(crawler, response)
    workers = crawler.get_extension(Workers)
    return await workers.list_entries(raw) if workers else list_entries(raw)


def raw_page_of(crawler: Crawler, response: Response) -> RawPage:
    """Return a response as a page that is not parsed yet."""
    seed = seed_of(response)
    context = context_of(response)
    site = crawl_of(crawler).sites.get(site_of(seed) or "") or Site(url=seed)

    return RawPage(
        body=response.body,
        url=response.url,
        source=seed,
        status=response.status,
        headers=_headers_of(response),
        fetched_at=(context.fetched_at if context else None) or utc_now(),
        cut=why_cut(response),
        entry=context.entry if context else None,
        drop=site.drop,
        keep=site.keep,
        language=site.language,
    )


def unfetched_page(request: Request) -> RawPage:
    """Return an empty page for a request that failed, at the URL before any redirect."""
    url = without_credentials(asked_for(request))
    return RawPage(body=b"", url=url, source=seed_of(request), fetched_at=utc_now())


def seed_of(each: Request | Response) -> str:
    """Return the URL that the crawl of a page's site began with; the page's own URL if unknown."""
    context = context_of(each)
    return context.seed if context else each.url


def _headers_of(response: Response) -> dict[str, str]:
    """Return the headers as text; several values of a name are joined with commas."""
    headers = {}
    for name, values in response.headers.items():
        headers[name.decode("latin-1")] = b", ".join(values).decode("latin-1")
    return headers
