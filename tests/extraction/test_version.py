"""The extraction version changes with whatever decides what a record says, and with nothing else."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import grimp
import numpy as np
import pytest

from newsspider.extraction.article import extract_article
from newsspider.extraction.model.locating import ENVIRONMENT_VARIABLE, MODEL_FILE, SHIPPED
from newsspider.extraction.version import extraction_version, iter_sources
from newsspider.pages.page import parse_page

pytestmark = pytest.mark.processes

ROOT = Path(__file__).resolve().parents[2]
EXTRACTS = "newsspider.pool.extract_job"
PRINT_VERSION = "from newsspider.extraction.version import extraction_version; print(extraction_version())"


def version_in(folder: Path, path: Path | None = None, program: str = PRINT_VERSION) -> str:
    """Return the version that a process reports which imports the package from a folder or zip file."""
    environment = {**os.environ, "PYTHONPATH": str(path or folder), "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def add_line(module: Path) -> None:
    module.write_text(module.read_text(encoding="utf-8") + "\nMORE = 1\n", encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the package."""
    shutil.copytree(ROOT / "newsspider", tmp_path / "newsspider", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_record_names_the_version() -> None:
    page = parse_page(b"<h1>Ferry back</h1><p>The ferry sails again.</p>")
    assert extract_article(page).extraction_version == extraction_version()


def test_version_is_eight_hexadecimal_digits() -> None:
    assert len(extraction_version()) == 8
    assert int(extraction_version(), 16) >= 0


def test_digest_covers_every_module_that_extraction_imports() -> None:
    graph = grimp.build_graph("newsspider", cache_dir=None)  # imports inside functions too
    imported = {EXTRACTS, *graph.find_upstream_modules(EXTRACTS)}
    covered = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name, _ in iter_sources()}
    assert {name.removeprefix("newsspider.") for name in imported} - covered == set()
    assert {f"newsspider.{name}" for name in covered if not name.startswith("extraction")} - imported == set()


@pytest.mark.parametrize("name", ["extraction/fields/titles/page_title.py", "pages/html.py"])
def test_changed_rule_changes_the_version(copy: Path, name: str) -> None:
    before = version_in(copy)
    add_line(copy / "newsspider" / name)
    assert version_in(copy) != before


def test_changed_reader_of_lists_changes_their_version_and_no_records(copy: Path) -> None:
    print_both = f"{PRINT_VERSION}; from newsspider.extraction.version import listing_version; print(listing_version())"
    records, lists = version_in(copy, program=print_both).split()
    add_line(copy / "newsspider/discovery/feeds.py")
    assert version_in(copy, program=print_both).split()[0] == records
    assert version_in(copy, program=print_both).split()[1] != lists


def test_change_elsewhere_does_not_change_the_version(copy: Path) -> None:
    before = version_in(copy)
    add_line(copy / "newsspider/cli/extract.py")
    assert version_in(copy) == before == extraction_version()


def test_version_is_the_same_in_a_zip_file(copy: Path) -> None:
    packed = copy / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((copy / "newsspider").rglob("*"), reverse=True):
            archive.write(file, file.relative_to(copy))
    shutil.rmtree(copy / "newsspider")
    assert version_in(copy, packed) == extraction_version()


def test_model_of_the_users_own_changes_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = extraction_version()
    with SHIPPED.joinpath(MODEL_FILE).open("rb") as file, np.load(file) as stored:
        np.savez(tmp_path / MODEL_FILE, **dict(stored))
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    assert extraction_version() != shipped


def test_another_model_of_languages_changes_the_version(copy: Path) -> None:
    before = version_in(copy)
    (copy / "newsspider/extraction/model/lid.176.ftz").write_bytes(b"another")
    assert version_in(copy) != before


def test_package_without_metadata_is_no_error(copy: Path) -> None:
    unpacked = f"from newsspider.extraction import version; version.PACKAGES = ('no-such-package',); {PRINT_VERSION}"
    assert version_in(copy, program=unpacked) not in ("", extraction_version())
