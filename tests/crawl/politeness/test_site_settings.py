"""What a profile says of how its site is asked: here the proxy, a real one on loopback."""

import base64
from pathlib import Path

import pytest
from scrapy import Request

from fixtures.serve import SITE_FILE, serve_site
from newsspider.crawl.politeness.site_settings import apply_profile, take_off
from newsspider.record import ArticleRecord
from newsspider.sites.sites_file import read_sites
from tests.crawl.certificates import self_signed
from tests.crawl.listening import Heard, Reply, listen, missing, moved, story
from tests.crawl.proxy import serve_proxy
from tests.crawl.rendering.crawling import crawl_rendering
from tests.crawl.rendering.paper import serve_paper, title
from tests.crawls import FAST, crawl_words, read_articles, read_quarantine, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

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


KEYS = 'headers = { X-Api-Key = "pilchard" }\ncookies = { paid = "pilchard" }\nlanguage = "cy"'


@pytest.mark.parametrize("way", ["redirect", "refresh"])
def test_keys_and_proxy_of_a_site_stay_behind_where_it_leads_to_another(tmp_path: Path, way: str) -> None:
    """A leads to B, which has a profile of its own: B hears nothing of A's, and is not asked through A's proxy."""
    with listen(lambda _: story("Ferry at B"), "127.0.0.2") as b:

        def site(heard: Heard) -> Reply:
            if heard.path == "/robots.txt":
                return missing()
            refresh = Reply(f'<meta http-equiv="refresh" content="0;url={b.address}/b">')
            return moved(f"{b.address}/b") if way == "redirect" else refresh

        with listen(site) as a, serve_proxy({"herald.example": ("127.0.0.1", a.server_port)}) as proxy:
            profile = f"""
[a]
url = "http://herald.example/"
discover = false
proxy = "http://ann:{PASSWORD}@127.0.0.1:{proxy.server_port}"
{KEYS}
[b]
url = "{b.address}/front"
discover = false
language = "de"
"""
            settings = {"NEWSSPIDER_TRUST_PROXY": 1, "NEWSSPIDER_ALLOW_PRIVATE": "127.0.0.0/8"}
            done, _ = crawl_profile(profile, tmp_path, **settings)
        (at_a,) = [heard for heard in a.heard if heard.path == "/"]
    assert (at_a.headers["x-api-key"], at_a.headers["cookie"], at_a.headers["accept-language"]) == (
        "pilchard",
        "paid=pilchard",
        "cy",
    )
    assert "/b" in b.paths()
    assert {target for _, target, _ in proxy.asked} == {"http://herald.example/robots.txt", "http://herald.example/"}
    for heard in b.heard:
        assert "pilchard" not in str(heard.headers)
        assert heard.headers["accept-language"] == "de"
        assert "proxy-authorization" not in heard.headers
    assert PASSWORD not in done.stderr


@pytest.mark.parametrize(
    ("url", "keys", "asked", "gets_them"),
    [
        ("https://herald.example/", "", "https://herald.example/a", True),
        ("https://herald.example/", "", "https://herald.example:443/a", True),
        ("https://herald.example/", "", "http://herald.example/a", False),
        ("https://herald.example/", "", "https://herald.example:8443/a", False),
        ("https://herald.example/", "", "https://news.herald.example/a", False),
        ("https://herald.example/", "", "https://herald.example.evil.example/a", False),
        ("https://herald.example/", "subdomains = true", "https://news.herald.example/a", True),
        ("https://www.herald.example/", "subdomains = true", "https://herald.example/a", True),
        ("https://herald.example/", "subdomains = true", "http://news.herald.example/a", False),
        ("https://herald.example/", "subdomains = true", "https://news.herald.example:8443/a", False),
        ("http://herald.example/", "", "https://herald.example/a", True),
        ("http://herald.example/", "", "http://herald.example:8080/a", False),
        ("http://herald.example/", "", "https://herald.example:8443/a", False),
    ],
)
def test_keys_go_to_the_profiles_own_origin(tmp_path: Path, url: str, keys: str, asked: str, gets_them: bool) -> None:
    file = tmp_path / "sites.toml"
    file.write_text(f'[herald]\nurl = "{url}"\n{keys}\n{KEYS}\n')
    (site,) = read_sites(file)
    request = Request(asked)
    apply_profile(request, site)
    given = {name.decode() for name in request.headers}
    assert given == {"Accept-Language", *({"X-Api-Key", "Cookie"} if gets_them else ())}
    take_off(request)
    assert not request.headers
    assert request.meta == {}


def test_request_outside_of_the_keys_scope_is_counted_and_said_once(site: Path, tmp_path: Path) -> None:
    with serve_site(site) as server:
        profile = f"""
[herald]
url = "{server.address}/"
sections = ["http://127.0.0.1:1/a", "http://127.0.0.1:1/b"]
discover = false
{KEYS}
"""
        settings = {"NEWSSPIDER_ALLOW_PRIVATE": "127.0.0.0/8"}
        done, _ = crawl_profile(profile, tmp_path, **settings)
    said = f"headers and cookies of the profile go to {server.address}, not to http://127.0.0.1:1 "
    assert done.stderr.count(said) == 1
    assert "'newsspider/keys_withheld': 3" in done.stderr  # robots.txt and two pages
