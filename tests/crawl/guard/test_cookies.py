"""Cookies that a site sets last for a chain of redirects, or for the run where the user says so."""

from pathlib import Path
from typing import Any

import pytest
from scrapy import Request

from newsspider.crawl.guard.cookies import ChainCookies, drop_kept, has_chain_cookies, names_of
from tests.crawl.components import SEED, STORY, answer, ask, make_crawler

SET: dict[str, Any] = {"Set_Cookie": "seen=1; Path=/"}


def sent(cookies: ChainCookies, request: Request) -> bytes | None:
    """Return the cookies that a request goes out with."""
    cookies.process_request(request)
    return request.headers.get("Cookie")


def test_cookie_goes_with_the_next_redirect_of_its_chain_and_with_no_other_page() -> None:
    cookies = ChainCookies.from_crawler(make_crawler())
    first = ask()
    cookies.process_response(first, answer(first, **SET))
    assert has_chain_cookies(first)
    assert sent(cookies, first.replace(url=f"{SEED}gate")) == b"seen=1"
    other = ask(f"{STORY}2")
    assert sent(cookies, other) is None
    assert not has_chain_cookies(other)


@pytest.mark.parametrize("means", ["setting", "profile"])
def test_cookie_lasts_for_the_run_where_the_user_says_so(means: str, tmp_path: Path) -> None:
    sites = tmp_path / "sites.toml"
    sites.write_text(f'[herald]\nurl = "{SEED}"\ncookies = true\n')
    crawler = make_crawler(COOKIES_ENABLED="1") if means == "setting" else make_crawler(SITES=str(sites))
    cookies = ChainCookies.from_crawler(crawler)
    first = ask()
    cookies.process_response(first, answer(first, **SET))
    assert sent(cookies, ask(f"{STORY}2")) == b"seen=1"


def test_sites_cookie_takes_the_place_of_the_profiles_and_leaves_its_others() -> None:
    cookies = ChainCookies.from_crawler(make_crawler())
    first = ask()
    cookies.process_response(first, answer(first, **SET))
    request = first.replace(headers={"Cookie": "seen=0; paid=7"})
    assert sent(cookies, request) == b"paid=7; seen=1"
    drop_kept(request)
    assert request.headers.get("Cookie") == b"paid=7"


def test_cookie_of_another_domain_is_not_sent() -> None:
    cookies = ChainCookies.from_crawler(make_crawler())
    first = ask()
    cookies.process_response(first, answer(first, **SET))
    assert sent(cookies, first.replace(url="https://other.example/")) is None


def test_request_that_wants_no_cookies_gets_and_keeps_none() -> None:
    cookies = ChainCookies.from_crawler(make_crawler(COOKIES_ENABLED="1"))
    request = ask(meta={"dont_merge_cookies": True})
    cookies.process_response(request, answer(request, **SET))
    assert sent(cookies, ask()) is None
    assert not has_chain_cookies(request)


def test_names_are_those_before_the_equals_signs() -> None:
    assert names_of(b"id=7; paid=1; ; flag") == {b"id", b"paid", b"flag"}


@pytest.mark.parametrize(
    ("url", "domain", "is_kept"),
    [
        ("https://ann.github.io/", "github.io", False),
        ("https://github.io/", "github.io", True),
        ("https://news.herald.co.uk/", "co.uk", False),
        ("https://news.herald.co.uk/", "herald.co.uk", True),
    ],
)
def test_cookie_for_all_names_of_a_suffix_is_dropped(url: str, domain: str, is_kept: bool) -> None:
    cookies = ChainCookies.from_crawler(make_crawler())
    request = ask(url)
    cookies.process_response(request, answer(request, Set_Cookie=f"seen=1; Domain={domain}; Path=/"))
    assert has_chain_cookies(request) is is_kept


def test_no_list_of_suffixes_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(*_: object, **__: object) -> None:
        pytest.fail("tldextract fetches its list past the guard")

    monkeypatch.setattr("tldextract.TLDExtract.__call__", fetch)
    cookies = ChainCookies.from_crawler(make_crawler())
    first = ask()
    cookies.process_response(first, answer(first, Set_Cookie="seen=1; Domain=herald.example; Path=/"))
    assert has_chain_cookies(first)
