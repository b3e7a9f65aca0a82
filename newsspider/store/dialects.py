"""The differences of SQLite and PostgreSQL: column types, upserts, transactions, settings of a connection."""

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Integer,
    String,
    Table,
    Text,
    TypeDecorator,
    bindparam,
    event,
    literal_column,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement

from newsspider.files import Sync

# How long a write waits for another process's; a batch takes a few milliseconds
BUSY_SECONDS = 10.0
CONNECT_SECONDS = 5  # for a server to answer; a crawl stands still for it
# Without any answer until a server counts as gone; the system's default is two hours
SILENT_SECONDS = 30
ROWS_TOGETHER = 500  # rows per statement, if each needs parameters of its own
# Advisory locks of PostgreSQL.
WRITERS_LOCK = 0x6E65777373706964  # "newsspid"; writers hold it, as they hold SQLite's write lock
SITES_LOCK = 0x6E657773  # with a site's number: held by writers of this site only
LINKS_LOCK = 0x6E65777373706965  # held by such writers while they link near-duplicates of all sites

NUMBER = BigInteger().with_variant(
    Integer(), "sqlite"
)  # an upsert uses up a number even if the row exists
# Compared by byte, as in Python and SQLite, and not by the rules of the server's language.
ADDRESS = String().with_variant(String(collation="C"), "postgresql")
TEXTS = JSON().with_variant(
    postgresql.JSONB(), "postgresql"
)  # lists of strings; JSONB would reorder objects

_INSERTS: dict[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can update existing rows."""
    return _INSERTS[connection.dialect.name](table)


class _Values(TypeDecorator[Any]):
    """A list as one parameter: an array for PostgreSQL, its JSON for SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, *, are_numbers: bool) -> None:
        """Take numbers or texts."""
        super().__init__()
        self.are_numbers = are_numbers

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Return the database's type."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        kind = BigInteger() if self.are_numbers else Text()
        return dialect.type_descriptor(postgresql.ARRAY(kind))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return the parameter."""
        return json.dumps(value) if dialect.name == "sqlite" else value


class _Among(FunctionElement[bool]):
    """A column and the list of values that it may have."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """Return it unchanged: SQLAlchemy would compare it with 1 for SQLite, which then doesn't use an index."""
        return self


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: Any, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"


@compiles(_Among, "postgresql")
def _among_in_postgresql(element: _Among, compiler: Any, **options: Any) -> str:
    column, listed = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({listed})"


def among(column: Column[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column has one of some values, however many.

    They are a single parameter. SQLite takes 32,766 parameters at most and PostgreSQL 65,535, and
    both need long to plan a query with so many.
    """
    listed = _Values(are_numbers=isinstance(column.type, Integer))
    return _Among(column, bindparam(None, sorted({*values}), type_=listed, unique=True))


def day_of(column: Any) -> Any:
    """Return the day (YYYY-MM-DD) of a column's ISO 8601 text, without parameters, for GROUP BY."""
    return literal_column(f"substr({column.table.name}.{column.name}, 1, 10)")


def engine_options(backend: str) -> dict[str, Any]:
    """Return the arguments for the database's engine."""
    if backend == "sqlite":
        return {"connect_args": {"timeout": BUSY_SECONDS}}
    return {
        "pool_pre_ping": True,  # connects again to a server that was restarted
        "json_serializer": dump_json,
        "connect_args": {
            "application_name": "newsspider",
            "connect_timeout": CONNECT_SECONDS,
            "keepalives_idle": SILENT_SECONDS,
            "tcp_user_timeout": SILENT_SECONDS * 1000,
        },
    }


def prepare(engine: Engine, sync: Sync = "normal") -> None:
    """Prepare an engine's connections and transactions."""
    set_connection, begin = _PREPARED[engine.dialect.name]
    if engine.dialect.name == "sqlite":
        set_connection = partial(set_connection, sync=sync)
    # Many rows per statement: PostgreSQL takes a third of the time.
    engine.dialect.use_insertmanyvalues_wo_returning = engine.dialect.name == "postgresql"
    event.listen(engine, "connect", set_connection)
    event.listen(engine, "begin", begin)


def for_writing(engine: Engine) -> Engine:
    """Return the same engine with transactions that take the write lock when they begin.

    Writes depend on earlier reads in the same transaction, so two writers must not overlap. Also,
    SQLite refuses a transaction that first reads and then wants to write while another one writes.
    """
    return engine.execution_options(writes=True)


def for_writing_about(engine: Engine, site: str) -> Engine:
    """Return the same engine with transactions that write about one site, at the same time as those of other sites.

    For PostgreSQL; a SQLite file has one writer. Near-duplicates concern all sites, see `lock_links`.
    Two sites can also share an article by its address: PostgreSQL then ends one of two transactions
    that wait for each other, with an error after which it is repeated.
    """
    return engine.execution_options(writes=True, writes_about=site)


def lock_links(connection: Connection) -> None:
    """Let one transaction at a time link near-duplicates, until it ends.

    Otherwise two that store copies of a text at the same time would not see each other's copy.
    """
    if connection.get_execution_options().get("writes_about") is not None:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LINKS_LOCK})


def erase_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, which has old rows; return False if a reader prevented it."""
    with engine.connect() as connection:
        connection.rollback()
        connection.exec_driver_sql("COMMIT")  # outside of a transaction
        is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        connection.exec_driver_sql("BEGIN")
    return not is_busy


_NEW_OR_OURS = "SELECT count(*) = 0 OR sum(name = 'schema_version') FROM sqlite_master"


# With a write-ahead log, killed processes don't lose transactions and power loss doesn't damage
# files in either mode. With NORMAL, power loss loses the transactions that the system has not
# written yet, usually those of the last half minute.
_SYNCHRONOUS = {"normal": "NORMAL", "full": "FULL"}
# A large log, so that a page of an index is copied to the database once and not after each transaction
# that changes it.
LOG_PAGES = 16_000  # of 4 KB; then the log is emptied
CACHE_KIB = 65_536  # of a connection, at most


def _set_sqlite(connection: Any, _record: object, *, sync: Sync) -> None:
    """Set up a connection to SQLite, with a write-ahead log: readers don't block writers, and kills do no harm."""
    connection.isolation_level = None  # `_begin_sqlite` begins transactions, the driver never does
    if connection.execute(_NEW_OR_OURS).fetchone()[0]:
        connection.execute(
            "PRAGMA journal_mode = WAL"
        )  # is stored in the file; other programs' files keep theirs
    connection.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[sync]}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # Otherwise deleted text stays in free pages. Debian's SQLite does it anyway. Loading 12,000
    # articles, a third of them changed, takes the same processor time and writes 23 % more.
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: Connection) -> None:
    """Begin a transaction, a writer's with the write lock."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _set_postgresql(connection: Any, _record: object) -> None:
    """Set up a connection to PostgreSQL, whose text can't contain the character NUL."""
    from psycopg.types.string import StrDumperUnknown  # part of an extra

    class NulFreeDumper(StrDumperUnknown):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", ""))

    connection.adapters.register_dumper(str, NulFreeDumper)


# One statement, so one round trip to the server. The shared lock makes writers of all sites wait for
# writers of one site, and the other way round.
_LOCK_ALL = text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:all)")
_LOCK_SITE = text(
    "SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock_shared(:all), "
    "pg_advisory_xact_lock(CAST(:sites AS integer), CAST(:site AS integer))"
)


def _begin_postgresql(connection: Connection) -> None:
    """Take the write lock for a writer's transaction; it ends with it, also when the writer is killed."""
    if not _writes(connection):
        return
    site = connection.get_execution_options().get("writes_about")
    wait = {"wait": str(int(BUSY_SECONDS * 1000))}
    if site is None:
        connection.execute(_LOCK_ALL, {**wait, "all": WRITERS_LOCK})
        return
    number = int.from_bytes(hashlib.blake2b(site.encode(), digest_size=4).digest(), signed=True)
    connection.execute(
        _LOCK_SITE, {**wait, "all": WRITERS_LOCK, "sites": SITES_LOCK, "site": number}
    )


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("writes"))


def dump_json(value: Any) -> str:
    """Return JSON for PostgreSQL: without NUL, other characters unescaped."""
    return json.dumps(_without_nul(value), ensure_ascii=False)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict):
        return {name: _without_nul(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nul(each) for each in value]
    return value


_PREPARED: dict[str, tuple[Callable[..., None], Callable[[Connection], None]]] = {
    "sqlite": (_set_sqlite, _begin_sqlite),
    "postgresql": (_set_postgresql, _begin_postgresql),
}
