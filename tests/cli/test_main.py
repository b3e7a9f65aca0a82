"""The command itself: its help reads like a short manual, its usage errors have their code."""

import signal
import subprocess
import sys
from collections.abc import Callable

import pytest

from newsspider import __version__
from newsspider.cli.main import main
from tests.cli.conftest import command_environment

RunCommand = Callable[..., "subprocess.CompletedProcess[str]"]


def test_help_names_commands_examples_database_and_exit_codes(run_command: RunCommand) -> None:
    done = run_command("--help")
    assert done.returncode == 0
    for words in (
        "extract", "export", "search", "stats", "newsspider crawl https://", "newsspider extract pages/",
        "NEWSSPIDER_DATABASE", "Exit codes", "4 the database",
    ):  # fmt: skip
        assert words in done.stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("extract", ["PATH|URL…", "--output", "--url", "--workers", ".jsonl.gz", "For example"]),
        ("export", ["--what", "--site", "--kind", "--since", "--until", "--format", "live_blog"]),
        ("search", ["WORDS…", "--db", "--limit", "--json", "phrase"]),
        ("stats", ["--db", "--json", "NEWSSPIDER_DATABASE"]),
    ],
)
def test_help_of_a_command_names_its_options(command: str, words: list[str], call_main: RunCommand) -> None:
    done = call_main(command, "-h")
    assert (done.returncode, done.stderr) == (0, "")
    assert [word for word in words if word not in done.stdout] == []


def test_version_is_the_packages(run_command: RunCommand) -> None:
    assert run_command("--version").stdout == f"newsspider {__version__}\n"


@pytest.mark.processes
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--version"], 0, f"newsspider {__version__}\n"),
        (["extract", "no-such-file.html"], 2, "newsspider: no-such-file.html: no such file or folder\n"),
    ],
)
def test_module_is_the_command(arguments: list[str], code: int, said: str) -> None:
    command = [sys.executable, "-m", "newsspider", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=command_environment(), check=False)
    assert (done.returncode, done.stdout + done.stderr) == (code, said)


@pytest.mark.parametrize("arguments", [["crawl"], ["extract"], ["extract", "x.html", "--colour"], ["search"]])
def test_wrong_usage_has_its_code(arguments: list[str], call_main: RunCommand) -> None:
    done = call_main(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_fault_of_our_own_is_a_traceback_with_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise LookupError("a fault")

    monkeypatch.setattr("newsspider.cli.app.app", fail)
    handlers = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)]
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        for each, handler in zip((signal.SIGTERM, signal.SIGHUP), handlers, strict=True):
            signal.signal(each, handler)
    assert ended.value.code == 70
    assert "LookupError: a fault" in capsys.readouterr().err
