"""Notebooks, run as Jupyter runs them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

SECONDS = 120  # a cell that hangs ends its test


def run_notebook(path: Path, folder: Path, replaced: Mapping[str, str]) -> list[str]:
    """Run a notebook in a folder, with texts of its cells replaced; return what each cell of code shows.

    Raises:
        CellExecutionError: a cell raises an error.
    """
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for old, new in replaced.items():
            cell.source = cell.source.replace(old, new)
    NotebookClient(notebook, timeout=SECONDS, resources={"metadata": {"path": str(folder)}}).execute()
    return [_shown(cell) for cell in notebook.cells if cell.cell_type == "code"]


def _shown(cell: Any) -> str:
    """Return a cell's output: HTML where there is some, else text."""
    return "".join(_text_of(output) for output in cell.outputs)


def _text_of(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    return str(output.data.get("text/html") or output.data["text/plain"])
