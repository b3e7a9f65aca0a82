"""The README's examples do what it says: its shell lines run, its Python is a doctest, its modules exist."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.serve import serve_site
from newsspider.fields_table import COMMAND, replace_table

pytestmark = pytest.mark.processes

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", README, re.S) for line in block.splitlines()]
MODULE = r"`((?:extraction|discovery|inputs|outputs)/[\w/]+\.py|(?:settings|kinds)\.py)`"
PATIENT_ENOUGH = (0, 1)  # some of the fixtures' pages fail on purpose


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place to run in, with the fixtures and the project's scrapy.cfg where the README has them."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copy(ROOT / "scrapy.cfg", place)
    (place / "fixtures").symlink_to(ROOT / "fixtures")
    return place


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_site(ROOT / "fixtures" / "site") as server:
        yield server.address


@pytest.mark.parametrize("line", LINES)
def test_shell_line_works(line: str, folder: Path, address: str) -> None:
    fast = f"{line} -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0 -s ROBOTSTXT_OBEY=0"
    crawls = line.startswith(("scrapy", "newsspider crawl"))
    command = (fast if crawls else line).replace("https://harbour-herald.example", address)
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment.pop("NEWSSPIDER_DATABASE", None)
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode in PATIENT_ENOUGH, done.stderr


def test_python_examples_are_true() -> None:
    assert ">>> " in README
    command = [sys.executable, "-m", "doctest", "README.md"]  # of its own: its mends would be those of later tests
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_table_of_fields_is_written_from_the_record() -> None:
    assert replace_table(README) == README, f"README.md is out of date, run: {COMMAND}"


def test_shown_module_is_the_fixture() -> None:
    assert f"```\n{(ROOT / 'fixtures/parsers/herald.py').read_text(encoding='utf-8')}```" in README


@pytest.mark.parametrize("path", sorted(set(re.findall(MODULE, README))))
def test_named_module_exists(path: str) -> None:
    assert (ROOT / "newsspider" / path).is_file()
