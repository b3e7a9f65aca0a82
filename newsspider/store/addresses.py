"""The addresses that the store knows: found by lists and links, and their aliases."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Connection, RowMapping, Update, bindparam, delete, select, update

from newsspider.clock import as_text
from newsspider.revisiting.page_states import PageState
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.revisiting.visitor_parameters import without_parameters
from newsspider.store.dialects import among, upsert
from newsspider.store.replacing import replace_rows
from newsspider.store.schema.tables import addresses, aliases
from newsspider.urls import normalise_url, without_credentials

# Articles of a site whose addresses are shortened at once, the latest ones: lists name no older ones.
MAX_SHORTER = 50_000
_STATE_NAMES = tuple(each.name for each in fields(PageState))


def read_states(connection: Connection, wanted: Collection[str]) -> dict[str, PageState]:
    """Return the known states by the address that was asked for; an alias has the state of its page."""
    rows = connection.execute(select(addresses).where(among(addresses.c.address, set(wanted))))
    known = {row["address"]: PageState(**row) for row in rows.mappings()}
    if missing := {*wanted} - known.keys():
        known |= _read_states_of_aliases(connection, missing)
    return known


def _read_states_of_aliases(
    connection: Connection, wanted: Collection[str]
) -> dict[str, PageState]:
    page = select(aliases.c.address.label("alias"), addresses)
    query = page.join(addresses, addresses.c.address == aliases.c.page)
    rows = connection.execute(query.where(among(aliases.c.address, wanted))).mappings()
    return {row["alias"]: _state_of(row) for row in rows}


def _state_of(row: RowMapping) -> PageState:
    """Return the state in a row that has other columns, too."""
    names = addresses.c.keys()
    return PageState(**{name: row[name] for name in names})


def read_aliases(connection: Connection, site: str, limit: int) -> list[tuple[str, str]]:
    """Return addresses with a query string of a site's pages, each with the page that it led to."""
    query = (
        select(aliases.c.address, aliases.c.page)
        .join(addresses, addresses.c.address == aliases.c.page)
        .where(addresses.c.site == site, aliases.c.address.like("%?%"))
        .limit(limit)
    )
    return [(row.address, row.page) for row in connection.execute(query)]


def add_shorter_addresses(
    connection: Connection, site: str, names: frozenset[str], since: str
) -> None:
    """Add the addresses of a site's articles without some parameters, as lists will give them from now on.

    Args:
        connection: in a transaction.
        site: a registered domain.
        names: parameters that don't change the page there.
        since: only articles found at this moment or later.
    """
    query = select(addresses.c.address).where(
        addresses.c.site == site,
        addresses.c.role == "article",
        addresses.c.found_at >= since,
        addresses.c.address.like("%?%"),
    )
    query = query.order_by(addresses.c.found_at.desc()).limit(MAX_SHORTER)
    shorter = {
        normalise_url(without_parameters(page, names)): page
        for page in connection.execute(query).scalars()
    }
    known = read_states(connection, shorter)
    if rows := [
        {"address": each, "page": page} for each, page in shorter.items() if each not in known
    ]:
        connection.execute(upsert(connection, aliases).on_conflict_do_nothing(), rows)


def add_found(connection: Connection, found: Iterable[PageState]) -> None:
    """Add addresses that are yet to be fetched; known ones stay as they are."""
    if rows := list(map(_row, found)):
        connection.execute(upsert(connection, addresses).on_conflict_do_nothing(), rows)


def put_off(connection: Connection, put: Iterable[str], now: datetime, plan: RevisitPlan) -> None:
    """Postpone addresses that were never fetched by the longest interval between two visits."""
    due = as_text(now + plan.longest)
    rows = [{"page": address, "due": due} for address in put]
    if rows:
        connection.execute(_unfetched().values(due_at=bindparam("due")), rows)


def note_days(connection: Connection, days: Iterable[tuple[str, date]]) -> None:
    """Save the days of articles that a list names with their day, before they are fetched."""
    rows = []
    for address, day in days:
        midnight = datetime.combine(day, time(), UTC)
        rows.append({"page": address, "day": as_text(midnight)})
    if rows:
        connection.execute(_unfetched().values(born_at=bindparam("day")), rows)


def _unfetched() -> Update:
    """Return an update of the address `page`, unless it was fetched before."""
    page = addresses.c.address == bindparam("page")
    return update(addresses).where(page, addresses.c.fetched_at.is_(None))


def write_states(connection: Connection, states: Iterable[PageState]) -> None:
    """Insert or replace the states of pages."""
    rows = list(map(_row, states))
    if rows:
        columns = (column.name for column in addresses.c if not column.primary_key)
        replace_rows(connection, addresses, rows, keys=["address"], replaced=columns)


def add_aliases(connection: Connection, named: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Add other addresses of pages, in order; their own states are deleted.

    Args:
        connection: in a transaction.
        named: pages, each with its other addresses.
    """
    for page_of in _iter_apart(named):
        _add_apart(connection, page_of)


def _iter_apart(named: Iterable[tuple[str, Iterable[str]]]) -> Iterator[dict[str, str]]:
    """Yield the page of each address, for as many pages as have no address in common."""
    page_of: dict[str, str] = {}
    for page, others in named:
        addresses_of = {page, *others}
        if len(addresses_of) == 1:
            continue
        if any(page_of.get(each, page) != page for each in addresses_of):
            yield page_of
            page_of = {}
        page_of |= dict.fromkeys(addresses_of, page)
    if page_of:
        yield page_of


def _add_apart(connection: Connection, page_of: Mapping[str, str]) -> None:
    """Add the addresses that are not those of pages themselves."""
    named = sorted(each for each, page in page_of.items() if each != page)
    rows = [{"address": each, "page": page_of[each]} for each in named]
    replace_rows(connection, aliases, rows, keys=["address"], replaced=["page"])
    connection.execute(delete(addresses).where(among(addresses.c.address, named)))

    earlier = select(aliases.c.page).where(among(aliases.c.page, named)).distinct()
    pages = connection.execute(earlier).scalars()
    if renamed := [{"earlier": each, "later": page_of[each]} for each in pages]:
        of_page = update(aliases).where(aliases.c.page == bindparam("earlier"))
        connection.execute(of_page.values(page=bindparam("later")), renamed)
    connection.execute(delete(aliases).where(among(aliases.c.address, page_of.values())))


def _row(state: PageState) -> dict[str, Any]:
    """Return a state as a row, without passwords."""
    source = without_credentials(state.source) if state.source else None
    return {**{name: getattr(state, name) for name in _STATE_NAMES}, "source": source}
