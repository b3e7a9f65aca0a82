"""The option that names the database.

It imports no database, since a crawl with a wrong option needs none.
"""

from typing import Annotated

import typer

from newsspider.store.database_choice import ENVIRONMENT_VARIABLE

Database = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="PATH|URL",
        help=f"The database; else ${ENVIRONMENT_VARIABLE}, else ./news.db.",
    ),
]
