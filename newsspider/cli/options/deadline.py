"""The option of the subcommands that look at single pages: how long one may take."""

from typing import Annotated

import typer

Deadline = Annotated[
    float,
    typer.Option(
        "--deadline", metavar="SECONDS", help="Give up on a page that takes longer to read."
    ),
]
