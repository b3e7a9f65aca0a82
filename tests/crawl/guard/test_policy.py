"""What a request may name: the rule for the user's own seeds, and what a stranger's link makes of it."""

import ipaddress
from typing import Any

import pytest
from scrapy.settings import Settings

from newsspider import settings as ours
from newsspider.crawl.guard.policy import Policy, origin_of, read_policy
from newsspider.errors import UsageError

HERALD = "https://herald.example/"
HOME = "http://127.0.0.1:8000/"


def reason(url: str, begun_at: str = HERALD, **allowed: Any) -> str | None:
    policy = Policy(**allowed)
    policy.named.update({origin_of(HERALD), origin_of(HOME), origin_of("http://169.254.169.254/")})
    refusal = policy.why_refuse_url(url, begun_at)
    return refusal[0] if refusal else None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://herald.example/a", None),
        ("http://other.example/a", None),
        ("http://8.8.8.8/", None),
        ("file:///etc/hostname", "scheme"),
        ("ftp://herald.example/a", "scheme"),
        ("gopher://herald.example:70/", "scheme"),
        ("https://ann:secret@herald.example/", "credentials"),
        ("https://herald.example@127.0.0.1/", "credentials"),
        ("http://127.0.0.1/", "private_address"),
        ("http://127.0.0.1:8000/", "private_address"),  # the user's, but herald's page or redirect led there
        ("http://[::1]/", "private_address"),
        ("http://[::ffff:10.0.0.1]/", "private_address"),
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://0.0.0.0:8000/", "private_address"),
        ("https://other.example:6379/", "port"),
        ("http://other.example:22/", "port"),
        ("https://herald.example/" + "a" * 3000, "url_length"),
    ],
)
def test_what_a_site_leads_to(url: str, expected: str | None) -> None:
    assert reason(url) == expected


@pytest.mark.parametrize(
    ("url", "begun_at", "expected"),
    [
        (HOME, HOME, None),
        ("http://127.0.0.1:8000/robots.txt", HOME, None),
        ("http://127.0.0.1:9000/", HOME, "private_address"),
        ("http://127.0.0.1/", HOME, "private_address"),
        ("http://127.0.0.2:8000/", HOME, "private_address"),
        ("http://169.254.169.254/", HOME, "private_address"),
        ("http://169.254.169.254/", "http://169.254.169.254/", "private_address"),  # no seed is meant to be this
        ("https://herald.example/a", HOME, None),
        ("http://10.0.0.9/", "http://10.0.0.9/", "private_address"),  # nobody named it
    ],
)
def test_what_a_seed_with_a_private_address_leads_to(url: str, begun_at: str, expected: str | None) -> None:
    assert reason(url, begun_at) == expected


def test_private_seed_may_change_between_http_and_https() -> None:
    policy = Policy(named={("192.168.1.5", 80)})
    assert policy.why_refuse_url("https://192.168.1.5/", "http://192.168.1.5/") is None


@pytest.mark.parametrize("other", ["192.168.1.4", "192.168.1.6"])
def test_private_seed_leads_to_no_other_private_address(other: str) -> None:
    policy = Policy(named={("192.168.1.5", 80)})
    assert policy.why_refuse_url(f"http://{other}/", "http://192.168.1.5/") is not None
    assert policy.why_refuse_url(f"https://{other}/", f"http://{other}/") is not None
    assert policy.why_refuse_address(other, ipaddress.ip_address(other)) is not None


def test_longest_address_is_fetched_and_a_longer_one_is_not() -> None:
    longest = HERALD.ljust(Policy().longest_url, "a")
    assert len(longest) == 2083  # as browsers and Scrapy have it
    assert reason(longest) is None
    assert reason(longest + "a") == "url_length"


def test_public_address_at_an_odd_port_is_refused_for_its_port() -> None:
    assert reason("http://8.8.8.8:8080/") == "port"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("ftp://herald.example/", ("herald.example", 0)),
        ("https://herald.example:99999/", ("", 0)),
        ("http://[::1", ("", 0)),
        ("/a", ("", 0)),
    ],
)
def test_address_without_a_host_or_port_of_ours_has_no_origin_that_anybody_names(
    url: str, origin: tuple[str, int]
) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("networks", "is_everything"),
    [
        ([], False),
        (["0.0.0.0/0"], False),
        (["::/0"], False),
        (["0.0.0.0/0", "::/0"], True),
        (["10.0.0.0/8", "0.0.0.0/0", "::/0"], True),
    ],
)
def test_guard_is_given_up_only_for_all_of_both_families(networks: list[str], is_everything: bool) -> None:
    policy = Policy(networks=tuple(map(ipaddress.ip_network, networks)))
    assert policy.allows_everything is is_everything


def test_no_proxy_is_trusted_unasked() -> None:
    assert not Policy().trusts_proxy


def test_allowed_network_is_reached_at_any_port() -> None:
    networks = (ipaddress.ip_network("127.0.0.0/8"),)
    assert reason("http://127.0.6.1:9999/", networks=networks) is None
    assert reason("http://10.0.0.1/", networks=networks) == "private_address"


def test_port_is_allowed_by_setting_and_to_the_seed_that_has_it() -> None:
    assert reason("http://other.example:8080/", ports=frozenset({80, 443, 8080})) is None
    policy = Policy(named={("herald.example", 8080)})
    assert policy.why_refuse_url("http://herald.example:8080/a", "http://herald.example:8080/") is None
    assert policy.why_refuse_url("http://www.herald.example:8080/a", "http://herald.example:8080/") is not None


@pytest.mark.parametrize(
    ("host", "address", "is_refused"),
    [
        ("herald.example", "127.0.0.1", True),  # named, but it is a name
        ("127.0.0.1", "127.0.0.1", False),
        ("localhost", "127.0.0.1", True),  # not named
        ("2130706433", "127.0.0.1", True),
        ("herald.example", "8.8.8.8", False),
    ],
)
def test_what_a_name_resolves_to(host: str, address: str, is_refused: bool) -> None:
    policy = Policy(named={origin_of(HERALD), origin_of(HOME)})
    assert (policy.why_refuse_address(host, ipaddress.ip_address(address)) is not None) is is_refused


def test_localhost_that_was_named_is_reached() -> None:
    policy = Policy(named={("localhost", 8000)})
    assert policy.why_refuse_address("localhost", ipaddress.ip_address("127.0.0.1")) is None
    assert policy.why_refuse_address("localhost", ipaddress.ip_address("10.0.0.1")) is not None


def test_refusal_names_the_setting_and_no_password() -> None:
    (_, text) = Policy().why_refuse_url("http://10.1.2.3/", HERALD) or ("", "")
    assert text == "10.1.2.3 is a private address: allow it with -s NEWSSPIDER_ALLOW_PRIVATE=10.1.2.3"
    (_, text) = Policy().why_refuse_url("http://ann:secret@herald.example/", HERALD) or ("", "")
    assert "secret" not in text
    assert "ann" not in text


def test_policy_is_read_from_settings_and_the_command_line() -> None:
    settings = Settings()
    settings.setmodule(ours, priority="project")
    assert read_policy(settings).networks == ()
    assert read_policy(settings).ports == {80, 443}
    settings.set("NEWSSPIDER_ALLOW_PRIVATE", "10.0.0.0/8,fd00::/8", priority="cmdline")
    settings.set("NEWSSPIDER_ALLOW_PORTS", "80,443,8080", priority="cmdline")
    settings.set("NEWSSPIDER_UNVERIFIED_TLS", "Old.Herald.example", priority="cmdline")
    policy = read_policy(settings)
    assert len(policy.networks) == 2
    assert policy.ports == {80, 443, 8080}
    assert policy.unverified_hosts == {"old.herald.example"}
    assert not policy.allows_everything
    settings.set("NEWSSPIDER_ALLOW_PRIVATE", "0.0.0.0/0,::/0", priority="cmdline")
    assert read_policy(settings).allows_everything


def test_lowest_and_highest_port_may_be_allowed() -> None:
    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.set("NEWSSPIDER_ALLOW_PORTS", "1,65535", priority="cmdline")
    assert read_policy(settings).ports == {1, 65535}


@pytest.mark.parametrize("ports", ["80,http", "0", "65536", "-1"])
def test_what_is_no_port_is_refused_with_the_setting(ports: str) -> None:
    settings = Settings()
    settings.setmodule(ours, priority="project")
    settings.set("NEWSSPIDER_ALLOW_PORTS", ports, priority="cmdline")
    with pytest.raises(UsageError, match="NEWSSPIDER_ALLOW_PORTS"):
        read_policy(settings)


def test_trusted_proxy_may_be_an_address_inside_and_only_as_a_proxy() -> None:
    policy = Policy(proxies={"127.0.0.1", "proxy.example"})
    inside = ipaddress.ip_address("127.0.0.1")
    assert policy.why_refuse_address("127.0.0.1", inside) is None
    assert policy.why_refuse_address("proxy.example", inside)  # a name may resolve to whatever its owner likes
    assert policy.why_refuse_url("http://127.0.0.1/", HERALD)
