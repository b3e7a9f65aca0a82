"""A web-poet page object that gives newsspider's record for a response (extra: poet).

    class Desk(scrapy.Spider):
        async def parse(self, response, page: ArticlePage):
            yield await page.to_item()

`scrapy-poet` injects it into callbacks; any other framework of web-poet does too.
"""

from newsspider.clock import utc_now
from newsspider.mending.parsers import load_parsers, read_parsers
from newsspider.pages.raw_page import RawPage
from newsspider.pool.extract_job import extract_raw
from newsspider.record import ArticleRecord

try:
    from web_poet import HttpResponse, WebPage
except ImportError as error:
    raise ImportError("newsspider.poet needs web-poet: pip install 'newsspider[poet]'") from error


class ArticlePage(WebPage[ArticleRecord]):
    """A response as an article; there is a record for every kind of page.

    The page is parsed in the calling process, for about 70 ms, without the deadline and memory
    limit of crawls with newsspider's own settings. Mends of imported modules apply, and those of
    the modules that the environment variable NEWSSPIDER_PARSERS names. Subclasses that override
    `to_item` can correct the record for one site as usual in web-poet (`handle_urls`).
    """

    async def to_item(self) -> ArticleRecord:
        """Return the record of `newsspider extract` for these bytes; `source` is None.

        Raises:
            UsageError: a module that NEWSSPIDER_PARSERS names can't be imported.
        """
        load_parsers(read_parsers(None))
        return extract_raw(raw_page_of(self.response))


def raw_page_of(response: HttpResponse) -> RawPage:
    """Return a response as a page to be parsed, fetched now."""
    headers = {name: ", ".join(response.headers.getall(name)) for name in response.headers}
    return RawPage(
        body=bytes(response.body),
        url=str(response.url),
        status=response.status or RawPage.status,  # None if it was read from a file
        headers=headers,
        fetched_at=utc_now(),
    )
