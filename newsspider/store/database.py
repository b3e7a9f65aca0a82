"""Opening the database: where it lies, whether its schema may be changed, what its errors mean."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from json import JSONDecodeError
from pathlib import Path
from typing import Any, Protocol, get_args

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError

from newsspider.errors import StoreError, StoreLostError, UsageError
from newsspider.files import Sync, make_private
from newsspider.store.dialects import engine_options, for_writing, prepare
from newsspider.store.duplicates.linking import Duplicates
from newsspider.store.locating import DEFAULT_DATABASE, ENVIRONMENT_VARIABLE
from newsspider.store.schema.migrations import check_version, is_current, migrate
from newsspider.text import show_text

COMMAND_LINE_PRIORITY = 40  # scrapy.settings.SETTINGS_PRIORITIES["cmdline"]
DUPLICATES_VARIABLE = "NEWSSPIDER_DUPLICATES"
DUPLICATES_WORDS: tuple[Duplicates, ...] = get_args(Duplicates)
MIGRATE_VARIABLE = "NEWSSPIDER_MIGRATE"
OFF_WORDS = frozenset({"0", "false", "no", "off"})


class Settings(Protocol):
    """What is asked of Scrapy's settings, which the store does not import."""

    def get(self, name: str) -> Any:
        """Return a setting's value, or None."""

    def getpriority(self, name: str) -> int | None:
        """Return how near to the command line the value was set, or None."""


def choose_database_in(settings: Settings) -> str:
    """Return the database that a crawl uses; `-s NEWSSPIDER_DATABASE=…` on its command line counts as given."""
    return choose_in(settings, ENVIRONMENT_VARIABLE) or DEFAULT_DATABASE


def choose_in(settings: Settings, name: str) -> str | None:
    """Return a setting of the command line, else the environment's variable of this name, else the setting."""
    setting: str | None = settings.get(name)
    on_command_line = (settings.getpriority(name) or 0) >= COMMAND_LINE_PRIORITY
    return setting if on_command_line and setting else os.environ.get(name) or setting


def choose_duplicates(given: str | None = None) -> Duplicates:
    """Return what becomes of near-duplicates: as given, else as the environment says, else they are linked.

    Raises:
        UsageError: it is none of the words for it.
    """
    word = given or os.environ.get(DUPLICATES_VARIABLE) or DUPLICATES_WORDS[0]
    for known in DUPLICATES_WORDS:
        if known == word.lower():
            return known
    raise UsageError(f"{DUPLICATES_VARIABLE}={word}: expected {', '.join(DUPLICATES_WORDS)}")


def may_migrate() -> bool:
    """Whether the environment lets tables be made and changed: NEWSSPIDER_MIGRATE=0 does not."""
    return os.environ.get(MIGRATE_VARIABLE, "").lower() not in OFF_WORDS


def database_url(database: str) -> URL:
    """Return the SQLAlchemy address of a path or a database URL, a path made absolute.

    Raises:
        StoreError: the URL can't be read, names a database that is not supported, or its driver is not installed.
    """
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).expanduser().absolute()))
    try:
        url = make_url(database)
    except (ArgumentError, ValueError) as error:  # the port is not a number
        raise StoreError("not a database URL: postgresql://USER:PASSWORD@HOST:PORT/NAME or sqlite:///PATH") from error
    backend = _BACKENDS.get(url.get_backend_name())
    if backend is None:
        raise StoreError(
            f"{url.get_backend_name()} databases are not supported: give a path, sqlite:///PATH or postgresql://…"
        )
    if backend == POSTGRESQL_DRIVER and find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs its driver: pip install 'newsspider[postgres]'")
    return url.set(drivername=backend)


def is_there(database: str) -> bool:
    """Whether a database has been made; an empty file is none yet."""
    url = database_url(database)
    path = Path(url.database or "")
    return url.get_backend_name() != "sqlite" or (path.is_file() and path.stat().st_size > 0)


def describe(url: URL) -> str:
    """Return what a person calls the database: its absolute path, or its URL without what may be secret."""
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).absolute())
    return url.set(drivername=url.get_backend_name(), query={}).render_as_string(hide_password=True)


def open_engine(url: URL, *, create: bool, migrates: bool, sync: Sync = "normal") -> Engine:
    """Return an engine on a database with the newest schema.

    Args:
        url: from `database_url`.
        create: whether a missing SQLite file or schema is made; readers pass False.
        migrates: whether tables may be made and changed at all.
        sync: when SQLite's transactions are on the disk; a server has its own setting, synchronous_commit.

    Raises:
        StoreError: missing, not writable, locked, not a database, of another schema, or made by a newer newsspider.
    """
    if url.get_backend_name() == "sqlite":
        _check_path(url, create=create)
    engine = create_engine(url, hide_parameters=True, **engine_options(url.get_backend_name()))
    prepare(engine, sync)
    try:
        with named_errors(url):
            _bring_up_to_date(engine, create=create, migrates=migrates)
    except StoreError:
        engine.dispose()
        raise
    return engine


def open_writing(url: URL, engine: Engine, sync: Sync = "normal") -> Engine:
    """Return what writes to an open database, its transactions taking the write lock when they begin.

    Of a SQLite file it has one connection of its own. What a connection has cached is lost as soon as another one
    writes, so writing must not change between several.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database == IN_MEMORY:
        return for_writing(engine)
    writing = create_engine(url, hide_parameters=True, pool_size=1, max_overflow=0, **engine_options("sqlite"))
    prepare(writing, sync)
    return for_writing(writing)


def _check_path(url: URL, *, create: bool) -> None:
    """Refuse a SQLite file that is not there, or whose folder is not.

    Raises:
        StoreError: which of the two.
    """
    path = Path(url.database or "")
    try:
        if not create and not path.is_file():
            raise StoreError(f"no database at {describe(url)}: crawl or extract first, or name one with --db")
        if create and not path.parent.is_dir():
            raise StoreError(f"{describe(url)}: the folder does not exist")
        if create and url.database and url.database != IN_MEMORY:
            with suppress(OSError):  # SQLite says what it can't open
                make_private(path)  # SQLite's log and its index beside it take the file's mode
    except OSError as error:
        raise StoreError(f"{describe(url)}: {error.strerror}") from error


def _bring_up_to_date(engine: Engine, *, create: bool, migrates: bool) -> None:
    """Migrate where there is something to do: else a reader would wait for whoever is writing.

    Raises:
        StoreError: there is something to do and it may not be done.
    """
    with engine.connect() as connection:
        if is_current(connection):
            return
        check_version(connection, create=create, migrates=migrates)
    with for_writing(engine).begin() as connection:
        migrate(connection)  # if another process has not done it since


IN_MEMORY = ":memory:"
POSTGRESQL_DRIVER = "postgresql+psycopg"
_BACKENDS = {"sqlite": "sqlite", "postgresql": POSTGRESQL_DRIVER, "postgres": POSTGRESQL_DRIVER}

DAMAGED = "the file is damaged: restore a backup, or try sqlite3's .recover"
MAX_SAID = 300  # characters of a database's own words; they can contain a page's
_TEXT_FOLLOWS = " with text "  # what SQLite's driver could not decode
# What the databases' own words mean. SQLite's first, then PostgreSQL's.
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
# SQLSTATE classes of what passes by itself: connection failures, transactions that lock each other out, shortages, a
# server that stops or starts.
_PASSING = ("08", "40", "53", "57P")


@contextmanager
def named_errors(url: URL) -> Iterator[None]:
    """Turn a database error into a StoreError of one line that names the database and the mend."""
    try:
        yield
    except StoreError as error:
        raise type(error)(f"{describe(url)}: {error}") from error
    except DatabaseError as error:
        said = str(error.orig).partition(_TEXT_FOLLOWS)[0]
        shown = show_text(" ".join(said.split()))[:MAX_SAID]
        meaning = next((meaning for words, meaning in _MEANINGS.items() if words in said), shown)
        kind = StoreLostError if _is_lost(error) else StoreError
        raise kind(f"{describe(url)}: {meaning}") from error
    except JSONDecodeError as error:  # of a column that holds lists or objects
        raise StoreError(f"{describe(url)}: {DAMAGED}") from error
    except SQLAlchemyError as error:
        said, _, _ = str(error).partition("\n")  # then the statement follows
        raise StoreError(f"{describe(url)}: {show_text(said)[:MAX_SAID]}") from error


def _is_lost(error: DatabaseError) -> bool:
    """Whether a server could not be reached, or the connection to it broke: then another try may do."""
    state: str | None = getattr(error.orig, "sqlstate", "SQLite")
    return error.connection_invalidated or (
        state.startswith(_PASSING) if state else isinstance(error, OperationalError)
    )
