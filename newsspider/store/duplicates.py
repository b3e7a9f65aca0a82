"""Near-duplicates in the store: found by an index of sketches, and linked to the earliest of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, update

from newsspider.record import ArticleRecord
from newsspider.revisiting.schedule import birth
from newsspider.store.dialects import among, lock_links, upsert
from newsspider.store.sketches import MIN_LIKENESS, bands_of, likeness, likest, pairs_of, sketch_of
from newsspider.store.tables import articles, bands, sketches

Duplicates = Literal["link", "drop", "off"]  # what becomes of near-duplicates
MAX_COMPARED = 8  # texts with which one is compared: the likest by their sketches
# Texts that a band leads to, the first that came: a phrase that thousands of articles begin with must not make each of
# them read thousands of sketches. Other bands lead to the articles beyond.
MAX_IN_BAND = 100
# Texts in a band beyond which sharing it says little: it is a common phrase, and the sketch of a text is read only if
# it shares another band too.
RARE_BAND = 8


@dataclass(frozen=True)
class Compared:
    """An article as far as duplicates are concerned."""

    id: int
    key: str
    born_at: str
    pairs: frozenset[str]
    duplicate_of: str | None
    similarity: float | None

    @property
    def place(self) -> tuple[str, int]:
        """What orders articles, the earliest first: their publication, then which was stored first."""
        return self.born_at, self.id


def find_original(connection: Connection, records: Mapping[str, ArticleRecord]) -> dict[str, str]:
    """Return which new records are near-duplicates, by key, and of what: a stored article, or one before them."""
    lock_links(connection)
    numbers = {-place: key for place, key in enumerate(records, start=1)}
    pairs = {number: pairs_of(records[key].body) for number, key in numbers.items()}
    made = {number: sketch_of(each) for number, each in pairs.items() if each}
    found, _ = _candidates(connection, made)
    there = _read(connection, articles.c.id, {each for some in found.values() for each in some if each > 0})
    dropped: dict[str, str] = {}
    for number in made:
        for other in found[number]:
            key = there[other].key if other in there else numbers.get(other)
            text = there[other].pairs if other in there else pairs.get(other, frozenset())
            if key and key not in dropped and likeness(pairs[number], text) >= MIN_LIKENESS:
                dropped[numbers[number]] = key
                break
    return dropped


def index_duplicates(connection: Connection, ids: Collection[int]) -> set[str]:
    """Index articles that are new or whose text changed, link them, and return the keys of those linked to another."""
    lock_links(connection)
    _unindex(connection, ids)
    there = _read(connection, articles.c.id, ids)
    made = {number: sketch_of(each.pairs) for number, each in there.items() if each.pairs}
    found, full = _candidates(connection, made)
    _index(connection, made, full)
    return _link(connection, list(there.values()), found)


def drop_duplicates(connection: Connection, ids: Collection[int], keys: Collection[str]) -> None:
    """Take articles that go out of the index; those linked to them are linked to each other."""
    lock_links(connection)
    _unindex(connection, ids)
    left = _read(connection, articles.c.duplicate_of, keys)
    left = {number: each for number, each in left.items() if number not in ids}
    for each in left.values():
        _write_links(connection, [replace(each, duplicate_of=None, similarity=None)])
    _link(connection, list(left.values()), {number: [other for other in left if other != number] for number in left})


def _link(connection: Connection, changed: Sequence[Compared], found: Mapping[int, Iterable[int]]) -> set[str]:
    """Link articles and those found to be like them, each to the earliest; return the keys of the linked ones."""
    known = {each.id: each for each in changed}
    others = {number for some in found.values() for number in some} - known.keys()
    known |= _read(connection, articles.c.id, others)
    followers = _read(connection, articles.c.duplicate_of, {each.key for each in changed})
    known |= {number: each for number, each in followers.items() if number not in known}
    heads = {each.duplicate_of for each in known.values() if each.duplicate_of} - {each.key for each in known.values()}
    known |= _read(connection, articles.c.key, heads)
    by_key = {each.key: each.id for each in known.values()}
    now = dict(known)
    for each in changed:  # what its text was like before says nothing
        now[each.id] = replace(now[each.id], duplicate_of=None, similarity=None)
    for each in followers.values():
        now[each.id] = replace(now[each.id], duplicate_of=None, similarity=None)
    for each in sorted(changed, key=lambda each: each.place):
        near = {number for number in found.get(each.id, ()) if number in known}
        near |= {number for number, other in followers.items() if other.duplicate_of == each.key}
        near |= {by_key[head] for number in near if (head := known[number].duplicate_of) in by_key}
        for number in near - {each.id}:
            first, second = sorted((known[number], each), key=lambda one: one.place)
            like = likeness(first.pairs, second.pairs)
            linked = by_key.get(now[second.id].duplicate_of or "")
            if like >= MIN_LIKENESS and (linked is None or first.place < known[linked].place):
                now[second.id] = replace(now[second.id], duplicate_of=first.key, similarity=round(like, 3))
    _write_links(connection, [each for number, each in now.items() if each != known[number]])
    return {each.key for number, each in now.items() if each.duplicate_of and number in {one.id for one in changed}}


def _candidates(connection: Connection, made: Mapping[int, bytes]) -> tuple[dict[int, list[int]], set[int]]:
    """Return for new sketches those that may be of like texts, stored ones and new ones before; and full bands."""
    told = {number: bands_of(sketch) for number, sketch in made.items()}
    members: defaultdict[int, list[int]] = defaultdict(list)
    asked = {band for each in told.values() for band in each}
    for band, article in connection.execute(select(bands.c.band, bands.c.article).where(among(bands.c.band, asked))):
        members[band].append(article)
    full = {band for band, some in members.items() if len(some) >= MAX_IN_BAND}
    near = {}
    for number, numbers in told.items():
        near[number] = _sharing([members[band] for band in numbers]) - {number}
        for band in numbers:
            if len(members[band]) < MAX_IN_BAND:
                members[band].append(number)
    known = dict(made)
    stored = {article for some in near.values() for article in some} - made.keys()
    query = select(sketches.c.article, sketches.c.sketch).where(among(sketches.c.article, stored))
    known |= {row.article: bytes(row.sketch) for row in connection.execute(query)}
    found = {
        number: likest(made[number], [(each, known[each]) for each in some if each in known], MAX_COMPARED)
        for number, some in near.items()
    }
    return found, full


def _sharing(shared: Sequence[Sequence[int]]) -> set[int]:
    """Return the articles that share a rare band with a text, or two common ones.

    Args:
        shared: for each band of the text the articles in it.
    """
    times = Counter(article for some in shared for article in some)
    rare = {article for some in shared if len(some) <= RARE_BAND for article in some}
    return rare | {article for article, number in times.items() if number > 1}


def _index(connection: Connection, made: Mapping[int, bytes], full: Collection[int]) -> None:
    """Write sketches and their bands, but for bands that are full."""
    if not made:
        return
    connection.execute(insert(sketches), [{"article": number, "sketch": sketch} for number, sketch in made.items()])
    told = {number: bands_of(sketch) for number, sketch in made.items()}
    entries = sorted((band, number) for number, each in told.items() for band in each if band not in full)
    if entries:
        rows = [{"band": band, "article": number} for band, number in entries]
        connection.execute(upsert(connection, bands).on_conflict_do_nothing(), rows)


def _unindex(connection: Connection, ids: Collection[int]) -> None:
    """Take sketches and their bands out."""
    query = select(sketches.c.article, sketches.c.sketch).where(among(sketches.c.article, ids))
    rows = [
        {"old_band": band, "old_article": row.article}
        for row in connection.execute(query)
        for band in bands_of(bytes(row.sketch))
    ]
    if rows:
        of_row = (bands.c.band == bindparam("old_band"), bands.c.article == bindparam("old_article"))
        connection.execute(delete(bands).where(*of_row), rows)
        connection.execute(delete(sketches).where(among(sketches.c.article, ids)))


def _read(connection: Connection, column: Column[Any], values: Collection[Any]) -> dict[int, Compared]:
    """Return articles by number: those of which a column is among some values."""
    names = ("id", "key", "body", "published", "first_seen", "duplicate_of", "similarity")
    read = {}
    for row in connection.execute(select(*(articles.c[name] for name in names)).where(among(column, values))):
        born_at = birth(row.first_seen, row.published)
        read[row.id] = Compared(row.id, row.key, born_at, pairs_of(row.body), row.duplicate_of, row.similarity)
    return read


def _write_links(connection: Connection, linked: Sequence[Compared]) -> None:
    """Write what articles are duplicates of."""
    rows = [{"number": each.id, "of": each.duplicate_of, "like": each.similarity} for each in linked]
    if rows:
        of_row = update(articles).where(articles.c.id == bindparam("number"))
        connection.execute(of_row.values(duplicate_of=bindparam("of"), similarity=bindparam("like")), rows)
