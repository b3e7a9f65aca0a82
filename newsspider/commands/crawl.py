"""`scrapy crawl`, with wrong arguments refused at once and an exit code that says how the crawl went."""

import argparse
import sys
from collections.abc import Sequence

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import BaseSettings

from newsspider.errors import ExitCode, NewsspiderError
from newsspider.parsers import load_parsers
from newsspider.pool import check_model, read_limits
from newsspider.pool.limits import SETTING_NAMES
from newsspider.spiders.arguments import is_dry_run, sites_of
from newsspider.spiders.guard.middleware import check_settings as check_guard
from newsspider.spiders.notify import notify
from newsspider.spiders.outcome import exit_code_of, lines_of
from newsspider.spiders.plan import read_plan
from newsspider.spiders.rendering.limits import check_rendering
from newsspider.spiders.retention import read_retention
from newsspider.store.database import choose_database_in
from newsspider.store.store import Store


class Command(ScrapyCrawl):
    """Scrapy's own crawl command, extended: exit codes as in the README; Scrapy's would be 0 when every page failed."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one spider of the project."""
        if len(args) != 1:
            raise ScrapyUsageError("give the name of one spider: scrapy crawl news -a url=https://…", print_help=False)
        assert self.crawler_process is not None  # Scrapy sets it before it runs a command
        try:
            crawler = self._create_crawler(args[0])
            if check := getattr(crawler.spidercls, "check_arguments", None):
                check(opts.spargs)
            check_guard(crawler.settings)
            check_rendering(crawler.settings, sites_of(opts.spargs) if check else ())
            load_parsers(read_limits({name: crawler.settings.get(name) for name in SETTING_NAMES}).parsers)
            read_plan(crawler.settings)
            read_retention(crawler.settings)
            check_model()
            if crawler.settings.getbool("NEWSSPIDER_STORE") and not is_dry_run(opts.spargs):
                Store(choose_database_in(crawler.settings)).close()
        except KeyError as error:
            self._refuse(f"{error.args[0]}; known are {', '.join(self.crawler_process.spider_loader.list())}")
            return
        except NewsspiderError as error:
            self._refuse(str(error), error.exit_code)
            return
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        stats = crawler.stats.get_stats() if crawler.stats else {}
        if self.crawler_process.bootstrap_failed:
            self.exitcode = ExitCode.STORE_UNUSABLE if not stats.get("finish_reason") else exit_code_of(stats)
            return
        self.exitcode = exit_code_of(stats)
        self._tell(crawler.settings, list(lines_of(stats)))

    def _tell(self, settings: BaseSettings, lines: Sequence[str]) -> None:
        """Say how it went, to whom it may concern too."""
        said = [*lines, *notify(settings, int(self.exitcode), lines)]
        sys.stderr.writelines(f"scrapy crawl: {line}\n" for line in said)

    def _refuse(self, why: str, code: ExitCode = ExitCode.WRONG_USAGE) -> None:
        """Say in one line why nothing was crawled."""
        self.exitcode = code
        assert self.settings is not None  # Scrapy sets it before it runs a command
        self._tell(self.settings, [why])
