"""The HTTP API: pages in and records out, lists that can be paged through, a description that is valid."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from openapi_spec_validator import validate

from newsspider.inputs.page_bytes import MAX_PAGE_BYTES
from newsspider.record import record_schema
from newsspider.serving.openapi import describe_api
from tests.serving.running import Running, running
from tests.serving.stores import FERRY, PAGE, fill

pytestmark = pytest.mark.processes


PATHS = ("/", "/articles", "/articles/1", "/quarantine?reason=links", "/sites", "/sites/dark.example", "/runs")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("serve")
    fill(str(folder / "news.db"))
    with running(str(folder / "news.db"), folder) as started:
        yield started


def test_page_becomes_the_record_of_the_schema(server: Running) -> None:
    answer = server.ask(f"/extract?url={FERRY}", PAGE.encode(), {"Content-Type": "text/html; charset=utf-8"})
    record = answer.json()
    jsonschema.validate(record, record_schema())
    assert (answer.status, record["kind"], record["url"]) == (200, "article", FERRY)
    assert (record["title"], record["authors"]) == ("Ferry back", ["Ada Penhallow"])
    assert "Must read" not in record["body"]


def test_charset_is_the_one_of_the_header(server: Running) -> None:
    page = "<meta charset=utf-8><h1>Żółta łódź</h1><p>Prom znów pływa, powiedział kapitan portu.</p>"
    answer = server.ask("/extract", page.encode("iso-8859-2"), {"Content-Type": "text/html; charset=iso-8859-2"})
    assert answer.json()["title"] == "Żółta łódź"


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-16"])
def test_page_in_utf_16_needs_neither_mark_nor_header(server: Running, charset: str) -> None:
    assert server.ask("/extract", PAGE.encode(charset)).json()["title"] == "Ferry back"


def test_form_type_of_curl_says_nothing_about_the_page(server: Running) -> None:
    answer = server.ask("/extract", PAGE.encode(), {"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.json()["title"] == "Ferry back"


def test_packed_page_is_unpacked(server: Running) -> None:
    answer = server.ask("/extract", gzip.compress(PAGE.encode()), {"Content-Encoding": "gzip"})
    assert answer.json()["title"] == "Ferry back"


def test_page_that_is_not_html_is_a_record_with_its_reason(server: Running) -> None:
    answer = server.ask("/extract", b"%PDF-1.7 and more")
    assert (answer.status, answer.json()["kind"]) == (200, "not_html")


@pytest.mark.parametrize(
    ("path", "body", "headers", "status", "said"),
    [
        ("/extract", b"", {}, 400, "the body is empty"),
        ("/extract?url=ftp://x/", b"x", {}, 400, "not a web address"),
        ("/extract", b"--x", {"Content-Type": "multipart/form-data; boundary=x"}, 415, "not a form"),
        ("/extract", b"x", {"Content-Length": str(MAX_PAGE_BYTES + 1)}, 413, "larger than 20 MiB"),
        ("/extract", b"x", {"Origin": "https://evil.example"}, 403, "a page of another server"),
        ("/extract", b"x", {"Sec-Fetch-Site": "cross-site"}, 403, "a page of another server"),
        ("/corrections", b"{}", {}, 400, "a correction needs"),
        ("/corrections", b"[" * 100_000, {}, 400, "not JSON"),
        ("/articles", b"x", {}, 405, "Method Not Allowed"),
    ],
)  # fmt: skip
def test_wrong_request_is_told_its_cause(
    server: Running, path: str, body: bytes, headers: dict[str, str], status: int, said: str
) -> None:
    answer = server.ask(path, body, headers)
    assert answer.status == status
    assert said in answer.json()["error"]


def test_bomb_is_too_large(server: Running) -> None:
    answer = server.ask("/extract", gzip.compress(b"x" * (MAX_PAGE_BYTES + 1)), {"Content-Encoding": "gzip"})
    assert (answer.status, answer.json()) == (413, {"error": "larger than 20 MiB"})


@pytest.mark.parametrize("name", ["kind=x", "since=yesterday", "below=2", "copies=some", "before=-1", "limit=201"])
def test_wrong_filter_is_told(server: Running, name: str) -> None:
    answer = server.ask(f"/articles?{name}")
    assert answer.status == 400
    assert answer.json()["error"].startswith(f"{name}: expected")


def test_list_is_paged_through_without_loss(server: Running) -> None:
    path, seen = "/articles?limit=2", []
    while path:
        answer = server.ask(path).json()
        seen += [each["id"] for each in answer["articles"]]
        path = answer["older"]
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 4


def test_record_of_the_list_is_the_record_itself(server: Running) -> None:
    (listed,) = server.ask("/articles?q=goat&site=herald.example").json()["articles"]
    assert server.ask(f"/articles/{listed['id']}").json() == listed["record"]
    assert server.ask(f"/articles/{listed['id']}.json").json() == listed["record"]


def test_missing_record_is_404(server: Running) -> None:
    for path in ("/articles/999", f"/articles/{10**30}", "/articles/1.exe", "/nothing"):
        answer = server.ask(path)
        assert answer.status == 404
        assert answer.json()["error"]


@pytest.mark.parametrize("has_token", [False, True])
def test_description_is_valid_openapi(has_token: bool) -> None:
    validate(json.loads(json.dumps(describe_api(has_token=has_token))))


def test_every_described_path_answers(server: Running) -> None:
    described = server.ask("/openapi.json").json()
    for path, operations in described["paths"].items():
        for method in operations:
            assert server.ask(path.replace("{id}", "1"), method=method.upper()).status in {200, 400}


def test_store_of_both_sorts_is_served(database: str, tmp_path: Path) -> None:
    fill(database)
    with running(database, tmp_path) as server:
        (found,) = server.ask("/articles?q=goat&copies=without&below=1&since=2020-01-01&until=2999-01-01").json()[
            "articles"
        ]
        assert found["record"]["title"] == "Ferry back"
        for path in (
            "/",
            "/articles",
            "/articles/1",
            "/quarantine?reason=links",
            "/sites",
            "/sites/dark.example",
            "/runs",
        ):
            assert server.page(path).status == 200
