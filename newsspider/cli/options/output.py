"""Options of the subcommands that write records.

Apart from those that need a database, which takes time to import.
"""

from typing import Annotated

import typer

from newsspider.outputs.formats import COMPRESSIONS, FORMATS, formats_of
from newsspider.outputs.schemas import SCHEMAS

_TEXT = [row.suffix for row in formats_of("text").values()]
_FILES = [row.suffix for row in FORMATS.values() if row.joins or row.shape in ("file", "feed")]
_FOLDERS = " and ".join(", ".join(formats_of("folder")).rsplit(", ", 1))
_COMPRESSED = f"{_TEXT[0]}{COMPRESSIONS[0]}, {_TEXT[-1]}{COMPRESSIONS[-1]} …"
OUTPUT_HELP = (
    f"a {', '.join(_TEXT)} (also {_COMPRESSED}), {', '.join(_FILES)} file, or a folder; "
    "`-` is standard output."
)
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"The format, if OUT's name doesn't show it: {', '.join(FORMATS)}. In a folder, {_FOLDERS} write one file "
        "per article.",
    ),
]
Replace = Annotated[bool, typer.Option("--replace", help="Overwrite OUT if it already exists.")]
Schema = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help=f"Write JSON with the field names of another tool: {', '.join(SCHEMAS)}. In a folder, one file per "
        "article.",
    ),
]
