"""The examples in docs/examples do what they say, in an empty folder, against the fixture newspaper."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pyarrow.parquet
import pytest

import newsspider
from fixtures.serve import serve_site
from tests.archives import response
from tests.crawls import FAST, PATIENCE_SECONDS, ROOT
from tests.notebooks import run_notebook
from tests.programs import SCRAPY, Finished

EXAMPLES = ROOT / "docs" / "examples"
SCRIPTS = sorted(path.name for path in EXAMPLES.glob("*.py"))
NOTEBOOKS = sorted(path.name for path in EXAMPLES.glob("*.ipynb"))
SITE = "https://harbour-herald.example"
FERRY = "/politics/2026/03/14/harbour-board-votes-to-reopen-the-old-ferry-line/"
REVIEW = "/culture/2026/03/15/review-a-storm-in-a-scout-hut-and-the-best-tempest-in-years/"
LONGEST_SCRIPT = 40  # lines
FAST_CRAWL = [word for name, value in FAST.items() for word in ("-s", f"{name}={value}")]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_site() as server:
        yield server.address


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, address: str) -> Path:
    """An empty folder in which the site was crawled."""
    folder = tmp_path_factory.mktemp("examples")
    done = run([sys.executable, "-m", "newsspider", "crawl", address, *FAST_CRAWL], folder)
    assert done.returncode == 1, done.stderr  # two of the site's pages fail
    return folder


def run(command: Sequence[str | Path], folder: Path) -> Finished:
    """Run a command as a user of the installed package does, who has no checkout and no settings in the environment."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSSPIDER_", "SCRAPY_"))}
    environment = {**kept, "no_proxy": "127.0.0.1", "COLUMNS": "80"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def run_script(name: str, *words: str | Path, folder: Path) -> Finished:
    return run([sys.executable, EXAMPLES / name, *words], folder)


@pytest.mark.processes
def test_briefing_has_the_new_articles_that_contain_a_word(address: str, tmp_path: Path) -> None:
    words = [f"{address}/", "--words", "ferry", "flood wall", *FAST_CRAWL]
    first = run_script("briefing.py", *words, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    briefing = (tmp_path / "briefing.md").read_text(encoding="utf-8")
    assert f"- [Harbour board votes to reopen the old ferry line]({address}{FERRY}), 127.0.0.1, 2026-03-14" in briefing
    assert "Mayor sets out five-year timetable for the flood wall" in briefing
    second = run_script("briefing.py", *words, folder=tmp_path)
    assert second.stdout == "0 new articles in briefing.md\n"


@pytest.mark.processes
def test_briefing_ends_as_a_crawl_that_is_refused(tmp_path: Path) -> None:
    done = run_script("briefing.py", "nonsense", "--words", "ferry", folder=tmp_path)
    assert done.returncode == 2
    assert not (tmp_path / "briefing.md").exists()


@pytest.mark.processes
def test_archives_become_a_table(tmp_path: Path) -> None:
    pages = {
        FERRY: ROOT / f"fixtures/site{FERRY}index.html",
        REVIEW: ROOT / f"fixtures/site{REVIEW}index.html",
        "/about/": ROOT / "fixtures/site/about/index.html",
    }
    records = [response(SITE + path, page.read_bytes()) for path, page in pages.items()]
    (tmp_path / "site.warc").write_bytes(b"".join(records))
    words = ["site.warc", "--language", "en", "--min-words", "300"]
    done = run_script("warc_to_parquet.py", *words, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = pyarrow.parquet.read_table(tmp_path / "corpus.parquet").to_pylist()
    assert (row["url"], row["authors"]) == (SITE + FERRY, ["Ada Penhallow"])
    assert row["word_count"] >= 300


@pytest.mark.processes
def test_spider_yields_the_articles_of_a_section_without_reviews(address: str, tmp_path: Path) -> None:
    words = ["-a", f"front={address}", "-a", "section=culture", "-O", "culture.jsonl", *FAST_CRAWL]
    done = run([SCRAPY, "runspider", EXAMPLES / "herald_spider.py", *words], tmp_path)
    assert done.returncode == 0, done.stderr
    fetched = (tmp_path / "culture.jsonl").read_text(encoding="utf-8")
    assert "museum-buys-whalers-logbook" in fetched
    assert REVIEW not in fetched
    with newsspider.open_store(tmp_path / "news.db") as store:
        assert {record.section for record in store.articles()} == {"Culture"}


@pytest.mark.processes
def test_ten_lines_print_a_saved_and_a_fetched_page(address: str, tmp_path: Path) -> None:
    saved = ROOT / "fixtures/site/story/harbour-fire-1042.html"
    done = run_script("ten_lines.py", saved, f"{address}{FERRY}", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (done.stdout.index(title) for title in ("Night watchman and a parrot", "Harbour board votes"))
    assert first < second
    assert "Forty firefighters kept the flames from the fuel berth." in done.stdout


@pytest.mark.processes
def test_section_becomes_a_table(folder: Path) -> None:
    done = run_script("section_table.py", "Culture", "-o", "culture.csv", folder=folder)
    assert done.stdout == "8 articles in culture.csv\n"
    with (folder / "culture.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [rows[0][name] for name in ("published_day", "authors")] == ["2026-03-15", "Imogen Vale"]


@pytest.mark.processes
def test_table_without_a_database_is_a_line_on_standard_error(tmp_path: Path) -> None:
    done = run_script("section_table.py", "Culture", folder=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "no database" in done.stderr


@pytest.mark.processes
@pytest.mark.parametrize("name", [name for name in SCRIPTS if name != "herald_spider.py"])
def test_script_has_a_help(name: str, tmp_path: Path) -> None:
    done = run_script(name, "--help", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {name}")


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_is_short(name: str) -> None:
    assert len((EXAMPLES / name).read_text(encoding="utf-8").splitlines()) <= LONGEST_SCRIPT


@pytest.mark.processes
def test_notebook_of_one_page_runs(address: str, tmp_path: Path) -> None:
    card, *_, many = run_notebook(EXAMPLES / "one-page-to-data.ipynb", tmp_path, {SITE: address})
    assert card.startswith("<article><strong><a href=")
    assert "About us" in many


@pytest.mark.processes
def test_notebook_of_a_database_runs(folder: Path) -> None:
    counts, *_, found = run_notebook(EXAMPLES / "store-to-pandas.ipynb", folder, {})
    assert counts == "(40, 10)"
    assert "Harbour board votes to reopen the old ferry line" in found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_is_valid_and_holds_no_output(name: str) -> None:
    notebook = nbformat.read(EXAMPLES / name, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in code] == [([], None)] * len(code)


def test_readme_lists_each_example() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [name for name in (*SCRIPTS, *NOTEBOOKS) if f"]({name})" not in readme] == []
