"""`newsspider duplicates`: clusters as a table and as JSON lines; `extract` says how many it found."""

import json
from pathlib import Path

from newsspider.store.store import Store
from tests.cli.conftest import RunCommand
from tests.store.duplicates.test_linking import LATE, REPRINT, STORY, WIRE, WIRE_COPY
from tests.texts import reprint


def write_page(path: Path, site: str, body: str) -> None:
    link = f'<link rel="canonical" href="https://{site}/{path.stem}">'
    paragraphs = "".join(f"<p>{body[start : start + 400]}.</p>" for start in range(0, len(body), 400))
    path.write_text(f"<html><head><title>Ferry</title>{link}</head><body><h1>Ferry</h1>{paragraphs}</body></html>")


def test_clusters_are_listed_with_the_original_first(tmp_path: Path, call_main: RunCommand) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        store.write([REPRINT, STORY, WIRE_COPY, LATE])
    done = call_main("duplicates", "--db", "news.db", cwd=tmp_path)
    assert done.returncode == 0
    places = [done.stdout.index(site) for site in ("agency.example", "herald.example", "tribune.example")]
    assert places == sorted(places)
    assert "%" in done.stdout
    assert "story" not in done.stdout


def test_json_has_each_cluster_on_a_line(tmp_path: Path, call_main: RunCommand) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        store.write([REPRINT, STORY, WIRE_COPY])
    (line,) = call_main("duplicates", "--db", "news.db", "--json", cwd=tmp_path).stdout.splitlines()
    cluster = json.loads(line)
    (duplicate,) = cluster["duplicates"]
    assert (cluster["url"], duplicate["url"], duplicate["duplicate_of"]) == (WIRE_COPY.url, REPRINT.url, WIRE_COPY.key)
    assert 0.5 < duplicate["similarity"] < 1


def test_store_without_duplicates_says_so(tmp_path: Path, call_main: RunCommand) -> None:
    with Store(str(tmp_path / "news.db")) as store:
        store.write([STORY])
    done = call_main("duplicates", "--db", "news.db", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"no near-duplicates in {tmp_path / 'news.db'}\n")
    assert call_main("duplicates", "--db", "news.db", "--json", cwd=tmp_path).stdout == ""


def test_extraction_into_a_store_says_how_many_it_linked(tmp_path: Path, call_main: RunCommand) -> None:
    (tmp_path / "pages").mkdir()
    write_page(tmp_path / "pages" / "a.html", "agency.example", WIRE)
    write_page(tmp_path / "pages" / "b.html", "herald.example", reprint(WIRE, 0.05, 1))
    done = call_main("extract", "pages", "-o", "x.db", "--workers", "0", cwd=tmp_path)
    assert done.stderr.splitlines()[2:] == ["near-duplicates: 1 linked (newsspider duplicates lists them)"]
