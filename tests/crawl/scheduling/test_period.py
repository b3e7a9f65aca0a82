"""A backfill keeps articles of its days only, once their dates are known."""

from datetime import date

from scrapy import Request

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import context_of
from newsspider.crawl.scheduling.period import PeriodMiddleware
from newsspider.discovery.backfill import Period, Selection
from newsspider.kinds import Kind
from newsspider.record import ArticleRecord
from tests.crawl.components import STORY, answer, ask, lead_through, make_crawler

LINK = Request(f"{STORY}?page=2")


def article(published: str | None, kind: Kind = "article") -> ArticleRecord:
    return ArticleRecord(url=STORY, site="herald.example", published=published, kind=kind)


def middleware_of_march() -> PeriodMiddleware:
    crawler = make_crawler()
    crawl_of(crawler).selection = Selection(Period(date(2026, 3, 1), date(2026, 3, 31)))
    return PeriodMiddleware.from_crawler(crawler)


def test_article_of_another_day_is_left_and_its_day_noted() -> None:
    request = ask()
    passed = lead_through(middleware_of_march(), answer(request), [article("2025-07-04"), LINK])
    assert passed == [LINK]
    context = context_of(request)
    assert context is not None
    assert context.outside_on == date(2025, 7, 4)


def test_articles_of_these_days_and_all_that_are_no_articles_pass() -> None:
    wanted = [article("2026-03-24"), article("2025-07-04", "index"), LINK]
    assert lead_through(middleware_of_march(), answer(ask()), wanted) == wanted


def test_crawl_without_a_period_leaves_nothing() -> None:
    old = article("1999-01-01")
    assert lead_through(PeriodMiddleware.from_crawler(make_crawler()), answer(ask()), [old]) == [old]
