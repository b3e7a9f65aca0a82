"""What the tests of the command share: the command itself, and a store to read from."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsspider.cli.main import main
from newsspider.record import ArticleRecord
from newsspider.store.store import Store
from tests.crawls import PATIENCE_SECONDS
from tests.programs import NEWSSPIDER, Finished, run_program

RunCommand = Callable[..., Finished]


def command_environment(**more: str) -> dict[str, str]:
    """Return the environment without what the person's own would change."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("NEWSSPIDER_DATABASE", "COLUMNS")}
    return {**inherited, "COLUMNS": "160", **more}


@pytest.fixture(scope="session")
def run_command() -> RunCommand:
    """Return what runs `newsspider` with arguments and returns its exit code and outputs."""

    def run(
        *arguments: str | Path, cwd: Path | None = None, stdin: bytes | None = None, **environment: str
    ) -> Finished:
        words = [NEWSSPIDER, *map(str, arguments)]
        return run_program(
            words, folder=cwd, environment=command_environment(**environment), timeout=PATIENCE_SECONDS, stdin=stdin
        )

    return run


@pytest.fixture
def call_main(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> RunCommand:
    """Return the same as `run_command` within this process: a second less a call, for rows of arguments."""

    def call(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Finished:
        monkeypatch.delenv("NEWSSPIDER_DATABASE", raising=False)
        for name, value in {"COLUMNS": "160", **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["newsspider", *map(str, arguments)])
        if cwd:
            monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as ended:
            main()
        code = ended.value.code
        assert isinstance(code, int)
        return Finished(sys.argv, code, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def news_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with four articles and two pages in quarantine, for reading."""
    path = tmp_path_factory.mktemp("store") / "news.db"
    with Store(str(path)) as store:
        run = store.start_run("extract", {})
        store.write(
            [
                ArticleRecord(
                    url="https://herald.example/ferry",
                    site="herald.example",
                    title="Ferry back, at last",
                    body="The ferry sails again.\n\nIts café at the old harbour opens on Monday.",
                    authors=("Ann Lee, Jr.",),
                    published="2026-03-24T09:30:00+01:00",
                ),
                ArticleRecord(
                    url="https://herald.example/storm",
                    site="herald.example",
                    kind="live_blog",
                    title="Storm, as it happened",
                    body="The harbour is closed and the ferry stays in port.",
                    published="2026-03-25",
                ),
                ArticleRecord(
                    url="https://chenbao.example/1",
                    site="chenbao.example",
                    title="渡轮重新起航",
                    body="港务局长说，第一班船周一早晨开出。",
                    published="2026-03-26",
                ),
                ArticleRecord(source="saved/undated.html", title="Undated", body="No address, no day."),
                ArticleRecord(url="https://herald.example/", site="herald.example", kind="index", reason="a list"),
                ArticleRecord(source="saved/broken.html.gz", kind="failed", reason="can't be read"),
            ]
        )
        store.finish_run(run, {"article": 3, "live_blog": 1, "index": 1, "failed": 1}, 1)
    return path
