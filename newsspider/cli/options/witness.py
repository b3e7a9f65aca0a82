"""The option of the subcommands that extract bodies: when trafilatura is asked."""

from typing import Annotated

import typer

from newsspider.extraction.witness_policy import POLICIES

Witness = Annotated[
    str,
    typer.Option(
        "--witness",
        metavar="|".join(POLICIES),
        help="When trafilatura's opinion of a page is used as evidence. always: most accurate; unsure: only if the "
        "model alone is unsure; never: fastest.",
    ),
]
