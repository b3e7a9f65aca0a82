"""The addresses of records on the server."""

from sqlalchemy import Table

from newsspider.store.schema.tables import articles

ARTICLES = "/articles"
QUARANTINE = "/quarantine"


def path_of(table: Table, number: int) -> str:
    """Return the address of a record's page."""
    return f"{ARTICLES if table is articles else QUARANTINE}/{number}"
