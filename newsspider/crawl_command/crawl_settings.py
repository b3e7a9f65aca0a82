"""The settings of `newsspider crawl`.

Newsspider's own settings are overridden by those of the command, and these by -s.
"""

from collections.abc import Iterable, Iterator

from scrapy.settings import Settings

from newsspider.crawl_command.progress_display import FORM_SETTING, Form
from newsspider.errors import UsageError
from newsspider.outputs.writer_choice import is_database
from pipelines.write import CrawlOutput

QUIET_FORMAT = "%(message)s"  # of a warning among our own lines
COMPONENTS: dict[str, dict[str, int]] = {
    "EXTENSIONS": {
        "newsspider.crawl_command.progress.CrawlProgress": 90,  # before the extensions that show it
        "newsspider.crawl_command.progress_display.LiveTelling": 95,
        "newsspider.crawl_command.progress_display.LineTelling": 95,
    },
    # Before all others, which may drop one
    "DOWNLOADER_MIDDLEWARES": {"newsspider.crawl_command.progress.TakenMiddleware": 10},
    # Before articles are separated from other pages
    "ITEM_PIPELINES": {"pipelines.write.WritePipeline": 250},
}


def choose_settings(
    output: CrawlOutput | None, database: str | None, telling: Form | None, given: Iterable[str]
) -> Settings:
    """Return a crawl's settings.

    Args:
        output: where records are also written; a database replaces the crawl's own.
        database: a path or URL, or None for the default.
        telling: how progress is shown; None leaves everything to Scrapy's log.
        given: NAME=VALUE.

    Raises:
        UsageError: one is not NAME=VALUE.
    """
    chosen = Settings()
    chosen.setmodule("newsspider.settings", priority="project")

    for name, added in COMPONENTS.items():
        chosen.set(name, {**chosen.getdict(name), **added}, priority="project")

    chosen.setdict(dict(_iter_settings(output, database, telling)), priority="cmdline")
    chosen.setdict(dict(map(read_setting, given)), priority="cmdline")

    return chosen


def _iter_settings(
    output: CrawlOutput | None, database: str | None, telling: Form | None
) -> Iterator[tuple[str, str]]:
    """Yield the settings that the command's options stand for."""
    if output and is_database(output.target):  # the crawl's own
        database, output = output.target, None

    if database:
        yield "NEWSSPIDER_DATABASE", database

    if output:
        yield "NEWSSPIDER_OUTPUT", output.target
        yield "NEWSSPIDER_OUTPUT_FORMAT", output.form or ""
        yield "NEWSSPIDER_OUTPUT_SCHEMA", output.schema or ""
        yield "NEWSSPIDER_OUTPUT_REPLACE", str(output.replace)

    if telling:
        yield FORM_SETTING, telling
        yield "LOG_LEVEL", "WARNING"
        yield "LOG_FORMAT", QUIET_FORMAT

    if telling == "live":
        yield "LOG_INSTALL_ROOT_HANDLER", "False"  # nothing else writes to the terminal


def read_setting(given: str) -> tuple[str, str]:
    """Return a setting's name and value.

    Raises:
        UsageError: it is not NAME=VALUE.
    """
    name, is_there, value = given.partition("=")
    if not (is_there and name.isidentifier()):
        raise UsageError(f"-s {given}: expected NAME=VALUE, as in -s DOWNLOAD_DELAY=2")
    return name, value
