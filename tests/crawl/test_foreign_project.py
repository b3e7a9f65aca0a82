"""newsspider in a project that `scrapy startproject` made: the add-on, spiders of one's own, pipelines of one's own."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.serve import SiteServer, serve_site
from tests.crawls import PATIENCE_SECONDS, environment, our_lines, read_articles, read_quarantine, select
from tests.documents import find_block
from tests.programs import SCRAPY, Finished, run_program

pytestmark = pytest.mark.processes

SETTINGS = """
ADDONS = {"newsspider.addon.NewsspiderAddon": 500}
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
NEWSSPIDER_MAX_CRAWL_DELAY = 0
"""
EXAMPLE = find_block("docs/tutorials/scrapy-developer.md", "\nfrom newsspider.spiders.article ")
TEN_LINES = EXAMPLE.replace("https://harbour-herald.example", "{site}")
NEWS = """
from newsspider.spiders.news import NewsSpider


class MyNews(NewsSpider):
    name = "mynews"
"""
PLAIN = """
from scrapy import Spider


class PlainSpider(Spider):
    name = "plain"
    start_urls = ["{site}/"]
    custom_settings = {more}

    def parse(self, response):
        yield {"title": response.css("title::text").get()}
        yield response.follow("/story/harbour-fire-1042.html", self.parse_story)

    async def parse_story(self, response):
        from newsspider.crawl.extraction.responses import extract_response

        yield (await extract_response(self.crawler, response)).record
"""
FILTER = """
from scrapy.exceptions import DropItem


class NothingIsGoodEnough:
    def process_item(self, item):
        raise DropItem("not good enough")
"""


@dataclass
class Project:
    """A Scrapy project in a folder of its own."""

    folder: Path
    server: SiteServer

    @property
    def database(self) -> Path:
        """Where the add-on's default puts it."""
        return self.folder / "news.db"

    def add_spider(self, source: str, name: str = "mine") -> None:
        """Write a module of spiders."""
        (self.folder / "gazette" / "spiders" / f"{name}.py").write_text(source.replace("{site}", self.server.address))

    def add_settings(self, source: str) -> None:
        """Add to the project's settings."""
        with (self.folder / "gazette" / "settings.py").open("a") as file:
            file.write(source)

    def run(self, *words: str) -> Finished:
        """Run `scrapy` in the project."""
        variables = {name: value for name, value in environment("").items() if not name.startswith("NEWSSPIDER_")}
        return run_program([SCRAPY, *words], folder=self.folder, environment=variables, timeout=PATIENCE_SECONDS)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    subprocess.run([SCRAPY, "startproject", "gazette", str(tmp_path / "gazette")], check=True, capture_output=True)
    with serve_site() as server:
        made = Project(tmp_path / "gazette", server)
        made.add_settings(SETTINGS)
        yield made


def plain(more: str = "{}") -> str:
    """Return a spider that knows nothing of newsspider, with settings of its own."""
    return PLAIN.replace("{more}", more)


def asked(project: Project) -> Counter[int]:
    """Return how the server has answered since it was asked last, by status."""
    told = Counter(request.status for request in project.server.requests)
    project.server.requests.clear()
    return told


def test_spider_of_ten_lines_is_stored_accounted_for_and_fetches_nothing_again(project: Project) -> None:
    project.add_spider(TEN_LINES)
    first = project.run("crawl", "herald")
    assert first.returncode == 0, first.stderr
    stored = read_articles(project.database)
    assert len(stored) == 6
    account, closing = our_lines(first)
    assert account.startswith("127.0.0.1: 6 new")
    assert closing == "10 pages: 6 articles, 4 index (exit code 0)"
    assert asked(project)[200] > len(stored)
    second = project.run("crawl", "herald")
    assert second.returncode == 0, second.stderr
    assert asked(project) == {200: 1, 304: 1}  # robots.txt, the front page
    assert read_articles(project.database) == stored


def test_limits_and_mistakes_are_those_of_news(project: Project) -> None:
    project.add_spider(TEN_LINES)
    assert project.run("crawl", "herald", "-a", "max_pages=3").returncode == 0
    assert len(read_articles(project.database)) == 2  # and the front page
    asked(project)
    assert project.run("crawl", "herald", "-a", "max_depth=0", "-s", "NEWSSPIDER_REVISIT=0").returncode == 0
    assert asked(project) == {200: 2}  # robots.txt, the front page
    wrong = project.run("crawl", "herald", "-a", "max_page=3")
    assert (wrong.returncode, our_lines(wrong)) == (2, ["unknown argument -a max_page=…; did you mean max_pages?"])
    assert project.run("crawl", "herlad").returncode == 2


def test_argument_of_its_own_is_a_class_attribute(project: Project) -> None:
    project.add_spider(
        TEN_LINES.replace("    name =", '    heading = "h1"\n    name =').replace(
            '"main h2 a, main h3 a"', 'f"main {self.heading} a"'
        )
    )
    assert project.run("crawl", "herald", "-a", "heading=h2").returncode == 0
    assert read_articles(project.database)


def test_news_under_another_name_is_news(project: Project) -> None:
    project.add_spider(NEWS)
    finished = project.run(
        "crawl", "mynews", "-a", f"url={project.server.address}", "-a", "max_pages=12", "-O", "x.jsonl"
    )
    assert finished.returncode in (0, 1), finished.stderr
    assert sum(asked(project).values()) < 30
    stored = read_articles(project.database)
    written = [json.loads(line) for line in (project.folder / "x.jsonl").read_text().splitlines()]
    assert stored
    assert read_quarantine(project.database)
    assert {record["url"] for record in written} == {record.url for record in stored}


def test_other_spiders_of_the_project_are_left_alone(project: Project) -> None:
    project.add_spider(plain())
    finished = project.run("crawl", "plain", "-O", "x.jsonl")
    assert (finished.returncode, our_lines(finished)) == (0, [])
    kinds = [json.loads(line).get("kind") for line in (project.folder / "x.jsonl").read_text().splitlines()]
    assert kinds == [None, "article"]
    assert not project.database.exists()
    assert "[newsspider.spiders" not in finished.stderr
    assert "[newsspider.crawl" not in finished.stderr


def test_other_spider_that_asks_is_guarded_and_stored_and_its_other_items_pass(project: Project) -> None:
    project.add_spider(plain('{"NEWSSPIDER_ENABLED": True}'))
    finished = project.run("crawl", "plain", "-O", "x.jsonl")
    assert finished.returncode == 0, finished.stderr
    assert our_lines(finished)[-1] == "1 page: 1 article (exit code 0)"
    assert our_lines(finished)[0].startswith("127.0.0.1: 1 new")
    kinds = [json.loads(line).get("kind") for line in (project.folder / "x.jsonl").read_text().splitlines()]
    assert kinds == [None, "article"]
    assert len(read_articles(project.database)) == 1
    assert "Traceback" not in finished.stderr


@pytest.mark.parametrize("place", [50, 150, 250])
def test_filter_of_the_projects_own_makes_no_article_be_fetched_twice(project: Project, place: int) -> None:
    project.add_spider(NEWS)
    (project.folder / "gazette" / "pipelines.py").write_text(FILTER)
    project.add_settings(f'ITEM_PIPELINES = {{"gazette.pipelines.NothingIsGoodEnough": {place}}}\n')
    words = ("crawl", "mynews", "-a", f"url={project.server.address}")
    project.run(*words)
    fetched = {request.path for request in project.server.requests if request.status == 200}
    assert any("/story/" in path for path in fetched)
    asked(project)
    project.run(*words)
    again = {request.path for request in project.server.requests if request.status == 200}
    assert [path for path in again if "/story/" in path or "/2026/" in path] == []


def test_what_the_project_sets_wins(project: Project) -> None:
    project.add_spider(TEN_LINES)
    project.add_settings(
        """
USER_AGENT = "gazette (+https://gazette.example)"
NEWSSPIDER_STORE = False
EXTENSIONS = {"newsspider.crawl.stats.loop_lag.LoopLag": None}
"""
    )
    finished = project.run("crawl", "herald", "-O", "x.jsonl")
    assert finished.returncode == 0, finished.stderr
    assert not project.database.exists()
    assert (project.folder / "x.jsonl").read_text().count("\n") == 6
    assert "loop_lag" not in finished.stderr
    assert {request.agent for request in project.server.requests} == {"gazette (+https://gazette.example)"}


def test_pipelines_alone_store_records_of_any_spider(project: Project) -> None:
    project.add_spider(plain())
    project.add_settings(
        """
ADDONS = {}
ITEM_PIPELINES = {
    "pipelines.count.CountPipeline": 100,
    "pipelines.store.StorePipeline": 200,
    "pipelines.quarantine.QuarantinePipeline": 300,
}
"""
    )
    finished = project.run("crawl", "plain")
    assert finished.returncode == 0, finished.stderr
    assert len(read_articles(project.database)) == 1
    assert select(project.database, "SELECT command, counts FROM runs") == [("crawl plain", '{"article": 1}')]


def test_plain_spider_under_our_settings_is_crawled(project: Project) -> None:
    project.add_spider(plain())
    project.add_settings('from newsspider.settings import *\nSPIDER_MODULES = ["gazette.spiders"]\n')
    finished = project.run("crawl", "plain")
    assert our_lines(finished)[-1] == "1 page: 1 article (exit code 0)"
    assert "Traceback" not in finished.stderr
    assert len(read_articles(project.database)) == 1


def test_ledger_without_our_settings_says_what_brings_them(project: Project) -> None:
    project.add_spider(plain())
    project.add_settings(
        """
ADDONS = {}
EXTENSIONS = {"newsspider.crawl.visits.ledger.Ledger": 500}
ITEM_PIPELINES = {"pipelines.store.StorePipeline": 200}
"""
    )
    finished = project.run("crawl", "plain")
    disabled = "Disabled newsspider.crawl.visits.ledger.Ledger"
    assert f"{disabled}: newsspider's settings are missing; ADDONS = " in finished.stderr
    assert "Traceback" not in finished.stderr
    assert len(read_articles(project.database)) == 1


def test_article_that_the_spider_itself_leaves_out_is_not_fetched_twice(project: Project) -> None:
    leaves_out = """
    async def parse_article(self, response):
        record = await self.extract(response)
        if record.kind == "index":
            yield record
"""
    project.add_spider(TEN_LINES + leaves_out)
    assert project.run("crawl", "herald").returncode == 0
    assert asked(project)[200] > 6
    assert read_articles(project.database) == []
    assert project.run("crawl", "herald").returncode == 0
    assert asked(project) == {200: 1, 304: 1}  # robots.txt, the front page
