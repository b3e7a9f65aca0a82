"""Folders for unfinished work: swept once their process is dead, and never before."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsspider.part_per_input import scratch
from newsspider.part_per_input.scratch import iter_dead, scratch_folder, temporary_folder

HOLDING = """
import sys, time
from pathlib import Path
from newsspider.part_per_input.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), "x") as folder:
    (folder / "file").write_text("unfinished")
    print(folder, flush=True)
    time.sleep(600)
"""


def names_of_dead(parent: Path) -> list[str]:
    return [name for name, _ in iter_dead(parent)]


def make_abandoned(parent: Path, name: str, age: float) -> Path:
    """Make another machine's folder without a change for so many seconds."""
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "file").touch()
    changed = time.time() - age
    for path in (folder / "file", folder):
        os.utime(path, (changed, changed))
    return folder


def test_folder_goes_with_its_work_and_leaves_no_empty_parent(tmp_path: Path) -> None:
    with scratch_folder(tmp_path / "unfinished", "x") as folder:
        (folder / "file").touch()
        assert names_of_dead(tmp_path / "unfinished") == []
        assert folder.exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.processes
def test_folder_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        assert names_of_dead(tmp_path) == []
        process.send_signal(signal.SIGKILL)
    assert names_of_dead(tmp_path) == ["x"]
    assert not folder.exists()


def test_folder_of_another_machine_is_swept_after_a_day_without_a_change(tmp_path: Path) -> None:
    young = make_abandoned(tmp_path, "x~0000000-1-aa", scratch.ABANDONED_SECONDS - 600)
    old = make_abandoned(tmp_path, "y~0000000-1-aa", scratch.ABANDONED_SECONDS + 600)
    assert names_of_dead(tmp_path) == ["y"]
    assert (young.exists(), old.exists()) == (True, False)


def test_two_sweepers_do_not_get_the_same_folder(tmp_path: Path) -> None:
    make_abandoned(tmp_path, "x~0000000-1-aa", scratch.ABANDONED_SECONDS + 600)
    for _ in iter_dead(tmp_path):
        assert names_of_dead(tmp_path) == []


def test_temporary_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("os.getuid", lambda: 12345)
    (tmp_path / "newsspider-12345").mkdir()  # made by this user, who is another one
    with pytest.raises(PermissionError, match="another user"), temporary_folder("x"):
        pass
