"""The ledger keeps what a crawl finds, and what it knows outlives the crawl."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.ending.outcome import ACCOUNT_STAT, EXIT_CODE_STAT
from newsspider.crawl.visits.describing import found_state, visit_of
from newsspider.crawl.visits.ledger import Ledger
from newsspider.record import ArticleRecord
from newsspider.sites.profile import Site
from newsspider.store.store import Store
from newsspider.urls import normalise_url
from tests.crawl.components import STORY, answer, ask, make_crawler, start_engine, with_spider

SITE, ADDRESS = "herald.example", normalise_url(STORY)
RECORD = ArticleRecord(url=STORY, site=SITE, title="Ferry sails again", body="It sails at six.", source=STORY)


def crawl(database: Path, do: Callable[[Ledger], None], reason: str = "finished", **settings: object) -> Crawler:
    """Let a crawl of one site begin, do something, and end; return its crawler."""
    crawler = with_spider(make_crawler(Ledger, DATABASE=str(database), **settings))

    async def in_loop() -> None:
        start_engine(crawler)
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        ledger.begin(SITE)
        do(ledger)
        ledger.spider_closed(reason)

    asyncio.run(in_loop())
    return crawler


def stat(crawler: Crawler, name: str) -> object:
    assert crawler.stats is not None
    return crawler.stats.get_value(name)


def look(ledger: Ledger) -> None:
    """Note a look with its record, as the pipelines bring it."""
    request = ask()
    ledger.note_visit(visit_of(request, answer(request, ETag='"7"'), "ours"), RECORD, is_item=True)


def keep_looked(ledger: Ledger) -> None:
    look(ledger)
    ledger.keep(RECORD)


def test_record_and_look_are_stored_together_and_counted(tmp_path: Path) -> None:
    crawler = crawl(tmp_path / "news.db", keep_looked)
    with Store(str(tmp_path / "news.db")) as store:
        assert [record.title for record in store.read()] == ["Ferry sails again"]
        assert store.known([ADDRESS])[ADDRESS].etag == '"7"'
    assert stat(crawler, EXIT_CODE_STAT) == 0
    assert str(stat(crawler, ACCOUNT_STAT)).startswith(f"['{SITE}: ")


def test_look_whose_record_no_pipeline_brought_is_noted_when_its_item_ends(tmp_path: Path) -> None:
    def drop(ledger: Ledger) -> None:
        look(ledger)
        ledger.item_ended(answer(ask()))

    crawl(tmp_path / "news.db", drop)
    with Store(str(tmp_path / "news.db")) as store:
        assert list(store.read()) == []
        assert store.known([ADDRESS])[ADDRESS].fetched_at is not None


def test_look_that_is_still_on_its_way_when_the_crawl_ends_is_noted(tmp_path: Path) -> None:
    crawl(tmp_path / "news.db", look)
    with Store(str(tmp_path / "news.db")) as store:
        assert store.known([ADDRESS])[ADDRESS].fetched_at is not None


def test_next_run_knows_what_is_due_of_what_was_found(tmp_path: Path) -> None:
    crawl(
        tmp_path / "news.db",
        lambda ledger: ledger.note_found([found_state(ask(), ADDRESS, ledger.began_at)]),
        "shutdown",
    )
    due: list[str] = []
    crawl(tmp_path / "news.db", lambda ledger: due.extend(state.url for state in ledger.due(10, None)))
    assert due == [STORY]


def test_address_is_listed_once_a_run(tmp_path: Path) -> None:
    listed: list[int] = []

    def list_twice(ledger: Ledger) -> None:
        for _ in range(2):
            ledger.list_article(ADDRESS, SITE, seen=False)
        listed.append(ledger.accounts[SITE].listed)

    crawl(tmp_path / "news.db", list_twice)
    assert listed == [1]


def test_page_at_which_the_spiders_code_raised_was_fetched(tmp_path: Path) -> None:
    crawler = with_spider(make_crawler(Ledger, DATABASE=str(tmp_path / "news.db")))

    async def in_loop() -> None:
        start_engine(crawler)
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        ledger.begin(SITE)
        ledger.note_visit(visit_of(ask(role="section"), answer(ask(role="section")), "ours"))
        ledger.list_article(ADDRESS, SITE, seen=False)
        crawler.signals.send_catch_log(signals.spider_error, failure=None, response=answer(ask()), spider=None)
        ledger.spider_closed("finished")

    asyncio.run(in_loop())
    (line,) = cast("list[str]", stat(crawler, ACCOUNT_STAT))
    assert "0 new: 1 listed, 0 seen, none of the others became an article" in line
    assert "1 failed (error in the spider's code ×1)" in line


def test_account_names_the_ports_of_several_servers(tmp_path: Path) -> None:
    crawler = with_spider(make_crawler(Ledger, DATABASE=str(tmp_path / "news.db")))
    servers = Site(name="herald", url=f"http://{SITE}:8001/", sections=(f"http://{SITE}:8000/", f"http://{SITE}/"))

    async def in_loop() -> None:
        start_engine(crawler)
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        crawl_of(crawler).add_sites((servers,))
        ledger.begin(SITE)
        ledger.spider_closed("finished")

    asyncio.run(in_loop())
    assert str(stat(crawler, ACCOUNT_STAT)).startswith(f"['{SITE} (ports 8000, 8001): 0 new")


def test_why_a_site_was_left_is_in_its_account_once(tmp_path: Path) -> None:
    def leave(ledger: Ledger) -> None:
        for _ in range(2):
            ledger.leave(SITE, "asked us to wait 900 s")

    crawler = crawl(tmp_path / "news.db", leave)
    assert str(stat(crawler, ACCOUNT_STAT)).count("asked us to wait 900 s") == 1


def test_store_that_can_not_be_opened_ends_the_crawl() -> None:
    crawler = with_spider(make_crawler(Ledger, DATABASE="/nowhere/news.db"))
    engine = start_engine(crawler)

    async def in_loop() -> None:
        ledger = crawler.get_extension(Ledger)
        assert ledger is not None
        assert not ledger.begin(SITE)
        ledger.keep(RECORD)
        assert not ledger.is_open
        await asyncio.sleep(0)

    asyncio.run(in_loop())
    assert set(engine.reasons) == {"store_unusable"}


def test_nothing_is_opened_before_the_first_seed(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    ledger = Ledger.from_crawler(make_crawler(DATABASE=str(database)))
    ledger.list_article(ADDRESS, SITE, seen=False)
    ledger.leave(SITE, "why")
    assert (ledger.known([ADDRESS]), ledger.due(10, None), dict(ledger.accounts)) == ({}, [], {})
    ledger.spider_closed("finished")
    assert not database.exists()


@pytest.mark.parametrize("settings", [{"STORE": False}, {"DRY_RUN": "1"}], ids=str)
def test_ledger_is_off_where_nothing_is_stored(settings: dict[str, object]) -> None:
    with pytest.raises(NotConfigured):
        Ledger.from_crawler(make_crawler(**settings))


def test_project_without_our_settings_is_told_the_mend() -> None:
    with pytest.raises(NotConfigured, match="ADDONS = "):
        Ledger.from_crawler(make_crawler(STORE=None))
