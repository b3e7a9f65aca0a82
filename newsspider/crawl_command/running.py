"""A crawl run by a command: errors are reported before it starts, its result when it ends."""

import os
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcessBase
from scrapy.settings import BaseSettings

from newsspider import settings as ours
from newsspider.addon import NewsspiderAddon
from newsspider.crawl.ending.notify import notify
from newsspider.crawl.ending.outcome import DRY_RUN_STAT, INTERRUPTED, exit_code_of, lines_of
from newsspider.crawl.preflight import check_crawl
from newsspider.errors import ExitCode, NewsspiderError, UsageError
from newsspider.notifying.watching import tell_watches
from newsspider.report.collecting import collect_report
from newsspider.report.writing import check_plots, write_report
from newsspider.scrapy_components import ADDON, GUARD, names_component
from newsspider.sighup import end_on_hangup
from newsspider.sites.sites_file import suggest
from newsspider.store.database import choose_database_in
from newsspider.store.store import Store


@dataclass(frozen=True)
class Command:
    """A command that crawls: its name and the spelling of its arguments.

    Attributes:
        name: the beginning of its lines.
        argument: the text before an argument's value, with {} for the argument's name.
    """

    name: str = "scrapy crawl"
    argument: str = "-a {}="

    def spell(self, line: str) -> str:
        """Return a line with the spider's arguments in this command's spelling.

        >>> Command("newsspider crawl", "--{} ").spell("-a max_pages=0: should be 1 or more")
        '--max-pages 0: should be 1 or more'
        """
        if self == SCRAPY_CRAWL:
            return line
        return re.sub(
            r"-a (\w+)=", lambda found: self.argument.format(found[1].replace("_", "-")), line
        )


SCRAPY_CRAWL = Command()
PREFIX = "NEWSSPIDER_"
OTHER_SETTINGS = {"NEWSSPIDER_ENABLED", "NEWSSPIDER_STATS_FILE"}  # they have no default
# After crawls with these exit codes watches are run. An interrupted crawl must end at once.
TELLING_CODES = frozenset({ExitCode.FINE, ExitCode.SOME_PAGES_FAILED, ExitCode.SOURCE_DARK})
KNOWN_SETTINGS = OTHER_SETTINGS | {name for name in dir(ours) if name.startswith(PREFIX)}


def run_crawl(
    process: CrawlerProcessBase,
    crawler: Crawler,
    given: Mapping[str, Any],
    command: Command = SCRAPY_CRAWL,
) -> int:
    """Run a crawl and return its exit code; for spiders of others it is Scrapy's."""
    is_ours = _is_ours(crawler)
    if is_ours:
        _end_at_once_when_asked(command)

        try:
            _check(crawler, given)
        except NewsspiderError as error:
            return refuse(crawler.settings, str(error), error.exit_code, command)

    process.crawl(crawler, **given)
    end_on_hangup()
    process.start()

    if not is_ours:
        return int(process.bootstrap_failed)

    return _finish(process, crawler, command)


def _check(crawler: Crawler, given: Mapping[str, Any]) -> None:
    """Refuse a crawl that can't run as asked.

    Raises:
        NewsspiderError: one line with the reason.
    """
    check_names(crawler.settings)
    check_crawl(crawler, given)
    if crawler.settings.get("NEWSSPIDER_REPORT"):
        check_plots()


def _stats_of(crawler: Crawler) -> dict[str, Any]:
    if crawler.stats is None:
        return {}
    return crawler.stats.get_stats()


def _finish(process: CrawlerProcessBase, crawler: Crawler, command: Command) -> int:
    """Report the result of a crawl and return its exit code."""
    stats = _stats_of(crawler)
    if process.bootstrap_failed:
        has_ended = bool(stats.get("finish_reason"))
        return exit_code_of(stats) if has_ended else ExitCode.STORE_UNUSABLE

    stats.setdefault("finish_reason", INTERRUPTED)  # a second Ctrl-C leaves no time to set it
    code = exit_code_of(stats)
    _tell(crawler.settings, code, list(lines_of(stats)), command)

    if code in TELLING_CODES and not stats.get(DRY_RUN_STAT):
        _tell_watches(crawler.settings, command)
        write_report_of(crawler.settings, command)

    return code


def _end_at_once_when_asked(command: Command) -> None:
    """End the process if Ctrl-C comes before Scrapy handles it.

    Nothing has been fetched by then. An exception of Python's would be lost in a library that
    catches everything, such as SQLAlchemy when it closes a connection.
    """
    said = f"{command.name}: interrupted before anything was fetched\n".encode()

    def end(_number: int, _frame: FrameType | None) -> None:
        os.write(sys.stderr.fileno(), said)
        os._exit(ExitCode.INTERRUPTED)

    for each in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(each) is signal.default_int_handler:
            signal.signal(each, end)


def refuse(
    settings: BaseSettings,
    why: str,
    code: ExitCode = ExitCode.WRONG_USAGE,
    command: Command = SCRAPY_CRAWL,
) -> int:
    """Report in one line why nothing was crawled, and return the exit code."""
    _tell(settings, code, [why], command)
    return code


def check_names(settings: BaseSettings) -> None:
    """Refuse a setting that nothing reads: it is a mistake.

    Raises:
        UsageError: one line that names it and the nearest known one.
    """
    for name in settings:
        if str(name).startswith(PREFIX) and name not in KNOWN_SETTINGS:
            raise UsageError(f"unknown setting {name}; {suggest(str(name), KNOWN_SETTINGS)}")


def _is_ours(crawler: Crawler) -> bool:
    """Whether a crawl is guarded, by the project's settings or by the add-on."""
    if names_component(crawler.settings, "ADDONS", ADDON):
        NewsspiderAddon.apply(crawler)
    return names_component(crawler.settings, "EXTENSIONS", GUARD)


def _tell(settings: BaseSettings, code: int, lines: Sequence[str], command: Command) -> None:
    """Report the result on standard error and to the targets of notifications."""
    said = [*lines, *notify(settings, int(code), lines)]
    sys.stderr.writelines(f"{command.name}: {command.spell(line)}\n" for line in said)


def _report_path(settings: BaseSettings) -> str | None:
    """Return the place of the report; None without one, or without a database to report on."""
    if not settings.getbool("NEWSSPIDER_STORE"):
        return None
    path: str | None = settings.get("NEWSSPIDER_REPORT")
    return path


def write_report_of(settings: BaseSettings, command: Command) -> None:
    """Write the report that NEWSSPIDER_REPORT names; a failure doesn't affect the crawl."""
    path = _report_path(settings)
    if not path:
        return

    try:
        with Store(choose_database_in(settings), create=False, migrates=False) as store:
            write_report(Path(path), collect_report(store))
    except NewsspiderError as error:
        sys.stderr.write(f"{command.name}: report: {error}\n")


def _tell_watches(settings: BaseSettings, command: Command) -> None:
    """Run the store's watches; a failure is reported and doesn't change the exit code."""
    if not settings.getbool("NEWSSPIDER_STORE"):
        return

    # Scrapy's own handlers no longer have an effect.
    stops = {
        each: signal.signal(each, signal.default_int_handler)
        for each in (signal.SIGINT, signal.SIGTERM)
    }

    try:
        tell_new(settings, command)
    except KeyboardInterrupt:
        sys.stderr.write(f"{command.name}: watches: interrupted; the next run sends the rest\n")
    finally:
        for each, handler in stops.items():
            signal.signal(each, handler)


def tell_new(settings: BaseSettings, command: Command) -> None:
    """Notify the targets of the store's watches about new articles, and report the results."""
    try:
        with Store(choose_database_in(settings), create=False, migrates=False) as store:
            watches = store.watches()

            for told in tell_watches(store, watches) if watches else ():
                sys.stderr.write(f"{command.name}: {told}\n")
    except NewsspiderError as error:
        sys.stderr.write(f"{command.name}: watches: {error}\n")
