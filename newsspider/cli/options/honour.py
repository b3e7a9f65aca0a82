"""The option of the subcommands that make records: which of the pages' requests to robots are followed."""

from typing import Annotated

import typer

Honour = Annotated[
    list[str] | None,
    typer.Option(
        "--honour",
        metavar="WORD",
        help="Follow what pages ask of robots in their headers or meta elements. noindex: such a page gets no record.",
    ),
]
