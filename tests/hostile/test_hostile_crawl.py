"""One crawl over every hostile behaviour beside good pages: it ends by itself, and no good page suffers."""

import re
from dataclasses import dataclass

import pytest

from newsspider.record import ArticleRecord
from tests.crawls import FAST, crawl_words, page_path, read_articles, read_quarantine, run_scrapy
from tests.hostile.behaviours import BEHAVIOURS, address_of, answers_of, find_answer, good_path
from tests.hostile.server import serve
from tests.programs import SCRAPY, Finished
from tests.properties import check_record

pytestmark = pytest.mark.processes

GOOD_PAGES = 200
PEAK_MIB = 600  # of the crawl's own process
# A process begins with the peak of the one that it is started from, which here has run thousands of tests; a shell's
# child begins anew.
BY_SHELL = ("sh", "-c", '"$0" "$@"; exit $?', SCRAPY)
SETTINGS = {
    **FAST,
    "NEWSSPIDER_ALLOW_PRIVATE": "",
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "DOWNLOAD_TIMEOUT": 25,  # what ends for another reason must not wait so long on a busy machine
    "RETRY_TIMES": 0,
    "NEWSSPIDER_WORKERS": 2,
    "NEWSSPIDER_DEADLINE": 5,
    "NEWSSPIDER_MAX_SITE_PAGES": 400,
    "MEMUSAGE_CHECK_INTERVAL_SECONDS": 0.2,
}


@dataclass(frozen=True)
class HostileCrawl:
    """What a crawl of the hostile server left, by path."""

    finished: Finished
    articles: dict[str, ArticleRecord]
    records: dict[str, ArticleRecord]

    def stat(self, name: str) -> int:
        """Return a number from the stats that Scrapy logs at the end."""
        found = re.search(rf"'{re.escape(name)}': (\d+)", self.finished.stderr)
        return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> HostileCrawl:
    database = tmp_path_factory.mktemp("hostile") / "news.db"
    with serve(answers_of(GOOD_PAGES), find_answer) as server:
        finished = run_scrapy(crawl_words(SETTINGS, url=f"{server.address}/"), database, BY_SHELL)
    articles = {page_path(record): record for record in read_articles(database)}
    others = {page_path(record): record for record in read_quarantine(database)}
    return HostileCrawl(finished, articles, {**others, **articles})


def test_crawl_ends_by_itself_within_its_memory(crawl: HostileCrawl) -> None:
    assert "Spider closed (finished)" in crawl.finished.stderr
    assert crawl.finished.returncode == 1
    assert 0 < crawl.stat("memusage/max") < PEAK_MIB << 20


def test_every_good_page_is_stored_whole(crawl: HostileCrawl) -> None:
    titles = {crawl.articles[good_path(n)].title for n in range(GOOD_PAGES)}
    assert titles == {f"Lighthouse number {n} reports" for n in range(GOOD_PAGES)}
    assert {crawl.articles[good_path(n)].kind for n in range(GOOD_PAGES)} == {"article"}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_hostile_behaviour_ends_in_a_record_that_says_what_it_was(crawl: HostileCrawl, name: str) -> None:
    record = crawl.records[address_of(name)]
    assert record.kind in BEHAVIOURS[name].kinds.split()
    assert BEHAVIOURS[name].reason in (record.reason or "")
    assert record.is_article or record.reason
    check_record(record)


def test_nothing_goes_wrong_that_has_no_name(crawl: HostileCrawl) -> None:
    assert "Traceback" not in crawl.finished.stderr
    assert "Unhandled" not in crawl.finished.stderr


@pytest.mark.parametrize(
    "reason",
    "private_address port credentials url_length size unpacked_size encodings redirects headers robots_size site_pages"
    " page_links".split(),
)
def test_each_limit_counts_what_it_ended(crawl: HostileCrawl, reason: str) -> None:
    assert crawl.stat(f"newsspider/refused/{reason}") > 0
