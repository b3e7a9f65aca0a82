"""The settings of `newsspider crawl`: newsspider's own, the command's, and above all those given with -s."""

from collections.abc import Iterable, Iterator

from scrapy.settings import Settings

from newsspider.crawl_command.progress_display import FORM_SETTING, Form
from newsspider.errors import UsageError
from newsspider.outputs.writer_choice import is_database
from pipelines.write import CrawlOutput

QUIET_FORMAT = "%(message)s"  # of a warning among lines of our own
COMPONENTS: dict[str, dict[str, int]] = {
    "EXTENSIONS": {
        "newsspider.crawl_command.progress.CrawlProgress": 90,  # before those that show it
        "newsspider.crawl_command.progress_display.LiveTelling": 95,
        "newsspider.crawl_command.progress_display.LineTelling": 95,
    },
    # Before all that may drop one
    "DOWNLOADER_MIDDLEWARES": {"newsspider.crawl_command.progress.TakenMiddleware": 10},
    # Before articles are parted from all else
    "ITEM_PIPELINES": {"pipelines.write.WritePipeline": 250},
}


def choose_settings(
    output: CrawlOutput | None, database: str | None, telling: Form | None, given: Iterable[str]
) -> Settings:
    """Return a crawl's settings.

    Args:
        output: where records go beside the database; a database takes the place of the crawl's own.
        database: a path or URL, None for the default.
        telling: how progress is told; None leaves all to Scrapy's log.
        given: NAME=VALUE.

    Raises:
        UsageError: one that was given is no NAME=VALUE.
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
        yield "LOG_INSTALL_ROOT_HANDLER", "False"  # nothing else writes on the terminal


def read_setting(given: str) -> tuple[str, str]:
    """Return a setting's name and value.

    Raises:
        UsageError: it is no NAME=VALUE.
    """
    name, is_there, value = given.partition("=")
    if not (is_there and name.isidentifier()):
        raise UsageError(f"-s {given}: expected NAME=VALUE, as in -s DOWNLOAD_DELAY=2")
    return name, value
