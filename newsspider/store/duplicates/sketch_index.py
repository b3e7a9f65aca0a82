"""The index of sketches: finds the stored texts that may be like a new one.

An article has 16 bands, at random places of the index. In a large store each of them would change
another page of the file. So new bands are collected in a small table, and moved to the large one in
its order, many to a page.

Source:
    O'Neil, Cheng, Gawlick, O'Neil: The Log-Structured Merge-Tree, Acta Informatica 33 (1996).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from newsspider.store.dialects import among, upsert
from newsspider.store.duplicates.sketches import bands_of, likest
from newsspider.store.schema.tables import bands, recent_bands, sketches

MAX_COMPARED = 8  # texts that one text is compared with: the likest by their sketches
# Articles in a band, the first ones that came. A phrase that thousands of articles begin with must
# not make each of them read thousands of sketches. Other bands lead to the articles beyond.
MAX_IN_BAND = 100
# Articles in a band beyond which sharing it says little: it is a common phrase, and a text's sketch
# is read only if it shares another band too.
RARE_BAND = 8
# Rows of recent bands, 16 per article, that are moved to the index at once: in one or two seconds.
MOVED_ROWS = 250_000
COUNTED_ARTICLES = 1_000  # written between two counts of the recent bands


@dataclass(frozen=True, slots=True)
class Candidates:
    """The articles that may be like each of some new texts.

    Attributes:
        near: for the number of a text the likest articles, stored ones and new ones before it.
        full_bands: the bands that take no more articles.
    """

    near: Mapping[int, Sequence[int]]
    full_bands: Collection[int]


def find_candidates(connection: Connection, made: Mapping[int, bytes]) -> Candidates:
    """Find the articles that may be like new texts.

    Args:
        connection: to read with.
        made: the sketch of each new text, by its number.
    """
    band_numbers = {number: bands_of(sketch) for number, sketch in made.items()}
    members = _read_members(connection, band_numbers.values())
    full_bands = {band for band, articles in members.items() if len(articles) >= MAX_IN_BAND}

    sharing: dict[int, set[int]] = {}
    for number, numbers in band_numbers.items():
        in_bands = [members[band] for band in numbers]
        sharing[number] = _find_sharing(in_bands) - {number}
        _add_to_bands(number, in_bands)

    stored = set().union(*sharing.values()) - made.keys()
    known = {**made, **_read_sketches(connection, stored)}
    near = {}
    for number, others in sharing.items():
        compared = [(other, known[other]) for other in others if other in known]
        near[number] = likest(made[number], compared, MAX_COMPARED)

    return Candidates(near, full_bands)


def _add_to_bands(number: int, bands_members: Iterable[list[int]]) -> None:
    """Add a text to its bands, except for full ones, so that the texts after it are compared with it."""
    for articles in bands_members:
        if len(articles) < MAX_IN_BAND:
            articles.append(number)


def add_sketches(
    connection: Connection, made: Mapping[int, bytes], full_bands: Collection[int]
) -> None:
    """Write sketches and their bands, except for bands that are full."""
    if not made:
        return
    rows = [{"article": number, "sketch": sketch} for number, sketch in made.items()]
    connection.execute(insert(sketches), rows)

    entries = [each for each in _iter_bands(made) if each[0] not in full_bands]
    if entries:
        rows = [{"band": band, "article": number} for band, number in sorted(entries)]
        connection.execute(upsert(connection, recent_bands).on_conflict_do_nothing(), rows)

    if any(number % COUNTED_ARTICLES == 0 for number in made):
        _move_bands(connection)


def _move_bands(connection: Connection) -> None:
    """Move the recent bands to the index if there are many."""
    count = select(func.count()).select_from(recent_bands)
    if connection.execute(count).scalar_one() < MOVED_ROWS:
        return

    columns = (recent_bands.c.band, recent_bands.c.article)
    ordered = select(*columns).order_by(*columns)
    moving = upsert(connection, bands).from_select(["band", "article"], ordered)
    connection.execute(moving.on_conflict_do_nothing())
    connection.execute(delete(recent_bands))


def remove_sketches(connection: Connection, ids: Collection[int]) -> None:
    """Delete the sketches of articles, and their bands."""
    stored = _iter_bands(_read_sketches(connection, ids))
    rows = [{"old_band": band, "old_article": number} for band, number in stored]
    if not rows:
        return

    for table in (bands, recent_bands):
        is_row = (
            table.c.band == bindparam("old_band"),
            table.c.article == bindparam("old_article"),
        )
        connection.execute(delete(table).where(*is_row), rows)
    connection.execute(delete(sketches).where(among(sketches.c.article, ids)))


def _iter_bands(sketches_by_number: Mapping[int, bytes]) -> Iterator[tuple[int, int]]:
    """Yield each band of each sketch, with the number of its article."""
    for number, sketch in sketches_by_number.items():
        for band in bands_of(sketch):
            yield band, number


def _read_members(
    connection: Connection, asked: Iterable[Sequence[int]]
) -> defaultdict[int, list[int]]:
    """Return the articles in each of some bands, those of the index first."""
    wanted = {band for some in asked for band in some}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for table in (bands, recent_bands):
        query = select(table.c.band, table.c.article).where(among(table.c.band, wanted))
        for band, article in connection.execute(query):
            members[band].append(article)
    return members


def _read_sketches(connection: Connection, ids: Collection[int]) -> dict[int, bytes]:
    query = select(sketches.c.article, sketches.c.sketch).where(among(sketches.c.article, ids))
    return {row.article: bytes(row.sketch) for row in connection.execute(query)}


def _find_sharing(shared: Sequence[Sequence[int]]) -> set[int]:
    """Return the articles that share a rare band with a text, or two common ones.

    Args:
        shared: for each band of the text the articles in it.
    """
    times = Counter(article for members in shared for article in members)
    found = {article for article, number in times.items() if number > 1}
    for members in shared:
        if len(members) <= RARE_BAND:
            found.update(members)
    return found
