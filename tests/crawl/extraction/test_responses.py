"""Responses become pages, and pages records."""

import asyncio
from pathlib import Path

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.extraction.responses import extract_response, raw_page_of, read_list, seed_of, unfetched_page
from newsspider.crawl.extraction.workers import Workers
from newsspider.crawl.guard.unpacking_middleware import CUT_FLAG
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler

TEXT = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 6
PAGE = f"<title>Ferry sails again</title><article><h1>Ferry sails again</h1><p>{TEXT}</p></article>".encode()
FEED = f"""<rss version="2.0"><channel><title>Herald</title><item><title>Ferry</title><link>{STORY}</link></item>
</channel></rss>""".encode()


def crawler_in_place(**settings: object) -> Crawler:
    """Return a crawler that extracts in this process."""
    return make_crawler(Workers, WORKERS="0", **settings)


def test_record_of_a_response_is_noted_whether_it_is_yielded_or_not() -> None:
    crawler = crawler_in_place()
    response = answer(ask(), PAGE)
    extracted = asyncio.run(extract_response(crawler, response))
    assert extracted.record.title == "Ferry sails again"
    assert crawl_of(crawler).records[response] is extracted.record


def test_crawl_without_workers_extracts_too() -> None:
    assert asyncio.run(extract_response(make_crawler(), answer(ask(), PAGE))).record.title == "Ferry sails again"


def test_feed_is_read_with_workers_and_without() -> None:
    for crawler in (crawler_in_place(), make_crawler()):
        listing = asyncio.run(read_list(crawler, answer(ask(f"{SEED}feed.xml", "feed"), FEED)))
        assert [entry.url for entry in listing.pages] == [STORY]


def test_page_has_the_status_headers_moment_and_what_is_wrong_of_its_response() -> None:
    request = ask(fetched_at="2026-03-24T10:00:00+00:00")
    response = answer(request, PAGE, status=404, Content_Type="text/html").replace(flags=[f"{CUT_FLAG}12 bytes came"])
    raw = raw_page_of(make_crawler(), response)
    assert (raw.status, raw.source, raw.fetched_at) == (404, SEED, "2026-03-24T10:00:00+00:00")
    assert raw.headers == {"Content-Type": "text/html"}
    assert raw.cut == f"{CUT_FLAG}12 bytes came"


def test_page_has_what_its_sites_profile_says(tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    sites.write_text(f'[herald]\nurl = "{SEED}"\nlanguage = "cy"\ndrop = [".promo"]\n')
    raw = raw_page_of(make_crawler(SITES=str(sites)), answer(ask(), PAGE))
    assert (raw.language, raw.drop) == ("cy", (".promo",))


def test_page_that_was_not_fetched_has_the_address_that_was_asked_for_without_its_password() -> None:
    request = ask(meta={"redirect_urls": ["https://ann:secret@herald.example/old/"]})
    assert unfetched_page(request).url == "https://herald.example/old/"
    assert seed_of(request) == SEED
    assert seed_of(Request(STORY)) == STORY
