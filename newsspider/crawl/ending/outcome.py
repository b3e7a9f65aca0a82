"""The outcome of a crawl: its exit code and the lines that report it."""

from collections.abc import Iterator, Mapping
from typing import Any

from newsspider.errors import ExitCode
from newsspider.exit_codes import code_for, crawl_code_for
from newsspider.kinds import ARTICLE_KINDS, KINDS, count_kind
from newsspider.text import count_of
from pipelines.ending import UNUSABLE_STORE_STAT

KIND_STAT = "newsspider/kind/{}"  # pages by kind, counted by the pipelines
# Set by the ledger: a request that proves impossible only while the crawl runs.
WRONG_USAGE_STAT = "newsspider/wrong_usage"
OVER_LIMIT_STAT = "newsspider/over_max_pages"  # addresses that were not fetched
EXIT_CODE_STAT = "newsspider/exit_code"
ACCOUNT_STAT = "newsspider/account"  # one line per site, the worst first
DRY_RUN_STAT = "newsspider/dry_run"  # its few pages say nothing about the site
INTERRUPTED = "shutdown"  # Scrapy's reason after a signal
OUTRANKED = frozenset({ExitCode.FINE, ExitCode.SOME_PAGES_FAILED})  # an interruption outranks them
SHOWN_SITES = 20  # on standard error; the log and `newsspider health` show all
SPIDER_ERRORS_STAT = (
    "spider_exceptions/count"  # Scrapy's: a callback raised, so a page gave nothing
)
# One and several
LEFT_OUT_STATS = {
    ("forbidden by robots.txt", "forbidden by robots.txt"): "robotstxt/forbidden",
    ("address not fetched (max_pages)", "addresses not fetched (max_pages)"): OVER_LIMIT_STAT,
}


def exit_code_of(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code that follows from the stats of a finished crawl."""
    if stats.get("finish_reason") == "wrong_usage":
        return ExitCode.WRONG_USAGE
    if stats.get(UNUSABLE_STORE_STAT):
        return ExitCode.STORE_UNUSABLE
    code = _code_of_pages(stats)
    if code is ExitCode.FINE and stats.get(SPIDER_ERRORS_STAT):
        code = ExitCode.SOME_PAGES_FAILED
    return ExitCode.INTERRUPTED if was_interrupted(stats) and code in OUTRANKED else code


def was_interrupted(stats: Mapping[str, Any]) -> bool:
    """Whether a signal ended the crawl early."""
    return stats.get("finish_reason") == INTERRUPTED


def lines_of(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield the result of a crawl: why it could not continue, one line per site, one line for all."""
    if why := stats.get(WRONG_USAGE_STAT):
        yield why
        if not any(_count_kinds(stats).values()):
            return  # "0 new: nothing was due" would hide that nothing was read

    account: list[str] = stats.get(ACCOUNT_STAT, [])
    yield from account[:SHOWN_SITES]
    if len(account) > SHOWN_SITES:
        yield f"… and {count_of(len(account) - SHOWN_SITES, 'more site')} (newsspider health)"

    total = account_of(stats)
    if was_interrupted(stats):
        total = f"interrupted: {total}; the next run goes on"

    yield f"{total} (exit code {int(exit_code_of(stats))})"


def account_of(stats: Mapping[str, Any]) -> str:
    """Return the result of a crawl in one line.

    It counts the pages by kind, the pages that robots.txt forbids, and those beyond max_pages.
    """
    kinds = _count_kinds(stats)
    articles = sum(kinds[kind] for kind in kinds if kind in ARTICLE_KINDS)
    words = [count_of(articles, "article")]
    words += [
        count_kind(kinds[kind], kind) for kind in kinds if kinds[kind] and kind not in ARTICLE_KINDS
    ]

    pages = f"{count_of(sum(kinds.values()), 'page')}: {', '.join(words)}"
    return "; ".join([pages, *_iter_left_out(stats), *_iter_errors(stats)])


def _iter_left_out(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield how many addresses were not fetched, for each reason."""
    for words, stat in LEFT_OUT_STATS.items():
        if number := stats.get(stat, 0):
            yield count_of(number, *words)


def _iter_errors(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield how often the spider's code failed, if it did."""
    if number := stats.get(SPIDER_ERRORS_STAT, 0):
        yield f"{count_of(number, 'error')} in the spider's code (see the log)"


def _count_kinds(stats: Mapping[str, Any]) -> dict[str, int]:
    """Return the number of pages of each kind."""
    return {kind: stats.get(KIND_STAT.format(kind), 0) for kind in KINDS}


def _code_of_pages(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code of the account.

    Without an account, the one that follows from the pages.
    """
    code = stats.get(EXIT_CODE_STAT)
    if code is not None:
        return ExitCode(code)

    kinds = _count_kinds(stats)
    return code_for(kinds) if stats.get(DRY_RUN_STAT) else crawl_code_for(kinds)
