"""The package's public names: found by tab completion, typed, and imported only when they are used."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsspider

NAMES = vars(newsspider)  # the stub has those that are meant for users only
STUB = Path(newsspider.__file__).with_suffix(".pyi").read_text(encoding="utf-8")


def test_public_names_are_listed() -> None:
    assert dir(newsspider) == sorted(NAMES["__all__"])
    assert all(getattr(newsspider, name) is not None for name in NAMES["__all__"])


@pytest.mark.processes
def test_python_suggests_the_nearest_name() -> None:
    script = "import newsspider; newsspider.extract_artcle"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "has no attribute 'extract_artcle'. Did you mean: 'extract_article'?" in done.stderr


def test_type_checkers_see_the_same_names() -> None:
    stubbed = re.findall(r"^from ([\w.]+) import (\w+) as \2$", STUB, re.M)
    assert {name: module for module, name in stubbed} == NAMES["_SOURCES"]


@pytest.mark.processes
def test_import_loads_nothing_else() -> None:
    script = "import sys, newsspider; dir(newsspider); print([n for n in sys.modules if n.startswith('newsspider')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['newsspider']\n"
