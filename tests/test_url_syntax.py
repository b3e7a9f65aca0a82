"""Addresses of the usual form are joined and checked without Python's own functions."""

from urllib.parse import urljoin

import pytest

from newsspider.url_syntax import is_plain, join_plain

BASE = "https://herald.example/news/ferry"


@pytest.mark.parametrize(
    "address",
    ["https://cdn.example/a.jpg?w=1&h=2", "http://herald.example", "/a//b.html#top", "/a?b=/../c"],
)
def test_usual_address_is_joined_as_python_joins_it(address: str) -> None:
    assert join_plain(BASE, address) == urljoin(BASE, address)


@pytest.mark.parametrize(
    "address",
    [
        "//cdn.example/a",
        "a.html",
        "/a/../b",
        "/.well-known/a",
        "/a;b",
        "/a?",
        "/a#",
        "/a b",
        "/\u00e9",
        "HTTPS://h.example/",
        "",
    ],
)
def test_other_address_is_left_to_python(address: str) -> None:
    assert join_plain(BASE, address) is None


@pytest.mark.parametrize(
    "url", ["https://herald.example:80/", "https://ann@herald.example/", "https://[::1]/", "https://a..b/"]
)
def test_unusual_host_is_not_plain(url: str) -> None:
    assert not is_plain(url)
    assert join_plain(url, "/a") is None
