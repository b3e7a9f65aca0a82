"""The turns as a queue that people look at: which sites are due, held or parked, and why."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import URL, ColumnElement, Engine, and_, case, func, select, update

from newsspider.store.database_errors import named_errors
from newsspider.store.schema.tables import turns


@dataclass(frozen=True, slots=True)
class Place:
    """A site's place in the queue, for people.

    Attributes:
        site: its registered domain.
        state: due, later, held, silent (held past the end of its lease) or parked.
        seconds: until it is due or its lease ends, negative for the time since.
        holder: the process that has or had it.
        held_seconds: how long the process has it.
        deaths: how many processes died with the site since a turn came to its end.
        why: why it is parked.
        said: the account of the last turn that came to its end.
        edition: the list of sites that it is from.
    """

    site: str
    state: str
    seconds: float
    holder: str | None
    held_seconds: float | None
    deaths: int
    why: str | None
    said: str | None
    edition: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return asdict(self)


class TurnQueue:
    """The queue of a PostgreSQL database."""

    def __init__(self, url: URL, engine: Engine) -> None:
        """Use an engine of the database."""
        self._url = url
        self._engine = engine

    def unpark(self, sites: Sequence[str]) -> list[str]:
        """Let parked sites be taken again, at once; return those that were parked."""
        freed = update(turns).where(turns.c.site.in_(list(sites)), turns.c.parked_at.is_not(None))
        values = {
            "parked_at": None,
            "parked_why": None,
            "deaths": 0,
            "holder": None,
            "due_at": func.now(),
        }
        with named_errors(self._url), self._engine.begin() as connection:
            return sorted(
                connection.execute(freed.values(values).returning(turns.c.site)).scalars()
            )

    def count(self) -> dict[str, int]:
        """Return how many sites are in each state."""
        state = _state().label("state")
        query = select(state, func.count()).group_by(state)
        with named_errors(self._url), self._engine.begin() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def read(
        self, states: Collection[str] = (), site: str | None = None, limit: int | None = None
    ) -> list[Place]:
        """Return sites in the order in which they are due.

        Args:
            states: only those in these states; empty for all.
            site: only this one.
            limit: at most so many.
        """
        state = _state()
        query = select(
            turns.c.site,
            state.label("state"),
            _seconds(turns.c.due_at - func.now()).label("seconds"),
            turns.c.holder,
            _seconds(func.now() - turns.c.taken_at).label("held_seconds"),
            turns.c.deaths,
            turns.c.parked_why.label("why"),
            turns.c.said,
            turns.c.edition,
        ).order_by(turns.c.due_at, turns.c.site)
        query = query.where(state.in_(list(states))) if states else query
        query = query.where(turns.c.site == site) if site else query
        query = query.limit(limit) if limit is not None else query
        with named_errors(self._url), self._engine.begin() as connection:
            return [_place(row) for row in connection.execute(query).mappings()]


def _state() -> ColumnElement[str]:
    """Return a row's state."""
    is_over = turns.c.due_at <= func.now()
    return case(
        (turns.c.parked_at.is_not(None), "parked"),
        (and_(turns.c.holder.is_not(None), is_over), "silent"),
        (turns.c.holder.is_not(None), "held"),
        (is_over, "due"),
        else_="later",
    )


def _place(row: Mapping[Any, Any]) -> Place:
    held = row["held_seconds"] if row["holder"] else None
    return Place(
        **{
            **row,
            "seconds": float(row["seconds"]),
            "held_seconds": None if held is None else float(held),
        }
    )


def _seconds(span: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.date_part("epoch", span)
