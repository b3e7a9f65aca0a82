"""Steps of long work on standard error: lines in a file, a bar on a terminal."""

import threading

import pytest

from newsspider.cli.progress import StepsBar


def test_steps_are_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with StepsBar() as steps:
        steps.begin("stripping pages", 2)()
        steps.begin("training")
    assert capsys.readouterr().err == "stripping pages (2) …\ntraining …\n"


def test_bar_counts_jobs_on_a_terminal_and_has_no_thread(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("newsspider.cli.progress.REFRESH_SECONDS", -1)
    threads = threading.active_count()
    with StepsBar() as steps:
        advance = steps.begin("stripping pages", 3)
        advance()
        assert threading.active_count() == threads
        steps.begin("training")
    shown = capsys.readouterr().err
    assert "stripping pages" in shown
    assert "1/3" in shown
    assert "training" in shown
