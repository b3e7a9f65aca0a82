"""Errors of a database in one line: its name, the cause and the mend."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from newsspider.errors import StoreError, StoreLostError
from newsspider.text import show_text

DAMAGED = "the file is damaged: restore a backup, or try sqlite3's .recover"
MAX_SAID = 300  # characters of a database's own message; it can contain a page's text
_TEXT_FOLLOWS = " with text "  # then SQLite's driver quotes the text that it could not decode
# Our words for parts of the databases' messages, SQLite's first, then PostgreSQL's.
_MEANINGS = {
    "locked": "another process is writing to it and did not finish",
    "readonly": "it is read-only",
    "unable to open": "it can't be opened or made: check the folder and its permissions",
    "not a database": "the file is not a SQLite database",
    "malformed": DAMAGED,
    "Could not decode": DAMAGED,
    "disk is full": "the disk is full",
    "disk I/O error": "the disk failed or is full",
    "lock timeout": "another process is writing to it and did not finish",
    "password authentication failed": "the server refuses this user and password",
    "no password supplied": "the server asks for a password: postgresql://USER:PASSWORD@HOST/NAME",
    "permission denied": "the user may not do that: GRANT ALL ON SCHEMA public TO the user",
    "must be owner": "the user may not change its tables: open it once as the user who made them",
    "No space left": "the server's disk is full",
    "too many clients": "the server has no connection left",
    "starting up": "the server is starting up",
    "shutting down": "the server is shutting down",
    "Connection refused": "no server answers there: is it running?",
    "No such file": "no server answers there: is it running?",
    "resolve host": "no server has this name",
    "timeout expired": "the server does not answer",
    "terminating connection": "the server ended the connection",
    "closed the connection": "the connection to the server was lost",
    "connection is closed": "the connection to the server was lost",
    "connection is lost": "the connection to the server was lost",
}
# SQLSTATE classes of temporary errors: connection failures, deadlocks, shortages, a server that
# stops or starts.
_PASSING = ("08", "40", "53", "57P")


def describe(url: URL) -> str:
    """Return the name of a database for people: its absolute path, or its URL without secrets."""
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).absolute())
    return url.set(drivername=url.get_backend_name(), query={}).render_as_string(hide_password=True)


@contextmanager
def named_errors(url: URL) -> Iterator[None]:
    """Turn a database error into a StoreError of one line that names the database and the mend."""
    try:
        yield
    except StoreError as error:
        raise type(error)(f"{describe(url)}: {error}") from error
    except DatabaseError as error:
        said = str(error.orig).partition(_TEXT_FOLLOWS)[0]
        kind = StoreLostError if _is_lost(error) else StoreError
        raise kind(f"{describe(url)}: {_explain(said)}") from error
    except JSONDecodeError as error:  # in a column of lists or objects
        raise StoreError(f"{describe(url)}: {DAMAGED}") from error
    except SQLAlchemyError as error:
        said, _, _ = str(error).partition("\n")  # the statement follows
        raise StoreError(f"{describe(url)}: {show_text(said)[:MAX_SAID]}") from error


def _explain(said: str) -> str:
    """Return the meaning of a database's message, or the message itself."""
    for words, meaning in _MEANINGS.items():
        if words in said:
            return meaning
    return show_text(" ".join(said.split()))[:MAX_SAID]


def _is_lost(error: DatabaseError) -> bool:
    """Return whether a server could not be reached or the connection broke, so that another try may help."""
    if error.connection_invalidated:
        return True
    state: str | None = getattr(error.orig, "sqlstate", "SQLite")
    if state:
        return state.startswith(_PASSING)
    return isinstance(error, OperationalError)
