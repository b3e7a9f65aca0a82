"""Crawls of a paper whose pages need a browser: what they store, what they fetch, and what they may not."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from tests.crawl.guard.trap import set_trap
from tests.crawl.rendering.crawling import SETTINGS, crawl_rendering, stat
from tests.crawl.rendering.paper import FOLDER, PROSE, Paper, serve_paper, set_packet_trap, title
from tests.crawls import PATIENCE_SECONDS, crawl_words, page_path, read_articles, read_quarantine, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

BUILT = ("ferry", "market", "inline", "later", "posted", "modular", "cookied", "moved-data", "feed")
TRICKY = ("restless", "reloading", "abroad", "pestering", "private", "straying")
HOPELESS = ("loop", "endless", "bloat", "million")  # the deadline ends some of them
LIMITED = ("large", "crowd", "thrown")  # something else ends these, however busy the machine is
KEYS = 'cookies = { paid = "1" }\nheaders = { X-Reader = "7" }\nfeeds = ["{address}/feed.xml"]'


@dataclass(frozen=True)
class Crawled:
    """A crawl and what came of it, by the page's name."""

    finished: Finished
    paper: Paper
    articles: dict[str, ArticleRecord]
    others: dict[str, ArticleRecord]
    connections: int = 0
    packets: int = 0


def records_of(folder: Path) -> tuple[dict[str, ArticleRecord], dict[str, ArticleRecord]]:
    """Return the articles and the quarantined pages of a folder's database by the name of their page."""
    articles, others = read_articles(folder / "news.db"), read_quarantine(folder / "news.db")
    return {name_of(each): each for each in articles}, {name_of(each): each for each in others}


def name_of(record: ArticleRecord) -> str:
    return page_path(record).strip("/").rpartition("/")[2]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of pages that can be had."""
    folder = tmp_path_factory.mktemp("rendered")
    names = (*BUILT[:-1], *TRICKY, "onward")
    with set_trap() as trap, set_packet_trap() as packets, serve_paper(*names, trap=trap, packets=packets) as paper:
        keys = KEYS.replace("{address}", paper.address)
        finished = crawl_rendering(paper, folder, {"NEWSSPIDER_RENDER_WAIT": 5}, keys)
    return Crawled(finished, paper, *records_of(folder), trap.connections, packets.packets)


@pytest.fixture(scope="module")
def hopeless(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of pages that can't, and one that can."""
    folder = tmp_path_factory.mktemp("hopeless")
    limits = {
        "NEWSSPIDER_RENDER_WAIT": 5,
        "NEWSSPIDER_RENDER_DEADLINE": 15,
        "DOWNLOAD_MAXSIZE": 8 << 20,
    }
    with serve_paper(*HOPELESS, "ferry") as paper:
        finished = crawl_rendering(paper, folder, limits)
    return Crawled(finished, paper, *records_of(folder))


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """A crawl of pages that are too large, ask for too much or fail."""
    folder = tmp_path_factory.mktemp("limited")
    limits = {
        "NEWSSPIDER_RENDER_WAIT": 5,
        "NEWSSPIDER_RENDER_DEADLINE": PATIENCE_SECONDS,
        "NEWSSPIDER_RENDER_REQUESTS": 60,
        "DOWNLOAD_MAXSIZE": 8 << 20,
    }
    with serve_paper(*LIMITED) as paper:
        finished = crawl_rendering(paper, folder, limits)
    return Crawled(finished, paper, *records_of(folder))


@pytest.mark.parametrize("name", [*BUILT, *TRICKY])
def test_page_that_scripts_build_is_a_whole_record(crawled: Crawled, name: str) -> None:
    record = crawled.articles[name]
    assert (record.kind, record.title) == ("article", title(name))
    assert PROSE.format(f"Möwe of the {name}").strip() in (record.body or "")
    assert record.url == f"{crawled.paper.address}{FOLDER}{name}/"


def test_as_many_pages_are_rendered_at_once_as_the_setting_says(tmp_path: Path) -> None:
    with serve_paper("slow", "slower") as paper:
        crawl_rendering(paper, tmp_path, {"NEWSSPIDER_RENDER_PAGES": 1})
    assert paper.most_pausing == 1
    assert {title("slow"), title("slower")} <= {record.title for record in read_articles(tmp_path / "news.db")}


def test_same_page_is_nothing_without_a_browser(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        run_scrapy(crawl_words(SETTINGS, url=f"{paper.address}{FOLDER}ferry/"), tmp_path / "news.db")
    assert [record.kind for record in read_quarantine(tmp_path / "news.db")] == ["empty"]
    assert read_articles(tmp_path / "news.db") == []


def test_nothing_but_the_crawl_connects_anywhere(crawled: Crawled) -> None:
    assert (crawled.connections, crawled.packets) == (0, 0)
    agents = {each.headers["User-Agent"] for each in crawled.paper.seen}
    assert [agent for agent in agents if not agent.startswith("newsspider")] == []


def test_private_addresses_that_scripts_ask_for_are_refused_and_counted(crawled: Crawled) -> None:
    assert stat(crawled.finished, "newsspider/refused/private_address") >= 4
    assert "refused: " in crawled.finished.stderr


def test_scripts_send_data_to_their_own_site_only(crawled: Crawled) -> None:
    assert stat(crawled.finished, "newsspider/refused/render_method") == 1
    assert [each.method for each in crawled.paper.asked("/api/graph")] == ["POST"]


def test_images_and_styles_are_not_fetched_and_scripts_once(crawled: Crawled) -> None:
    assert crawled.paper.asked("/logo.png") == crawled.paper.asked("/app.css") == []
    assert len(crawled.paper.asked("/app.js")) <= 2  # two pages may begin at once


def test_site_is_asked_for_data_as_its_profile_says(crawled: Crawled) -> None:
    (asked,) = crawled.paper.asked("/api/ferry.json")
    assert (asked.headers["X-Reader"], asked.headers["Cookie"]) == ("7", "paid=1")


def test_lists_and_robots_are_not_rendered(crawled: Crawled) -> None:
    assert len(crawled.paper.asked("/feed.xml")) == len(crawled.paper.asked("/robots.txt")) == 1
    assert stat(crawled.finished, "newsspider/render/pages") == len({*BUILT, *TRICKY, "onward", "the front page"})


def test_page_that_never_settles_is_taken_as_it_is(crawled: Crawled) -> None:
    assert stat(crawled.finished, "newsspider/render/unsettled") >= 1
    assert len(crawled.paper.asked("/api/tick.json")) >= 10


def test_page_whose_script_goes_on_to_another_is_that_other(crawled: Crawled) -> None:
    assert stat(crawled.finished, "newsspider/render/redirects") == 1
    assert "onward" not in {*crawled.articles, *crawled.others}


def test_crawl_without_trouble_ends_with_0_and_says_nothing_beside_the_account(crawled: Crawled) -> None:
    assert crawled.finished.returncode == 0
    assert crawled.finished.stdout == ""
    assert not {"Traceback", "never retrieved", "was destroyed"} & set(crawled.finished.stderr.split())


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("loop", "failed", "not rendered: the browser did not finish the page in 15 s (NEWSSPIDER_RENDER_DEADLINE)"),
        ("large", "failed", "larger than 8 MiB when rendered (DOWNLOAD_MAXSIZE)"),
        ("bloat", "failed", "not rendered: "),
        ("million", "failed", ""),  # one or the other
        ("thrown", "empty", ""),
        ("crowd", "empty", ""),
    ],
)
def test_page_that_can_not_be_rendered_is_quarantined_for_its_reason(
    hopeless: Crawled, limited: Crawled, name: str, kind: str, reason: str
) -> None:
    record = {**hopeless.others, **limited.others}[name]
    assert record.kind == kind
    assert (record.reason or "").startswith(reason)


def test_page_that_grows_for_ever_ends_too(hopeless: Crawled) -> None:
    assert hopeless.others["endless"].kind in ("empty", "failed")  # as it was in time, if it could be read then


def test_other_pages_are_complete(hopeless: Crawled) -> None:
    assert hopeless.articles["ferry"].title == title("ferry")
    assert hopeless.finished.returncode == 1


def test_scripts_requests_are_limited_and_counted(limited: Crawled) -> None:
    assert len([each for each in limited.paper.seen if each.path.startswith("/api/tick.json?")]) <= 60
    assert stat(limited.finished, "newsspider/refused/render_requests") >= 20
