"""Mends in worker processes: the same as in this one, and within a page's limits."""

import pytest

from newsspider.mending.mends import version_for
from newsspider.mending.parsers import load_parsers
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, extract_raw, iter_records
from newsspider.pool.crawl_job import extract_with_links
from newsspider.record import ArticleRecord

pytestmark = pytest.mark.processes

MODULE = """
from dataclasses import replace
from newsspider import for_site

@for_site("pooled.example")
def shout(page, record):
    return replace(record, title=record.title.upper())

@for_site("slow.pooled.example")
def hang(page, record):
    while True:
        pass

@for_site("greedy.pooled.example")
def grow(page, record):
    return replace(record, title="x" * (4 << 30))
"""
HTML = (
    b"<html><body><article><h1>Ferry is back</h1><p>The ferry sails again, said the master.</p></article></body></html>"
)
HOSTS = ("pooled", "slow.pooled", "greedy.pooled", "other")


@pytest.fixture(scope="module")
def parsers(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    path = tmp_path_factory.mktemp("mends") / "pooled.py"
    path.write_text(MODULE, encoding="utf-8")
    load_parsers([str(path)])
    return (str(path),)


def raw_page(host: str) -> RawPage:
    return RawPage(body=HTML, url=f"https://{host}.example/ferry", source=f"{host}.html")


@pytest.fixture(scope="module")
def records(parsers: tuple[str, ...]) -> dict[str | None, ArticleRecord]:
    """The records of a page at each host, made by workers."""
    limits = Limits(workers=1, deadline=2, patience=100, memory=768, parsers=parsers)
    return {record.source: record for record in iter_records(map(raw_page, HOSTS), limits)}


@pytest.mark.parametrize("host", ["pooled", "other"])
def test_workers_and_this_process_give_the_same_record(records: dict[str | None, ArticleRecord], host: str) -> None:
    expected = extract_raw(raw_page(host))
    assert records[f"{host}.html"] == expected == extract_with_links(raw_page(host)).record
    assert list(iter_records([raw_page(host)], Limits(workers=0))) == [expected]
    assert expected.title == ("FERRY IS BACK" if host == "pooled" else "Ferry is back")
    assert expected.extraction_version == version_for(raw_page(host).url)


def test_mend_that_hangs_falls_to_the_deadline(records: dict[str | None, ArticleRecord]) -> None:
    assert (records["slow.pooled.html"].kind, records["slow.pooled.html"].reason) == ("failed", "took longer than 2 s")


def test_mend_that_takes_too_much_memory_falls_to_the_limit(records: dict[str | None, ArticleRecord]) -> None:
    greedy = records["greedy.pooled.html"]
    assert (greedy.kind, greedy.reason) == ("failed", "needed more than 768 MiB of memory")
