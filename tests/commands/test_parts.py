"""Articles over several pages, by crawl and from files, and challenges that a crawl meets."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fixtures.serve import SITE_FILE, serve_site
from newsspider.cli.app import app
from tests.crawls import FAST, crawl_words, read_articles, read_quarantine, run_scrapy

pytestmark = pytest.mark.processes

PROSE = (
    "The {} ferry left the old harbour at six on Monday with forty passengers, two dogs and a piano on board.",
    "It had not sailed for {} winters, said the harbour master, who had kept its bell in his kitchen all that time.",
    "On the far side the mayor was waiting with a band of {}, which had forgotten its music at home.",
)
NAMES = {"/ferry.html": "first", "/ferry-2.html": "second", "/ferry-3.html": "third"}
ORDER = [template.format(name) for name in NAMES.values() for template in PROSE]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site with an article of three pages, linked one to the next, and a page that holds robots back."""
    site = tmp_path / "site"
    site.mkdir()
    paths = list(NAMES)
    for number, (path, name) in enumerate(NAMES.items()):
        before, after = paths[:number][-1:], paths[number + 1 :][:1]
        links = "".join(f'<a rel="prev" href="{each}">Previous page</a>' for each in before)
        links += "".join(f'<a rel="next" href="{each}">Next page</a>' for each in after)
        text = "".join(f"<p>{template.format(name)}</p>" for template in PROSE)
        (site / path.strip("/")).write_text(
            f"<html><head><title>The ferry</title><link rel='canonical' href='https://herald.example{path}'></head>"
            "<body>"
            f"<article><h1>The old ferry sails again</h1>{text}</article><p>Page {number + 1} of 3</p>{links}</body>"
        )
    (site / "wall.html").write_text(
        "<title>Just a moment...</title><script>window._cf_chl_opt={}</script><h1>Wait</h1>"
    )
    (site / SITE_FILE).write_text('[statuses]\n"/wall.html" = 403\n')
    return site


def test_crawl_follows_an_articles_pages_beyond_the_depth_and_joins_them(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site(folder) as server:
        run_scrapy(crawl_words(FAST, url=f"{server.address}/ferry.html", max_depth=0), database)
        address = server.address
    (record,) = read_articles(database)
    assert record.pages == tuple(address + path for path in NAMES)
    assert (record.body or "").split("\n\n") == ORDER


def test_files_of_an_articles_pages_are_joined_in_a_database(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "out.db"
    CliRunner().invoke(app, ["extract", str(folder), "-o", str(database), "--workers", "0"])
    (record,) = read_articles(database)
    assert record.pages == tuple(f"https://herald.example{path}" for path in NAMES)
    assert (record.body or "").split("\n\n") == ORDER


def test_extract_to_a_file_writes_the_parts_with_their_pages(folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    CliRunner().invoke(app, ["extract", str(folder), "-o", str(output), "--workers", "0"])
    records = {record["url"]: record for record in map(json.loads, output.read_text(encoding="utf-8").splitlines())}
    addresses = [f"https://herald.example{path}" for path in NAMES]
    assert [records[url]["pages"] for url in addresses] == [addresses[:2], addresses, addresses[1:]]
    assert records[addresses[1]]["body"].split("\n\n") == ORDER[3:6]


def test_challenge_is_quarantined_as_one_and_the_source_is_dark(folder: Path, tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with serve_site(folder) as server:
        finished = run_scrapy(crawl_words({**FAST, "RETRY_TIMES": 0}, url=f"{server.address}/wall.html"), database)
    (record,) = read_quarantine(database)
    assert record.kind == "bot_wall"
    assert "Cloudflare" in (record.reason or "")
    assert finished.returncode == 3
