"""The web-poet page object: the record that `extract` gives, in any spider that scrapy-poet serves."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from web_poet import HttpResponse

from fixtures.serve import SITE_FOLDER, serve_site
from newsspider.clock import utc_now
from newsspider.mending.parsers import ENVIRONMENT_VARIABLE
from newsspider.pages.raw_page import RawPage
from newsspider.poet import ArticlePage
from newsspider.pool import extract_raw
from newsspider.record import FIELD_NAMES, ArticleRecord
from tests.documents import find_block
from tests.programs import SCRAPY

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
URL = "https://herald.example/2026/03/24/ferry"
SPIDER = find_block("docs/tutorials/scrapy-developer.md", "\nimport scrapy\n")
SITE = "https://harbour-herald.example"


def record_of(response: HttpResponse) -> ArticleRecord:
    return asyncio.run(ArticlePage(response).to_item())


@pytest.mark.parametrize("page", sorted(PAGES.glob("*/page.html"))[::6], ids=lambda path: path.parent.name)
def test_record_is_that_of_extract(page: Path) -> None:
    record = record_of(HttpResponse(URL, page.read_bytes()))
    assert replace(record, fetched_at=None) == extract_raw(RawPage(body=page.read_bytes(), url=URL))


def test_record_says_when_it_was_fetched() -> None:
    before = utc_now()
    assert before <= (record_of(HttpResponse(URL, b"<h1>Ferry</h1>")).fetched_at or "") <= utc_now()


def test_status_and_headers_count() -> None:
    headers = [("Content-Type", "text/html; charset=iso-8859-2"), ("Via", "1.1 a"), ("Via", "1.1 b")]
    body = "<title>Książka</title><article><h1>Książka</h1><p>Nowa książka.</p></article>".encode("iso-8859-2")
    assert record_of(HttpResponse(URL, body, headers=headers)).title == "Książka"
    raw = RawPage(body=body, url=URL, status=404, headers={"Content-Type": headers[0][1], "Via": "1.1 a, 1.1 b"})
    record = record_of(HttpResponse(URL, body, status=404, headers=headers))
    assert replace(record, fetched_at=None) == extract_raw(raw)


@pytest.mark.parametrize(("body", "kind"), [(b"", "empty"), (b"\xff\xd8\xff\xe0", "not_html")])
def test_response_that_is_no_page_has_a_record_with_its_kind(body: bytes, kind: str) -> None:
    assert record_of(HttpResponse(URL, body)).kind == kind


@pytest.mark.processes
def test_foreign_spider_gets_it_from_scrapy_poet_with_mends(tmp_path: Path) -> None:
    mends = (
        "from newsspider import for_site\nfrom dataclasses import replace\n"
        "for_site('127.0.0.1')(lambda page, record: replace(record, section='Choirs'))\n"
    )
    with serve_site(SITE_FOLDER) as server:
        (tmp_path / "desk.py").write_text(mends + SPIDER.replace(SITE, server.address), encoding="utf-8")
        environment = {**os.environ, "no_proxy": "127.0.0.1"}
        command = [SCRAPY, "runspider", "desk.py", "-O", "items.jsonl"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (item,) = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    assert item.keys() == set(FIELD_NAMES)
    assert (item["title"], item["section"]) == ("The choir nobody can fail to get into", "Choirs")
    assert item["provenance"]["section"] == "mend"


def test_environment_names_modules_with_mends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "from newsspider import for_site\nfor_site('poet.example')(lambda page, record: None)\n"
    (tmp_path / "poetic.py").write_text(source, encoding="utf-8")
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path / "poetic.py"))
    record = record_of(HttpResponse("https://poet.example/", b"<h1>Ferry</h1>"))
    assert record.warnings[-1].startswith("mend poetic.<lambda> failed: TypeError: returned NoneType")


@pytest.mark.processes
def test_missing_extra_is_one_clear_line() -> None:
    program = "import sys; sys.modules['web_poet'] = None; import newsspider.poet"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "ImportError: newsspider.poet needs web-poet: pip install 'newsspider[poet]'"
