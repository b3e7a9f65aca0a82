"""One crawl of a site whose feeds and sitemaps are hostile: it ends by itself, for a reason each, and stays outside."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from newsspider.record import ArticleRecord
from tests.crawl.guard.trap import TRAP_HOST, set_trap
from tests.crawls import crawl_words, page_path, read_articles, read_quarantine, run_scrapy
from tests.hostile.behaviours import good_path
from tests.hostile.lists import CHAIN, LIED_TITLE, LISTS, answers_of, find_answer, path_of
from tests.hostile.server import Answer, serve
from tests.hostile.test_hostile_crawl import SETTINGS
from tests.programs import Finished

pytestmark = pytest.mark.processes

NESTING = 4  # NEWSSPIDER_MAX_SITEMAP_NESTING


@dataclass(frozen=True)
class ListCrawl:
    """What a crawl of hostile lists left: its records by path, its requests, the trap's connections."""

    finished: Finished
    articles: dict[str, ArticleRecord]
    failed: dict[str, str]
    asked: Counter[str]
    connections: int

    def stat(self, name: str) -> int:
        """Return a number from the stats that Scrapy logs at the end."""
        found = re.search(rf"'{re.escape(name)}': (\d+)", self.finished.stderr)
        return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> ListCrawl:
    folder = tmp_path_factory.mktemp("lists")
    asked: Counter[str] = Counter()
    with set_trap() as trap:
        answers = answers_of(f"{TRAP_HOST}:{trap.port}")
        with serve(_counting(answers, asked), find_answer) as server:
            profile = [f'[herald]\nurl = "{server.address}/"']
            for role in ("feeds", "sitemaps"):
                urls = [server.address + path_of(name) for name, each in LISTS.items() if each.role == role]
                profile.append(f"{role} = {json.dumps(urls)}")
            (folder / "sites.toml").write_text("\n".join(profile))
            finished = run_scrapy(crawl_words(SETTINGS, sites=folder / "sites.toml"), folder / "news.db")
    articles = {page_path(record): record for record in read_articles(folder / "news.db")}
    failed = {page_path(record): record.reason or "" for record in read_quarantine(folder / "news.db")}
    return ListCrawl(finished, articles, failed, asked, trap.connections)


def _counting(answers: Mapping[str, Answer], asked: Counter[str]) -> dict[str, Answer]:
    """Return answers that count how often they are asked for."""

    def counted(path: str, answer: Answer) -> Answer:
        def count_and_answer(conversation: object) -> None:
            asked[path] += 1
            answer(conversation)  # type: ignore[arg-type]

        return count_and_answer

    return {path: counted(path, answer) for path, answer in answers.items()}


def test_crawl_of_hostile_lists_ends_by_itself_and_nothing_goes_wrong_that_has_no_name(crawl: ListCrawl) -> None:
    assert "Spider closed (finished)" in crawl.finished.stderr
    assert crawl.finished.returncode == 1
    assert "Traceback" not in crawl.finished.stderr


@pytest.mark.parametrize("name", [name for name, each in LISTS.items() if each.reason])
def test_hostile_list_ends_in_a_record_that_says_what_it_was(crawl: ListCrawl, name: str) -> None:
    assert LISTS[name].reason in crawl.failed[path_of(name)]


@pytest.mark.parametrize("name", [name for name, each in LISTS.items() if not each.reason])
def test_other_list_is_read_once_and_no_failure(crawl: ListCrawl, name: str) -> None:
    assert crawl.asked[path_of(name)] == 1
    assert path_of(name) not in crawl.failed


def test_nothing_inside_is_asked_for(crawl: ListCrawl) -> None:
    assert crawl.connections == 0
    assert crawl.articles.keys() <= {"/", good_path(0)}


def test_page_is_what_it_says_itself_whatever_a_sitemap_says_of_it(crawl: ListCrawl) -> None:
    record = crawl.articles[good_path(0)]
    assert record.title == "Lighthouse number 0 reports" != LIED_TITLE
    assert record.published == "2026-03-25"  # of its address; the sitemap says 2099


def test_chain_of_indexes_is_followed_only_so_far(crawl: ListCrawl) -> None:
    assert crawl.stat("newsspider/refused/sitemap_nesting") == 1
    assert f"{CHAIN}{NESTING}.xml: a sitemap below {NESTING} others" in crawl.finished.stderr


@pytest.mark.parametrize(
    ("reason", "number"),
    [("private_address", 6), ("size", 3), ("unpacked_size", 1), ("list_entries", 3), ("sitemap_nesting", 1)],
)
def test_each_limit_counts_what_it_ended(crawl: ListCrawl, reason: str, number: int) -> None:
    assert crawl.stat(f"newsspider/refused/{reason}") == number
