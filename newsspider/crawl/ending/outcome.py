"""How a crawl went: its exit code and the line that says it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.ending import UNUSABLE_STORE_STAT

from newsspider.errors import ExitCode
from newsspider.exit_codes import code_for, crawl_code_for
from newsspider.kinds import ARTICLE_KINDS, KINDS
from newsspider.text import count_of

KIND_STAT = "newsspider/kind/{}"  # pages by kind, counted by the pipelines
# Set by the ledger: a request that proves impossible only while the crawl runs.
WRONG_USAGE_STAT = "newsspider/wrong_usage"
OVER_LIMIT_STAT = "newsspider/over_max_pages"  # addresses that were not asked for
EXIT_CODE_STAT = "newsspider/exit_code"
ACCOUNT_STAT = "newsspider/account"  # a line a site, the worst first
DRY_RUN_STAT = "newsspider/dry_run"  # whose few pages say nothing of their source
INTERRUPTED = "shutdown"  # Scrapy's word for the end that a signal asked for
OUTRANKED = frozenset({ExitCode.FINE, ExitCode.SOME_PAGES_FAILED})  # by an interruption
SHOWN_SITES = 20  # of many, on standard error; the log and `newsspider health` have all


def exit_code_of(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code that a finished crawl's stats ask for."""
    if stats.get("finish_reason") == "wrong_usage":
        return ExitCode.WRONG_USAGE
    if stats.get(UNUSABLE_STORE_STAT):
        return ExitCode.STORE_UNUSABLE
    code = _code_of_pages(stats)
    return ExitCode.INTERRUPTED if was_interrupted(stats) and code in OUTRANKED else code


def was_interrupted(stats: Mapping[str, Any]) -> bool:
    """Whether somebody ended the crawl before its end."""
    return stats.get("finish_reason") == INTERRUPTED


def lines_of(stats: Mapping[str, Any]) -> Iterator[str]:
    """Yield a crawl's result: why it could not go on, a line a site, then one for all."""
    if why := stats.get(WRONG_USAGE_STAT):
        yield why
        if not any(_count_kinds(stats).values()):
            return  # "0 new: nothing was due" would hide that nothing was read
    told: list[str] = stats.get(ACCOUNT_STAT, [])
    yield from told[:SHOWN_SITES]
    if len(told) > SHOWN_SITES:
        yield f"… and {count_of(len(told) - SHOWN_SITES, 'more site')} (newsspider health)"
    said = account_of(stats)
    if was_interrupted(stats):
        said = f"interrupted: {said}; the next run goes on"
    yield f"{said} (exit code {int(exit_code_of(stats))})"


def account_of(stats: Mapping[str, Any]) -> str:
    """Return a crawl's result in one line: its pages by kind, what robots.txt forbade, what max_pages left."""
    kinds = _count_kinds(stats)
    others = [
        f"{number} {kind}" for kind, number in kinds.items() if number and kind not in ARTICLE_KINDS
    ]
    articles = sum(number for kind, number in kinds.items() if kind in ARTICLE_KINDS)
    said = f"{count_of(sum(kinds.values()), 'page')}: {', '.join([count_of(articles, 'article'), *others])}"
    left_out = {
        "forbidden by robots.txt": "robotstxt/forbidden",
        "addresses not fetched (max_pages)": OVER_LIMIT_STAT,
    }
    counts = [
        f"{number} {what}" for what, stat in left_out.items() if (number := stats.get(stat, 0))
    ]
    return "; ".join([said, *counts])


def _count_kinds(stats: Mapping[str, Any]) -> dict[str, int]:
    """Return how many pages of each kind there were."""
    return {kind: stats.get(KIND_STAT.format(kind), 0) for kind in KINDS}


def _code_of_pages(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code that the ledger has found, or without a ledger the one that the pages' kinds ask for."""
    kinds = _count_kinds(stats)
    if (code := stats.get(EXIT_CODE_STAT)) is not None:
        return ExitCode(code)
    return code_for(kinds) if stats.get(DRY_RUN_STAT) else crawl_code_for(kinds)
