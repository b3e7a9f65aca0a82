"""The tables as they are now: articles and quarantine hold one record per row, the others are the history.

A new field of the record needs nothing here: `columns.py` adds its column to databases that exist. Any other change is
a step in `migrations.py` too.
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

from newsspider.record import FIELDS
from newsspider.record.fields import Shape
from newsspider.store.dialects import ADDRESS, NUMBER, TEXTS

metadata = MetaData()

_TYPES: dict[Shape, TypeEngine[Any]] = {
    "text": Text(),
    "word": Text(),
    "texts": TEXTS,
    "entries": JSON(),
    "object": JSON(none_as_null=True),
    "mapping": JSON(),
    "integer": Integer(),
    "number": Float(),
    "boolean": Boolean(create_constraint=False),
}


def _record_table(name: str) -> Table:
    """Return a table with a column for each field of the record, and the key that makes it unique."""
    return Table(
        name,
        metadata,
        Column("id", NUMBER, primary_key=True),
        Column("key", ADDRESS, nullable=False, unique=True),
        *(Column(field.name, ADDRESS if field.is_key else _TYPES[field.shape]) for field in FIELDS),
        Column("stored_at", Text, nullable=False),  # ISO 8601, UTC; the last write of this row
        Index(f"ix_{name}_site_kind", "site", "kind"),
        # PostgreSQL: a hash, because a path may be longer than its other indexes take.
        Index(f"ix_{name}_source", "source", postgresql_using="hash"),
    )


articles = _record_table("articles")
quarantine = _record_table("quarantine")
Index("ix_articles_site_hash", articles.c.site, articles.c.body_hash)
Index("ix_quarantine_site_hash", quarantine.c.site, quarantine.c.body_hash)
# All that a report counts of articles, so that it reads no texts.
Index(
    "ix_articles_arrival",
    articles.c.first_seen,
    articles.c.site,
    articles.c.language,
    articles.c.word_count,
    articles.c.confidence,
)
Index("ix_quarantine_first_seen", quarantine.c.first_seen)
Index("ix_articles_published", articles.c.published)

# The parts of articles over several pages: a row for each address that a part names, the part's record once it came.
# The articles table holds the one record that they make together.
parts = Table(
    "parts",
    metadata,
    Column("address", ADDRESS, primary_key=True),  # normalised
    Column("article", ADDRESS, nullable=False, index=True),  # the same for all parts of an article
    Column("record", JSON(none_as_null=True)),  # as read, with the text of this part only
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("started_at", Text, nullable=False),  # ISO 8601, UTC
    Column("finished_at", Text),  # None: still running, or killed
    Column("arguments", JSON, nullable=False),
    Column("counts", JSON, nullable=False),  # kind or cause: number
    Column("exit_code", Integer),
)

# The state of each address that a crawl found: `newsspider.revisiting.page_states.PageState`.
addresses = Table(
    "addresses",
    metadata,
    Column("address", ADDRESS, primary_key=True),  # normalised
    Column("url", Text, nullable=False),
    Column("site", String, nullable=False),
    Column("role", String, nullable=False),
    Column("source", Text),
    Column("depth", Integer, nullable=False),
    *(
        Column(name, String)
        for name in ("found_at", "fetched_at", "born_at", "news_at", "due_at", "wait_until")
    ),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("reader", Text),
    Column("kind", String),
    Column("body_hash", String),
    Column("failures", Integer, nullable=False),
    Index("ix_addresses_site_due", "site", "due_at"),
    sqlite_with_rowid=False,  # the address is stored once, in the order it is asked for
)

# The kinds of a site's pages by the shapes of their addresses: `newsspider.address_shapes`.
shapes = Table(
    "shapes",
    metadata,
    Column("site", String, primary_key=True),
    Column("shape", String, primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Other addresses of pages: they redirect to them, or their pages name them as canonical.
aliases = Table(
    "aliases",
    metadata,
    Column("address", ADDRESS, primary_key=True),  # normalised
    Column("page", ADDRESS, nullable=False, index=True),  # an article's key
    sqlite_with_rowid=False,
)

# Articles as they were before they changed; the articles table holds them as they are.
versions = Table(
    "versions",
    metadata,
    Column("key", ADDRESS, primary_key=True),  # the article's
    Column("version", Integer, primary_key=True),
    Column("replaced_at", String, nullable=False),
    Column("changed", JSON, nullable=False),  # the fields that the next version changed
    Column("record", JSON, nullable=False),
)

# The results of each run on each site: `newsspider.revisiting.accounts.SiteAccount`.
accounts = Table(
    "accounts",
    metadata,
    Column("site", String, primary_key=True),
    Column("run", Integer, primary_key=True),
    Column("finished_at", String, nullable=False),
    Column("account", JSON, nullable=False),
)

# The sums of the runs on each site by the day they ended: `newsspider.revisiting.site_days.SiteDay`.
site_days = Table(
    "site_days",
    metadata,
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

# The index of near-duplicates: the sketch of each article, and the bands that find it.
sketches = Table(
    "sketches",
    metadata,
    Column("article", NUMBER, primary_key=True, autoincrement=False),  # its id
    Column("sketch", LargeBinary, nullable=False),
)
bands = Table(
    "bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
# The bands of the latest articles. Each article has bands all over the large table; collected
# here first, many of them are then written to a page of it at once.
recent_bands = Table(
    "recent_bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("article", NUMBER, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
_LINKED = articles.c.duplicate_of.is_not(None)
Index(
    "ix_articles_duplicate_of",
    articles.c.duplicate_of,
    sqlite_where=_LINKED,
    postgresql_where=_LINKED,
)

# Addresses that were taken down: they are not fetched again, and their pages are not stored.
forgotten = Table(
    "forgotten",
    metadata,
    Column("address", ADDRESS, primary_key=True),  # normalised
    Column("forgotten_at", String, nullable=False),
    sqlite_with_rowid=False,
)

# Saved searches: `newsspider.store.watches.Watch`. The URLs of targets can contain passwords.
watches = Table(
    "watches",
    metadata,
    Column("name", String, primary_key=True),
    Column("words", Text, nullable=False),
    *(Column(name, JSON, nullable=False) for name in ("targets", "sites", "languages")),
    Column("form", String, nullable=False),
    *(Column(name, String) for name in ("since", "made_at", "settled_at")),
)

# The articles that were sent to each target of a watch, are being sent, or need not be sent.
told = Table(
    "told",
    metadata,
    Column("watch", String, primary_key=True),
    Column("target", String, primary_key=True),  # a hash of its URL
    Column("article", ADDRESS, primary_key=True, index=True),  # its key
    Column("state", String, nullable=False),
    Column("claim", String, nullable=False),  # the same for articles that are sent together
    Column("told_at", String, nullable=False),
    sqlite_with_rowid=False,
)

# Which process crawls a site, and when: `newsspider.store.turns`. Moments are by the server's clock; SQLite files have
# the table too, and nothing uses it there.
turns = Table(
    "turns",
    metadata,
    Column("site", ADDRESS, primary_key=True),
    Column("url", Text, nullable=False),  # the front page
    Column("edition", String, nullable=False),  # the list that named it last
    Column(
        "due_at", DateTime(timezone=True), nullable=False
    ),  # of a held site the end of the lease
    Column("holder", Text),
    Column("epoch", BigInteger, nullable=False),  # how often it was taken
    Column("deaths", Integer, nullable=False),  # of holders, since a turn came to its end
    Column("taken_at", DateTime(timezone=True)),
    Column("ended_at", DateTime(timezone=True)),
    Column("said", Text),  # the account of the last turn that came to its end
    Column("parked_at", DateTime(timezone=True)),
    Column("parked_why", Text),
)
_WAITS = turns.c.parked_at.is_(None)
Index("ix_turns_due", turns.c.edition, turns.c.due_at, sqlite_where=_WAITS, postgresql_where=_WAITS)

# Repeated texts and the places of articles, by site: `newsspider.site_memory.memory`. Texts can contain pages' words.
site_memories = Table(
    "site_memories",
    metadata,
    Column("site", String, primary_key=True),  # the registered domain
    Column("state", String, nullable=False),  # a hash of the content, which records name
    Column("content", LargeBinary, nullable=False),
    Column("articles", Integer, nullable=False),  # in its samples
    Column("changed_at", String, nullable=False),  # ISO 8601, UTC
)

schema_version = Table("schema_version", metadata, Column("version", Integer, nullable=False))
