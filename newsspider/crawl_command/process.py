"""The start of `newsspider crawl`: Scrapy with the command's settings."""

from collections.abc import Iterable, Mapping

from scrapy.crawler import AsyncCrawlerProcess

from newsspider.crawl_command.crawl_settings import choose_settings
from newsspider.crawl_command.progress_display import choose_form
from newsspider.crawl_command.running import Command, run_crawl
from newsspider.outputs.writer_choice import STANDARD_OUTPUT
from newsspider.spiders.news import NewsSpider
from pipelines.write import CrawlOutput

COMMAND = Command("newsspider crawl", argument="--{} ")


def start_crawl(
    arguments: Mapping[str, object],
    output: CrawlOutput | None,
    database: str | None,
    settings: Iterable[str],
    *,
    verbose: bool,
) -> int:
    """Crawl and return the exit code.

    Args:
        arguments: the spider's, by name.
        output: where records are also written.
        database: a path or URL, or None for the default.
        settings: NAME=VALUE.
        verbose: whether Scrapy's log replaces the progress.
    """
    writes_records = bool(arguments.get("dry_run")) or (
        output is not None and output.target == STANDARD_OUTPUT
    )
    form = None if verbose else choose_form(writes_records=writes_records)
    process = AsyncCrawlerProcess(choose_settings(output, database, form, settings))

    return run_crawl(process, process.create_crawler(NewsSpider), arguments, COMMAND)
