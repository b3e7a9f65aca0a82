"""Update stored records in place with records that a newer extraction made of kept pages."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from newsspider.kinds import FAILED_KINDS
from newsspider.record import FIELD_NAMES, STORE_FIELDS, ArticleRecord
from newsspider.store.article_keys import find_keys
from newsspider.store.articles import delete_articles, read_articles, write_rows
from newsspider.store.duplicates.linking import Duplicates, index_duplicates
from newsspider.store.join_parts import is_part
from newsspider.store.schema.tables import quarantine
from newsspider.store.waiting_parts import keep_parts

Outcome = Literal[
    "updated",
    "unchanged",
    "older copy",
    "not in the store",
    "no article any more",
    "article now",
    "not extracted",
]
# Provenance of values that the page itself does not contain.
BESIDE_THE_PAGE = frozenset({"feed", "news-sitemap", "profile"})


def reextract(
    connection: Connection, record: ArticleRecord, duplicates: Duplicates
) -> tuple[Outcome, ArticleRecord | None]:
    """Replace a stored record, if it was made of this page or an earlier copy.

    Returns:
        The outcome, and the record that remains to be written as a new one: it belongs in another
        table than before.
    """
    record = _join_if_part(connection, record)
    (key,) = find_keys(connection, [record])
    kept = read_articles(connection, [key]).get(key)
    if kept is None:
        return _leave_quarantine(connection, record)
    if _moment(kept.fetched_at) > _moment(record.fetched_at):
        return "older copy", None
    if record.kind in FAILED_KINDS:
        return "not extracted", None
    if not record.is_article:
        delete_articles(connection, [key])  # its page goes to quarantine
        page = replace(record, url=kept.url, source=kept.source, also_at=kept.also_at)
        return "no article any more", page

    merged = merge_in_place(kept, record)
    if merged == kept:
        return "unchanged", None
    written = write_rows(connection, {key: kept}, {key: merged})
    if duplicates != "off":
        index_duplicates(connection, written)
    return ("unchanged" if _is_same(merged, kept) else "updated"), None


def merge_in_place(kept: ArticleRecord, record: ArticleRecord) -> ArticleRecord:
    """Return the new record with the values that only the store, feeds and sitemaps know.

    >>> kept = ArticleRecord(title="Ferry", tags=("boats",), version=2, provenance={"title": "markup", "tags": "feed"})
    >>> merged = merge_in_place(kept, ArticleRecord(title="Ferry back", provenance={"title": "json-ld"}))
    >>> merged.title, merged.tags, merged.version, merged.provenance
    ('Ferry back', ('boats',), 2, {'title': 'json-ld', 'tags': 'feed'})
    """
    given = {}
    for name, origin in kept.provenance.items():
        if origin in BESIDE_THE_PAGE and name in FIELD_NAMES and not getattr(record, name):
            given[name] = origin
    values = {name: getattr(kept, name) for name in (*STORE_FIELDS, *given)}
    return replace(record, **values, provenance={**record.provenance, **given})


def _join_if_part(connection: Connection, record: ArticleRecord) -> ArticleRecord:
    """Return the whole article of a part, and any other record as it is."""
    if not is_part(record):
        return record

    whole = next(iter(keep_parts(connection, [record])), None)
    return replace(whole.joined, fetched_at=record.fetched_at) if whole else record


def _leave_quarantine(
    connection: Connection, record: ArticleRecord
) -> tuple[Outcome, ArticleRecord | None]:
    """Return the outcome for a page that is not a stored article."""
    columns = (quarantine.c[name] for name in FIELD_NAMES)
    row = (
        connection.execute(select(*columns).where(quarantine.c.key == record.key))
        .mappings()
        .first()
    )
    if row is None:
        return "not in the store", None
    kept = ArticleRecord.from_dict(dict(row))
    if _moment(kept.fetched_at) > _moment(record.fetched_at):
        return "older copy", None
    if record.is_article:
        return "article now", replace(record, source=kept.source, url=kept.url)

    merged = merge_in_place(kept, record)
    return ("unchanged", None) if _is_same(merged, kept) else ("updated", merged)


def _is_same(record: ArticleRecord, kept: ArticleRecord) -> bool:
    """Whether a record says the same, though another state of the site's memory decided it."""
    return replace(record, site_memory=kept.site_memory) == kept


def _moment(value: str | None) -> float:
    """Return a moment as seconds, long ago where it is unknown."""
    try:
        return datetime.fromisoformat(value or "").timestamp()
    except ValueError:
        return 0.0
