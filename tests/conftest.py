"""Processes and databases of the tests: one that asks for `database` runs with SQLite and with PostgreSQL."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server, running_server
from tests.reaping import watch_processes

STARTERS = frozenset({"postgres", "run_command"})  # fixtures
collect_ignore = ["fuzz"]  # a program of its own (`make fuzz`), which needs the extra of that name


def pytest_configure() -> None:
    """Let the processes that tests start keep compiled modules, and end with this process of tests."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # where it is set, each of several hundred starts compiles us anew
    watch_processes()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests whose fixtures start processes."""
    for item in items:
        if isinstance(item, pytest.Function) and _starts_processes(item):
            item.add_marker(pytest.mark.processes)


def _starts_processes(item: pytest.Function) -> bool:
    if "backend" in item.fixturenames:
        return bool(item.callspec.params["backend"] == "postgresql")
    return not STARTERS.isdisjoint(item.fixturenames)


@pytest.fixture(autouse=True)
def _no_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that starts a process without the mark for it, where only tests without the mark are run."""
    if "not processes" in request.config.option.markexpr:
        monkeypatch.setattr(subprocess, "Popen", _refuse)


def _refuse(*_: object, **__: object) -> None:
    pytest.fail("this test starts a process: mark it with pytest.mark.processes")


@pytest.fixture(scope="module", autouse=True)
def _own_mends() -> Iterator[None]:
    """Leave no mends of a test module to the next: they are registered for as long as the process lives."""
    yield
    mends, parsers = (sys.modules.get(f"newsspider.mending.{name}") for name in ("mends", "parsers"))
    if mends and parsers:
        mends._MENDS.clear()
        parsers._load.cache_clear()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running PostgreSQL server."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The sort of database."""
    return str(request.param)


@pytest.fixture
def database(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The path or URL of a new database."""
    if backend == "sqlite":
        return str(tmp_path / "news.db")
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def no_collections() -> Iterator[None]:
    """Keep Python's garbage collector off: among the objects of thousands of tests it takes most of a second."""
    gc.disable()
    yield
    gc.enable()
