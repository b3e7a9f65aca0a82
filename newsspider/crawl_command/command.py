"""`newsspider crawl`: a crawl from any folder, without a Scrapy project."""

import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from newsspider.cli.options.crawl import Opml, Settings, Sites, UrlsFile
from newsspider.cli.options.database import Database
from newsspider.cli.options.output import OUTPUT_HELP, Format, Replace, Schema
from newsspider.errors import UsageError
from newsspider.urls import check_url


def crawl(
    urls: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL…", help="Front pages of sites, or single articles.", show_default=False
        ),
    ] = None,
    sites: Sites = None,
    opml: Opml = None,
    site: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Crawl only the site of this name from --sites or --opml."
        ),
    ] = None,
    urls_file: UrlsFile = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY", help="Only articles published on this day (YYYY-MM-DD) or later."
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Only articles published on this day or earlier."),
    ] = None,
    undated: Annotated[
        str | None,
        typer.Option(
            metavar="fetch|skip",
            help="With --since or --until: pages without a date in their address.",
        ),
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option(metavar="N", help="Fetch at most N pages.")
    ] = None,
    max_depth: Annotated[
        int | None, typer.Option(metavar="N", help="Follow links at most N clicks from the start.")
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Show the pages to fetch and the first records; store nothing."
        ),
    ] = False,
    database: Database = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help=f"Also write this crawl's records to {OUTPUT_HELP}",
        ),
    ] = None,
    form: Format = None,
    schema: Schema = None,
    replace: Replace = False,
    settings: Settings = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            help="Show Scrapy's log instead of the progress.",
        ),
    ] = False,
) -> None:
    """Crawl news sites: fetch what is new, strip it, store clean records.

    Each site is crawled politely: robots.txt, at most two requests at a time, half a second apart.
    The database remembers every address, so the next crawl fetches only what is new or due for
    another visit. Ctrl-C finishes the requests that are under way; the next crawl fetches the rest.

    `scrapy crawl news` runs the same spider, with the same settings and exit codes.

    For example:

    ```
    newsspider crawl https://herald.example
    newsspider crawl herald.example tribune.example --max-pages 50 -o new.jsonl
    newsspider crawl --sites sites.toml --since 2026-03-01
    newsspider crawl --opml subscriptions.opml --max-pages 500
    newsspider crawl herald.example --dry-run
    ```
    """
    given = {
        "urls": " ".join(_check_urls(urls)) if urls else None,
        "urls_file": urls_file,
        "sites": sites,
        "opml": opml,
        "site": site,
        "since": since,
        "until": until,
        "undated": undated,
        "max_pages": max_pages,
        "max_depth": max_depth,
        "dry_run": dry_run or None,
    }

    if not (urls or urls_file or sites or opml):
        raise UsageError("nothing to crawl: name an address, --sites FILE or --opml FILE")

    # Imported here: loading Scrapy takes a second, too long for --help or a wrong option.
    from newsspider.crawl_command.process import start_crawl
    from pipelines.write import CrawlOutput

    wanted = CrawlOutput(output, form, schema, replace=replace) if output else None
    arguments = {name: value for name, value in given.items() if value is not None}
    sys.exit(start_crawl(arguments, wanted, database, settings or [], verbose=verbose))


def _check_urls(urls: Iterable[str]) -> Iterator[str]:
    """Yield addresses as people type them, with their schemes added.

    Raises:
        UsageError: one of them is not an address.
    """
    for url in urls:
        try:
            yield check_url(url)
        except ValueError as error:
            raise UsageError(str(error)) from error
