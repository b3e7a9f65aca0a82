"""Remove deleted text from a database's files."""

from itertools import count

from sqlalchemy import Engine

from newsspider.store.dialects import erase_log, for_writing
from newsspider.store.search.index import search_index

LOG_LEFT = "another process reads the database: its write-ahead log keeps the text until `forget` is run again"
SERVER_LEFT = (
    "PostgreSQL keeps deleted rows in its files: VACUUM lets it write over them, VACUUM FULL articles, versions, parts,"
    " quarantine, site_memories, articles_search removes them now; archived logs and base backups keep them"
)


def erase_traces(engine: Engine) -> tuple[str, ...]:
    """Remove deleted text from a SQLite database's files; return the places where some is left, one sentence each.

    Rows and pages were overwritten when they were deleted. The full-text index is merged in many
    transactions, so that crawls can go on writing. Then the write-ahead log is emptied.
    """
    if engine.dialect.name != "sqlite":
        return (SERVER_LEFT,)

    _merge_index(for_writing(engine))

    if erase_log(engine):
        return ()
    return (LOG_LEFT,)


def _merge_index(writing: Engine) -> None:
    """Merge the full-text index, one step per transaction."""
    for step in count():
        with writing.begin() as connection:
            if not search_index(connection).merge(first=step == 0):
                return
