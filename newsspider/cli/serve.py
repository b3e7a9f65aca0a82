"""`newsspider serve`: the store in a browser, and an HTTP API."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.extract import DEFAULTS
from newsspider.cli.options.common import Database, open_existing
from newsspider.cli.options.deadline import Deadline
from newsspider.cli.options.parsers import Parsers
from newsspider.cli.options.witness import Witness
from newsspider.errors import UsageError
from newsspider.mending.parsers import load_parsers
from newsspider.pool import check_model, read_limits

HOST = "127.0.0.1"
PORT = 8000
TOKEN_VARIABLE = "NEWSSPIDER_SERVE_TOKEN"
ARCHIVE_VARIABLE = "NEWSSPIDER_WARC"  # the folder that crawls keep their pages in
NEEDED = ("starlette", "uvicorn", "jinja2")
MISSING = "newsspider serve needs an extra: pip install 'newsspider[serve]'"


def serve(
    database: Database = None,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Address to listen on; others than this machine's need a token."
        ),
    ] = HOST,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Port; 0 = any free one.")
    ] = PORT,
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TOKEN",
            help=f"Everyone must give this token, of 16 characters at least. Default: ${TOKEN_VARIABLE}, which other "
            "users of the machine can't read in the list of processes.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Host name of the server. Can be given several times."),
    ] = None,
    archive: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATH",
            help=f"WARC files or their folder: kept pages for /why. Can be given several times. Default: "
            f"${ARCHIVE_VARIABLE}.",
        ),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where corrections are saved; default: corrections.gold.jsonl beside the database.",
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(metavar="N", min=1, help="Number of worker processes.")
    ] = DEFAULTS.workers,
    deadline: Deadline = DEFAULTS.deadline,
    memory: Annotated[
        int, typer.Option(metavar="MIB", help="Memory per worker.")
    ] = DEFAULTS.memory,
    witness: Witness = DEFAULTS.witness,
    parsers: Parsers = None,
    show: Annotated[bool, typer.Option("--open", help="Open the pages in a browser.")] = False,
) -> None:
    """Show the store in a browser and answer an HTTP API, until Ctrl-C.

    The pages show which sites need a look, the articles with search and filters, their versions,
    their copies, the quarantine with its reasons, the report, and why each block of a kept page is
    in its body or not. Corrections that are saved there are gold rows for `newsspider train`.

    The API: POST /extract (a page in, its record out), GET /articles, GET /articles/ID;
    /openapi.json describes it.

    Only this machine can reach the server, unless --host names another address; then a token is
    needed. The server only reads the database. It needs the extra `serve`.

    For example:

    ```
    newsspider serve --open
    newsspider serve --db news.db --archive warc/
    curl --data-binary @page.html 'http://127.0.0.1:8000/extract?url=https://herald.example/ferry'
    ```
    """
    if any(find_spec(package) is None for package in NEEDED):
        raise UsageError(MISSING)

    from newsspider.serving.context import Context
    from newsspider.serving.corrections import Corrections, choose_file
    from newsspider.serving.extraction_queue import ExtractionQueue
    from newsspider.serving.http_server import address_of, listen, serve_on
    from newsspider.serving.kept_pages import Archive
    from newsspider.serving.security import choose_access

    given = {"--workers": workers, "--deadline": deadline, "--memory": memory}
    limits = read_limits({**given, "--witness": witness, "--parsers": parsers})
    access = choose_access(host, token or os.environ.get(TOKEN_VARIABLE) or None, name or ())
    archives = archive or list(filter(None, [os.environ.get(ARCHIVE_VARIABLE)]))
    load_parsers(limits.parsers)
    check_model()
    store = open_existing(database)
    listening = listen(host, port)
    context = Context(
        store,
        ExtractionQueue(limits),
        Archive(archives),
        Corrections(choose_file(corrections, store)),
        access,
    )
    address = address_of(listening)
    sys.stderr.write(f"serving {store.name} at {address} (Ctrl-C ends it)\n")
    if show:
        typer.launch(address)

    serve_on(listening, context, limits.deadline)
