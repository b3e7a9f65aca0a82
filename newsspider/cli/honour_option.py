"""The option of the subcommands that make records: what pages ask of robots, and is heard."""

from typing import Annotated

import typer

Honour = Annotated[
    list[str] | None,
    typer.Option(
        "--honour",
        metavar="WORD",
        help="Hear what pages ask of robots, in their headers or meta elements. noindex: no record of such a page.",
    ),
]
