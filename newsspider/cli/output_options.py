"""Options of the subcommands that write records; apart from those that need a database, which takes time to import."""

from typing import Annotated

import typer

from newsspider.outputs.formats import COMPRESSIONS, FORMATS, formats_of
from newsspider.outputs.schemas import SCHEMAS

_NUMBERS = "none one two three four five six seven eight nine".split()
_TEXT, _FILES = ([row.suffix for row in formats_of(shape).values()] for shape in ("text", "file"))
_COMPRESSED = f"{_TEXT[0]}{COMPRESSIONS[0]}, {_TEXT[-1]}{COMPRESSIONS[-1]} …"
OUTPUT_HELP = (
    f"a {', '.join(_TEXT)} (also {_COMPRESSED}) or {', '.join(_FILES)} file, or a folder; `-` is standard output."
)
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        help=f"{', '.join(FORMATS)} ({_NUMBERS[len(formats_of('folder'))]} fill a folder); else by OUT's name.",
    ),
]
Schema = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=f"Another tool's field names, as JSON lines: {', '.join(SCHEMAS)}."),
]
