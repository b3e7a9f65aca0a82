"""Steps of long work on standard error: lines in a file, a bar on a terminal."""

import threading

import pytest

from newsspider.cli.progress import PartsBar, StepsBar


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


def test_pages_of_an_input_that_is_begun_again_count_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("newsspider.cli.progress.LINE_SECONDS", -1)
    with PartsBar(2) as bar:
        bar.note_pages("x", 30)
        bar.note_pages("x", 10)
        bar.note_pages("y", 5)
        bar.note_input()
    assert capsys.readouterr().err.splitlines() == [
        "0 of 2 inputs, 30 pages",
        "0 of 2 inputs, 30 pages",
        "0 of 2 inputs, 35 pages",
        "1 of 2 inputs, 35 pages",
    ]


def test_bar_of_inputs_shows_the_pages_of_all_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with PartsBar(3) as bar:
        bar.note_pages("x", 1_234)
        bar.note_input()
    shown = capsys.readouterr().err
    assert "1/3" in shown
    assert "1,234 pages" in shown
