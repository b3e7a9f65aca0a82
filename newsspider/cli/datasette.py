"""`newsspider datasette`: look at the database in a browser with Datasette."""

import json
import subprocess
import sys
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from newsspider.cli.options.common import Database, open_existing
from newsspider.cli.options.output import Replace
from newsspider.errors import OutputError, UsageError
from newsspider.outputs.output_locks import check_free

PORT = 8001  # Datasette's own
SHOWN_CHARS = 300  # of a cell; whole bodies would make a row a screen high
QUERY_MILLISECONDS = 5_000  # facets over a million articles
MISSING = (
    "Datasette is not installed: pip install 'newsspider[datasette]', or write its metadata with -o"
)
METADATA = files("newsspider").joinpath("datasette.json")
NAME_IN_METADATA = "news"  # of the database


def datasette(
    database: Database = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT.json",
            help="Only write the metadata that Datasette needs.",
        ),
    ] = None,
    replace: Replace = False,
    port: Annotated[
        int,
        typer.Option(metavar="N", min=0, max=65535, help="Port on this machine; 0 = any free one."),
    ] = PORT,
    show: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,
) -> None:
    """Show the SQLite database in a browser, with facets and full-text search, until Ctrl-C.

    It starts Datasette on this machine (extra `datasette`) with names, facets and queries for this
    database. Start with the table articles_readable. Datasette only reads; everyone who can open
    its pages can read the whole file.

    For example:

    ```
    newsspider datasette --open
    newsspider datasette --db archive.db -o metadata.json
    ```
    """
    with open_existing(database) as store:
        file, name = store.file, store.name

    if file is None:
        raise UsageError(f"{name}: Datasette reads SQLite files only")

    metadata = json.dumps(metadata_of(Path(file)), indent=2, ensure_ascii=False)
    if output:
        _write(output, metadata, replace=replace)
        sys.stderr.write(f"wrote {output}: datasette {file} --metadata {output}\n")
    else:
        raise typer.Exit(_serve(file, metadata, port, show=show))


def metadata_of(file: Path) -> dict[str, Any]:
    """Return Datasette's metadata for a database.

    Datasette calls a database by the name of its file.
    """
    metadata: dict[str, Any] = json.loads(METADATA.read_text(encoding="utf-8"))
    databases = metadata["databases"]
    return metadata | {"databases": {file.stem: databases[NAME_IN_METADATA]}}


def _write(path: Path, metadata: str, *, replace: bool) -> None:
    """Write the metadata.

    Raises:
        UsageError: the file is there and may not be overwritten.
        OutputError: it can't be written.
    """
    if not replace:
        check_free([path])
    try:
        path.write_text(f"{metadata}\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error


def _serve(file: str, metadata: str, port: int, *, show: bool) -> int:
    """Run Datasette until it ends, and return its exit code.

    Raises:
        UsageError: it is not installed.
    """
    if find_spec("datasette") is None:
        raise UsageError(MISSING)

    with TemporaryDirectory() as folder:
        path = Path(folder, "metadata.json")
        path.write_text(metadata, encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "datasette",
            "serve",
            file,
            "--metadata",
            str(path),
            "--port",
            str(port),
        ]
        command += ["--setting", "truncate_cells_html", str(SHOWN_CHARS)]
        command += ["--setting", "sql_time_limit_ms", str(QUERY_MILLISECONDS)]

        try:
            return subprocess.run([*command, *(["--open"] if show else [])], check=False).returncode
        except KeyboardInterrupt:
            return 0  # the way to end it
