"""A spider for one site: the articles of a section, without its reviews.

    scrapy runspider herald_spider.py -a section=culture -O culture.jsonl

In a Scrapy project, put ADDONS into settings.py, and run `scrapy crawl herald -a section=culture`.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from newsspider.spiders.article import ArticleSpider


class HeraldSpider(ArticleSpider):
    """Follows the headlines of a section. Articles are stored in ./news.db, and fetched again only when due."""

    name = "herald"
    front = "https://harbour-herald.example"  # an argument: -a front=…
    section = "politics"  # an argument: -a section=…
    custom_settings = {"ADDONS": {"newsspider.addon.NewsspiderAddon": 500}}

    def __init__(self, *args: Any, **arguments: Any) -> None:
        super().__init__(*args, **arguments)
        self.start_urls = [f"{self.front}/{self.section}/"]

    def parse(self, response: Response) -> Iterator[Request]:
        for headline in response.css("main h2 a, main h3 a"):
            yield self.follow(response, headline)

    async def parse_article(self, response: Response) -> AsyncIterator[Any]:
        record = await self.extract(response)
        if record.genre != "review":
            yield record
