"""A command that is forked from the server does what the command does when it is started."""

import os
import re
import shutil
from pathlib import Path
from subprocess import TimeoutExpired

import pytest

from fixtures.serve import SITE_FOLDER, serve_site
from newsspider.clock import CLOCK_VARIABLE
from tests.crawls import FAST, PATIENCE_SECONDS, ROOT, crawl_words, environment, our_lines, read_articles, select
from tests.programs import NEWSSPIDER, SCRAPY, can_be_forked, run_program, start_program

pytestmark = pytest.mark.processes

MOMENT = re.compile(r"\d\d\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d")
ARTICLE = next(SITE_FOLDER.glob("culture/2026/*/*/museum-*/index.html"))
BOTH_WAYS = (run_program, start_program)


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    return {**environment(tmp_path / "news.db"), "COLUMNS": "160"}


@pytest.mark.parametrize(
    "words",
    [
        [NEWSSPIDER],
        [NEWSSPIDER, "--version"],
        [NEWSSPIDER, "extract", "--help"],
        [NEWSSPIDER, "extract", "fixtures/site/index.html", "--workers", "1"],
        [NEWSSPIDER, "extract", "no-such-file.html"],
        [NEWSSPIDER, "stats"],
        [SCRAPY, "version"],
        [SCRAPY, "crawl", "news", "-L", "ERROR"],
        [SCRAPY, "crawl", "news", "-L", "ERROR", "-a", "url=ftp://herald.example"],
        [SCRAPY, "settings", "--get", "BOT_NAME"],
    ],
    ids=" ".join,
)
def test_forked_command_says_the_same(words: list[str], variables: dict[str, str]) -> None:
    forked, started = (run(words, folder=ROOT, environment=variables, timeout=PATIENCE_SECONDS) for run in BOTH_WAYS)
    assert (forked.returncode, forked.stdout, forked.stderr) == (started.returncode, started.stdout, started.stderr)
    assert forked.stdout + forked.stderr


def test_forked_crawl_logs_and_stores_the_same(tmp_path: Path) -> None:
    said, records = [], []
    with serve_site() as site:
        words = [SCRAPY, *crawl_words(FAST, url=f"{site.address}/", max_pages=12)]
        for number, run in enumerate(BOTH_WAYS):
            database = tmp_path / f"{number}.db"
            done = run(words, folder=ROOT, environment=environment(database), timeout=PATIENCE_SECONDS)
            assert done.returncode == 0, done.stderr
            # The settings and components, then what the crawl says of itself; between them the order may differ.
            start, _, _ = done.stderr.partition("Spider opened")
            said.append((MOMENT.sub("", start).replace(str(database), ""), our_lines(done)))
            records.append(sorted((record.key, record.title, record.body) for record in read_articles(database)))
    assert said[0] == said[1]
    assert records[0] == records[1] != []


def test_forked_command_has_its_own_folder_clock_and_environment(tmp_path: Path) -> None:
    shutil.copy(ARTICLE, tmp_path / "page.html")
    for day in ("2030-01-01", "2031-01-01"):
        variables = {**environment(tmp_path / "news.db"), CLOCK_VARIABLE: f"{day}T06:00:00+00:00"}
        words = [NEWSSPIDER, "extract", "page.html", "--workers", "0", "-o", "news.db"]
        assert can_be_forked(words, variables)
        done = run_program(words, folder=tmp_path, environment=variables, timeout=PATIENCE_SECONDS)
        assert done.returncode == 0, done.stderr
    started = [str(row[0])[:16] for row in select(tmp_path / "news.db", "SELECT started_at FROM runs ORDER BY id")]
    assert started == ["2030-01-01T06:00", "2031-01-01T06:00"]


def test_another_hash_seed_needs_a_start_of_its_own(variables: dict[str, str]) -> None:
    assert can_be_forked([SCRAPY, "version"], variables)
    assert not can_be_forked([SCRAPY, "version"], {**variables, "PYTHONHASHSEED": "7"})
    assert not can_be_forked(["python", "-c", "pass"], variables)


def test_forked_command_that_hangs_is_killed(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pages.html")
    with pytest.raises(TimeoutExpired):
        run_program([NEWSSPIDER, "extract", "pages.html"], folder=tmp_path, environment=os.environ, timeout=3)
