"""Opening the database: its address, and whether its schema may be changed."""

import os
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, get_args

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from newsspider.errors import StoreError, UsageError
from newsspider.files import Sync, make_private
from newsspider.store.database_choice import DEFAULT_DATABASE, ENVIRONMENT_VARIABLE
from newsspider.store.database_errors import describe, named_errors
from newsspider.store.dialects import engine_options, for_writing, prepare
from newsspider.store.duplicates.linking import Duplicates
from newsspider.store.schema.migrations import check_version, is_current, migrate

IN_MEMORY = ":memory:"
POSTGRESQL_DRIVER = "postgresql+psycopg"
_BACKENDS = {"sqlite": "sqlite", "postgresql": POSTGRESQL_DRIVER, "postgres": POSTGRESQL_DRIVER}
COMMAND_LINE_PRIORITY = 40  # scrapy.settings.SETTINGS_PRIORITIES["cmdline"]
DUPLICATES_VARIABLE = "NEWSSPIDER_DUPLICATES"
DUPLICATES_WORDS: tuple[Duplicates, ...] = get_args(Duplicates)
MIGRATE_VARIABLE = "NEWSSPIDER_MIGRATE"
OFF_WORDS = frozenset({"0", "false", "no", "off"})


class Settings(Protocol):
    """The part of Scrapy's settings that is used; the store does not import Scrapy."""

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
    is_on_command_line = (settings.getpriority(name) or 0) >= COMMAND_LINE_PRIORITY
    if setting and is_on_command_line:
        return setting
    return os.environ.get(name) or setting


def choose_duplicates(given: str | None = None) -> Duplicates:
    """Return how to treat near-duplicates: as given, else as the environment says, else link them.

    Raises:
        UsageError: the word is unknown.
    """
    word = given or os.environ.get(DUPLICATES_VARIABLE) or DUPLICATES_WORDS[0]
    for known in DUPLICATES_WORDS:
        if known == word.lower():
            return known
    raise UsageError(f"{DUPLICATES_VARIABLE}={word}: expected {', '.join(DUPLICATES_WORDS)}")


def may_migrate() -> bool:
    """Return whether tables may be made and changed; NEWSSPIDER_MIGRATE=0 forbids it."""
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
        raise StoreError(
            "not a database URL: postgresql://USER:PASSWORD@HOST:PORT/NAME or sqlite:///PATH"
        ) from error

    name = url.get_backend_name()
    backend = _BACKENDS.get(name)
    if backend is None:
        raise StoreError(
            f"{name} databases are not supported: give a path, sqlite:///PATH or postgresql://…"
        )
    if backend == POSTGRESQL_DRIVER and find_spec("psycopg") is None:
        raise StoreError("PostgreSQL needs its driver: pip install 'newsspider[postgres]'")
    return url.set(drivername=backend)


def is_there(database: str) -> bool:
    """Return whether a database exists; an empty file doesn't count."""
    url = database_url(database)
    path = Path(url.database or "")
    return url.get_backend_name() != "sqlite" or (path.is_file() and path.stat().st_size > 0)


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
    """Return an engine for writing, whose transactions take the write lock when they begin.

    For a SQLite file it has a single connection. A connection loses its cache as soon as another
    one writes, so all writes go through the same one.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database == IN_MEMORY:
        return for_writing(engine)
    writing = create_engine(
        url, hide_parameters=True, pool_size=1, max_overflow=0, **engine_options("sqlite")
    )
    prepare(writing, sync)
    return for_writing(writing)


def _check_path(url: URL, *, create: bool) -> None:
    """Refuse a SQLite file that doesn't exist, or whose folder doesn't.

    Raises:
        StoreError: the file or the folder is missing.
    """
    path = Path(url.database or "")
    try:
        if not create and not path.is_file():
            raise StoreError(
                f"no database at {describe(url)}: crawl or extract first, or name one with --db"
            )
        if create and not path.parent.is_dir():
            raise StoreError(f"{describe(url)}: the folder does not exist")
        if create and url.database and url.database != IN_MEMORY:
            with suppress(OSError):  # SQLite's own error says more
                make_private(path)  # SQLite's log and its index get the file's mode
    except OSError as error:
        raise StoreError(f"{describe(url)}: {error.strerror}") from error


def _bring_up_to_date(engine: Engine, *, create: bool, migrates: bool) -> None:
    """Migrate the schema if it is not current; only then a reader has to wait for writers.

    Raises:
        StoreError: it is not current and may not be changed.
    """
    with engine.connect() as connection:
        if is_current(connection):
            return
        check_version(connection, create=create, migrates=migrates)
    with for_writing(engine).begin() as connection:
        migrate(connection)  # does nothing if another process has migrated meanwhile
