"""A dry run names what would be fetched, fetches a few articles, and stores nothing."""

from pathlib import Path

import pytest
from scrapy import Request
from scrapy.exceptions import NotConfigured

from newsspider.crawl.dry_run import FIRST_ARTICLES, DryRun, DryRunMiddleware, show_record
from newsspider.crawl.skipped_requests import SkippedRequest
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawl.components import SEED, STORY, ask, make_crawler


def test_first_articles_pass_and_all_others_are_only_named(capsys: pytest.CaptureFixture[str]) -> None:
    crawler = make_crawler(DryRun, DRY_RUN="1")
    middleware = DryRunMiddleware.from_crawler(crawler)
    for number in range(FIRST_ARTICLES):
        middleware.process_request(ask(f"{STORY}{number}"))
    for request in (ask(f"{STORY}more"), ask(f"{SEED}sport/", "section")):
        with pytest.raises(SkippedRequest):
            middleware.process_request(request)
    rehearsal = crawler.get_extension(DryRun)
    assert rehearsal is not None
    assert rehearsal.wanted == {"new article": FIRST_ARTICLES + 1, "new section": 1}
    rehearsal.spider_closed("finished")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"would fetch {'new article':12} {STORY}0"
    assert said[-1] == f"dry run: would fetch {FIRST_ARTICLES + 1} new articles, 1 new section; nothing was stored"


@pytest.mark.parametrize(
    "request_",
    [ask(SEED, "seed"), ask(f"{SEED}feed", "feed"), ask(meta={"redirect_times": 1}), Request(f"{SEED}robots.txt")],
    ids=["seed", "feed", "redirect", "robots.txt"],
)
def test_what_is_needed_to_say_it_passes_unnamed(request_: Request, capsys: pytest.CaptureFixture[str]) -> None:
    DryRunMiddleware.from_crawler(make_crawler(DryRun, DRY_RUN="1")).process_request(request_)
    assert capsys.readouterr().out == ""


def test_nothing_to_fetch_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    DryRun.from_crawler(make_crawler(DRY_RUN="1")).spider_closed("finished")
    assert capsys.readouterr().out == "dry run: would fetch nothing; nothing was stored\n"


def test_store_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(str(path)) as store:
        store.write([ArticleRecord(url=STORY, site="herald.example", title="Ferry", body="It sails.")])
    before = path.read_bytes()
    crawler = make_crawler(DryRun, DRY_RUN="1", DATABASE=str(path))
    rehearsal = crawler.get_extension(DryRun)
    assert rehearsal is not None
    assert rehearsal.begin("herald.example")
    assert rehearsal.is_open
    rehearsal.keep(ArticleRecord(url=f"{STORY}2"))
    rehearsal.spider_closed("finished")
    assert path.read_bytes() == before


def test_store_that_can_not_be_read_counts_as_empty(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broken = tmp_path / "news.db"
    broken.write_bytes(b"not a database" * 500)
    rehearsal = DryRun.from_crawler(make_crawler(DRY_RUN="1", DATABASE=str(broken)))
    assert rehearsal.begin("herald.example")
    assert "everything counts as new" in caplog.text


def test_crawl_that_stores_has_no_rehearsal() -> None:
    with pytest.raises(NotConfigured):
        DryRun.from_crawler(make_crawler())
    with pytest.raises(NotConfigured):
        DryRunMiddleware.from_crawler(make_crawler())


def test_record_that_is_no_article_is_shown_with_its_reason() -> None:
    shown = show_record(ArticleRecord(url=STORY, kind="failed", reason="HTTP 404"))
    assert shown == f"failed: {STORY}\n  reason     HTTP 404"
