"""Opening the database: where it lies, how SQLite is set, what its errors mean."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from newsspider.errors import StoreError
from newsspider.store.migrations import is_current, migrate

DEFAULT_DATABASE = "news.db"
ENVIRONMENT_VARIABLE = "NEWSSPIDER_DATABASE"
COMMAND_LINE_PRIORITY = 40  # scrapy.settings.SETTINGS_PRIORITIES["cmdline"]
BUSY_SECONDS = 10.0  # how long a write waits for another process's; a batch takes a few milliseconds


class Settings(Protocol):
    """What is asked of Scrapy's settings, which the store does not import."""

    def get(self, name: str) -> Any:
        """Return a setting's value, or None."""

    def getpriority(self, name: str) -> int | None:
        """Return how near to the command line the value was set, or None."""


def choose_database(given: str | None = None, setting: str | None = None) -> str:
    """Return the database to use: the one given, else the environment's, else the setting, else ./news.db."""
    return given or os.environ.get(ENVIRONMENT_VARIABLE) or setting or DEFAULT_DATABASE


def choose_database_in(settings: Settings) -> str:
    """Return the database that a crawl uses; `-s NEWSSPIDER_DATABASE=…` on its command line counts as given."""
    setting = settings.get(ENVIRONMENT_VARIABLE)
    on_command_line = (settings.getpriority(ENVIRONMENT_VARIABLE) or 0) >= COMMAND_LINE_PRIORITY
    return choose_database(given=setting if on_command_line else None, setting=setting)


def database_url(database: str) -> URL:
    """Return the SQLAlchemy address of a path or a database URL, a path made absolute.

    Raises:
        StoreError: the URL can't be read, or names a database that is not supported.
    """
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).expanduser().absolute()))
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise StoreError(f"not a database URL: {database}") from error
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"{url.get_backend_name()} databases are not supported yet: give a path or sqlite:///PATH")
    return url


def is_there(database: str) -> bool:
    """Whether a database has been made."""
    url = database_url(database)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def describe(url: URL) -> str:
    """Return what a person calls the database: its absolute path, or its URL without the password."""
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).absolute())
    return url.render_as_string(hide_password=True)


def open_engine(url: URL, *, create: bool) -> Engine:
    """Return an engine on a database with the newest schema.

    Args:
        url: from `database_url`.
        create: whether a missing SQLite file is made; readers pass False.

    Raises:
        StoreError: missing, not writable, locked, not a database, or made by a newer newsspider.
    """
    path = Path(url.database or "")
    if not create and not path.is_file():
        raise StoreError(f"no database at {describe(url)}: crawl or extract first, or name one with --db")
    if create and not path.parent.is_dir():
        raise StoreError(f"{describe(url)}: the folder does not exist")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_sqlite)
    event.listen(engine, "begin", _begin)
    try:
        with named_errors(url):
            _bring_up_to_date(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    """Migrate where there is something to do: else a reader would wait for whoever is writing."""
    with engine.connect() as connection:
        current = is_current(connection)
    if not current:
        with for_writing(engine).begin() as connection:
            migrate(connection)


def for_writing(engine: Engine) -> Engine:
    """Return the same engine, its transactions taking the write lock when they begin.

    A transaction that reads first and writes later can't wait for the lock: SQLite refuses it at once.
    """
    return engine.execution_options(writes=True)


_NEW_OR_OURS = "SELECT count(*) = 0 OR sum(name = 'schema_version') FROM sqlite_master"


def _set_sqlite(connection: Any, _record: object) -> None:
    """Set what holds for a connection: write-ahead log, so that readers and a killed writer do no harm."""
    connection.isolation_level = None  # `_begin` begins transactions, the driver never does
    if connection.execute(_NEW_OR_OURS).fetchone()[0]:
        connection.execute("PRAGMA journal_mode = WAL")  # written into the file: another program's stays as it is
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin(connection: Connection) -> None:
    """Begin a transaction, a writer's with the write lock."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


_MEANINGS = {
    "locked": "another process is writing to it and did not finish",
    "readonly": "it is read-only",
    "unable to open": "it can't be opened or made: check the folder and its permissions",
    "not a database": "the file is not a SQLite database",
    "malformed": "the file is damaged: restore a backup, or try sqlite3's .recover",
    "disk is full": "the disk is full",
    "disk I/O error": "the disk failed or is full",
}


@contextmanager
def named_errors(url: URL) -> Iterator[None]:
    """Turn a database error into a StoreError of one line that names the database and the mend."""
    try:
        yield
    except StoreError as error:
        raise StoreError(f"{describe(url)}: {error}") from error
    except DatabaseError as error:
        said = str(error.orig)
        meaning = next((meaning for words, meaning in _MEANINGS.items() if words in said), said)
        raise StoreError(f"{describe(url)}: {meaning}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"{describe(url)}: {error}") from error
