"""What is known of addresses: asked for by the batch, written with the records of the same look."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from newsspider.clock import as_text
from newsspider.record import ArticleRecord
from newsspider.revisiting.after_visit import NOTHING_THERE, after_visit
from newsspider.revisiting.page_states import LINKED_ROLES, PageState, Visit
from newsspider.revisiting.schedule import RevisitPlan, next_try
from newsspider.revisiting.visitor_parameters import without_parameters
from newsspider.store.articles import Stored
from newsspider.store.dialects import among, upsert
from newsspider.store.shapes import add_shapes
from newsspider.store.tables import addresses, aliases, articles, quarantine, runs
from newsspider.urls import normalise_url, without_credentials

LAST_RUNS = 100  # that are asked whether they were at a later time
MAX_SHORTER = 50_000  # articles whose addresses are shortened at once, the latest ones: lists name no older ones


def read_states(connection: Connection, wanted: Collection[str]) -> dict[str, PageState]:
    """Return what is known of addresses, by the address asked for; an alias gives what is known of its page."""
    rows = connection.execute(select(addresses).where(among(addresses.c.address, set(wanted)))).mappings()
    known = {row["address"]: PageState(**row) for row in rows}
    if missing := {*wanted} - known.keys():
        page = select(aliases.c.address.label("alias"), addresses)
        query = page.join(addresses, addresses.c.address == aliases.c.page).where(among(aliases.c.address, missing))
        for row in connection.execute(query).mappings():
            known[row["alias"]] = PageState(**{name: row[name] for name in addresses.c.keys()})  # noqa: SIM118
    return known


def iter_due(
    connection: Connection,
    sites: Collection[str],
    moment: str,
    deepest: int | None,
    limit: int,
    after: PageState | None,
) -> Iterator[PageState]:
    """Yield what is due on sites, longest due first.

    Args:
        connection: to read with.
        sites: registered domains.
        moment: the time.
        deepest: clicks from the seed; None for all.
        limit: at most so many.
        after: go on after this one.
    """
    left = limit
    for condition in _due_conditions(connection, moment):
        # In two steps, so that of the rows that are not among the first only the index is read.
        first = select(addresses.c.address).where(among(addresses.c.site, sites), condition)
        if deepest is not None:
            first = first.where(addresses.c.depth <= deepest)
        if after is not None:
            later = and_(addresses.c.due_at == after.due_at, addresses.c.address > after.address)
            first = first.where(addresses.c.due_at >= after.due_at, or_(addresses.c.due_at > after.due_at, later))
        first = first.order_by(addresses.c.due_at, addresses.c.address).limit(left)
        query = select(addresses).where(addresses.c.address.in_(first))
        for row in connection.execute(query.order_by(addresses.c.due_at, addresses.c.address)).mappings():
            left -= 1
            yield PageState(**row)
        if not left:
            return


def read_aliases(connection: Connection, site: str, limit: int) -> list[tuple[str, str]]:
    """Return addresses with parameters of a site's pages, each with the page that it turned out to be."""
    query = (
        select(aliases.c.address, aliases.c.page)
        .join(addresses, addresses.c.address == aliases.c.page)
        .where(addresses.c.site == site, aliases.c.address.like("%?%"))
        .limit(limit)
    )
    return [(row.address, row.page) for row in connection.execute(query)]


def add_shorter_addresses(connection: Connection, site: str, names: frozenset[str], since: str) -> None:
    """Note the addresses without some parameters of a site's articles, as lists will give them from now on.

    Args:
        connection: in a transaction.
        site: a registered domain.
        names: parameters that make no other page on it.
        since: only articles found at this moment or later.
    """
    query = select(addresses.c.address).where(
        addresses.c.site == site,
        addresses.c.role == "article",
        addresses.c.found_at >= since,
        addresses.c.address.like("%?%"),
    )
    query = query.order_by(addresses.c.found_at.desc()).limit(MAX_SHORTER)
    shorter = {normalise_url(without_parameters(page, names)): page for page in connection.execute(query).scalars()}
    known = read_states(connection, shorter)
    if rows := [{"address": each, "page": page} for each, page in shorter.items() if each not in known]:
        connection.execute(upsert(connection, aliases).on_conflict_do_nothing(), rows)


def add_found(connection: Connection, found: Iterable[PageState]) -> None:
    """Note addresses that were found and are yet to be fetched; known ones stay as they are."""
    if rows := list(map(_row, found)):
        connection.execute(upsert(connection, addresses).on_conflict_do_nothing(), rows)


def put_off(connection: Connection, put: Iterable[str], now: datetime, plan: RevisitPlan) -> None:
    """Leave addresses that were found for as long as a list waits at most; nothing is known of them yet."""
    due = as_text(now + plan.longest)
    if rows := [{"page": address, "due": due} for address in put]:
        later = update(addresses).where(addresses.c.address == bindparam("page"), addresses.c.fetched_at.is_(None))
        connection.execute(later.values(due_at=bindparam("due")), rows)


def note_days(connection: Connection, days: Iterable[tuple[str, date]]) -> None:
    """Note the days of articles that were read and left: what a crawl knows of an address before it is fetched."""
    rows = [{"page": address, "day": as_text(datetime.combine(day, time(), UTC))} for address, day in days]
    if rows:
        born = update(addresses).where(addresses.c.address == bindparam("page"), addresses.c.fetched_at.is_(None))
        connection.execute(born.values(born_at=bindparam("day")), rows)


def postpone_unfetched(
    connection: Connection, sites: Collection[str], deepest: int | None, now: datetime, plan: RevisitPlan
) -> None:
    """Put off what a run asked for and did not get: robots.txt forbids it, its redirects have no end.

    What was read and left for its day is not among them.
    """
    unread = and_(addresses.c.fetched_at.is_(None), addresses.c.born_at.is_(None))
    rows = []
    for condition in _due_conditions(connection, as_text(now)):
        query = select(addresses.c.address, addresses.c.failures).where(
            among(addresses.c.site, sites), unread, condition
        )
        if deepest is not None:
            query = query.where(addresses.c.depth <= deepest)
        rows += [
            {"page": row.address, "tries": row.failures + 1, "due": next_try(row.failures + 1, None, now, plan)}
            for row in connection.execute(query)
        ]
    if rows:
        tried = update(addresses).where(addresses.c.address == bindparam("page"))
        connection.execute(tried.values(failures=bindparam("tries"), due_at=bindparam("due")), rows)


def write_visits(
    connection: Connection,
    visits: Sequence[tuple[Visit, ArticleRecord | None]],
    stored: Sequence[Stored],
    plan: RevisitPlan,
) -> list[tuple[Visit, PageState]]:
    """Note looks, in order, and return what is known of each page now.

    Args:
        connection: in a transaction.
        visits: looks with the records they gave.
        stored: what became of those records that are articles.
        plan: when to look again.
    """
    fates = {id(each.record): each for each in stored}
    placed = [(visit, record, fates.get(id(record))) for visit, record in visits]
    wanted = {
        address
        for visit, _, fate in placed
        for address in (visit.address, *([fate.key] if fate else []), *([visit.led_to] if visit.led_to else []))
    }
    known = read_states(connection, wanted) if wanted else {}
    written, first = [], []
    for visit, record, fate in placed:
        if visit.led_to and visit.moved:
            page = known[visit.led_to].address if visit.led_to in known else visit.led_to
            _add_aliases(connection, page, {*visit.passed} - {visit.led_to})
            continue
        page = fate.key if fate else known[visit.address].address if visit.address in known else visit.address
        if record is not None and visit.role in LINKED_ROLES and _is_first(known.get(visit.address)):
            first.append((visit.site, visit.address, record.kind))
        before = known.get(page) or known.get(visit.address)
        taken = fate is not None and (fate.fate != "merged" or normalise_url(visit.url) == fate.key)
        if fate and not taken and before is not None and before.fetched_at:
            state = before
        else:
            state = after_visit(before, visit, record, plan)
        # An article is read where it was read last: what comes from elsewhere would be one of its other addresses.
        state = replace(state, address=page, url=visit.url if taken else state.url)
        known[page] = known[visit.address] = state
        if fate:
            _add_aliases(connection, page, {visit.address, *visit.passed, fate.record.key})
        written.append((visit, state))
    _write_states(connection, {state.address: state for _, state in written}.values())
    add_shapes(connection, first)
    return written


def _is_first(known: PageState | None) -> bool:
    """Whether nothing was read at an address before."""
    return known is None or known.fetched_at is None or known.kind in NOTHING_THERE


def _due_conditions(connection: Connection, moment: str) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of addresses whose time has come, and of those that a clock planned which was set back.

    They are queries of their own: together, they would read every address of a site.
    """
    yield addresses.c.due_at <= moment
    if _was_set_back(connection, moment):
        planned_at = func.coalesce(addresses.c.fetched_at, addresses.c.found_at)
        yield and_(addresses.c.due_at > moment, planned_at > moment)


def _was_set_back(connection: Connection, moment: str) -> bool:
    """Whether the database was written at a later time: by the last runs, or what was stored last."""
    written: list[str | None] = []
    for table in (articles, quarantine):
        last = select(func.max(table.c.id)).scalar_subquery()
        written += connection.execute(select(table.c.stored_at).where(table.c.id == last)).scalars()
    latest = select(runs.c.started_at, runs.c.finished_at).order_by(runs.c.id.desc()).limit(LAST_RUNS)
    for row in connection.execute(latest):
        written += row
    return any(each is not None and each > moment for each in written)


def _add_aliases(connection: Connection, page: str, others: Iterable[str]) -> None:
    """Note other addresses of a page; what was known of them on their own goes."""
    rows = [{"address": address, "page": page} for address in others if address != page]
    if not rows:
        return
    statement = upsert(connection, aliases)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["address"], set_={"page": statement.excluded.page}), rows
    )
    named = [row["address"] for row in rows]
    connection.execute(delete(addresses).where(among(addresses.c.address, named)))
    connection.execute(update(aliases).where(among(aliases.c.page, named)).values(page=page))
    connection.execute(delete(aliases).where(aliases.c.address == page))


def _write_states(connection: Connection, states: Iterable[PageState]) -> None:
    """Upsert what is known of pages."""
    if rows := list(map(_row, states)):
        statement = upsert(connection, addresses)
        replaced = {column.name: statement.excluded[column.name] for column in addresses.c if not column.primary_key}
        connection.execute(statement.on_conflict_do_update(index_elements=["address"], set_=replaced), rows)


def _row(state: PageState) -> dict[str, Any]:
    """Return a state as a row, without passwords."""
    return {**asdict(state), "source": without_credentials(state.source) if state.source else None}
