"""`newsspider health`."""

import json
from collections import Counter
from pathlib import Path

import pytest

from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.store import Store
from tests.cli.conftest import RunCommand


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A store with two runs of two sites, one of which went dark."""
    with Store(str(tmp_path / "news.db")) as store:
        for new, alarms in ((9, []), (0, ["dark: HTTP 403"])):
            accounts = [
                SiteAccount(site="herald.example", new=5, listed=40, newest="2026-03-24T10:00:00+00:00"),
                SiteAccount(site="dark.example", new=new, alarms=alarms, failed=Counter({"HTTP 403": 3})),
            ]
            store.finish_run(store.start_run("crawl news", {}), {}, 3, accounts)
    return tmp_path / "news.db"


def test_health_shows_runs_worst_site_first_and_exits_with_3(call_main: RunCommand, database: Path) -> None:
    done = call_main("health", "--db", database)
    lines = [line for line in done.stdout.splitlines() if ".example" in line]
    assert ["dark.example" in line for line in lines] == [True, False]
    assert "0 9" in lines[0]
    assert "dark: HTTP 403" in lines[0]
    assert "5 5" in lines[1]
    assert done.returncode == 3


def test_health_of_one_site_that_is_well_exits_with_0(call_main: RunCommand, database: Path) -> None:
    done = call_main("health", "--db", database, "--site", "herald.example")
    assert "dark.example" not in done.stdout
    assert done.returncode == 0


def test_health_as_json_has_every_account(call_main: RunCommand, database: Path) -> None:
    lines = call_main("health", "--db", database, "--json").stdout.splitlines()
    told = {each["site"]: each["runs"] for each in map(json.loads, lines)}
    assert [run["new"] for run in told["dark.example"]] == [0, 9]
    assert told["dark.example"][0]["failed"] == {"HTTP 403": 3}


def test_store_without_crawls_says_so(call_main: RunCommand, tmp_path: Path) -> None:
    Store(str(tmp_path / "news.db")).close()
    done = call_main("health", "--db", tmp_path / "news.db")
    assert "no crawl is noted in" in done.stdout
    assert done.returncode == 0


def test_site_that_was_never_crawled_is_no_healthy_one(call_main: RunCommand, database: Path) -> None:
    done = call_main("health", "--db", database, "--site", "herlad.example")
    assert "contains no crawl of herlad.example" in done.stderr
    assert done.returncode == 2
