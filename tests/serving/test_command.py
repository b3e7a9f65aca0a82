"""`newsspider serve` as a process: its one-line errors, its signals, its end with pages in work."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from newsspider.store.store import Store
from tests.patience import PATIENCE_SECONDS
from tests.serving.stores import PAGE, fill

pytestmark = pytest.mark.processes

COMMAND = [str(Path(sys.executable).with_name("newsspider")), "serve"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("serve") / "news.db")
    fill(path)
    return path


def refusal(*options: str, environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Return the exit code and standard error of a server that does not start."""
    told = os.environ | (environment or {})
    done = subprocess.run([*COMMAND, *options], env=told, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    return done.returncode, done.stderr.decode()


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Start a server and yield it with its port once it listens."""
    with subprocess.Popen([*COMMAND, "--port", "0", *options], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            line = process.stderr.readline()
            found = re.search(r" at http://127\.0\.0\.1:(\d+)/ \(Ctrl-C ends it\)$", line)
            assert found, line
            yield process, int(found[1])
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--host", "0.0.0.0"), 2, "--host 0.0.0.0 lets other machines in: set a token with NEWSSPIDER_SERVE_TOKEN"),
        (("--token", "short"), 2, "the token is too short: 16 characters at least"),
        (("--host", "192.0.2.7", "--token", "x" * 16), 2, "192.0.2.7:0: this machine has no such address"),
        (("--host", "no such host", "--token", "x" * 16), 2, "--host no such host: no such host"),
        (("--archive", "nowhere.warc.gz"), 2, "nowhere.warc.gz: no such file or folder"),
        (("--deadline", "0"), 2, "--deadline 0"),
        (("--db", "/nowhere/news.db"), 4, "no database at /nowhere/news.db"),
        (("--db", "postgresql:///news?host=/nowhere"), 4, "no server answers there: is it running?"),
        (("--parsers", "nowhere.py"), 2, "nowhere.py"),
    ],
)
def test_error_is_one_line(database: str, options: tuple[str, ...], code: int, said: str) -> None:
    named = options if "--db" in options else ("--db", database, *options)
    exit_code, stderr = refusal("--port", "0", *named)
    assert (exit_code, stderr.count("\n")) == (code, 1)
    assert said in stderr


def test_port_in_use_is_one_line(database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, stderr = refusal("--db", database, "--port", str(port))
    assert (code, stderr) == (
        2, f"newsspider: 127.0.0.1:{port}: the port is in use: choose another with --port\n",
    )  # fmt: skip


def test_missing_extra_is_one_line(database: str, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['uvicorn'] = None\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    code, stderr = refusal("--db", database, environment={"PYTHONPATH": path})
    assert (code, stderr) == (2, "newsspider: newsspider serve needs an extra: pip install 'newsspider[serve]'\n")


def test_old_database_that_may_not_be_migrated_is_one_line(tmp_path: Path) -> None:
    with Store(str(tmp_path / "old.db")) as store, store._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 1")
    code, stderr = refusal("--db", str(tmp_path / "old.db"), environment={"NEWSSPIDER_MIGRATE": "0"})
    assert (code, stderr.count("\n")) == (4, 1)
    assert "has schema version 1" in stderr


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_signal_ends_it_quietly(database: str, name: str) -> None:
    with started("--db", database) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("POST", "/extract", PAGE.encode())
        assert connection.getresponse().status == 200
        connection.close()
        process.send_signal(signal.Signals[name])
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
        assert (process.returncode, said) == (0, "")


def test_page_in_work_is_finished_after_the_signal(database: str, tmp_path: Path) -> None:
    mends, begun = tmp_path / "begun_mends.py", tmp_path / "begun"
    os.mkfifo(begun)
    mends.write_text(
        f"import time\nfrom newsspider import for_site\n\n@for_site('slow.example')\ndef wait(page, record):\n"
        f"    with open({str(begun)!r}, 'w'):\n        pass\n    time.sleep(1)\n    return record\n",
        encoding="utf-8",
    )
    with started("--db", database, "--parsers", str(mends)) as (process, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        connection.request("POST", "/extract?url=https://slow.example/", PAGE.encode())
        begun.read_text()  # returns once the page is in work
        process.terminate()
        assert connection.getresponse().status == 200
        connection.close()
        assert process.wait(PATIENCE_SECONDS) == 0
