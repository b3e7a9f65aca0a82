"""The download handler of a crawl, which renders pages if the profile of the site asks for it."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newsspider.crawl.guard.guarded_handler import GuardedHandler
from newsspider.crawl.rendering.renderer import Renderer
from newsspider.crawl.request_context import context_of


class RenderingHandler(GuardedHandler):
    """Renders within the page's download: its site's slot stays taken, so that a site gets no more than its share."""

    def __init__(self, crawler: Crawler) -> None:
        """Build it with the crawl's guard and renderer."""
        super().__init__(crawler)
        self._renderer = crawler.get_extension(Renderer)

    async def download_request(self, request: Request) -> Response:
        """Return the response, rendered if that is wanted.

        Raises:
            RefusedRequest: it would have gone where it may not, or cost more than it may.
            RenderError: the browser could not render it.
        """
        response = await super().download_request(request)
        context = context_of(request)
        if context is None or not context.renders or self._renderer is None:
            return response
        return await self._renderer.render(request, response, super().download_request)
