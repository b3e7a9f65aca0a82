"""`newsspider probe`: the profile that it writes is one that a crawl takes."""

from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.sites.sites_file import read_sites
from tests.crawl.rendering.paper import serve_paper
from tests.crawls import PATIENCE_SECONDS, closed_port, environment
from tests.newspaper import FIRST_DAY, Newspaper, make_stories, publish
from tests.programs import NEWSSPIDER, Finished, run_program

pytestmark = pytest.mark.processes


def run_probe(*words: str, folder: Path) -> Finished:
    """Run the command in a folder of its own, with room for our server's port."""
    return run_program(
        [NEWSSPIDER, "probe", *words],
        folder=folder,
        environment=environment(folder / "news.db"),
        timeout=PATIENCE_SECONDS,
    )


def test_profile_names_what_the_site_has_and_a_crawl_takes_it(tmp_path: Path) -> None:
    with serve_site() as server:
        done = run_probe(f"{server.address}/", "-o", "sites.toml", folder=tmp_path)
        asked = {request.path for request in server.requests}
    assert done.returncode == 0, done.stderr
    (site,) = read_sites(tmp_path / "sites.toml")
    assert site.feeds == (f"{server.address}/feed.xml", f"{server.address}/politics/feed.atom")
    assert site.sitemaps == (f"{server.address}/sitemap.xml",)
    assert (site.delay, site.language) == (0.1, "en-GB")
    profile = (tmp_path / "sites.toml").read_text()
    assert "16 of 20 articles' addresses hold their day" in profile
    assert f'#   "{server.address}/politics/",' in profile
    assert "Night watchman and a parrot raise alarm as net store burns | Rhys Maddock | 2026-03-17T05:40:00" in profile
    assert "/private/newsroom-rota.html" not in asked


def test_redirects_are_followed_and_a_site_is_added_to_a_file_once(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(1, 6), now=FIRST_DAY, slugged_lists=("/front/",))
    with publish(paper):
        feed = paper.answer("/feed.xml")[2]
        paper.instead = {
            "/": (301, {"Location": "/front/"}, ""),
            "/feed.xml": (301, {"Location": "/news.rss"}, ""),
            "/news.rss": (200, {"Content-Type": "application/rss+xml"}, feed),
        }
        first, second = (run_probe(f"{paper.address}/", "-o", "sites.toml", folder=tmp_path) for _ in range(2))
        asked = len(paper.asked)
        run_probe(f"{paper.address}/", "-o", "sites.toml", folder=tmp_path)
        assert len(paper.asked) == asked  # it is refused before the site is looked at
    assert first.returncode == 0, first.stderr
    (site,) = read_sites(tmp_path / "sites.toml")
    assert site.url == f"{paper.address}/front/"
    assert site.feeds == (f"{paper.address}/feed.xml",)
    assert second.returncode == 2
    assert second.stderr == "newsspider: sites.toml: already contains 127.0.0.1: edit it, or write to another file\n"


def test_site_that_hides_its_front_page_is_looked_over_by_its_sitemaps(tmp_path: Path) -> None:
    paper = Newspaper(make_stories(1, 6), now=FIRST_DAY, instead={"/": (403, {}, "<h1>Forbidden</h1>")})
    with publish(paper):
        done = run_probe(f"{paper.address}/", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "# the front page answers HTTP 403" in done.stdout
    assert f'"{paper.address}/sitemap.xml", # an index of' in done.stdout


def test_site_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    done = run_probe(f"http://127.0.0.1:{closed_port()}/", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("newsspider: http://127.0.0.1:")
    assert "Traceback" not in done.stderr


def test_site_that_needs_a_browser_is_said_to(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper:
        done = run_probe(f"{paper.address}/", folder=tmp_path)
    assert "render = true # 2 of 2 pages are empty until their scripts run" in done.stdout
    assert "\n# render" not in done.stdout


def test_front_page_that_takes_too_long_costs_the_deadline_and_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    attributes = " ".join(f"a{number}=1" for number in range(200_000))  # a minute of libxml2
    (tmp_path / "site" / "index.html").write_text(f"<p {attributes}>Text</p>", encoding="utf-8")
    with serve_site(tmp_path / "site") as site:
        done = run_probe(f"{site.address}/", "--deadline", "1", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == f"newsspider: {site.address}/: took longer than 1 s"


def test_sites_of_a_list_are_probed_and_one_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    with serve_site() as server:
        (tmp_path / "feeds.opml").write_text(
            f'''<opml><body><outline text="Gone" htmlUrl="http://gone.invalid/"/>
            <outline text="Bad" xmlUrl="ftp://bad.example/"/>
            <outline text="Herald" xmlUrl="{server.address}/politics/feed.atom"/></body></opml>'''
        )
        done = run_probe("--opml", "feeds.opml", "-o", "sites.toml", folder=tmp_path)
    (site,) = read_sites(tmp_path / "sites.toml")
    assert site.feeds == (f"{server.address}/politics/feed.atom", f"{server.address}/feed.xml")
    assert "feeds.opml:2: Bad: xmlUrl: not a web address" in done.stderr
    assert "probe: not probed: http://gone.invalid/: " in done.stderr
    assert done.stderr.splitlines()[-1] == "newsspider: 1 of 2 sites not probed"
    assert done.returncode != 0


def test_url_or_list_is_needed(tmp_path: Path) -> None:
    done = run_probe(folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "newsspider: give the URL of a site, or --opml FILE\n")
