"""A profile's headers and cookies go to its own origin only."""

import pytest

from newsspider.sites.credential_scope import Scope, is_same_origin

HTTPS, HTTP = "https://herald.example/", "http://herald.example/"


@pytest.mark.parametrize(
    ("profile", "url", "covered"),
    [
        (HTTPS, "https://herald.example:443/a", True),
        (HTTPS, "http://herald.example/a", False),
        (HTTPS, "http://herald.example:443/a", False),
        (HTTPS, "https://herald.example:8443/", False),
        (HTTPS, "https://herald.example.evil.example/", False),
        (HTTPS, "https://herald.example@evil.example/", False),
        (HTTPS, "https://herald.example:x/", False),
        (HTTP, "https://herald.example/", True),  # it has moved to https
        (HTTP, "https://herald.example:8443/", False),
        ("http://herald.example:8080/", "https://herald.example/", False),
        ("http://herald.example:8080/", "http://herald.example:8080/a", True),
    ],
)
def test_scope_is_scheme_host_and_port(profile: str, url: str, covered: bool) -> None:
    assert Scope.of(profile, subdomains=False).covers(url) is covered


@pytest.mark.parametrize(
    ("url", "covered"),
    [
        ("https://sport.herald.example/", True),
        ("https://other.example/", False),
        ("http://sport.herald.example/", False),
    ],
)
def test_subdomains_are_covered_where_the_profile_says_so(url: str, covered: bool) -> None:
    assert Scope.of("https://www.herald.example/", subdomains=True).covers(url) is covered
    assert not Scope.of("https://www.herald.example/", subdomains=False).covers(url)


@pytest.mark.parametrize(
    ("url", "origin"),
    [("https://herald.example:443/a", "https://herald.example"), ("http://h.example:81/", "http://h.example:81")],
)
def test_origin_is_written_as_a_person_does(url: str, origin: str) -> None:
    assert Scope.of(url, subdomains=False).origin == origin


@pytest.mark.parametrize("other", [HTTP, "https://www.herald.example/", "https://herald.example:8443/"])
def test_origins_differ_by_scheme_host_or_port(other: str) -> None:
    assert is_same_origin(HTTPS, f"{HTTPS}a")
    assert not is_same_origin(HTTPS, other)
