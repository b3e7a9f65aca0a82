"""Sites' memories in the store: learnt with the records, read when a run begins, forgotten with the pages."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, select

from newsspider.clock import utc_now
from newsspider.errors import SiteMemoryError
from newsspider.site_memory.memory import SiteMemory, learn
from newsspider.site_memory.observations import Observation, hash_address
from newsspider.store.dialects import upsert
from newsspider.store.replacing import replace_rows
from newsspider.store.schema.tables import forgotten, site_memories
from newsspider.urls import site_of

READ_ROWS = 100  # memories fetched at a time when all are read; a large one has 30 KB


@dataclass(frozen=True)
class StoredMemory:
    """A site's memory as the store has it.

    Attributes:
        site: the registered domain.
        state: a hash of the content; records name it.
        content: the memory's bytes.
        articles: how many are remembered.
        changed_at: when it was last written, ISO 8601 in UTC.
    """

    site: str
    state: str
    content: bytes
    articles: int
    changed_at: str


def learn_pages(connection: Connection, observations: Iterable[Observation]) -> None:
    """Add observations to the memories of sites, in the caller's transaction."""
    gone = {
        hash_address(address)
        for address in connection.execute(select(forgotten.c.address)).scalars()
    }
    by_site: defaultdict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        if each.article not in gone:
            by_site[each.site].append(each)

    for site in sorted(by_site):  # in one order, so that two transactions never wait for each other
        _claim_row(connection, site)
        before = read_memory(connection, site)
        _write(connection, site, before, learn(before, by_site[site]))


def read_memory(connection: Connection, site: str) -> SiteMemory | None:
    """Return a site's memory; None where there is none, it is damaged, or another version wrote it."""
    stored = read_stored(connection, site)
    try:
        return SiteMemory.from_bytes(stored.content) if stored else None
    except SiteMemoryError:
        return None  # it is learnt anew


def read_stored(connection: Connection, site: str) -> StoredMemory | None:
    """Return a site's memory as it is stored; None if there is none."""
    return next(
        _iter_rows(connection, select(site_memories).where(site_memories.c.site == site)), None
    )


def iter_stored(connection: Connection) -> Iterator[StoredMemory]:
    """Yield the memories of all sites, by site."""
    together = connection.execution_options(yield_per=READ_ROWS)
    return _iter_rows(together, select(site_memories).order_by(site_memories.c.site))


def unlearn_pages(connection: Connection, addresses: Iterable[str]) -> int:
    """Delete the observations of articles; return how many.

    Args:
        connection: in a transaction that writes.
        addresses: all addresses of the articles, normalised.
    """
    by_site: defaultdict[str, set[int]] = defaultdict(set)
    for address in addresses:
        by_site[site_of(address) or ""].add(hash_address(address))
    return sum(_unlearn(connection, site, by_site[site]) for site in sorted(by_site))


def forget_site(connection: Connection, site: str) -> bool:
    """Delete a site's memory; return whether there was one."""
    return bool(
        connection.execute(delete(site_memories).where(site_memories.c.site == site)).rowcount
    )


def _unlearn(connection: Connection, site: str, articles: Collection[int]) -> int:
    """Take articles out of a site's memory; return how many."""
    before = read_memory(connection, site)
    if before is None:
        return 0
    after = before
    for article in sorted(articles):
        after = after.without(article)
    _write(connection, site, before, after)
    return len(before.articles) - len(after.articles)


def _claim_row(connection: Connection, site: str) -> None:
    """Hold the row of a site, so that two transactions on a server learn one after the other."""
    if connection.dialect.name == "sqlite":
        return  # its transactions that write follow each other anyway
    empty = {"site": site, "state": "", "content": b"", "articles": 0, "changed_at": utc_now()}
    connection.execute(upsert(connection, site_memories).on_conflict_do_nothing(), empty)
    connection.execute(
        select(site_memories.c.site).where(site_memories.c.site == site).with_for_update()
    )


def _write(connection: Connection, site: str, before: SiteMemory | None, after: SiteMemory) -> None:
    """Write a memory that changed; an empty one has no row."""
    if not after.articles:
        forget_site(connection, site)
        return
    if before is not None and before.state == after.state:
        return
    row = {
        "site": site,
        "state": after.state,
        "content": after.to_bytes(),
        "articles": len(after.articles),
        "changed_at": utc_now(),
    }
    replaced = row.keys() - {"site"}
    replace_rows(connection, site_memories, [row], keys=["site"], replaced=replaced)


def _iter_rows(connection: Connection, query: Select[Any]) -> Iterator[StoredMemory]:
    for row in connection.execute(query):
        if row.content:  # without it, a transaction of another process has only claimed the row
            yield StoredMemory(
                row.site, row.state, bytes(row.content), row.articles, row.changed_at
            )
