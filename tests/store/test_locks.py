"""A lock a database and site, which ends with its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.store.locks import FileLocks, SiteLocks

pytestmark = pytest.mark.processes

HOLDER = """
import sys
from newsspider.store.locks import FileLocks
locks = FileLocks(sys.argv[1])
print(locks.take(sys.argv[2]), flush=True)
sys.stdin.read()
"""


def hold(database: Path, site: str) -> "subprocess.Popen[str]":
    """Start a process that takes a site's lock and keeps it."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database), site], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_site_is_locked_for_other_processes_until_its_own_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "news.db"
    with hold(database, "herald.example") as first:
        assert said(first) == "True"
        locks = FileLocks(str(database))
        assert not locks.take("herald.example")
        assert locks.take("other.example")
        with hold(database, "other.example") as second:
            assert said(second) == "False"
        first.kill()
        first.wait()
        assert locks.take("herald.example")
        locks.release()
    with hold(database, "herald.example") as third:
        assert said(third) == "True"


def test_process_has_what_it_has_and_other_databases_are_others(tmp_path: Path) -> None:
    locks = FileLocks(str(tmp_path / "news.db"))
    assert locks.take("herald.example")
    assert locks.take("herald.example")
    with hold(tmp_path / "other.db", "herald.example") as other:
        assert said(other) == "True"
    locks.release()


def test_without_a_database_nothing_is_locked() -> None:
    locks = SiteLocks()
    assert locks.take("herald.example")
    locks.release()
