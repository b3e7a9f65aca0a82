"""How a crawl went: its exit code and the line that says it."""

from collections.abc import Mapping
from typing import Any

from newsspider.errors import ExitCode
from newsspider.exit_codes import crawl_code_for
from newsspider.record import ARTICLE_KINDS, KINDS

KIND_STAT = "newsspider/kind/{}"  # pages by kind, counted by the pipelines
UNUSABLE_STORE_STAT = "newsspider/store/unusable"  # why, set by the pipeline


def exit_code_of(stats: Mapping[str, Any]) -> ExitCode:
    """Return the exit code that a finished crawl's stats ask for."""
    if stats.get("finish_reason") == "wrong_usage":
        return ExitCode.WRONG_USAGE
    if stats.get(UNUSABLE_STORE_STAT):
        return ExitCode.STORE_UNUSABLE
    kinds: dict[str, int] = {kind: stats.get(KIND_STAT.format(kind), 0) for kind in KINDS}
    return crawl_code_for(kinds)


def account_of(stats: Mapping[str, Any]) -> str:
    """Return a crawl's result in one line: articles, other kinds, what robots.txt forbade."""
    kinds: dict[str, int] = {kind: stats.get(KIND_STAT.format(kind), 0) for kind in KINDS}
    articles = sum(number for kind, number in kinds.items() if kind in ARTICLE_KINDS)
    others = [f"{number} {kind}" for kind, number in kinds.items() if number and kind not in ARTICLE_KINDS]
    forbidden = stats.get("robotstxt/forbidden", 0)
    return ", ".join(
        [f"{articles} articles", *others, *([f"{forbidden} forbidden by robots.txt"] if forbidden else [])]
    )
