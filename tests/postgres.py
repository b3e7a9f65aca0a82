"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone after them."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

DEBIAN_PROGRAMS = "/usr/lib/postgresql"  # Debian keeps them out of PATH, by version
USER = "postgres"  # Debian's; the server refuses to run as root
SETTINGS = ("listen_addresses=''", "fsync=off", "max_connections=20", "log_min_messages=fatal")


class Server:
    """A running server, and databases on it."""

    def __init__(self, programs: Path, folder: Path, user: str | None) -> None:
        """Make and start a server in an empty folder that the user owns."""
        self._programs, self._folder, self._user = programs, folder, user
        self._numbers = count()
        self._call("initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={self._folder}"))
        self._call("pg_ctl", "start", "-w", "-D", self._folder / "data", "-l", self._folder / "log", "-o", options)

    def stop(self) -> None:
        """Stop it as a crash does: connections break in the middle."""
        self._call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self._folder / "data")

    @property
    def runs(self) -> bool:
        """Whether it has been started and not stopped."""
        return (self._folder / "data" / "postmaster.pid").exists()

    def new_database(self) -> str:
        """Make an empty database and return its URL: a schema of its own, which is quicker than a whole database."""
        schema = f"test_{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {schema}")
        return f"postgresql://{USER}@/postgres?host={self._folder}&options=-csearch_path%3D{schema}"

    def run(self, statement: str) -> str:
        """Run a statement and return what it prints."""
        return self._call("psql", "-h", self._folder, "-U", USER, "-qAtc", statement)

    def _call(self, program: str, *arguments: str | Path) -> str:
        # Output to a file and not a pipe: the server that pg_ctl starts keeps it open.
        with tempfile.TemporaryFile("w+") as output:
            words = [self._programs / program, *arguments]
            done = subprocess.run(words, stdout=output, stderr=output, check=False, user=self._user, cwd="/")
            output.seek(0)
            said = output.read()
        assert done.returncode == 0, said
        return said.strip()


@contextmanager
def running_server() -> Iterator[Server]:
    """Run a server; skip where PostgreSQL is not installed, or fail where NEWSSPIDER_NO_SKIPS says so."""
    programs = _find_programs()
    if programs is None:
        if os.environ.get("NEWSSPIDER_NO_SKIPS"):
            pytest.fail("PostgreSQL is not installed, and NEWSSPIDER_NO_SKIPS forbids to skip")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    user = USER if os.getuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="newsspider-"))  # not pytest's: only its owner may enter that
    try:
        if user:
            shutil.chown(folder, user)
        server = Server(programs, folder, user)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs() -> Path | None:
    """Return the folder of the server's programs, the newest of several."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path(DEBIAN_PROGRAMS).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent if versions else None
