"""A copy of the package that a test extends as a contributor would: one new module, and a change to one file."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.crawls import PATIENCE_SECONDS

PACKAGE = Path(__file__).parent.parent / "newsspider"


class PackageCopy:
    """A copy of `newsspider` in a folder.

    Attributes:
        folder: where it is; commands run there.
        changed: the existing files that were changed.
    """

    def __init__(self, folder: Path) -> None:
        """Copy the package, its compiled modules too."""
        self.folder = folder
        self.changed: set[str] = set()
        shutil.copytree(PACKAGE, folder / PACKAGE.name)

    def add_module(self, path: str, source: str) -> None:
        """Write a new module, which must not exist yet."""
        with (self.folder / PACKAGE.name / path).open("x", encoding="utf-8") as file:
            file.write(source)

    def insert(self, path: str, before: str, source: str) -> None:
        """Insert text before a text that occurs once in a file."""
        file = self.folder / PACKAGE.name / path
        content = file.read_text(encoding="utf-8")
        assert content.count(before) == 1, f"{before!r} in {path}"
        file.write_text(content.replace(before, source + before), encoding="utf-8")
        self.changed.add(path)

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Python with this copy of the package."""
        environment = {**os.environ, "PYTHONPATH": f"{self.folder}:{PACKAGE.parent}", "COLUMNS": "400"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    def run_command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the copy's `newsspider` with arguments."""
        return self.run("-c", "from newsspider.cli.main import main; main()", *arguments)
