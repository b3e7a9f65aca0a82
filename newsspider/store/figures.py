"""Counts of a period for the report: of articles, quarantined pages and runs, by site and day."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.dialects import day_of
from newsspider.store.schema.tables import accounts, articles, quarantine

COPIES_SHOWN = 30  # pairs of sites with near-duplicates, most frequent first
NEWEST_SHOWN = 50  # articles and quarantined pages
CONFIDENCE_BINS = 10
READ_ROWS = 500  # accounts fetched at a time


@dataclass(frozen=True)
class SiteFigures:
    """Means over a site's articles of the period; None if no article has the value."""

    site: str
    articles: int
    mean_words: float | None
    mean_confidence: float | None
    newest: str | None


@dataclass(frozen=True)
class Figures:
    """The counts of a period.

    Attributes:
        sites: of the articles first seen in the period, most articles first.
        by_day: (site, day of the first look, articles).
        quarantined: (site, kind, reason, pages), most pages first.
        languages: (language, articles), most first.
        confidence: (lower bound of a tenth, articles).
        copies: (site, site of the original, near-duplicates), most first.
        newest: articles first seen last: title, url, site, published, first_seen.
        left_out: quarantined pages first seen last: url, source, site, kind, reason, first_seen.
    """

    sites: list[SiteFigures]
    by_day: list[tuple[str, str, int]]
    quarantined: list[tuple[str, str, str, int]]
    languages: list[tuple[str, int]]
    confidence: list[tuple[float, int]]
    copies: list[tuple[str, str, int]]
    newest: list[dict[str, Any]]
    left_out: list[dict[str, Any]]


def read_figures(connection: Connection, since: str, site: str | None = None) -> Figures:
    """Return the counts of pages first seen since a day (YYYY-MM-DD)."""
    return Figures(
        sites=_read_sites(connection, since, site),
        by_day=_count(connection, articles.c.site, day_of(articles.c.first_seen), since=since, site=site),
        quarantined=_count_quarantined(connection, since, site),
        languages=_count(connection, articles.c.language, since=since, site=site),
        confidence=_count_confidence(connection, since, site),
        copies=_count_copies(connection, since, site),
        newest=_read_newest(connection, articles, ("title", "url", "site", "published", "first_seen"), since, site),
        left_out=_read_newest(
            connection, quarantine, ("url", "source", "site", "kind", "reason", "first_seen"), since, site
        ),
    )


def iter_accounts(
    connection: Connection, since: str, site: str | None = None
) -> Iterator[tuple[str, str, SiteAccount]]:
    """Yield (site, end of the run, account) of the runs that ended since a day, by site, oldest first."""
    query = select(accounts.c.site, accounts.c.finished_at, accounts.c.account)
    query = query.where(accounts.c.finished_at >= since).order_by(accounts.c.site, accounts.c.run)
    query = query.where(accounts.c.site == site) if site else query
    for row in connection.execution_options(yield_per=READ_ROWS).execute(query):
        yield row.site, row.finished_at, SiteAccount.from_dict(row.account)


def _within(query: Select[Any], table: Any, since: str, site: str | None) -> Select[Any]:
    """Return a query for the rows of a period, of one site if it is given."""
    query = query.where(table.c.first_seen >= since)
    return query.where(table.c.site == site) if site else query


def _count(connection: Connection, *columns: ColumnElement[Any], since: str, site: str | None) -> list[Any]:
    """Return the number of articles by some columns, most first."""
    number = func.count()
    query = _within(select(*columns, number).group_by(*columns), articles, since, site)
    return [tuple(row) for row in connection.execute(query.order_by(number.desc(), *columns)) if row[0] is not None]


def _read_sites(connection: Connection, since: str, site: str | None) -> list[SiteFigures]:
    number = func.count()
    columns = (func.avg(articles.c.word_count), func.avg(articles.c.confidence), func.max(articles.c.first_seen))
    query = select(articles.c.site, number, *columns).group_by(articles.c.site)
    rows = connection.execute(_within(query, articles, since, site).order_by(number.desc(), articles.c.site))
    return [
        SiteFigures(name, count, _as_float(words), _as_float(confidence), newest)
        for name, count, words, confidence, newest in rows
        if name is not None
    ]


def _count_quarantined(connection: Connection, since: str, site: str | None) -> list[Any]:
    columns = (quarantine.c.site, quarantine.c.kind, quarantine.c.reason)
    number = func.count()
    query = _within(select(*columns, number).group_by(*columns), quarantine, since, site)
    rows = connection.execute(query.order_by(number.desc(), *columns))
    return [(name or "", kind, reason or "", count) for name, kind, reason, count in rows]


def _count_confidence(connection: Connection, since: str, site: str | None) -> list[tuple[float, int]]:
    """Return the number of articles by tenths of confidence; 1.0 belongs to the last tenth."""
    rows = _count(connection, articles.c.confidence, since=since, site=site)
    bins = [0] * CONFIDENCE_BINS
    for confidence, count in rows:
        bins[min(int(confidence * CONFIDENCE_BINS), CONFIDENCE_BINS - 1)] += count
    return [(number / CONFIDENCE_BINS, count) for number, count in enumerate(bins)]


def _count_copies(connection: Connection, since: str, site: str | None) -> list[Any]:
    """Return how many near-duplicates sites have of other sites' articles."""
    original = articles.alias("original")
    columns = (articles.c.site, original.c.site)
    number = func.count()
    query = (
        select(*columns, number)
        .join(original, original.c.key == articles.c.duplicate_of)
        .where(articles.c.duplicate_of.is_not(None), articles.c.site != original.c.site)
        .group_by(*columns)
        .order_by(number.desc(), *columns)
        .limit(COPIES_SHOWN)
    )
    return [tuple(row) for row in connection.execute(_within(query, articles, since, site))]


def _read_newest(
    connection: Connection, table: Any, names: tuple[str, ...], since: str, site: str | None
) -> list[dict[str, Any]]:
    query = _within(select(*(table.c[name] for name in names)), table, since, site)
    rows = connection.execute(query.order_by(table.c.first_seen.desc(), table.c.id.desc()).limit(NEWEST_SHOWN))
    return [dict(row) for row in rows.mappings()]


def _as_float(value: Any) -> float | None:
    return None if value is None else float(value)
