"""The options of the subcommands that extract with the memories of sites."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from newsspider.errors import UsageError
from newsspider.inputs.paths import STANDARD_INPUT
from newsspider.site_memory.lookup import MemoryFile
from newsspider.urls import is_web_url

SiteMemory = Annotated[
    bool,
    typer.Option(
        "--site-memory",
        help="Read the inputs twice: first learn the text that each site repeats on its pages, then extract without "
        "it. Worth it for ten or more pages of a site; takes twice the time.",
    ),
]
SiteMemoryFrom = Annotated[
    str | None,
    typer.Option(
        "--site-memory-from",
        metavar="DATABASE",
        help="Instead of learning, use the memories of sites that crawls have left in this database (path or URL).",
    ),
]
Making = Callable[[Path], MemoryFile]  # writes memories to a file


def check_memory_options(
    paths: Sequence[str], learns: bool, database: str | None, *, has_parts: bool
) -> None:
    """Refuse options that don't fit together.

    Raises:
        UsageError: one line that says which.
    """
    if learns and database:
        raise UsageError(
            "--site-memory learns and --site-memory-from uses a database: give one of them"
        )
    if has_parts and (learns or database):
        raise UsageError(
            "--part-per-input and --dask extract each part alone: --site-memory can't be used with them"
        )
    if learns and any(path == STANDARD_INPUT or is_web_url(path) for path in paths):
        raise UsageError(
            "--site-memory reads the inputs twice: give files or folders, or --site-memory-from DATABASE"
        )


@contextmanager
def open_memories(make: Making | None) -> Iterator[MemoryFile | None]:
    """Yield the memories that a command uses, in a file that is gone afterwards; None if it uses none.

    Args:
        make: writes them to the file; None for none.
    """
    if make is None:
        yield None
        return

    with TemporaryDirectory(prefix="newsspider-") as folder:
        yield make(Path(folder) / "memories.db")


def copy_from(database: str, path: Path) -> MemoryFile:
    """Copy the memories of sites that a database has.

    Raises:
        StoreError: it can't be read.
    """
    from newsspider.cli.options.common import copy_memories, open_existing  # here: few runs do

    with open_existing(database) as store:
        return copy_memories(store, path)
