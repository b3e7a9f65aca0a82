"""`newsspider search`: matches for a person, or as records."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.mark.parametrize(
    ("words", "urls"),
    [
        (["ferry", "harbour"], {"https://herald.example/ferry", "https://herald.example/storm"}),
        (["old harbour"], {"https://herald.example/ferry"}),
        (["第一班船"], {"https://chenbao.example/1"}),
    ],
)
def test_matches_are_whole_records_as_json(
    words: list[str], urls: set[str], news_db: Path, call_main: RunCommand
) -> None:
    done = call_main("search", *words, "--db", news_db, "--json")
    assert {json.loads(line)["url"] for line in done.stdout.splitlines()} == urls
    assert (done.returncode, done.stderr) == (0, "")


def test_match_is_shown_with_day_title_address_and_excerpt(news_db: Path, run_command: RunCommand) -> None:
    done = run_command("search", "渡轮", "--db", news_db)
    assert done.stdout.splitlines()[:3] == [
        "2026-03-26  渡轮重新起航",
        "https://chenbao.example/1",
        "港务局长说，第一班船周一早晨开出。",
    ]


def test_limit_bounds_the_matches(news_db: Path, call_main: RunCommand) -> None:
    done = call_main("search", "harbour", "--db", news_db, "--limit", "1", "--json")
    assert len(done.stdout.splitlines()) == 1


def test_nothing_found_is_said(news_db: Path, call_main: RunCommand) -> None:
    done = call_main("search", "zeppelin", "[airport]", "--db", news_db)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"nothing in {news_db} holds all of: zeppelin [airport]\n"


def test_missing_database_is_one_line(tmp_path: Path, run_command: RunCommand) -> None:
    done = run_command("search", "ferry", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        f"newsspider: no database at {tmp_path}/news.db: crawl or extract first, or name one with --db\n"
    )
