"""Exit codes and closing lines of crawls, by their stats."""

from collections.abc import Mapping

import pytest

from newsspider.crawl.ending.outcome import (
    ACCOUNT_STAT,
    DRY_RUN_STAT,
    EXIT_CODE_STAT,
    KIND_STAT,
    OVER_LIMIT_STAT,
    SHOWN_SITES,
    SPIDER_ERRORS_STAT,
    WRONG_USAGE_STAT,
    account_of,
    exit_code_of,
    lines_of,
)
from newsspider.errors import ExitCode
from pipelines.ending import UNUSABLE_STORE_STAT

ARTICLES, FAILED = {KIND_STAT.format("article"): 3}, {KIND_STAT.format("failed"): 1}
INTERRUPTED = {"finish_reason": "shutdown"}


@pytest.mark.parametrize(
    ("stats", "code"),
    [
        (ARTICLES, ExitCode.FINE),
        (ARTICLES | FAILED, ExitCode.SOME_PAGES_FAILED),
        ({EXIT_CODE_STAT: 3, **ARTICLES}, ExitCode(3)),
        ({UNUSABLE_STORE_STAT: "disk full", **ARTICLES}, ExitCode.STORE_UNUSABLE),
        ({"finish_reason": "wrong_usage", UNUSABLE_STORE_STAT: "disk full"}, ExitCode.WRONG_USAGE),
        (INTERRUPTED | ARTICLES, ExitCode.INTERRUPTED),
        (INTERRUPTED | ARTICLES | FAILED, ExitCode.INTERRUPTED),
        (INTERRUPTED | {EXIT_CODE_STAT: 3}, ExitCode(3)),
        (INTERRUPTED | {UNUSABLE_STORE_STAT: "disk full"}, ExitCode.STORE_UNUSABLE),
        ({DRY_RUN_STAT: True, **ARTICLES}, ExitCode.FINE),
        ({SPIDER_ERRORS_STAT: 2, EXIT_CODE_STAT: 0, **ARTICLES}, ExitCode.SOME_PAGES_FAILED),
        ({SPIDER_ERRORS_STAT: 2, EXIT_CODE_STAT: 3, **ARTICLES}, ExitCode(3)),
    ],
    ids=str,
)
def test_exit_code_follows_from_the_worst_that_is_known(stats: Mapping[str, object], code: ExitCode) -> None:
    assert exit_code_of(stats) == code


def test_account_counts_articles_other_kinds_and_what_was_left_out() -> None:
    kinds = {KIND_STAT.format(kind): number for kind, number in {"article": 2, "paywalled": 1, "index": 4}.items()}
    said = account_of({**kinds, "robotstxt/forbidden": 5, OVER_LIMIT_STAT: 6})
    assert said == ("7 pages: 3 articles, 4 index; 5 forbidden by robots.txt; 6 addresses not fetched (max_pages)")


def test_errors_in_the_spiders_code_are_counted() -> None:
    assert account_of({SPIDER_ERRORS_STAT: 2}) == "0 pages: 0 articles; 2 errors in the spider's code (see the log)"


def test_crawl_that_could_read_nothing_says_only_why() -> None:
    stats = {WRONG_USAGE_STAT: "no browser", ACCOUNT_STAT: ["herald.example: 0 new: nothing was due"]}
    assert list(lines_of(stats)) == ["no browser"]


def test_lines_say_why_then_the_sites_then_all() -> None:
    sites = [f"paper{number}.example: fine" for number in range(SHOWN_SITES + 2)]
    lines = list(lines_of({WRONG_USAGE_STAT: "no playwright", ACCOUNT_STAT: sites, **ARTICLES, **INTERRUPTED}))
    assert lines[0] == "no playwright"
    assert lines[1 : SHOWN_SITES + 1] == sites[:SHOWN_SITES]
    assert lines[-2] == "… and 2 more sites (newsspider health)"
    assert lines[-1].startswith("interrupted: 3 pages")
    assert lines[-1].endswith(f"(exit code {int(ExitCode.INTERRUPTED)})")
