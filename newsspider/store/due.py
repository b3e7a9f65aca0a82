"""The addresses that are due for a visit."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, update

from newsspider.clock import as_text
from newsspider.revisiting.page_states import PageState
from newsspider.revisiting.schedule import RevisitPlan, next_try
from newsspider.store.dialects import among
from newsspider.store.schema.tables import addresses, articles, quarantine, runs

LAST_RUNS = 100  # whose times show whether the clock was set back


def iter_due(
    connection: Connection,
    sites: Collection[str],
    moment: str,
    deepest: int | None,
    limit: int,
    after: PageState | None,
) -> Iterator[PageState]:
    """Yield the due addresses of sites, the longest due first.

    Args:
        connection: to read with.
        sites: registered domains.
        moment: the time.
        deepest: clicks from the seed; None for all.
        limit: number of addresses at most.
        after: the address to go on after; None to begin with the first.
    """
    in_order = (addresses.c.due_at, addresses.c.address)
    left = limit
    for condition in _due_conditions(connection, moment):
        # In two steps, so that only the index is read for the rows that are not among the first.
        first = select(addresses.c.address).where(among(addresses.c.site, sites), condition)
        if deepest is not None:
            first = first.where(addresses.c.depth <= deepest)
        if after is not None:
            first = first.where(*_is_later(after))
        first = first.order_by(*in_order).limit(left)

        query = select(addresses).where(addresses.c.address.in_(first)).order_by(*in_order)
        for row in connection.execute(query).mappings():
            left -= 1
            yield PageState(**row)
        if not left:
            return


def postpone_unfetched(
    connection: Connection,
    sites: Collection[str],
    deepest: int | None,
    now: datetime,
    plan: RevisitPlan,
) -> None:
    """Postpone the due addresses that a run asked for and did not get.

    Robots.txt forbids them, for example, or their redirects never end. Articles that were left
    because of their day are not among them.
    """
    unread = and_(addresses.c.fetched_at.is_(None), addresses.c.born_at.is_(None))
    rows = []
    for condition in _due_conditions(connection, as_text(now)):
        query = select(addresses.c.address, addresses.c.failures)
        query = query.where(among(addresses.c.site, sites), unread, condition)
        if deepest is not None:
            query = query.where(addresses.c.depth <= deepest)
        for row in connection.execute(query):
            tries = row.failures + 1
            due_at = next_try(tries, None, now, plan)
            rows.append({"page": row.address, "tries": tries, "due": due_at})
    if rows:
        tried = update(addresses).where(addresses.c.address == bindparam("page"))
        connection.execute(tried.values(failures=bindparam("tries"), due_at=bindparam("due")), rows)


def _is_later(after: PageState) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of addresses that come after another in the order of `iter_due`."""
    same_time = and_(addresses.c.due_at == after.due_at, addresses.c.address > after.address)
    return addresses.c.due_at >= after.due_at, or_(addresses.c.due_at > after.due_at, same_time)


def _due_conditions(connection: Connection, moment: str) -> Iterator[ColumnElement[bool]]:
    """Yield the condition of due addresses, and of addresses planned before the clock was set back.

    They are separate queries: one query with both would read every address of a site.
    """
    yield addresses.c.due_at <= moment
    if _was_set_back(connection, moment):
        planned_at = func.coalesce(addresses.c.fetched_at, addresses.c.found_at)
        yield and_(addresses.c.due_at > moment, planned_at > moment)


def _was_set_back(connection: Connection, moment: str) -> bool:
    """Return whether the last rows or one of the last runs have a later time."""
    written: list[str | None] = []
    for table in (articles, quarantine):
        last = select(func.max(table.c.id)).scalar_subquery()
        written += connection.execute(select(table.c.stored_at).where(table.c.id == last)).scalars()

    latest = select(runs.c.started_at, runs.c.finished_at).order_by(runs.c.id.desc())
    for row in connection.execute(latest.limit(LAST_RUNS)):
        written += row
    return any(each is not None and each > moment for each in written)
