"""Links between near-duplicates: each article is linked to the earliest that is like it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Literal

from sqlalchemy import Column, Connection, bindparam, select, update

from newsspider.record import ArticleRecord
from newsspider.revisiting.schedule import birth
from newsspider.store.dialects import among, lock_links
from newsspider.store.duplicates.sketch_index import (
    add_sketches,
    find_candidates,
    remove_sketches,
)
from newsspider.store.duplicates.sketches import MIN_LIKENESS, likeness, pairs_of, sketch_of
from newsspider.store.schema.tables import articles

Duplicates = Literal["link", "drop", "off"]  # the ways to treat near-duplicates


@dataclass(frozen=True)
class Compared:
    """An article's columns that matter for duplicates."""

    id: int
    key: str
    born_at: str
    pairs: frozenset[str]
    duplicate_of: str | None
    similarity: float | None

    @property
    def place(self) -> tuple[str, int]:
        """The order of articles, the earliest first: by publication, then by number."""
        return self.born_at, self.id

    def is_before(self, other: "Compared | None") -> bool:
        """Whether the article is earlier than another; true without another."""
        return other is None or self.place < other.place

    def unlinked(self) -> "Compared":
        """Return the article without its link."""
        return replace(self, duplicate_of=None, similarity=None)


def find_original(connection: Connection, records: Mapping[str, ArticleRecord]) -> dict[str, str]:
    """Find the new records that are near-duplicates.

    Returns:
        The record's key and the key of its original: a stored article or a record before it.
    """
    lock_links(connection)
    # Negative numbers: stored articles have positive ones.
    keys = {-place: key for place, key in enumerate(records, start=1)}
    pairs = {number: pairs_of(records[key].body) for number, key in keys.items()}
    made = _sketch_all(pairs)

    near = find_candidates(connection, made).near
    candidates = set(chain.from_iterable(near.values()))
    stored = _read(connection, articles.c.id, candidates - keys.keys())
    keys |= {number: each.key for number, each in stored.items()}
    pairs |= {number: each.pairs for number, each in stored.items()}

    dropped: dict[str, str] = {}
    for number in made:
        left = [other for other in near[number] if other in keys and keys[other] not in dropped]
        original = _first_alike(pairs[number], left, pairs)
        if original is not None:
            dropped[keys[number]] = keys[original]
    return dropped


def _first_alike(
    text: frozenset[str], others: Iterable[int], pairs: Mapping[int, frozenset[str]]
) -> int | None:
    """Return the first of some articles that is a near-duplicate of a text, or None."""
    alike = (other for other in others if likeness(text, pairs[other]) >= MIN_LIKENESS)
    return next(alike, None)


def _sketch_all(pairs: Mapping[int, frozenset[str]]) -> dict[int, bytes]:
    """Return the sketches of texts by number; texts without pairs of words have none."""
    return {number: sketch_of(each) for number, each in pairs.items() if each}


def index_duplicates(connection: Connection, ids: Collection[int]) -> set[str]:
    """Index articles that are new or whose text changed, and link them.

    Returns:
        The keys of those that are linked to another.
    """
    lock_links(connection)
    remove_sketches(connection, ids)
    changed = _read(connection, articles.c.id, ids)
    made = _sketch_all({number: each.pairs for number, each in changed.items()})
    candidates = find_candidates(connection, made)
    add_sketches(connection, made, candidates.full_bands)
    return _link(connection, changed, candidates.near)


def drop_duplicates(connection: Connection, ids: Collection[int], keys: Collection[str]) -> None:
    """Remove articles from the index, and link those that were linked to them to each other."""
    lock_links(connection)
    remove_sketches(connection, ids)
    followers = _read(connection, articles.c.duplicate_of, keys)
    left = {number: each.unlinked() for number, each in followers.items() if number not in ids}
    _write_links(connection, list(left.values()))
    _link(connection, left, {number: [*left] for number in left})


def _link(
    connection: Connection, changed: Mapping[int, Compared], near: Mapping[int, Sequence[int]]
) -> set[str]:
    """Link articles, and those that are like them, each to the earliest.

    Args:
        connection: in a transaction.
        changed: the articles, by number; their old links say nothing about their new texts.
        near: the articles that may be like each of them.

    Returns:
        The keys of changed articles that are linked to another.
    """
    keys = {each.key for each in changed.values()}
    followers = _read(connection, articles.c.duplicate_of, keys)
    known = _read_around(connection, changed, near, followers)
    by_key = {each.key: number for number, each in known.items()}
    followers_of = _by_original(followers)

    linked = dict(known)
    for number in (*changed, *followers):
        linked[number] = known[number].unlinked()

    for each in sorted(changed.values(), key=lambda each: each.place):
        others = known.keys() & near.get(each.id, ()) | followers_of[each.key]
        others |= _originals_of(others, known, by_key)
        for number in others - {each.id}:
            _link_later(linked, by_key, known[number], each)

    _write_links(connection, [each for number, each in linked.items() if each != known[number]])
    return {linked[number].key for number in changed if linked[number].duplicate_of}


def _by_original(followers: Mapping[int, Compared]) -> defaultdict[str | None, set[int]]:
    """Return the numbers of linked articles by the key that they are linked to."""
    numbers: defaultdict[str | None, set[int]] = defaultdict(set)
    for number, each in followers.items():
        numbers[each.duplicate_of].add(number)
    return numbers


def _originals_of(
    numbers: Collection[int], known: Mapping[int, Compared], by_key: Mapping[str, int]
) -> set[int]:
    """Return the known originals of articles."""
    keys = {known[number].duplicate_of for number in numbers}
    return {by_key[key] for key in keys if key and key in by_key}


def _read_around(
    connection: Connection,
    changed: Mapping[int, Compared],
    near: Mapping[int, Sequence[int]],
    followers: Mapping[int, Compared],
) -> dict[int, Compared]:
    """Return changed articles, those near them, their followers, and the originals of all."""
    others = {number for some in near.values() for number in some} - changed.keys()
    known = {**followers, **_read(connection, articles.c.id, others), **changed}
    originals = {each.duplicate_of for each in known.values() if each.duplicate_of}
    missing = originals - {each.key for each in known.values()}
    return known | _read(connection, articles.c.key, missing)


def _link_later(
    linked: dict[int, Compared], by_key: Mapping[str, int], one: Compared, other: Compared
) -> None:
    """Link the later of two articles to the earlier if they are alike, unless it has an earlier original."""
    earlier, later = sorted((one, other), key=lambda each: each.place)
    similarity = likeness(earlier.pairs, later.pairs)
    if similarity < MIN_LIKENESS:
        return

    before = linked[later.id]
    original = linked.get(by_key.get(before.duplicate_of or "", 0))  # no article has the number 0
    if earlier.is_before(original):
        linked[later.id] = replace(
            before, duplicate_of=earlier.key, similarity=round(similarity, 3)
        )


def _read(
    connection: Connection, column: Column[Any], values: Collection[Any]
) -> dict[int, Compared]:
    """Return the articles with one of some values in a column, by number."""
    names = ("id", "key", "body", "published", "first_seen", "duplicate_of", "similarity")
    query = select(*(articles.c[name] for name in names)).where(among(column, values))
    read = {}
    for row in connection.execute(query):
        born_at = birth(row.first_seen, row.published)
        pairs = pairs_of(row.body)
        read[row.id] = Compared(row.id, row.key, born_at, pairs, row.duplicate_of, row.similarity)
    return read


def _write_links(connection: Connection, linked: Sequence[Compared]) -> None:
    """Write the originals of articles."""
    if not linked:
        return
    rows = [
        {"number": each.id, "of": each.duplicate_of, "like": each.similarity} for each in linked
    ]
    of_row = update(articles).where(articles.c.id == bindparam("number"))
    linking = of_row.values(duplicate_of=bindparam("of"), similarity=bindparam("like"))
    connection.execute(linking, rows)
