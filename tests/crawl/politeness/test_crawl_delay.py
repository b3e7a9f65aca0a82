"""Politeness, measured on the server's own log."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.crawl.politeness.crawl_delay import effective_delay
from newsspider.discovery.list_locations import USUAL_FEEDS, USUAL_SITEMAPS
from tests.crawls import crawl_words, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

ASKED = 0.6  # seconds
CAPPED = 0.3
ARRIVAL = 0.1  # seconds by which the server may note one request late and the next on time; it does not add up
# What would undercut the site's wish, if it could: no delay of our own, many connections, AutoThrottle from zero up.
HASTE = {"DOWNLOAD_DELAY": 0.01, "AUTOTHROTTLE_START_DELAY": 0.01, "CONCURRENT_REQUESTS_PER_DOMAIN": 8}
ROBOTS = """
User-agent: *
Disallow: /

User-agent: newsspider
Crawl-delay: {delay}
Disallow: /shut/
Disallow: /*?print
"""
PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4
LISTS = [*USUAL_FEEDS, *USUAL_SITEMAPS]  # looked for and not there; the delay holds for them too
STORIES = [f"/2026/03/1{number}/ferry/" for number in range(5)]
REFUSED = ["/shut/2026/03/14/ferry/", "/2026/03/14/ferry/?print"]


@dataclass(frozen=True)
class Log:
    """What a server saw of a crawl: paths, and seconds between one request and the next."""

    finished: Finished
    paths: list[str]
    gaps: list[float]


def crawl_with_delay(folder: Path, delay: float, **settings: object) -> Log:
    """Serve a small paper that asks for a delay, crawl it in haste and return what its server saw."""
    site = folder / "site"
    for path in ["/", *STORIES, REFUSED[0]]:
        page = site / path.strip("/") / "index.html"
        page.parent.mkdir(parents=True)
        links = "".join(f'<a href="{target}">The old ferry sails again</a>' for target in [*STORIES, *REFUSED])
        page.write_text(f"<title>{path}</title><article><h1>{path}</h1><p>{PROSE}</p>{links}</article>")
    (site / "robots.txt").write_text(ROBOTS.format(delay=delay))
    with serve_site(site) as server:
        finished = run_scrapy(crawl_words({**HASTE, **settings}, url=f"{server.address}/"), folder / "news.db")
        requests = list(server.requests)
    gaps = [later.at - earlier.at for earlier, later in pairwise(requests)]
    return Log(finished, [request.path for request in requests], gaps)


@pytest.fixture(scope="module")
def polite(tmp_path_factory: pytest.TempPathFactory) -> Log:
    return crawl_with_delay(tmp_path_factory.mktemp("polite"), ASKED)


def test_requests_are_never_closer_than_the_crawl_delay(polite: Log) -> None:
    between_pages = polite.gaps[1:]  # the first gap is the one after robots.txt, which has to be read first
    assert len(between_pages) == len(LISTS) + len(STORIES)
    assert min(between_pages) >= ASKED - ARRIVAL
    assert sum(between_pages) >= ASKED * len(between_pages) - ARRIVAL


def test_autothrottle_is_on_and_does_not_undercut_it(polite: Log) -> None:
    assert "scrapy.extensions.throttle.AutoThrottle" in polite.finished.stderr
    assert min(polite.gaps[1:]) >= ASKED - ARRIVAL


def test_robots_txt_is_read_first_and_obeyed_in_the_group_that_names_us(polite: Log) -> None:
    assert polite.paths[0] == "/robots.txt"
    assert sorted(polite.paths[1:]) == sorted(["/", *LISTS, *STORIES])
    assert "2 forbidden by robots.txt" in polite.finished.stderr


def test_crawl_delay_is_said(polite: Log) -> None:
    assert (
        f"127.0.0.1 asks for a Crawl-delay of {ASKED} s: waiting {ASKED} s between requests" in polite.finished.stderr
    )


def test_crawl_delay_beyond_the_users_limit_is_cut_to_it(tmp_path: Path) -> None:
    log = crawl_with_delay(tmp_path, 86400, NEWSSPIDER_MAX_CRAWL_DELAY=CAPPED)
    assert len(log.paths) == 1 + 1 + len(LISTS) + len(STORIES)
    assert min(log.gaps[1:]) >= CAPPED - ARRIVAL
    assert sum(log.gaps[1:]) >= CAPPED * len(log.gaps[1:]) - ARRIVAL


@pytest.mark.parametrize(
    ("asked", "configured", "longest", "delay"),
    [
        (None, 0.5, 60, 0.5),
        (0, 0.5, 60, 0.5),
        (0.1, 0.5, 60, 0.5),  # a user's own longer delay stays
        (5, 0.5, 60, 5),
        (86400, 0.5, 60, 60),
        (5, 0.5, 0, 0),  # the demo's and tests' way to turn it off
    ],
)
def test_delay_is_the_longer_of_both_within_the_limit(
    asked: float | None, configured: float, longest: float, delay: float
) -> None:
    assert effective_delay(asked, configured, longest) == delay
