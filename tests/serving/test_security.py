"""Who may ask: names, pages of other servers, the token; and what all answers forbid the browser."""

from collections.abc import Iterator

import pytest
from starlette.datastructures import Headers

from newsspider.errors import UsageError
from newsspider.serving.security import HEADERS, choose_access, is_foreign
from tests.serving.running import BROWSER, Running, running
from tests.serving.stores import fill

TOKEN = "a token of the tests"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("serve")
    fill(str(folder / "news.db"))
    with running(str(folder / "news.db"), folder, token=TOKEN) as started:
        yield started


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "news.example"])
def test_other_machines_need_a_token(host: str) -> None:
    with pytest.raises(UsageError, match="set a token"):
        choose_access(host, None, [])


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_machine_needs_none(host: str) -> None:
    assert choose_access(host, None, []).token is None


def test_short_token_is_refused() -> None:
    with pytest.raises(UsageError, match="too short"):
        choose_access("127.0.0.1", "secret", [])


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("LOCALHOST", True),
        ("news.example:8000", True),
        ("evil.example", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("localhost@evil.example", False),
        ("", False),
        (None, False),
        ("[", False),
    ],
)
def test_server_goes_by_addresses_and_its_own_names(host: str | None, is_known: bool) -> None:
    assert choose_access("127.0.0.1", None, ["news.example"]).knows_host(host) is is_known


@pytest.mark.parametrize(
    ("headers", "is_other"),
    [
        ({"host": "localhost:8000"}, False),
        ({"host": "localhost:8000", "origin": "http://localhost:8000"}, False),
        ({"host": "localhost:8000", "origin": "http://localhost:9000"}, True),
        ({"host": "localhost:8000", "origin": "null"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "same-site"}, True),
        ({"host": "localhost:8000", "sec-fetch-site": "same-origin"}, False),
    ],
)
def test_pages_of_other_servers_are_told_apart(headers: dict[str, str], is_other: bool) -> None:
    assert is_foreign(Headers(headers)) is is_other


def test_program_without_token_is_refused(server: Running) -> None:
    answer = server.ask("/articles")
    assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert server.ask("/articles", headers={"Authorization": "Bearer wrong"}).status == 401
    assert server.ask("/extract", b"x").status == 401
    assert server.ask("/health").status == 200


def test_program_with_token_is_let_in(server: Running) -> None:
    assert server.ask("/articles", headers={"Authorization": f"Bearer {TOKEN}"}).status == 200


def test_person_is_led_to_the_log_in_and_back(server: Running) -> None:
    asked = server.page("/articles?q=ferry&site=herald.example")
    assert (asked.status, asked.headers["location"]) == (
        303, "/login?next=/articles%3Fq%3Dferry%26site%3Dherald.example",
    )  # fmt: skip
    given = server.ask(asked.headers["location"], f"token={TOKEN.replace(' ', '+')}".encode(), BROWSER)
    assert (given.status, given.headers["location"]) == (303, "/articles?q=ferry&site=herald.example")
    cookie = given.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert TOKEN not in cookie
    entered = server.ask("/articles", headers={**BROWSER, "Cookie": cookie.partition(";")[0]})
    assert (entered.status, b"Ferry back" in entered.body) == (200, True)


def test_wrong_token_is_refused(server: Running) -> None:
    answer = server.ask("/login", b"token=wrong", BROWSER)
    assert (answer.status, "set-cookie" in answer.headers) == (403, False)
    assert "This is not the token" in answer.text


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/%5Cevil.example", "/%0d%0aX:y"])
def test_log_in_leads_nowhere_else(server: Running, target: str) -> None:
    answer = server.ask(f"/login?next={target}", f"token={TOKEN}".encode(), BROWSER)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/articles", "/login", "/health", "/nothing"])
def test_every_answer_forbids_what_is_not_needed(server: Running, path: str) -> None:
    for host in ("localhost", "evil.example"):
        answer = server.ask(path, headers={**BROWSER, "Host": host})
        assert {name.lower() for name in HEADERS} <= answer.headers.keys()
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-frame-options"] == "DENY"
    assert answer.status == 421
