"""Counts of a period for the report: of articles and quarantined pages, by site and day.

All counts of articles are read from one index (`ix_articles_arrival`), never from the rows with their texts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, select

from newsspider.store.schema.tables import articles, quarantine

COPIES_SHOWN = 30  # pairs of sites with near-duplicates, most frequent first
NEWEST_SHOWN = 50  # articles and quarantined pages
REASONS_SHOWN = 500  # of quarantined pages, by site and kind, most frequent first
CONFIDENCE_BINS = 10
WORDS_STEP = 10  # numbers of words are counted in tens
HUNDREDTH = 0.01
_NUDGE = "0.000001"  # 0.29 * 100 is 28.999999999999996
# Without parameters, so that PostgreSQL groups by them.
_DAY = "substr(first_seen, 1, 10)"
_TENS_OF_WORDS = f"word_count / {WORDS_STEP}"
_HUNDREDTHS = {
    "sqlite": f"CAST(confidence * 100 + {_NUDGE} AS INTEGER)",
    "postgresql": f"CAST(floor(confidence * 100 + {_NUDGE}) AS integer)",
}
_COUNTED = (
    "first_seen",
    "site",
    "language",
    "word_count",
    "confidence",
)  # the columns of ix_articles_arrival


@dataclass(frozen=True)
class SiteFigures:
    """What a site's articles of the period are like; medians are None where no article has the value."""

    articles: int
    median_words: int | None
    median_confidence: float | None


@dataclass(frozen=True)
class Figures:
    """The counts of a period.

    Attributes:
        sites: of the articles first seen in the period, by site.
        by_day: (site, day of the first look, articles).
        kinds: (site, kind, quarantined pages), most pages first.
        quarantined: (site, kind, reason, pages), most pages first, at most REASONS_SHOWN.
        languages: (language, articles), most first.
        confidence: (lower bound of a tenth, articles).
        copies: (site, site of the original, near-duplicates), most first.
        newest: articles first seen last: title, url, site, published, first_seen.
        left_out: quarantined pages first seen last: url, source, site, kind, reason, first_seen.
    """

    sites: dict[str, SiteFigures]
    by_day: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, int]]
    quarantined: list[tuple[str, str, str, int]]
    languages: list[tuple[str, int]]
    confidence: list[tuple[float, int]]
    copies: list[tuple[str, str, int]]
    newest: list[dict[str, Any]]
    left_out: list[dict[str, Any]]


def read_figures(connection: Connection, since: str, site: str | None = None) -> Figures:
    """Return the counts of what was first seen since a day (YYYY-MM-DD)."""
    by_day = _count(connection, "site", _DAY, since=since, site=site)
    words = _count(connection, "site", _TENS_OF_WORDS, since=since, site=site)
    confidence = _count(
        connection, "site", _HUNDREDTHS[connection.dialect.name], since=since, site=site
    )
    return Figures(
        sites=_describe_sites(by_day, words, confidence),
        by_day=by_day,
        kinds=_count_quarantined(connection, "site", "kind", since=since, site=site),
        quarantined=_count_quarantined(
            connection, "site", "kind", "reason", since=since, site=site, most=REASONS_SHOWN
        ),
        languages=_count(connection, "language", since=since, site=site),
        confidence=_in_tenths((value, number) for _, value, number in confidence),
        copies=_count_copies(connection, since, site),
        newest=_read_newest(
            connection, articles, ("title", "url", "site", "published", "first_seen"), since, site
        ),
        left_out=_read_newest(
            connection,
            quarantine,
            ("url", "source", "site", "kind", "reason", "first_seen"),
            since,
            site,
        ),
    )


def _within(query: Select[Any], table: Any, since: str, site: str | None) -> Select[Any]:
    """Return a query for the rows of a period, of one site if it is given."""
    query = query.where(table.c.first_seen >= since)
    return query.where(table.c.site == site) if site else query


def _count(connection: Connection, *expressions: str, since: str, site: str | None) -> list[Any]:
    """Return the number of articles by expressions that all have a value, most first.

    The offset keeps SQLite from joining the two queries, and from reading rows in the order of an index on sites.
    """
    counted = (
        _within(select(*(articles.c[name] for name in _COUNTED)), articles, since, site)
        .offset(0)
        .subquery()
    )
    columns: list[ColumnElement[Any]] = [literal_column(each) for each in expressions]
    number = func.count()
    query = select(*columns, number).select_from(counted).group_by(*columns)
    rows = connection.execute(query.order_by(number.desc(), *columns))
    return [tuple(row) for row in rows if None not in tuple(row)]


def _describe_sites(
    by_day: list[tuple[str, str, int]],
    words: list[tuple[str, int, int]],
    confidence: list[tuple[str, int, int]],
) -> dict[str, SiteFigures]:
    """Return each site's figures from its counts."""
    totals: Counter[str] = Counter()
    for site, _, number in by_day:
        totals[site] += number
    tens, hundredths = _medians(words), _medians(confidence)
    return {
        site: SiteFigures(
            articles=number,
            median_words=tens[site] * WORDS_STEP if site in tens else None,
            median_confidence=hundredths[site] * HUNDREDTH if site in hundredths else None,
        )
        for site, number in totals.items()
    }


def _medians(counted: list[tuple[str, int, int]]) -> dict[str, int]:
    """Return the lower median of each site's values, which are given with their numbers.

    >>> _medians([("herald.example", 3, 1), ("herald.example", 9, 2)])
    {'herald.example': 9}
    """
    by_site: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for site, value, number in counted:
        by_site[site].append((value, number))
    return {site: _median(sorted(values)) for site, values in by_site.items()}


def _median(values: list[tuple[int, int]]) -> int:
    """Return the lower median of sorted values, which are given with their numbers."""
    rest = (sum(number for _, number in values) + 1) // 2
    for value, number in values:
        rest -= number
        if rest <= 0:
            return value
    raise ValueError("no values")


def _in_tenths(counted: Iterable[tuple[int, int]]) -> list[tuple[float, int]]:
    """Return the number of articles by tenths, from hundredths; 1.0 belongs to the last tenth."""
    bins = [0] * CONFIDENCE_BINS
    for value, number in counted:
        bins[min(value // CONFIDENCE_BINS, CONFIDENCE_BINS - 1)] += number
    return [(place / CONFIDENCE_BINS, number) for place, number in enumerate(bins)]


def _count_quarantined(
    connection: Connection, *names: str, since: str, site: str | None, most: int | None = None
) -> list[Any]:
    """Return the number of quarantined pages by some columns, most first; no value is an empty text."""
    columns = [quarantine.c[name] for name in names]
    number = func.count()
    query = _within(select(*columns, number).group_by(*columns), quarantine, since, site)
    rows = connection.execute(query.order_by(number.desc(), *columns).limit(most))
    return [tuple(value or "" for value in row) for row in rows]


def _count_copies(connection: Connection, since: str, site: str | None) -> list[Any]:
    """Return how many near-duplicates sites have of other sites' articles."""
    linked = select(articles.c.site, articles.c.duplicate_of, articles.c.first_seen)
    # The offset, as in `_count`, makes SQLite use the index that holds only articles with an original.
    copies = linked.where(articles.c.duplicate_of.is_not(None)).offset(0).subquery()
    original = articles.alias("original")
    columns = (copies.c.site, original.c.site)
    number = func.count()
    query = (
        select(*columns, number)
        .join(original, original.c.key == copies.c.duplicate_of)
        .where(copies.c.site != original.c.site)
        .group_by(*columns)
        .order_by(number.desc(), *columns)
        .limit(COPIES_SHOWN)
    )
    return [tuple(row) for row in connection.execute(_within(query, copies, since, site))]


def _read_newest(
    connection: Connection, table: Any, names: tuple[str, ...], since: str, site: str | None
) -> list[dict[str, Any]]:
    query = _within(select(*(table.c[name] for name in names)), table, since, site)
    rows = connection.execute(
        query.order_by(table.c.first_seen.desc(), table.c.id.desc()).limit(NEWEST_SHOWN)
    )
    return list(map(dict, rows.mappings()))
