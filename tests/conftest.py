"""Databases for the tests: each test that asks for `database` runs with SQLite and with PostgreSQL."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server, running_server

collect_ignore = ["fuzz"]  # a program of its own (`make fuzz`), which needs the extra of that name


@pytest.fixture(scope="module", autouse=True)
def _own_mends() -> Iterator[None]:
    """Leave no mends of a test module to the next: they are registered for as long as the process lives."""
    yield
    if (mending := sys.modules.get("newsspider.mending")) and (parsers := sys.modules.get("newsspider.parsers")):
        mending._MENDS.clear()
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
