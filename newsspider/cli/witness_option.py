"""The option of the subcommands that extract bodies: when trafilatura is asked."""

from typing import Annotated

import typer

from newsspider.extraction.witness_policy import POLICIES

Witness = Annotated[
    str,
    typer.Option(
        "--witness",
        metavar="|".join(POLICIES),
        help="When to ask trafilatura, whose verdict is evidence to the model. always: about each page (most "
        "accurate); unsure: only where the model alone is unsure; never: fastest.",
    ),
]
