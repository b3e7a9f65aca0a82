"""`scrapy crawl`, with a check of the arguments and an exit code for the result of the crawl.

Scrapy finds it in every project (entry point `scrapy.commands`). So the modules that our crawls
need are imported only for these, and other crawls are left to Scrapy's own command.
"""

import argparse
import traceback

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from newsspider.errors import ExitCode
from newsspider.scrapy_components import ADDON, GUARD, names_component

NO_SPIDERS = "no spiders here: set SCRAPY_SETTINGS_MODULE=newsspider.settings"


class Command(ScrapyCrawl):
    """Scrapy's own crawl command with newsspider's exit codes.

    Scrapy's code would be 0 even if every page failed.
    """

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one spider of the project."""
        if len(args) != 1:
            raise UsageError(
                "give the name of one spider: scrapy crawl news -a url=https://…", print_help=False
            )

        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        known = self.crawler_process.spider_loader.list()

        if args[0] not in known:
            self._refuse(
                f"Spider not found: {args[0]}; known are {', '.join(known)}"
                if known
                else NO_SPIDERS
            )
            return

        crawler = self._create_crawler(args[0])
        settings = crawler.settings

        if not (
            names_component(settings, "ADDONS", ADDON)
            or names_component(settings, "EXTENSIONS", GUARD)
        ):
            super().run(args, opts)
            return

        from newsspider.crawl_command.running import run_crawl

        try:
            self.exitcode = run_crawl(self.crawler_process, crawler, opts.spargs)
        except Exception:  # Python's own code for it is that of single pages that failed
            traceback.print_exc()
            self.exitcode = ExitCode.CRASHED

    def _refuse(self, why: str) -> None:
        """Report in one line why nothing is crawled."""
        from newsspider.crawl_command.running import refuse

        assert self.settings is not None  # as the crawler process
        self.exitcode = refuse(self.settings, why)
