"""Writing visits: the state of each page that was fetched, saved with the records of the same batch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection

from newsspider.record import ArticleRecord
from newsspider.revisiting.after_visit import NOTHING_THERE, after_visit
from newsspider.revisiting.page_states import LINKED_ROLES, PageState, Visit
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.store.addresses import add_aliases, read_states, write_states
from newsspider.store.articles import Stored
from newsspider.store.shape_counts import add_shapes
from newsspider.urls import normalise_url


class _Visited(NamedTuple):
    """A visit with its record, and the article that the record is now part of."""

    visit: Visit
    record: ArticleRecord | None
    stored: Stored | None

    @property
    def is_article_here(self) -> bool:
        """Whether the article is read at this address, rather than at one that is known already."""
        if self.stored is None:
            return False
        return self.stored.fate != "merged" or normalise_url(self.visit.url) == self.stored.key

    @property
    def tells_kind(self) -> bool:
        """Whether the kind of the page says something about links with addresses like its own."""
        return self.record is not None and self.visit.role in LINKED_ROLES

    @property
    def kind(self) -> str:
        """The kind of the page; "" for a list."""
        return self.record.kind if self.record else ""

    def other_addresses(self) -> set[str]:
        """Return the addresses that are aliases of the article's own; none for other pages."""
        if self.stored is None:
            return set()
        return {self.visit.address, *self.visit.passed, self.stored.record.key}

    def addresses(self) -> set[str]:
        """Return the addresses whose states it needs."""
        found = {self.visit.address}
        if self.stored:
            found.add(self.stored.key)
        if self.visit.led_to:
            found.add(self.visit.led_to)
        return found


def write_visits(
    connection: Connection,
    visits: Sequence[tuple[Visit, ArticleRecord | None]],
    stored: Sequence[Stored],
    plan: RevisitPlan,
) -> list[tuple[Visit, PageState]]:
    """Write visits, in order, and return the new state of each page.

    Args:
        connection: in a transaction.
        visits: visits with their records.
        stored: the articles among those records, as they were stored.
        plan: when to visit again.
    """
    by_record = {id(each.record): each for each in stored}
    visited = [_Visited(visit, record, by_record.get(id(record))) for visit, record in visits]
    known = _read_known(connection, visited)

    written = []
    named = []
    first_kinds = []
    for each in visited:
        visit = each.visit
        if visit.led_to and visit.moved:
            named.append(_name_moved(visit, known))
            continue

        if each.tells_kind and _is_first(known.get(visit.address)):
            first_kinds.append((visit.site, visit.address, each.kind))

        state = _state_after(each, known, plan)
        known[state.address] = known[visit.address] = state
        named.append((state.address, each.other_addresses()))
        written.append((visit, state))

    add_aliases(connection, named)
    write_states(connection, {state.address: state for _, state in written}.values())
    add_shapes(connection, first_kinds)
    return written


def _read_known(connection: Connection, visited: Sequence[_Visited]) -> dict[str, PageState]:
    """Return the states of all addresses that visits concern."""
    wanted = set().union(*(each.addresses() for each in visited))
    if not wanted:
        return {}
    return read_states(connection, wanted)


def _name_moved(visit: Visit, known: Mapping[str, PageState]) -> tuple[str, set[str]]:
    """Return the page that another one moved to, and the addresses that it moved from."""
    target = visit.led_to or ""
    page = known[target].address if target in known else target
    return page, {*visit.passed} - {target}


def _state_after(each: _Visited, known: Mapping[str, PageState], plan: RevisitPlan) -> PageState:
    """Return the state of the page after a visit.

    An article is visited at one address, where it was read last; a visit of one of its other
    addresses does not change that.
    """
    visit = each.visit
    page = _page_of(each, known)
    before = known.get(page) or known.get(visit.address)
    is_elsewhere = each.stored is not None and not each.is_article_here
    if is_elsewhere and before is not None and before.fetched_at:
        state = before
    else:
        state = after_visit(before, visit, each.record, plan)
    url = visit.url if each.is_article_here else state.url
    return replace(state, address=page, url=url)


def _page_of(each: _Visited, known: Mapping[str, PageState]) -> str:
    """Return the address under which a page's state is kept."""
    if each.stored:
        return each.stored.key
    state = known.get(each.visit.address)
    return state.address if state else each.visit.address


def _is_first(known: PageState | None) -> bool:
    """Return whether nothing was read at an address before."""
    return known is None or known.fetched_at is None or known.kind in NOTHING_THERE
