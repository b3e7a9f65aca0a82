"""Redirects that set a cookie and lead back: followed once with the cookie, which ends with the page."""

from collections import Counter
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from tests.crawl.listening import Heard, Listener, Reply, Site, front, listen, missing, moved, story
from tests.crawls import FAST, crawl_words, page_path, read_articles, read_quarantine, run_scrapy
from tests.programs import Finished

pytestmark = pytest.mark.processes

PAGES = [f"/2026/03/2{number}/the-old-ferry-sails-again/" for number in range(3)]
CIRCLE = "redirected in a circle"


def crawl(site: Site, folder: Path, profile: str = "", **settings: object) -> tuple[Listener, Finished, Path]:
    """Crawl a site and return it, how the crawl went, and the database."""
    database = folder / "news.db"
    with listen(site) as server:
        named = {"url": f"{server.address}/"}
        if profile:
            (folder / "sites.toml").write_text(f'[herald]\nurl = "{server.address}/"\n{profile}\n')
            named = {"sites": f"{folder / 'sites.toml'}"}
        words = crawl_words({**FAST, "RETRY_TIMES": 0, "NEWSSPIDER_WORKERS": 1, **settings}, **named)
        done = run_scrapy(words, database)
    return server, done, database


def titles(database: Path) -> set[str | None]:
    """Return the titles of the articles, without that of the front page."""
    return {record.title for record in read_articles(database) if page_path(record) != "/"}


def failures(database: Path) -> list[ArticleRecord]:
    return [record for record in read_quarantine(database) if record.kind == "failed"]


def handshake(heard: Heard, *, gate: str, cookie: str = "seen=1", path: str = "/") -> Reply:
    """Serve articles to those who bring the cookie that a gate sets; the gate leads back to where they came from."""
    if heard.path == "/":
        return front(PAGES)
    if heard.path.startswith("/gate"):
        back = heard.path.partition("back=")[2] or "/" + heard.headers["referer"].split("/", 3)[3]
        return moved(back, Set_Cookie=f"{cookie}; Path={path}")
    if heard.path not in PAGES:
        return missing()
    if cookie in heard.headers.get("cookie", ""):
        return story(f"The ferry sails from {heard.path[9:11]}")
    return moved(gate.format(back=heard.path))


def test_page_that_wants_its_cookie_back_is_read_and_each_page_has_a_cookie_of_its_own(tmp_path: Path) -> None:
    server, done, database = crawl(lambda heard: handshake(heard, gate="/gate?back={back}"), tmp_path)
    assert titles(database) == {f"The ferry sails from 2{number}" for number in range(3)}
    asked = Counter(path for path in server.paths() if path.endswith(tuple(PAGES)))
    assert asked == dict.fromkeys(PAGES, 2) | {f"/gate?back={page}": 1 for page in PAGES}
    assert "'newsspider/cookie_handshakes': 3" in done.stderr
    assert failures(database) == []
    first_looks = [heard for page in PAGES for heard in [next(h for h in server.heard if h.path == page)]]
    assert not any("cookie" in heard.headers for heard in first_looks)


def test_gate_at_one_address_is_passed_by_each_page(tmp_path: Path) -> None:
    _, _, database = crawl(
        lambda heard: handshake(heard, gate="/gate"),
        tmp_path,
        REFERRER_POLICY="same-origin",
    )
    assert titles(database) == {f"The ferry sails from 2{number}" for number in range(3)}


def test_page_that_leads_to_itself_with_a_cookie_is_read(tmp_path: Path) -> None:
    def site(heard: Heard) -> Reply:
        if heard.path == "/":
            return front(PAGES[:1])
        if heard.path != PAGES[0]:
            return missing()
        return story("Ferry") if "id=7" in heard.headers.get("cookie", "") else moved(heard.path, Set_Cookie="id=7")

    _, _, database = crawl(site, tmp_path)
    assert titles(database) == {"Ferry"}


def test_refresh_that_leads_back_with_a_cookie_is_followed(tmp_path: Path) -> None:
    def site(heard: Heard) -> Reply:
        if heard.path == "/":
            return front(PAGES[:1])
        if heard.path != PAGES[0]:
            return missing()
        if "id=7" in heard.headers.get("cookie", ""):
            return story("Ferry")
        return Reply('<meta http-equiv="refresh" content="0;url=?">', headers={"Set-Cookie": "id=7"})

    _, _, database = crawl(site, tmp_path)
    assert titles(database) == {"Ferry"}


@pytest.mark.parametrize("sets_cookies", [True, False])
def test_site_that_no_cookie_pleases_is_a_circle(tmp_path: Path, sets_cookies: bool) -> None:
    cookie = {"Set-Cookie": "seen=1"} if sets_cookies else {}

    def site(heard: Heard) -> Reply:
        if heard.path == "/":
            return front(PAGES[:1])
        there = {PAGES[0]: "/gate", "/gate": PAGES[0]}
        if heard.path not in there:
            return missing()
        return Reply("", 302, {"Location": there[heard.path], **cookie})

    server, _, database = crawl(site, tmp_path)
    (record,) = failures(database)
    assert record.reason == CIRCLE
    assert server.paths().count(PAGES[0]) == (2 if sets_cookies else 1)


def test_cookie_of_a_chain_goes_where_it_was_set_for(tmp_path: Path) -> None:
    """Neither to another path, nor to another host; nor after a redirect that left its path."""

    def site(heard: Heard) -> Reply:
        return handshake(heard, gate="/gate?back={back}", path="/elsewhere/")

    server, _, database = crawl(site, tmp_path)
    assert {record.reason for record in failures(database)} == {CIRCLE}
    assert not any("cookie" in heard.headers for heard in server.heard)


def test_old_addresses_that_set_a_cookie_and_lead_to_one_page_do_not_fetch_it_again(tmp_path: Path) -> None:
    old = [f"/2020/01/0{number}/old-ferry-{number}/" for number in range(1, 6)]

    def site(heard: Heard) -> Reply:
        if heard.path == "/":
            return front([*PAGES[:1], *old])
        if heard.path in old:
            return moved(PAGES[0], Set_Cookie="id=7")
        return story("Ferry") if heard.path == PAGES[0] else missing()

    server, _, _ = crawl(site, tmp_path)
    assert server.paths().count(PAGES[0]) == 1


@pytest.mark.parametrize(
    ("profile", "settings"), [("cookies = true", {}), ("", {"COOKIES_ENABLED": 1})], ids=["profile", "setting"]
)
def test_session_passes_the_gate_once(tmp_path: Path, profile: str, settings: dict[str, object]) -> None:
    one = {"CONCURRENT_REQUESTS": 1}  # a request has its cookies before it waits for its turn
    server, done, database = crawl(
        lambda heard: handshake(heard, gate="/gate?back={back}"), tmp_path, profile, **one, **settings
    )
    assert titles(database) == {f"The ferry sails from 2{number}" for number in range(3)}
    assert sum(path.startswith("/gate") for path in server.paths()) == 1
    assert "'newsspider/cookie_handshakes': 1" in done.stderr


def test_cookies_of_a_profile_go_along_with_those_of_a_chain(tmp_path: Path) -> None:
    server, _, database = crawl(
        lambda heard: handshake(heard, gate="/gate?back={back}"), tmp_path, 'cookies = { paid = "1", seen = "0" }'
    )
    assert len(titles(database)) == 3
    looks = [heard.headers["cookie"] for heard in server.heard if heard.path == PAGES[0]]
    assert looks == ["paid=1; seen=0", "paid=1; seen=1"]
