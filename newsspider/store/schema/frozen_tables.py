"""The tables as the migration steps made them, spelled out: databases that ran the steps exist.

Nothing here changes. A step that changes a table says so in SQL of its own, and `tables.py` has the result.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from newsspider.store.dialects import ADDRESS, NUMBER, TEXTS

frozen = MetaData()

# Step 1
_RECORD: dict[str, TypeEngine[Any]] = {
    "url": Text(),
    "canonical_url": Text(),
    "site": Text(),
    "source": Text(),
    "kind": Text(),
    "reason": Text(),
    "warnings": TEXTS,
    "title": Text(),
    "description": Text(),
    "section": Text(),
    "tags": TEXTS,
    "language": Text(),
    "image": Text(),
    "publisher": Text(),
    "authors": TEXTS,
    "author_urls": TEXTS,
    "published": Text(),
    "modified": Text(),
    "body": Text(),
    "body_markdown": Text(),
    "word_count": Integer(),
    "body_hash": Text(),
    "is_free": Boolean(create_constraint=False),
    "confidence": Float(),
    "provenance": JSON(),
    "fetched_at": Text(),
    "version": Integer(),
    "first_seen": Text(),
    "pages": TEXTS,
    "live_updates": JSON(),
    "also_at": TEXTS,
    "duplicate_of": ADDRESS,
    "similarity": Float(),
    "extraction_version": Text(),
}


def _record_table(name: str) -> Table:
    return Table(
        name,
        frozen,
        Column("id", NUMBER, primary_key=True),
        Column("key", ADDRESS, nullable=False, unique=True),
        *(Column(field, column_type) for field, column_type in _RECORD.items()),
        Column("stored_at", Text, nullable=False),
        Index(f"ix_{name}_site_kind", "site", "kind"),
        Index(f"ix_{name}_source", "source", postgresql_using="hash"),
    )


articles = _record_table("articles")
quarantine = _record_table("quarantine")
runs = Table(
    "runs",
    frozen,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("finished_at", Text),
    Column("arguments", JSON, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("exit_code", Integer),
)

# Step 2
parts = Table(
    "parts",
    frozen,
    Column("address", ADDRESS, primary_key=True),
    Column("article", ADDRESS, nullable=False, index=True),
    Column("record", JSON(none_as_null=True)),
)

# Step 3
addresses = Table(
    "addresses",
    frozen,
    Column("address", ADDRESS, primary_key=True),
    Column("url", Text, nullable=False),
    Column("site", String, nullable=False),
    Column("role", String, nullable=False),
    Column("source", Text),
    Column("depth", Integer, nullable=False),
    Column("found_at", String),
    Column("fetched_at", String),
    Column("born_at", String),
    Column("news_at", String),
    Column("due_at", String),
    Column("wait_until", String),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("reader", Text),
    Column("kind", String),
    Column("body_hash", String),
    Column("failures", Integer, nullable=False),
    Index("ix_addresses_site_due", "site", "due_at"),
    sqlite_with_rowid=False,
)
aliases = Table(
    "aliases",
    frozen,
    Column("address", ADDRESS, primary_key=True),
    Column("page", ADDRESS, nullable=False, index=True),
    sqlite_with_rowid=False,
)
versions = Table(
    "versions",
    frozen,
    Column("key", ADDRESS, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("replaced_at", String, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("record", JSON, nullable=False),
)
accounts = Table(
    "accounts",
    frozen,
    Column("site", String, primary_key=True),
    Column("run", Integer, primary_key=True),
    Column("finished_at", String, nullable=False),
    Column("account", JSON, nullable=False),
)
SAME_TEXT = Index(
    "ix_articles_site_hash", articles.c.site, articles.c.body_hash
)  # new databases have it from step 1

# Step 4
forgotten = Table(
    "forgotten",
    frozen,
    Column("address", ADDRESS, primary_key=True),
    Column("forgotten_at", String, nullable=False),
    sqlite_with_rowid=False,
)

# Step 5
sketches = Table(
    "sketches",
    frozen,
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    Column("sketch", LargeBinary, nullable=False),
)
bands = Table(
    "bands",
    frozen,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
_LINKED = articles.c.duplicate_of.is_not(None)
DUPLICATES = Index(
    "ix_articles_duplicate_of",
    articles.c.duplicate_of,
    sqlite_where=_LINKED,
    postgresql_where=_LINKED,
)

# Step 6
shapes = Table(
    "shapes",
    frozen,
    Column("site", String, primary_key=True),
    Column("shape", String, primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Step 7
QUARANTINED_TEXT = Index("ix_quarantine_site_hash", quarantine.c.site, quarantine.c.body_hash)

# Step 9
watches = Table(
    "watches",
    frozen,
    Column("name", String, primary_key=True),
    Column("words", Text, nullable=False),
    Column("targets", JSON, nullable=False),
    Column("sites", JSON, nullable=False),
    Column("languages", JSON, nullable=False),
    Column("form", String, nullable=False),
    Column("since", String),
    Column("made_at", String),
    Column("settled_at", String),
)
told = Table(
    "told",
    frozen,
    Column("watch", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("article", ADDRESS, primary_key=True, index=True),
    Column("state", String, nullable=False),
    Column("claim", String, nullable=False),
    Column("told_at", String, nullable=False),
    sqlite_with_rowid=False,
)
FIRST_SEEN = Index("ix_articles_first_seen", articles.c.first_seen)

# Step 10
PUBLISHED = Index("ix_articles_published", articles.c.published)

# Step 11
turns = Table(
    "turns",
    frozen,
    Column("site", ADDRESS, primary_key=True),
    Column("url", Text, nullable=False),
    Column("edition", String, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("holder", Text),
    Column("epoch", BigInteger, nullable=False),
    Column("deaths", Integer, nullable=False),
    Column("taken_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("said", Text),
    Column("parked_at", DateTime(timezone=True)),
    Column("parked_why", Text),
)
_WAITS = turns.c.parked_at.is_(None)
TURNS_DUE = Index(
    "ix_turns_due", turns.c.edition, turns.c.due_at, sqlite_where=_WAITS, postgresql_where=_WAITS
)

# Step 13
site_memories = Table(
    "site_memories",
    frozen,
    Column("site", String, primary_key=True),
    Column("state", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("changed_at", String, nullable=False),
)

# Step 14
site_days = Table(
    "site_days",
    frozen,
    Column("site", ADDRESS, primary_key=True),
    Column("day", String, primary_key=True),  # YYYY-MM-DD, UTC
    *(
        Column(name, Integer, nullable=False)
        for name in ("runs", "new", "changed", "failed", "lists", "lists_unchanged")
    ),
    Column("fields", JSON, nullable=False),
    Column("response_times", JSON, nullable=False),
    sqlite_with_rowid=False,
)
ARRIVAL = Index(
    "ix_articles_arrival",
    articles.c.first_seen,
    articles.c.site,
    articles.c.language,
    articles.c.word_count,
    articles.c.confidence,
)
QUARANTINE_FIRST_SEEN = Index("ix_quarantine_first_seen", quarantine.c.first_seen)

# Step 15
recent_bands = Table(
    "recent_bands",
    frozen,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
