"""Watches: saved searches, and which articles each of their targets has been told of.

An article is noted before it is sent (`sending`), in the transaction that finds it: neither a second run nor one after
a crash sends it again. What became of it is noted after: `told`, gone again where the target failed, or `unsure`.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, func, insert, or_, select, update

from newsspider.clock import as_text, now, utc_now
from newsspider.store.dialects import among, day_of
from newsspider.store.search import search_index
from newsspider.store.tables import articles, told, watches

SENDING_SECONDS = 600  # no target takes as long; after that the run that was sending has been killed
LOOKED_BACK = timedelta(days=30)  # an article that changes may begin to match; older ones than this are left
KNOWN, SENDING, TOLD, UNSURE = "known", "sending", "told", "unsure"  # known: there before the watch was
_LISTS = ("targets", "sites", "languages")


@dataclass(frozen=True)
class Watch:
    """A saved search, and who is told of what it finds.

    Attributes:
        name: the user's.
        words: as `newsspider search` takes them.
        targets: addresses for Apprise; they may hold passwords.
        form: of the messages: text, markdown or json.
        sites: only articles of these registered domains; none means all.
        languages: only articles in these languages, such as en; none means all.
        since: articles that were published on this day or later are told of though they were in the store before.
        made_at: when it was made; what is first seen later is new.
        settled_at: when all targets had been told of everything that there was; None before.
    """

    name: str
    words: str
    targets: tuple[str, ...]
    form: str = "text"
    sites: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: str | None = None
    made_at: str = ""
    settled_at: str | None = None


@dataclass(frozen=True)
class Claim:
    """Articles that a run is about to tell a target of; nobody else tells it of them.

    Attributes:
        watch: the name of the watch.
        target: the address.
        keys: of the articles, the newest first.
        mark: by which their rows are found again.
    """

    watch: str
    target: str
    keys: Sequence[str]
    mark: str = ""


def add_watch(connection: Connection, watch: Watch) -> bool:
    """Keep a new watch, and note what the store has already; return whether its name was free."""
    taken = select(watches.c.name).where(watches.c.name == watch.name)
    if connection.execute(taken).first():
        return False
    made = replace(watch, made_at=utc_now(), settled_at=None)
    lists = {name: list(getattr(made, name)) for name in _LISTS}
    connection.execute(insert(watches).values({**asdict(made), **lists}))
    _note_known(connection, made)
    return True


def read_watches(connection: Connection) -> list[Watch]:
    """Return all watches by name."""
    rows = connection.execute(select(watches).order_by(watches.c.name)).mappings()
    return [Watch(**{**row, **{name: tuple(row[name]) for name in _LISTS}}) for row in rows]


def remove_watch(connection: Connection, name: str) -> bool:
    """Take a watch out with what is noted for it; return whether it was there."""
    connection.execute(delete(told).where(told.c.watch == name))
    return bool(connection.execute(delete(watches).where(watches.c.name == name)).rowcount)


def find_untold(connection: Connection, watch: Watch, target: str, limit: int | None = None) -> list[str]:
    """Return the keys of the articles that a target is to be told of, the newest first."""
    query = _matching(connection, watch, select(articles.c.key))
    if query is None:
        return []
    of_target = (told.c.watch == watch.name, told.c.target == mark_of(target))
    noted = exists().where(*of_target, told.c.article == articles.c.key)
    moment = func.coalesce(articles.c.published, articles.c.first_seen, "")
    query = query.where(~noted).order_by(None).order_by(moment.desc(), articles.c.id.desc()).limit(limit)
    return [str(key) for key in connection.execute(query).scalars()]


def claim_untold(connection: Connection, watch: Watch, target: str, limit: int | None = None) -> Claim:
    """Note that a run is about to tell a target of articles, and return which."""
    claim = Claim(watch.name, target, find_untold(connection, watch, target, limit), uuid4().hex)
    _note(connection, claim, SENDING)
    return claim


def settle_claim(connection: Connection, claim: Claim, *, arrived: bool | None) -> None:
    """Note what became of a claim's articles.

    Args:
        connection: in a transaction.
        claim: what was sent.
        arrived: whether it was; False makes them articles to be told of again, None means that nobody knows.
    """
    of_claim = and_(told.c.watch == claim.watch, told.c.target == mark_of(claim.target), told.c.claim == claim.mark)
    if arrived is False:
        connection.execute(delete(told).where(of_claim))
        return
    state = UNSURE if arrived is None else TOLD
    connection.execute(update(told).where(of_claim).values(state=state, told_at=utc_now()))


def note_cut_short(connection: Connection, watch: Watch) -> dict[str, int]:
    """Note as unsure what runs were sending when they were killed; return how many articles, by target."""
    before = as_text(now() - timedelta(seconds=SENDING_SECONDS))
    cut_short = and_(told.c.watch == watch.name, told.c.state == SENDING, told.c.told_at < before)
    query = select(told.c.target, func.count()).where(cut_short).group_by(told.c.target)
    found = {str(mark): int(number) for mark, number in connection.execute(query)}
    if found:
        connection.execute(update(told).where(cut_short).values(state=UNSURE))
    return {target: number for target in watch.targets if (number := found.get(mark_of(target)))}


def release_unsure(connection: Connection, watch: Watch) -> int:
    """Make articles of which it is not known whether they arrived ones to be told of again; return how many."""
    unsure = and_(told.c.watch == watch.name, told.c.state == UNSURE)
    # They may be older than what is looked at.
    connection.execute(update(watches).where(watches.c.name == watch.name).values(settled_at=None))
    return int(connection.execute(delete(told).where(unsure)).rowcount)


def settle_watch(connection: Connection, watch: Watch, began_at: str) -> None:
    """Note that all targets have been told of everything that was in the store when a run began."""
    connection.execute(update(watches).where(watches.c.name == watch.name).values(settled_at=began_at))


def count_told(connection: Connection, watch: Watch) -> Counter[tuple[str, str]]:
    """Return how many articles are noted for each target and state."""
    counts = select(told.c.target, told.c.state, func.count()).where(told.c.watch == watch.name)
    rows = connection.execute(counts.group_by(told.c.target, told.c.state)).all()
    targets = {mark_of(target): target for target in watch.targets}
    return Counter({(targets[mark], state): number for mark, state, number in rows if mark in targets})


def mark_of(target: str) -> str:
    """Return what stands for a target where it is noted whom it was told: no address, which may hold a password."""
    return hashlib.blake2b(target.encode(), digest_size=8).hexdigest()


def _note_known(connection: Connection, watch: Watch) -> None:
    """Note what the store has already of the second in which the watch is made: it is not new."""
    known = find_untold(connection, replace(watch, since=None), watch.targets[0])
    if watch.since:
        wanted = select(articles.c.key).where(among(articles.c.key, known), day_of(articles.c.published) >= watch.since)
        known = sorted(set(known) - set(connection.execute(wanted).scalars()))
    for target in watch.targets:
        _note(connection, Claim(watch.name, target, known), KNOWN)


def _note(connection: Connection, claim: Claim, state: str) -> None:
    """Note a target's articles."""
    row = {"watch": claim.watch, "target": mark_of(claim.target), "claim": claim.mark}
    if claim.keys:
        rows = [{**row, "article": key, "state": state, "told_at": utc_now()} for key in claim.keys]
        connection.execute(insert(told), rows)


def _matching(connection: Connection, watch: Watch, query: Select[tuple[str]]) -> Select[tuple[str]] | None:
    """Return a query of articles with those alone that a watch wants, whoever was told; None for none."""
    first = _first_number(connection, watch)
    matching = search_index(connection).narrow(query, watch.words, first) if first is not None else None
    if matching is None:
        return None
    is_new: ColumnElement[bool] = articles.c.first_seen >= watch.made_at
    matching = matching.where(or_(is_new, day_of(articles.c.published) >= watch.since) if watch.since else is_new)
    if watch.sites:
        matching = matching.where(among(articles.c.site, watch.sites))
    if watch.languages:
        matching = matching.where(or_(*map(_is_language, watch.languages)))
    return matching


def _is_language(language: str) -> ColumnElement[bool]:
    """Return the condition that an article is in a language, in any region where none is named."""
    column = func.lower(articles.c.language)
    return or_(column == language.lower(), column.like(f"{language.lower()}-%"))


def _first_number(connection: Connection, watch: Watch) -> int | None:
    """Return the number of the first article that can be untold; None if there is none.

    Without it each run would look at all articles that ever held the words.
    """
    settled = as_text(datetime.fromisoformat(watch.settled_at) - LOOKED_BACK) if watch.settled_at else ""
    begin = settled if watch.since else max(settled, watch.made_at)
    if not begin:
        return 0
    # A query of its own, so that the index on the moment is used and not the order of the numbers.
    fresh = select(articles.c.id).where(articles.c.first_seen >= begin).offset(0).subquery()
    first = connection.execute(select(func.min(fresh.c.id))).scalar()
    return int(first) if first is not None else None
