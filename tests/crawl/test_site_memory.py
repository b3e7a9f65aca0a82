"""Crawls with a site's memory: a run learns for the next one, and tells of a template that changed."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawls import FAST, crawl_words, environment, our_lines, read_articles, run_scrapy
from tests.patience import PATIENCE_SECONDS
from tests.programs import NEWSSPIDER, run_program
from tests.repeating_newspaper import closing_of, write_newspaper

pytestmark = pytest.mark.processes

SITE = "127.0.0.1"
QUICK = {**FAST, "NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_WITNESS": "never", "NEWSSPIDER_REVISIT": 0}


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The folder of a newspaper with 24 articles, and its address."""
    (folder := tmp_path / "paper").mkdir()
    write_newspaper(folder, range(24))
    with serve_site(folder) as server:
        yield folder, server.address


def crawl(address: str, database: Path, **settings: object) -> str:
    """Crawl the newspaper and return what is said of it."""
    done = run_scrapy(crawl_words({**QUICK, **settings}, url=f"{address}/"), database)
    return our_lines(done)[0]


def has_closing(record: ArticleRecord) -> bool:
    return any(closing_of(number) in (record.body or "") for number in range(3))


def test_the_second_run_drops_what_the_first_has_learnt(paper: tuple[Path, str], tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    crawl(paper[1], database)
    first = read_articles(database)
    assert len(first) == 24
    assert all(has_closing(record) and record.site_memory is None for record in first)
    with Store(str(database)) as store:
        stored = store.site_memory(SITE)
        assert stored is not None

    assert "24 unchanged" in crawl(paper[1], database)  # the articles are what they were
    second = read_articles(database)
    assert not any(map(has_closing, second))
    assert {record.site_memory for record in second} == {stored.state}
    assert {record.provenance["body"] for record in second} == {"site"}
    assert {record.version for record in second} == {1}


def test_a_crawl_without_memory_neither_learns_nor_uses_it(paper: tuple[Path, str], tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    crawl(paper[1], database, NEWSSPIDER_SITE_MEMORY=0)
    with Store(str(database)) as store:
        assert store.site_memory(SITE) is None


def test_a_redesign_is_told_once_with_pages_that_show_it(paper: tuple[Path, str], tmp_path: Path) -> None:
    folder, address = paper
    database = tmp_path / "news.db"
    crawl(address, database)
    write_newspaper(folder, range(24, 42), is_redesigned=True)
    told = crawl(address, database)
    assert "template changed: 18 of 18 new pages have no text in article." in told
    with Store(str(database)) as store:
        (_, account), *_ = store.accounts(SITE, 1)
    assert len(account.drifted) == 18
    assert account.alarms[0].startswith("template changed")
    assert all(url in told for url in account.drifted[:3])
    assert "template changed" not in crawl(address, database)


# A WARC file doesn't say which list led to a page, and a record says in which file its page is.
OF_THE_CRAWL = ("source", "first_seen")


def comparable(record: ArticleRecord) -> dict[str, object]:
    return {name: value for name, value in record.to_dict().items() if name not in OF_THE_CRAWL}


@pytest.mark.parametrize("wrappers", [0, 1])
def test_extract_of_a_crawls_warc_with_the_same_memory_gives_the_same_records(
    paper: tuple[Path, str], tmp_path: Path, wrappers: int
) -> None:
    folder, address = paper
    database, before, warc, out = (tmp_path / name for name in ("news.db", "before.db", "warc", "out.jsonl"))
    crawl(address, database)
    shutil.copy(database, before)
    write_newspaper(folder, range(24, 42))
    crawl(address, database, NEWSSPIDER_WARC=warc, NEWSSPIDER_WRAPPERS=wrappers)
    words = ["extract", str(warc), "-o", str(out), "--site-memory-from", str(before), "--witness", "never"]
    done = run_program(
        [NEWSSPIDER, *words, *["--wrappers"] * wrappers],
        environment=environment(database),
        timeout=PATIENCE_SECONDS,
    )
    assert "18 articles" in done.stderr  # the usual places of feeds fail

    crawled = {record.url: record for record in read_articles(database)}
    rows = map(json.loads, out.read_text("utf-8").splitlines())
    extracted = {record.url: record for record in map(ArticleRecord.from_dict, rows)}
    assert len(extracted) == 18
    assert {url: comparable(record) for url, record in extracted.items()} == {
        url: comparable(crawled[url]) for url in extracted
    }
    read_by_wrapper = [record for record in extracted.values() if record.provenance["body"] == "wrapper"]
    assert bool(read_by_wrapper) is bool(wrappers)
    assert not any(map(has_closing, extracted.values()))
