"""`scrapy parse URL` with the project's only spider.

Scrapy's own command needs --spider, as the spider serves all sites.
"""

import argparse
import warnings

from scrapy.commands.parse import Command as ScrapyParse
from scrapy.exceptions import ScrapyDeprecationWarning


class Command(ScrapyParse):
    """Scrapy's own parse command."""

    def set_spidercls(self, url: str, opts: argparse.Namespace) -> None:
        """Choose the spider that parses an address."""
        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        known = self.crawler_process.spider_loader.list()

        if not opts.spider and len(known) == 1:
            opts.spider = known[0]

        # The function that Scrapy's command puts in the place of a callback, whatever the callback
        # returns.
        warnings.filterwarnings("ignore", r".* returned a Deferred", ScrapyDeprecationWarning)
        super().set_spidercls(url, opts)
