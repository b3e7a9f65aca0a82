"""The kinds of page: one table, which everything that lists kinds follows."""

import re
from pathlib import Path
from typing import get_args

import pytest

from newsspider.errors import PageError
from newsspider.extraction.kinds.judging import JUDGES
from newsspider.kinds import (
    ARTICLE_KINDS,
    EVIDENT_KINDS,
    FAILED_KINDS,
    GONE_KINDS,
    KIND_ROWS,
    KINDS,
    RETRIED_KINDS,
    TELLING_KINDS,
    UNREAD_KINDS,
    Group,
    Kind,
)
from newsspider.record import ArticleRecord, record_schema
from tests.documents import PAGES
from tests.extraction.kinds.pages import STORY, as_page
from tests.package_copy import PackageCopy

OBITUARY = '''
"""Obituaries."""

from newsspider.extraction.kinds.page_facts import PageFacts


def why_obituary(facts: PageFacts) -> str | None:
    """Return why the page is an obituary."""
    return "its address" if "/obituaries/" in (facts.page.url or "") else None
'''


def test_each_kind_has_one_row() -> None:
    assert sorted(row.name for row in KIND_ROWS) == sorted(KINDS) == sorted(set(KINDS))
    assert all(set(row.groups) <= set(get_args(Group)) for row in KIND_ROWS)
    assert all(row.meaning.endswith(".") for row in KIND_ROWS)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (ARTICLE_KINDS, "article live_blog paywalled"),
        (FAILED_KINDS, "failed truncated empty not_html bot_wall"),
        (UNREAD_KINDS, "failed truncated empty not_html bot_wall consent"),
        (GONE_KINDS, "soft_404"),
        (RETRIED_KINDS, "failed truncated"),
        (EVIDENT_KINDS, "not_html bot_wall"),
        (TELLING_KINDS, "article live_blog paywalled gallery video index page"),
    ],
)
def test_groups_hold_the_kinds(kinds: frozenset[str], expected: str) -> None:
    assert kinds == set(expected.split())


def test_judges_are_asked_in_the_order_of_the_rows() -> None:
    asked = "bot_wall failed consent soft_404 live_blog video gallery index empty page paywalled truncated"
    assert [kind for kind, _ in JUDGES] == asked.split()


@pytest.mark.parametrize("kind", KINDS)
def test_only_article_kinds_are_articles(kind: Kind) -> None:
    assert ArticleRecord(kind=kind).is_article == (kind in {"article", "live_blog", "paywalled"})


def test_no_article_kind_is_a_failure() -> None:
    assert FAILED_KINDS <= UNREAD_KINDS
    assert not ARTICLE_KINDS & UNREAD_KINDS


def test_page_errors_give_known_kinds() -> None:
    assert {PageError.kind, *(error.kind for error in PageError.__subclasses__())} <= FAILED_KINDS


def test_schema_lists_the_kinds() -> None:
    assert tuple(record_schema()["properties"]["kind"]["enum"]) == KINDS


def test_docs_name_the_article_kinds() -> None:
    (named,) = re.findall(r"^- `kind` is (.*?) for articles", PAGES["docs/reference/record.md"], re.MULTILINE)
    assert re.findall(r"`([a-z_]+)`", named) == [kind for kind in KINDS if kind in ARTICLE_KINDS]


@pytest.mark.processes
def test_new_kind_is_one_row_and_one_module(tmp_path: Path) -> None:
    copy = PackageCopy(tmp_path)
    copy.add_module("extraction/kinds/obituary.py", OBITUARY)
    copy.insert("kinds.py", '    "failed",\n]', '    "obituary",\n')
    row = '    KindRow("obituary", "An obituary.", ("article",), "obituary:why_obituary"),\n'
    copy.insert("kinds.py", '    KindRow(\n        "paywalled"', row)
    assert copy.changed == {"kinds.py"}
    (tmp_path / "page.html").write_text(as_page(STORY), encoding="utf-8")
    done = copy.run_command("extract", "page.html", "--url", "https://herald.example/obituaries/ferry", "-o", "news.db")
    assert (done.returncode, done.stderr.partition(" → ")[0]) == (0, "1 page: 1 obituary")
    exported = copy.run_command("export", "--kind", "obituary", "--db", "news.db").stdout
    assert '"kind": "obituary", "reason": "its address"' in exported
    assert "truncated, empty, not_html, obituary, failed" in " ".join(
        copy.run_command("export", "--help").stdout.split()
    )
