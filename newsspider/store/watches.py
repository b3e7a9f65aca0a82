"""Watches: saved searches, and the articles that were sent to their targets.

An article is recorded as `sending` in the transaction that finds it, before it is sent. So neither another run nor one
after a crash sends it again. Afterwards its state is `told`, or `unsure`; if the target failed, the row is deleted.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from newsspider.clock import as_text, now, utc_now
from newsspider.store.dialects import among, day_of
from newsspider.store.schema.tables import articles, told, watches
from newsspider.store.search.index import search_index

SENDING_SECONDS = 600  # longer than any target takes; after that, the run must have been killed
LOOKED_BACK = timedelta(
    days=30
)  # articles first seen earlier aren't searched again, even if they change
KNOWN, SENDING, TOLD, UNSURE = (
    "known",
    "sending",
    "told",
    "unsure",
)  # known: stored before the watch was added
_LISTS = ("targets", "sites", "languages")


@dataclass(frozen=True)
class Watch:
    """A saved search, and the targets of its new articles.

    Attributes:
        name: the user's.
        words: as `newsspider search` takes them.
        targets: URLs for Apprise; they can contain passwords.
        form: of the messages: text, markdown or json.
        sites: only articles of these registered domains; none means all.
        languages: only articles in these languages, such as en; none means all.
        since: articles published on this day or later are sent even if they were stored before the watch was added.
        made_at: when the watch was added; articles first seen later are new.
        settled_at: when all targets had been sent everything; None before the first time.
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
    """Articles that a run is about to send to a target; no other run sends them.

    Attributes:
        watch: the name of the watch.
        target: the address.
        keys: of the articles, the newest first.
        mark: identifies their rows.
    """

    watch: str
    target: str
    keys: Sequence[str]
    mark: str = ""


def add_watch(connection: Connection, watch: Watch) -> bool:
    """Store a new watch, and record the articles that it finds already; return whether its name was free."""
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
    """Delete a watch and its record of sent articles; return whether it existed."""
    connection.execute(delete(told).where(told.c.watch == name))
    return bool(connection.execute(delete(watches).where(watches.c.name == name)).rowcount)


def find_untold(
    connection: Connection, watch: Watch, target: str, limit: int | None = None
) -> list[str]:
    """Return the keys of the articles that a target hasn't been sent, newest first."""
    query = _matching(connection, watch, select(articles.c.key))
    if query is None:
        return []
    of_target = (told.c.watch == watch.name, told.c.target == mark_of(target))
    noted = exists().where(*of_target, told.c.article == articles.c.key)
    moment = func.coalesce(articles.c.published, articles.c.first_seen, "")
    query = (
        query.where(~noted)
        .order_by(None)
        .order_by(moment.desc(), articles.c.id.desc())
        .limit(limit)
    )
    return [str(key) for key in connection.execute(query).scalars()]


def claim_untold(
    connection: Connection, watch: Watch, target: str, limit: int | None = None
) -> Claim:
    """Record articles as being sent to a target, and return them."""
    claim = Claim(watch.name, target, find_untold(connection, watch, target, limit), uuid4().hex)
    _note(connection, claim, SENDING)
    return claim


def settle_claim(connection: Connection, claim: Claim, *, arrived: bool | None) -> None:
    """Record the result of sending a claim's articles.

    Args:
        connection: in a transaction.
        claim: the articles.
        arrived: whether they arrived; after False they are sent again, None means unknown.
    """
    of_claim = and_(
        told.c.watch == claim.watch,
        told.c.target == mark_of(claim.target),
        told.c.claim == claim.mark,
    )
    if arrived is False:
        connection.execute(delete(told).where(of_claim))
        return
    state = UNSURE if arrived is None else TOLD
    connection.execute(update(told).where(of_claim).values(state=state, told_at=utc_now()))


def note_cut_short(connection: Connection, watch: Watch) -> dict[str, int]:
    """Mark articles as unsure that killed runs were sending; return their number by target."""
    before = as_text(now() - timedelta(seconds=SENDING_SECONDS))
    cut_short = and_(told.c.watch == watch.name, told.c.state == SENDING, told.c.told_at < before)
    query = select(told.c.target, func.count()).where(cut_short).group_by(told.c.target)
    found = {str(mark): int(number) for mark, number in connection.execute(query)}
    if found:
        connection.execute(update(told).where(cut_short).values(state=UNSURE))
    return {target: number for target in watch.targets if (number := found.get(mark_of(target)))}


def release_unsure(connection: Connection, watch: Watch) -> int:
    """Delete the rows of unsure articles, so that they are sent again; return their number."""
    unsure = and_(told.c.watch == watch.name, told.c.state == UNSURE)
    # Otherwise articles older than LOOKED_BACK would not be found.
    connection.execute(update(watches).where(watches.c.name == watch.name).values(settled_at=None))
    return int(connection.execute(delete(told).where(unsure)).rowcount)


def settle_watch(connection: Connection, watch: Watch, began_at: str) -> None:
    """Record that all targets have been sent everything that was stored when a run began."""
    connection.execute(
        update(watches).where(watches.c.name == watch.name).values(settled_at=began_at)
    )


def count_told(connection: Connection, watch: Watch) -> Counter[tuple[str, str]]:
    """Return the number of articles for each target and state."""
    counts = select(told.c.target, told.c.state, func.count()).where(told.c.watch == watch.name)
    rows = connection.execute(counts.group_by(told.c.target, told.c.state)).all()
    targets = {mark_of(target): target for target in watch.targets}
    return Counter(
        {(targets[mark], state): number for mark, state, number in rows if mark in targets}
    )


def mark_of(target: str) -> str:
    """Return a hash of a target's URL, for the rows of `told`; the URL itself can contain a password."""
    return hashlib.blake2b(target.encode(), digest_size=8).hexdigest()


def _note_known(connection: Connection, watch: Watch) -> None:
    """Record the articles that were stored in the same second, but before the watch: they are not new."""
    known = find_untold(connection, replace(watch, since=None), watch.targets[0])
    if watch.since:
        wanted = select(articles.c.key).where(
            among(articles.c.key, known), day_of(articles.c.published) >= watch.since
        )
        known = sorted(set(known) - set(connection.execute(wanted).scalars()))
    for target in watch.targets:
        _note(connection, Claim(watch.name, target, known), KNOWN)


def _note(connection: Connection, claim: Claim, state: str) -> None:
    """Insert the rows of a claim."""
    row = {"watch": claim.watch, "target": mark_of(claim.target), "claim": claim.mark}
    if claim.keys:
        rows = [{**row, "article": key, "state": state, "told_at": utc_now()} for key in claim.keys]
        connection.execute(insert(told), rows)


def _matching(
    connection: Connection, watch: Watch, query: Select[tuple[str]]
) -> Select[tuple[str]] | None:
    """Limit a query of articles to those that a watch finds, sent or not; None if there are none."""
    first = _first_number(connection, watch)
    matching = (
        search_index(connection).narrow(query, watch.words, first) if first is not None else None
    )
    if matching is None:
        return None
    is_new: ColumnElement[bool] = articles.c.first_seen >= watch.made_at
    matching = matching.where(
        or_(is_new, day_of(articles.c.published) >= watch.since) if watch.since else is_new
    )
    if watch.sites:
        matching = matching.where(among(articles.c.site, watch.sites))
    if watch.languages:
        matching = matching.where(or_(*map(_is_language, watch.languages)))
    return matching


def _is_language(language: str) -> ColumnElement[bool]:
    """Return the condition that an article is in a language; without a region, in any region."""
    column = func.lower(articles.c.language)
    return or_(column == language.lower(), column.like(f"{language.lower()}-%"))


def _first_number(connection: Connection, watch: Watch) -> int | None:
    """Return the id of the first article that may be new for a watch; None if there is none.

    Without this limit, each run would read all articles that ever had the words.
    """
    settled = (
        as_text(datetime.fromisoformat(watch.settled_at) - LOOKED_BACK) if watch.settled_at else ""
    )
    begin = settled if watch.since else max(settled, watch.made_at)
    if not begin:
        return 0
    # A subquery, so that the index on first_seen is used and not the order of the ids.
    fresh = select(articles.c.id).where(articles.c.first_seen >= begin).offset(0).subquery()
    first = connection.execute(select(func.min(fresh.c.id))).scalar()
    return int(first) if first is not None else None
