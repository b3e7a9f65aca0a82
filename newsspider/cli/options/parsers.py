"""The option of the subcommands that apply mends: the modules that define them."""

from typing import Annotated

import typer

from newsspider.mending.parsers import ENVIRONMENT_VARIABLE

Parsers = Annotated[
    list[str] | None,
    typer.Option(
        "--parsers",
        metavar="MODULE",
        help="A Python module with your own corrections for single sites (functions with `@for_site`): a dotted name "
        f"or a .py file. Can be given several times. Default: ${ENVIRONMENT_VARIABLE}, separated by commas.",
    ),
]
