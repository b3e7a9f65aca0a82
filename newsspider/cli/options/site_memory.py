"""The options of the subcommands that extract with the memories of sites."""

from collections.abc import Sequence
from typing import Annotated

import typer

from newsspider.errors import UsageError
from newsspider.inputs.paths import STANDARD_INPUT
from newsspider.urls import is_web_url

SiteMemory = Annotated[
    bool,
    typer.Option(
        "--site-memory",
        help="Read the inputs twice: first learn the text that each site repeats on its pages, then "
        "extract without it. Worth it for ten or more pages of a site; takes twice the time. With "
        "--part-per-input, each part learns from its own input only.",
    ),
]
SiteMemoryFrom = Annotated[
    str | None,
    typer.Option(
        "--site-memory-from",
        metavar="DATABASE",
        help="Instead of learning, use the memories of sites that crawls have left in this database "
        "(path or URL). With --dask, the workers open it.",
    ),
]
Wrappers = Annotated[
    bool,
    typer.Option(
        "--wrappers",
        help="Read pages that fit the known layout of their site without model and trafilatura; one "
        "page in ten is still read in full. Faster, with --site-memory-from or --site-memory.",
    ),
]


def check_memory_options(
    paths: Sequence[str],
    learns: bool,
    database: str | None,
    *,
    wrappers: bool = False,
    on_cluster: bool,
) -> None:
    """Refuse options that don't fit together.

    Raises:
        UsageError: one line that says which.
    """
    if learns and database:
        raise UsageError(
            "--site-memory learns and --site-memory-from uses a database: give one of them"
        )
    if wrappers and not (learns or database):
        raise UsageError(
            "--wrappers reads by a memory: give --site-memory-from or --site-memory, too"
        )
    if learns and on_cluster:
        raise UsageError("--dask can't learn: use --site-memory-from DATABASE, or --part-per-input")
    if learns and any(path == STANDARD_INPUT or is_web_url(path) for path in paths):
        raise UsageError(
            "--site-memory reads the inputs twice: give files or folders, or --site-memory-from DATABASE"
        )
