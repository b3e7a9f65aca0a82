"""Which process crawls a site, and when: a table of turns in a PostgreSQL database that several processes share.

A site has one row. It says when the site is due; of a site that is held, when its holder's lease ends. A process that
renews its lease in time keeps the site. After the end of the lease any other process may take it.

Each taking raises the row's epoch, and each transaction that writes for a turn asks for its epoch first. So a process
that slept past its lease can't write any more. All moments are by the database's clock: the processes' own may differ.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    and_,
    case,
    delete,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.types import Interval

from newsspider.errors import TurnLostError, UsageError
from newsspider.store.database import database_url
from newsspider.store.database_errors import describe, named_errors
from newsspider.store.dialects import upsert
from newsspider.store.locks import place_of
from newsspider.store.schema.tables import addresses, turns
from newsspider.urls import without_credentials

MAX_DEATHS = 3  # of processes that held a site, without a turn between that came to its end; then the site is parked
OTHER_RUN_WAIT = timedelta(
    minutes=1
)  # until a site that `newsspider crawl` has locked is asked for again
FORSAKEN = timedelta(days=7)  # since a site of another list was due
REGISTERED_TOGETHER = 1_000  # rows a statement
# `newsspider crawl` holds an advisory lock on each of its sites: `newsspider.store.locks.ServerLocks`.
_FREE_SITES = text(
    "SELECT site FROM unnest(CAST(:sites AS text[]), CAST(:places AS bigint[])) AS asked (site, place) "
    "WHERE pg_try_advisory_xact_lock(place)"
)
_IS_WAITING = turns.c.parked_at.is_(None)
# A site whose last turn came to its end, so that nothing is held against it.
_IS_SOUND = and_(turns.c.holder.is_(None), turns.c.deaths == 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """A process's turn to crawl a site.

    Attributes:
        site: its registered domain.
        holder: the process.
        epoch: how often the site was taken by now; no two turns of a site share it.
        deaths: how many processes died with the site since a turn came to its end.
    """

    site: str
    holder: str
    epoch: int
    deaths: int = 0


class Turns:
    """The turns of a PostgreSQL database."""

    def __init__(self, url: URL, engine: Engine) -> None:
        """Use an engine of the database."""
        self._url = url
        self._engine = engine

    def register(self, urls: Mapping[str, str], edition: str) -> None:
        """Note the sites of a list; those that are new are due at once.

        Sites of other lists go if no process has taken them for a week: nobody has such a list any more.

        Args:
            urls: front pages by registered domain.
            edition: a name of the list, which changes with it. A process takes only sites of its own list, because
                another one may hold other profiles for them.
        """
        rows = [
            {"site": site, "url": without_credentials(url), "edition": edition}
            for site, url in sorted(urls.items())
        ]
        with self._in_transaction() as connection:
            statement = upsert(connection, turns).values(epoch=0, deaths=0, due_at=func.now())
            changed = {"url": statement.excluded.url, "edition": edition}
            is_other = or_(turns.c.edition != edition, turns.c.url != statement.excluded.url)
            noted = statement.on_conflict_do_update(
                index_elements=["site"], set_=changed, where=is_other
            )
            for start in range(0, len(rows), REGISTERED_TOGETHER):
                connection.execute(noted, rows[start : start + REGISTERED_TOGETHER])
            is_forsaken = and_(turns.c.edition != edition, turns.c.due_at < func.now() - FORSAKEN)
            connection.execute(delete(turns).where(is_forsaken))

    def claim(
        self, holder: str, edition: str, limit: int, lease: timedelta, *, suspects: bool = True
    ) -> list[Turn]:
        """Take sites that are due, the longest due first, and return the turns.

        A site that a process died with is a suspect. One at a time is taken, so that a page which kills its process
        is found out; the third death parks the site.

        Args:
            holder: a name of this process that no other has.
            edition: the list of sites.
            limit: at most so many.
            lease: how long the turns last without being renewed.
            suspects: whether a suspect may be among them.
        """
        with self._in_transaction() as connection:
            due = _find_due(connection, edition, limit, _IS_SOUND)
            if suspects and len(due) < limit:
                due |= _find_due(connection, edition, 1, not_(_IS_SOUND))
            free = _free_of_other_runs(connection, due)
            _postpone(connection, due.keys() - free, OTHER_RUN_WAIT)
            deadly = {
                site for site in free if due[site].holder and due[site].deaths + 1 >= MAX_DEATHS
            }
            _park(connection, [due[site] for site in sorted(deadly)])
            return _take(connection, sorted(free - deadly), holder, lease)

    def renew(self, holder: str, sites: Collection[str], lease: timedelta) -> dict[str, int]:
        """Prolong the turns of a process; return the epochs of those that it still has, by site.

        A lease that has ended is not renewed, whether somebody else has taken the site or not.
        """
        ours = and_(
            turns.c.site.in_(list(sites)), turns.c.holder == holder, turns.c.due_at > func.now()
        )
        prolonged = (
            update(turns)
            .where(ours)
            .values(due_at=_in(lease))
            .returning(turns.c.site, turns.c.epoch)
        )
        with self._in_transaction() as connection:
            return {row.site: row.epoch for row in connection.execute(prolonged)}

    def finish(self, turn: Turn, wait: timedelta, said: str) -> bool:
        """End a turn whose crawl came to its end; return whether it was still ours.

        Args:
            turn: the turn.
            wait: until the site's next turn.
            said: the account of this one.
        """
        return self._end(turn, due_at=_in(wait), deaths=0, ended_at=func.now(), said=said)

    def give_back(self, turn: Turn, wait: timedelta) -> bool:
        """Leave a site to other processes; return whether it was still ours.

        Args:
            turn: the turn.
            wait: until another may take it: the delay between two requests, which must not be cut short.
        """
        return self._end(turn, due_at=_in(wait))

    def seconds_to_next(self, edition: str) -> float | None:
        """Return how long until a site of a list is due; None if none will be, 0 or less if one is."""
        query = select(func.min(turns.c.due_at) - func.now()).where(
            turns.c.edition == edition, _IS_WAITING
        )
        with self._in_transaction() as connection:
            wait: timedelta | None = connection.execute(query).scalar()
        return None if wait is None else wait.total_seconds()

    def first_due(self, site: str) -> str | None:
        """Return when the first of a site's addresses is due (ISO 8601, UTC, by the crawls' clocks)."""
        query = select(func.min(addresses.c.due_at)).where(addresses.c.site == site)
        with self._in_transaction() as connection:
            return connection.execute(query).scalar()

    def _end(self, turn: Turn, **values: Any) -> bool:
        ended = update(turns).where(_is_held(turn)).values(holder=None, **values)
        with self._in_transaction() as connection:
            return bool(connection.execute(ended).rowcount)

    @contextmanager
    def _in_transaction(self) -> Iterator[Connection]:
        """Lend a connection; errors on it name the database."""
        with named_errors(self._url), self._engine.begin() as connection:
            yield connection


def require_server(database: str) -> None:
    """Refuse a database that several processes on several machines can't share.

    Raises:
        UsageError: it is a file.
        StoreError: it is no database.
    """
    url = database_url(database)
    if url.get_backend_name() == "sqlite":
        raise UsageError(
            f"{describe(url)}: several workers need a PostgreSQL database: --db postgresql://…"
        )


def check_turn(connection: Connection, turn: Turn) -> None:
    """Make sure that a turn has not ended and can't be taken over before this transaction ends.

    The row is locked against being taken, and not against being renewed.

    Args:
        connection: in a transaction that writes.
        turn: for which it writes.

    Raises:
        TurnLostError: its lease has ended, or another process has the site.
    """
    query = select(turns.c.epoch).where(_is_held(turn)).with_for_update(read=True, key_share=True)
    if connection.execute(query).scalar() is None:
        raise TurnLostError(
            f"{turn.site}: the lease of this turn has ended; nothing more is written"
        )


def _find_due(
    connection: Connection, edition: str, limit: int, among: ColumnElement[bool]
) -> dict[str, Any]:
    """Return rows of sites that are due, locked; those that another process is just taking are left out."""
    query = select(turns.c.site, turns.c.holder, turns.c.deaths, turns.c.taken_at)
    due = query.where(turns.c.edition == edition, _IS_WAITING, turns.c.due_at <= func.now(), among)
    ordered = due.order_by(turns.c.due_at).limit(limit).with_for_update(skip_locked=True)
    return {row.site: row for row in connection.execute(ordered)}


def _free_of_other_runs(connection: Connection, sites: Collection[str]) -> set[str]:
    """Return the sites that no `newsspider crawl` has locked; it can't lock them before this transaction ends."""
    if not sites:
        return set()
    asked = sorted(sites)
    return set(
        connection.execute(
            _FREE_SITES, {"sites": asked, "places": list(map(place_of, asked))}
        ).scalars()
    )


def _postpone(connection: Connection, sites: Collection[str], wait: timedelta) -> None:
    if sites:
        connection.execute(
            update(turns).where(turns.c.site.in_(sorted(sites))).values(due_at=_in(wait))
        )


def _park(connection: Connection, rows: Sequence[Any]) -> None:
    """Park sites whose last process died with them."""
    for row in rows:
        why = f"{row.deaths + 1} processes died while they crawled it, the last was {row.holder}"
        values = {"parked_at": func.now(), "parked_why": why, "deaths": row.deaths + 1}
        connection.execute(update(turns).where(turns.c.site == row.site).values(values))


def _take(
    connection: Connection, sites: Sequence[str], holder: str, lease: timedelta
) -> list[Turn]:
    """Note who has sites from now on."""
    if not sites:
        return []
    died = case((turns.c.holder.is_(None), 0), else_=1)
    values = {
        "holder": holder,
        "epoch": turns.c.epoch + 1,
        "deaths": turns.c.deaths + died,
        "taken_at": func.now(),
        "due_at": _in(lease),
    }
    taken = update(turns).where(turns.c.site.in_(sites)).values(values)
    rows = connection.execute(taken.returning(turns.c.site, turns.c.epoch, turns.c.deaths))
    return sorted(
        (Turn(row.site, holder, row.epoch, row.deaths) for row in rows), key=lambda turn: turn.site
    )


def _is_held(turn: Turn) -> ColumnElement[bool]:
    """Return the condition that a turn is still its holder's; by the time of the question, not of the transaction."""
    same = and_(
        turns.c.site == turn.site, turns.c.epoch == turn.epoch, turns.c.holder == turn.holder
    )
    return and_(same, turns.c.due_at > func.clock_timestamp())


def _in(wait: timedelta) -> ColumnElement[datetime]:
    """Return a moment of the database's clock."""
    return func.now() + literal(wait, Interval())
