"""Options that `train` and `evaluate` share, and the check for the extra that training needs."""

import importlib.util
import os
from pathlib import Path
from typing import Annotated

import typer

from newsspider.errors import UsageError

CORES = os.cpu_count() or 1

Gold = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD…",
        help="Folders with gold.jsonl(.gz) and pages/, or .jsonl files that `why --html` saved.",
    ),
]
Processes = Annotated[
    int,
    typer.Option(metavar="N", min=1, help="Number of worker processes; 1 = work in this process."),
]


def check_extra(purpose: str) -> None:
    """Refuse to begin without the library that training needs.

    Args:
        purpose: the feature that needs it, for the error.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    if importlib.util.find_spec("sklearn") is None:
        raise UsageError(f"{purpose} needs scikit-learn: pip install 'newsspider[train]'")
