"""What a page's scripts get: by whom it is asked for, with which headers, and how much of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from newsspider import settings as ours
from newsspider.crawl.guard.policy import Policy
from newsspider.crawl.guard.refusals import Refusals, RefusedRequest
from newsspider.crawl.guard.unpacker import Unpacker
from newsspider.crawl.politeness.site_settings import APPLIED, Applied
from newsspider.crawl.rendering.render_limits import MIB, RenderLimits, read_render_limits
from newsspider.crawl.rendering.script_requests import Fetching, Scripts
from newsspider.rendering.exchange import Answer, Asked
from newsspider.sites.credential_scope import Scope

PAGE = "https://www.herald.example/story"
OWN, OTHER = "https://api.herald.example/1", "https://cdn.example/1"
PROFILE = {
    "Cookie": "paid=1",
    "X-Reader": "7",
    "Accept-Language": "de",
    "User-Agent": "newsspider",
    "If-None-Match": "x",
}


@pytest.fixture
def limits() -> RenderLimits:
    settings = Settings()
    settings.setmodule(ours)
    return read_render_limits(settings)


@dataclass
class Web:
    """Answers by address, and remembers who was asked for what."""

    answers: Mapping[str, Response] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)

    async def download(self, request: Request) -> Response:
        self.requests.append(request)
        return self.answers.get(request.url) or Response(request.url, body=b"{}")

    def headers(self, number: int = -1) -> dict[str, str]:
        return {name.decode().lower(): values[0].decode() for name, values in self.requests[number].headers.items()}


def fetching(
    web: Web, limits: RenderLimits, scripts: Scripts | None = None, policy: Policy | None = None, **meta: Any
) -> Fetching:
    return Fetching(
        Request(PAGE, headers=PROFILE, meta={"proxy": "http://proxy.example:3128", **meta}),
        web.download,
        policy=policy or Policy(),
        refusals=Refusals(None),
        unpacker=Unpacker(Refusals(None), None),
        limits=limits,
        scripts=scripts or Scripts(),
        stats=None,
    )


def fetch(one: Fetching, url: str, method: str = "GET", kind: str = "fetch", **headers: str) -> Answer:
    return asyncio.run(one.fetch(Asked(kind, method, url, headers)))


def moved(url: str, location: str, status: int = 302) -> Response:
    return Response(url, status=status, headers={"Location": location})


def keys(*, subdomains: bool) -> dict[str, Any]:
    """Return the note of a profile whose keys the page's request has."""
    scope = Scope.of(PAGE, subdomains=subdomains)
    return {APPLIED: Applied(scope, ("Cookie", "X-Reader", "Accept-Language"), has_proxy=True)}


def test_own_site_is_asked_as_its_profile_says(limits: RenderLimits) -> None:
    web = Web()
    fetch(fetching(web, limits, **keys(subdomains=True)), OWN, cookie="seen=1", accept="*/*", referer=PAGE)
    wanted = {"cookie": "paid=1; seen=1", "x-reader": "7", "accept-language": "de", "accept": "*/*", "referer": PAGE}
    assert web.headers() == {**wanted, "user-agent": "newsspider"}
    assert web.requests[0].meta["proxy"] == "http://proxy.example:3128"


@pytest.mark.parametrize("url", [OWN, "http://www.herald.example/1", "https://www.herald.example:8443/1"])
def test_another_origin_of_the_site_gets_no_keys_unless_the_profile_says_so(limits: RenderLimits, url: str) -> None:
    web = Web()
    policy = Policy(ports=frozenset({80, 443, 8443}))
    fetch(fetching(web, limits, policy=policy, **keys(subdomains=False)), url, accept="*/*")
    assert web.headers() == {"accept": "*/*", "user-agent": "newsspider"}


def test_redirect_to_another_host_of_the_site_takes_no_secrets_along(limits: RenderLimits) -> None:
    own = "https://www.herald.example/1"
    web = Web({own: moved(own, OWN)})
    fetch(fetching(web, limits, **keys(subdomains=False)), own, cookie="seen=1", authorization="Bearer x")
    assert web.headers(0)["cookie"] == "paid=1; seen=1"
    assert web.headers(1) == {"user-agent": "newsspider"}


def test_other_sites_get_nothing_of_the_profile(limits: RenderLimits) -> None:
    web = Web()
    fetch(fetching(web, limits), OTHER, accept="*/*", **{"sec-ch-ua": "Chromium"})
    assert web.headers() == {"accept": "*/*", "user-agent": "newsspider"}


def test_redirect_to_another_site_takes_no_secrets_along(limits: RenderLimits) -> None:
    web = Web({OWN: moved(OWN, OTHER)})
    fetch(fetching(web, limits), OWN, cookie="seen=1", authorization="Bearer x")
    assert web.headers(0)["authorization"] == "Bearer x"
    assert web.headers(1) == {"user-agent": "newsspider"}


@pytest.mark.parametrize(("status", "method"), [(302, "GET"), (307, "POST")])
def test_redirect_keeps_the_method_where_it_says_so(limits: RenderLimits, status: int, method: str) -> None:
    web = Web({OWN: moved(OWN, PAGE, status)})
    fetch(fetching(web, limits), OWN, "POST")
    assert [request.method for request in web.requests] == ["POST", method]


@pytest.mark.parametrize(
    ("url", "method"),
    [
        ("http://10.0.0.1/", "GET"),
        ("https://herald.example:6379/", "GET"),
        ("file:///etc/passwd", "GET"),
        (OTHER, "POST"),
        (OWN, "DELETE"),
    ],
)
def test_what_scripts_may_not_ask_for_is_not_asked_for(limits: RenderLimits, url: str, method: str) -> None:
    web = Web()
    with pytest.raises(RefusedRequest):
        fetch(fetching(web, limits), url, method)
    assert web.requests == []


def test_redirect_to_a_private_address_is_refused(limits: RenderLimits) -> None:
    web = Web({OTHER: moved(OTHER, "http://169.254.169.254/")})
    with pytest.raises(RefusedRequest, match="link-local"):
        fetch(fetching(web, limits), OTHER)
    assert len(web.requests) == 1


def test_redirects_end(limits: RenderLimits) -> None:
    with pytest.raises(RefusedRequest, match="redirected 5 times"):
        fetch(fetching(Web({OTHER: moved(OTHER, OTHER)}), limits), OTHER)


def test_requests_and_bytes_of_a_page_are_bounded(limits: RenderLimits) -> None:
    few = fetching(Web(), replace(limits, requests=1))
    fetch(few, OWN)
    with pytest.raises(RefusedRequest, match="after 1 others"):
        fetch(few, OWN)
    with pytest.raises(RefusedRequest, match="more than 1 MiB"):
        fetch(fetching(Web({OWN: Response(OWN, body=b"x" * (MIB + 1))}), replace(limits, mib=1)), OWN)


def test_script_is_fetched_once_for_all_pages_unless_it_may_not_be_kept(limits: RenderLimits) -> None:
    web, scripts = Web({OTHER: Response(OTHER, headers={"Cache-Control": "no-store"})}), Scripts()
    for url in (OWN, OWN, OTHER, OTHER):
        fetch(fetching(web, limits, scripts), url, kind="script")
    assert [request.url for request in web.requests] == [OWN, OTHER, OTHER]


def test_kept_scripts_are_bounded() -> None:
    scripts, answer = Scripts(most_bytes=10), Answer(200, {}, b"12345678")
    first, second = (Asked("script", "GET", url, {}) for url in (OWN, OTHER))
    scripts.keep(first, answer)
    scripts.keep(second, answer)
    assert (scripts.get(first), scripts.get(second)) == (None, answer)


@pytest.mark.parametrize(
    ("kind", "status", "brought"), [("xhr", 200, True), ("xhr", 404, False), ("script", 200, False)]
)
def test_data_is_what_scripts_fetched_with_success(limits: RenderLimits, kind: str, status: int, brought: bool) -> None:
    one = fetching(Web({OWN: Response(OWN, status=status, body=b"{}")}), limits)
    fetch(one, OWN, kind=kind)
    assert one.brought_data is brought
