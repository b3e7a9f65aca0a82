"""`newsspider datasette`."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.cli.conftest import RunCommand
from tests.crawls import PATIENCE_SECONDS


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with Store(str(tmp_path / "archive.db")) as store:
        store.write(
            [ArticleRecord(kind="article", url="https://herald.example/a", site="herald.example", title="Ferry")]
        )
    return tmp_path / "archive.db"


def test_metadata_are_for_the_database_whatever_its_name(call_main: RunCommand, archive: Path, tmp_path: Path) -> None:
    done = call_main("datasette", "--db", archive, "-o", tmp_path / "metadata.json")
    assert (done.returncode, done.stdout) == (0, "")
    assert (
        done.stderr == f"wrote {tmp_path / 'metadata.json'}: datasette {archive} --metadata {tmp_path}/metadata.json\n"
    )
    assert list(json.loads((tmp_path / "metadata.json").read_text(encoding="utf-8"))["databases"]) == ["archive"]
    assert call_main("datasette", "--db", archive, "-o", tmp_path / "metadata.json").returncode == 2


def test_missing_extra_is_one_line(call_main: RunCommand, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsspider.cli.datasette.find_spec", lambda name: None)
    done = call_main("datasette", "--db", archive)
    assert done.returncode == 2
    assert done.stderr.startswith("newsspider: Datasette is not installed: pip install 'newsspider[datasette]'")


@pytest.mark.processes
def test_articles_are_shown_until_ctrl_c(archive: Path) -> None:
    command = [sys.executable, "-m", "newsspider", "datasette", "--db", str(archive), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr
        said = next(line for line in process.stderr if "http://" in line)
        address = re.search(r"http://[\d.:]+", said)
        assert address
        page = f"{address[0]}/archive/articles_readable"
        with urllib.request.urlopen(page, timeout=PATIENCE_SECONDS) as answer:
            assert "Ferry" in answer.read().decode()
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does
        assert process.wait(PATIENCE_SECONDS) == 0
        assert "Traceback" not in process.stderr.read()
