"""A crawl's progress is counted from its signals: no request is waited for twice, and none for ever."""

from scrapy import Request, Spider

from newsspider.crawl_command.progress import RATE_SECONDS, CrawlProgress, SiteProgress, TakenMiddleware
from newsspider.record import ArticleRecord
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler

SITE = "herald.example"


def test_request_waits_from_the_scheduler_to_its_answer() -> None:
    progress = CrawlProgress(make_crawler())
    request = ask()
    progress.request_scheduled(request)
    assert progress.sites[SITE].waiting == 1
    progress.request_taken(request)
    assert progress.sites[SITE].waiting == 1
    for _ in range(2):  # a response and the downloader both say it
        progress.request_done(request)
    assert progress.sites[SITE].waiting == 0


def test_request_that_the_scheduler_does_not_take_does_not_wait() -> None:
    progress = CrawlProgress(make_crawler())
    progress.request_scheduled(ask())
    progress.request_dropped(ask())
    assert progress.sites[SITE].waiting == 0


def test_answers_are_counted_but_for_robots_txt() -> None:
    progress = CrawlProgress(make_crawler())
    robots = Request(f"{SEED}robots.txt")
    for request in (ask(), ask(f"{SEED}feed", "feed"), robots):
        progress.response_received(answer(request), request)
    assert progress.sites[SITE].fetched == 2


def test_title_is_of_the_latest_article() -> None:
    progress = CrawlProgress(make_crawler())
    spider = Spider("herald")
    for title in ("Ferry", "Tram", None):
        progress.item_scraped(ArticleRecord(url=STORY, site=SITE, title=title), spider)
    progress.item_scraped({"title": "Storm"}, spider)
    assert progress.sites[SITE].title == "Tram"


def test_sites_are_in_the_order_they_were_met() -> None:
    progress = CrawlProgress.from_crawler(make_crawler())
    for url in ("https://b.example/", SEED, "https://a.example/"):
        progress.request_scheduled(ask(url))
    assert [site.site for site in progress.snapshot()] == ["b.example", SITE, "a.example"]


def test_rate_is_of_late_and_of_the_whole_crawl_while_that_is_young() -> None:
    moments = iter([100.0, 100.0, 101.0, 102.0, 102.0, 130.0])
    progress = CrawlProgress(make_crawler(), lambda: next(moments))
    request = ask()
    for _ in range(3):
        progress.response_received(answer(request), request)
    assert progress.rate_of(progress.sites[SITE]) == 3 / 2
    assert progress.rate_of(progress.sites[SITE]) == 0


def test_rate_of_the_first_second_is_not_multiplied() -> None:
    site = SiteProgress(SITE)
    site.moments.extend([0.1, 0.2])
    assert site.rate(0.2, 0.0) == 2
    assert site.rate(RATE_SECONDS + 0.15, 0.0) == 1 / RATE_SECONDS


def test_crawl_that_was_asked_to_stop_is_ending_and_then_ended() -> None:
    crawler = make_crawler()
    progress = CrawlProgress(crawler)
    crawler.crawling = True
    assert not progress.is_ending
    crawler.crawling = False
    assert progress.is_ending
    progress.spider_closed("shutdown")
    assert progress.ended == "shutdown"


def test_what_another_middleware_drops_or_a_cache_answers_does_not_wait() -> None:
    crawler = make_crawler(CrawlProgress)
    progress, middleware = crawler.get_extension(CrawlProgress), TakenMiddleware.from_crawler(crawler)
    assert progress is not None
    dropped, cached, robots = ask(), ask(f"{STORY}2"), Request(f"{SEED}robots.txt")
    for request in (dropped, cached):
        progress.request_scheduled(request)
    for request in (dropped, cached, robots):
        middleware.process_request(request)
    middleware.process_exception(dropped, ValueError())
    response = answer(cached)
    assert middleware.process_response(cached, response) is response
    middleware.process_exception(robots, ValueError())
    assert progress.sites[SITE].waiting == 0


def test_middleware_of_a_crawl_without_progress_lets_all_pass() -> None:
    middleware = TakenMiddleware.from_crawler(make_crawler())
    request = ask()
    middleware.process_request(request)
    middleware.process_exception(request, ValueError())
    response = answer(request)
    assert middleware.process_response(request, response) is response
