"""Addresses: which are one, which site they belong to."""

import pytest

from newsspider.urls import (
    absolute_url,
    accepts_canonical,
    canonical_key,
    is_home,
    is_tracking_parameter,
    is_web_url,
    normalise_url,
    site_of,
    without_credentials,
)


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://herald.example/a", True),
        ("HTTP://127.0.0.1:8000/", True),
        ("http://[::1]:8000/", True),
        ("https://наша-газета.example/", True),
        ("file:///etc/hostname", False),
        ("data:text/html,x", False),
        ("javascript:void(0)", False),
        ("mailto:desk@herald.example", False),
        ("//herald.example/a", False),
        ("/a", False),
        ("https:///a", False),
        ("http://[", False),
        ("http://herald.example:99999/", False),
        ("http://herald.example:port/", False),
        ("http://her ald.example/", False),
        ("", False),
    ],
)
def test_web_urls_are_absolute_http_with_a_host(url: str, is_one: bool) -> None:
    assert is_web_url(url) == is_one


@pytest.mark.parametrize(
    ("url", "base", "absolute"),
    [
        ("/a", "https://herald.example/b/c", "https://herald.example/a"),
        ("a", "https://herald.example/b/c", "https://herald.example/b/a"),
        ("//cdn.example/i.jpg", "https://herald.example/", "https://cdn.example/i.jpg"),
        (" https://herald.example/a\n", None, "https://herald.example/a"),
        ("/a", None, None),
        (None, None, None),
        (None, "https://herald.example/b", None),
        (" ", "https://herald.example/b", None),
        ("mailto:x@herald.example", "https://herald.example/", None),
        ("http://[::1", "https://herald.example/", None),
    ],
)
def test_absolute_url_gives_a_web_address_or_none(url: str | None, base: str | None, absolute: str | None) -> None:
    assert absolute_url(url, base) == absolute


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.news.herald.co.uk/a", "herald.co.uk"),
        ("https://herald.example:8443/a", "herald.example"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://localhost/", "localhost"),
        ("https://blog.github.io/", "github.io"),
        ("https://news.газета.公司.cn/", "газета.公司.cn"),
        ("https://news.xn--80aaxgqbdi.xn--55qx5d.cn/", "xn--80aaxgqbdi.xn--55qx5d.cn"),
        ("not an address", None),
        (None, None),
    ],
)
def test_site_is_the_registered_domain(url: str | None, site: str | None) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("name", "tracks"),
    [
        ("utm_source", True),
        ("UTM_Medium", True),
        ("fbclid", True),
        ("at_medium", True),
        ("PHPSESSID", True),
        ("id", False),
        ("page", False),
        ("sid", False),
        ("cid", False),
        ("eid", False),
        ("pid", False),
        ("gallery_id", False),
        ("ref", False),
        ("source", False),
    ],
)
def test_tracking_parameters_are_known_by_name(name: str, tracks: bool) -> None:
    assert is_tracking_parameter(name) == tracks


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://Herald.Example/A", "https://herald.example/A"),
        ("https://herald.example", "https://herald.example/"),
        ("https://herald.example:443/a", "https://herald.example/a"),
        ("http://herald.example:80/a", "http://herald.example/a"),
        ("http://herald.example:8080/a", "http://herald.example:8080/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://herald.example/a#comments", "https://herald.example/a"),
        ("https://herald.example/a?utm_source=x&fbclid=y", "https://herald.example/a"),
        ("https://herald.example/a;jsessionid=1F.b?id=7&PHPSESSID=9", "https://herald.example/a?id=7"),
        ("https://herald.example/a;v=1", "https://herald.example/a;v=1"),
        ("https://herald.example/a?b=2&a=1", "https://herald.example/a?a=1&b=2"),
        ("https://herald.example/?p=12", "https://herald.example/?p=12"),
        ("https://herald.example/a b", "https://herald.example/a%20b"),
        ("https://herald.example/новости", "https://herald.example/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8"),
    ],
)
def test_addresses_of_one_page_have_one_form(url: str, normal: str) -> None:
    assert normalise_url(url) == normal


@pytest.mark.parametrize(
    "url",
    [
        "https://herald.example/a?b=2&a=1&utm_id=7#x",
        "https://herald.example/новости?q=ü",
        "https://herald.example/100%-sure",
        "https://herald.example/%8%62",  # %62 is b, and %8b is one escape more
        "https://herald.example/%8%%36%32?q=%3%36",
    ],
)
def test_normalising_twice_changes_nothing(url: str) -> None:
    assert normalise_url(normalise_url(url)) == normalise_url(url)


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://herald.example", True),
        ("https://herald.example/?utm_source=x", True),
        ("https://herald.example/?p=12", False),
        ("https://herald.example/en", False),
    ],
)
def test_home_is_the_front_door_alone(url: str, home: bool) -> None:
    assert is_home(url) == home


@pytest.mark.parametrize(
    ("url", "canonical", "accepted"),
    [
        ("https://herald.example/a?x=1", "https://herald.example/a", True),
        ("https://m.herald.co.uk/a", "https://www.herald.co.uk/a", True),
        ("https://herald.example/a", "https://other.example/a", False),
        ("https://herald.example/a", "https://herald.example/", False),
        ("https://herald.example/?utm_id=1", "https://herald.example/", True),
        (None, "https://herald.example/a", True),
        (None, "https://herald.example/", False),
        ("https://herald.example/a", None, False),
    ],
)
def test_canonical_counts_within_its_own_site(url: str | None, canonical: str | None, accepted: bool) -> None:
    assert accepts_canonical(url, canonical) == accepted


@pytest.mark.parametrize(
    ("url", "canonical", "key"),
    [
        ("https://herald.example/a?id=2&utm_id=1", None, "https://herald.example/a?id=2"),
        ("https://herald.example/amp/a", "https://Herald.example/a#top", "https://herald.example/a"),
        ("https://herald.example/a", "https://other.example/a", "https://herald.example/a"),
        (None, None, None),
    ],
)
def test_key_is_the_accepted_canonical_else_the_url(url: str | None, canonical: str | None, key: str | None) -> None:
    assert canonical_key(url, canonical) == key


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ann:secret@herald.example/a", "https://herald.example/a"),
        ("https:\r//ann:secret@herald.example/a", "https:\r//herald.example/a"),
        ("https:/\t/ann\n:secret@herald.example/a", "https:/\t/herald.example/a"),
        ("https://herald.example/@ann", "https://herald.example/@ann"),
    ],
)
def test_credentials_are_never_shown_wherever_line_ends_hide_them(address: str, shown: str) -> None:
    assert without_credentials(address) == shown
