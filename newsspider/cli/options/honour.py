"""The option of the subcommands that make records: which of the pages' requests to robots are followed."""

from typing import Annotated

import typer

Honour = Annotated[
    list[str] | None,
    typer.Option(
        "--honour",
        metavar="WORD",
        help="Follow directives for robots in the headers or meta elements of pages. "
        "noindex: such a page gets no record.",
    ),
]
