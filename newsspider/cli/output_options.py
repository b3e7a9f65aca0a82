"""Options of the subcommands that write records; apart from those that need a database, which takes time to import."""

from typing import Annotated

import typer

from newsspider.outputs.opening import FORMATS

OUTPUT_HELP = "a .jsonl, .csv (also .jsonl.gz, .csv.zst …) or .parquet file, or a folder; `-` is standard output."
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help=f"{', '.join(FORMATS)} (three fill a folder); else by OUT's name."),
]
