"""What a profile says of how its site is asked: here the proxy, a real one on loopback."""

import base64
from pathlib import Path

import pytest

from fixtures.serve import SITE_FILE, serve_site
from newsspider.record import ArticleRecord
from tests.crawls import FAST, crawl_words, read_articles, read_quarantine, run_scrapy
from tests.programs import Finished
from tests.spiders.certificates import self_signed
from tests.spiders.proxy import serve_proxy
from tests.spiders.rendering.crawling import crawl_rendering
from tests.spiders.rendering.paper import serve_paper, title

PROSE = "The old ferry left the harbour at nine with forty people on board, as it last did thirty years ago. " * 4
STORY = f"<title>Ferry</title><article><h1>Old ferry sails again</h1><p>{PROSE}</p></article>"
# No address of the machine is allowed; a proxy that is one is the user's word.
SETTINGS = {**FAST, "RETRY_TIMES": 0, "NEWSSPIDER_WORKERS": 1, "NEWSSPIDER_ALLOW_PRIVATE": ""}
PASSWORD = "pilchard"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text(STORY)
    (folder / "robots.txt").write_text("User-agent: *\nDisallow:\n")
    return folder


def crawl_profile(profile: str, folder: Path, **settings: object) -> tuple[Finished, list[ArticleRecord]]:
    """Crawl the sites of a profile and return how it went and the records."""
    (folder / "sites.toml").write_text(profile)
    database = folder / "news.db"
    done = run_scrapy(crawl_words({**SETTINGS, **settings}, sites=folder / "sites.toml"), database)
    return done, [*read_articles(database), *read_quarantine(database)]


def test_site_with_a_proxy_is_asked_through_it_and_others_are_not(site: Path, tmp_path: Path) -> None:
    with serve_site(site) as server, serve_proxy({"herald.example": ("127.0.0.1", server.server_port)}) as proxy:
        profile = f"""
[herald]
url = "http://herald.example/"
discover = false
proxy = "http://ann:{PASSWORD}@127.0.0.1:{proxy.server_port}"
[other]
url = "{server.address}/"
discover = false
"""
        done, records = crawl_profile(profile, tmp_path, NEWSSPIDER_TRUST_PROXY=1)
        direct = len(server.requests) - len(proxy.asked)
    credentials = "Basic " + base64.b64encode(f"ann:{PASSWORD}".encode()).decode()
    wanted = [("GET", f"http://herald.example/{path}", credentials) for path in ("robots.txt", "")]
    assert proxy.asked == wanted
    assert direct == 2
    assert {record.site for record in records if record.is_article} == {"herald.example", "127.0.0.1"}
    assert PASSWORD not in done.stderr + str(records)


def test_https_goes_through_the_proxy_as_a_tunnel(site: Path, tmp_path: Path) -> None:
    context = self_signed(tmp_path, "herald.example")
    with serve_site(site) as server, serve_proxy({"herald.example": ("127.0.0.1", server.server_port)}) as proxy:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        profile = f"""
[herald]
url = "https://herald.example/"
discover = false
proxy = "http://127.0.0.1:{proxy.server_port}"
"""
        settings = {"NEWSSPIDER_TRUST_PROXY": 1, "NEWSSPIDER_UNVERIFIED_TLS": "herald.example"}
        _, records = crawl_profile(profile, tmp_path, **settings)
    assert {(method, target) for method, target, _ in proxy.asked} == {("CONNECT", "herald.example:443")}
    assert [(record.kind, record.url) for record in records] == [("article", "https://herald.example/")]


def test_proxy_of_a_profile_is_refused_until_it_is_trusted(tmp_path: Path) -> None:
    with serve_proxy({}) as proxy:
        profile = f"""
[herald]
url = "http://herald.example/"
discover = false
proxy = "http://ann:{PASSWORD}@127.0.0.1:{proxy.server_port}"
"""
        done, records = crawl_profile(profile, tmp_path)
    assert proxy.asked == []
    (record,) = records
    assert (record.reason or "").endswith("set NEWSSPIDER_TRUST_PROXY=1")
    assert "'newsspider/refused/proxy': 2" in done.stderr  # robots.txt and the page
    assert PASSWORD not in done.stderr + str(records)


def test_page_can_not_use_the_proxys_address(site: Path, tmp_path: Path) -> None:
    places: dict[str, tuple[str, int]] = {}
    with serve_proxy(places) as proxy:
        (site / SITE_FILE).write_text(f'[redirects]\n"/moved" = "http://127.0.0.1:{proxy.server_port}/"\n')
        with serve_site(site) as server:
            places["herald.example"] = ("127.0.0.1", server.server_port)
            profile = f"""
[herald]
url = "http://herald.example/moved"
discover = false
proxy = "http://127.0.0.1:{proxy.server_port}"
"""
            _, records = crawl_profile(profile, tmp_path, NEWSSPIDER_TRUST_PROXY=1)
    assert [target for _, target, _ in proxy.asked] == [
        "http://herald.example/robots.txt",
        "http://herald.example/moved",
    ]
    (record,) = records
    assert (record.reason or "").startswith("127.0.0.1 is a loopback address")


def test_what_a_rendered_pages_scripts_ask_for_goes_through_the_proxy_too(tmp_path: Path) -> None:
    with serve_paper("ferry") as paper, serve_proxy({"herald.example": ("127.0.0.1", paper.server_port)}) as proxy:
        keys = f'proxy = "http://ann:{PASSWORD}@127.0.0.1:{proxy.server_port}"'
        paper.address = "http://herald.example"
        crawl_rendering(paper, tmp_path, {"NEWSSPIDER_TRUST_PROXY": 1}, keys)
    assert title("ferry") in [record.title for record in read_articles(tmp_path / "news.db")]
    targets = {target for _, target, credentials in proxy.asked if credentials}
    assert {"http://herald.example/app.js", "http://herald.example/api/ferry.json"} <= targets
    assert len(paper.seen) == len(proxy.asked)
