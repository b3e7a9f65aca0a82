"""The cost of a record as the store grows, with invented articles, written as commands do."""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from sqlalchemy import text

from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.store.dialects import erase_log
from newsspider.store.run import BATCH_RECORDS, Run
from newsspider.store.schema.tables import metadata
from newsspider.store.store import Store
from newsspider.text import body_hash

RECORD_WORDS = 400  # of a body
PARAGRAPH_WORDS = 50
# Words are as frequent as in a language (Zipf). The two most frequent ones are too short for a
# sketch: so one pair of texts in 8,000 shares a band by chance, as among the gold pages.
WORDS = 50_000
SHORT_WORDS = 2
# Of the records are an earlier one on another site, with a tenth of its words replaced
COPIES = 0.05
REPLACED = 0.1
SITES = 500
FIRST_SIZE = 10_000  # records; then ten times as many, and so on
MEASURED = 5_000  # records before each size
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvw" for vowel in "aeiou"]


@dataclass(frozen=True)
class StoreFigures:
    """The cost of the last 5,000 records before the store had a size.

    Attributes:
        records: the size.
        records_a_second: of processor time, with that of PostgreSQL's processes if they are on this
            machine.
        kept_bytes: of the database, a record.
        written_bytes: to files, a record; None where the system or a server does not tell.
        reads: of files, a record; None as well.
    """

    records: int
    records_a_second: float
    kept_bytes: float
    written_bytes: float | None
    reads: float | None


@dataclass(frozen=True)
class _Used:
    """The usage so far: processor seconds of the server, bytes written and reads of this process."""

    server_seconds: float
    written: int | None
    reads: int | None


def measure_store(database: str, size: int) -> Iterator[StoreFigures]:
    """Write so many records to a new database.

    Yield the figures at 10,000, 100,000 … and at the end.

    Raises:
        UsageError: there are articles in the database.
    """
    with Store(database) as store:
        if next(store.read(), None) is not None:
            raise UsageError(f"{store.name}: there are articles in it; give a new database")

        run = Run(store, "bench", {})
        done = 0
        for wanted in _sizes(size):
            start = max(done, wanted - MEASURED)
            _write(run, done, start)
            before = _used(store)
            seconds = _write(run, start, wanted)
            after = _used(store)
            yield _figures(store, wanted, wanted - start, seconds, before, after)
            done = wanted

        run.finish()


def invented_record(number: int) -> ArticleRecord:
    """Return the article of a number; some are another's copy on another site."""
    drawn = random.Random(number)
    original = drawn.randrange(number) if number and drawn.random() < COPIES else None
    words = _words(number) if original is None else _replaced(_words(original), drawn)
    title = " ".join(words[:8]).capitalize()
    body = "\n\n".join(
        " ".join(words[start : start + PARAGRAPH_WORDS])
        for start in range(0, len(words), PARAGRAPH_WORDS)
    )
    site = f"paper-{drawn.randrange(SITES)}.example"
    url = f"https://{site}/2026/03/24/{'-'.join(words[:5])}-{number}/"

    return ArticleRecord(
        url=url,
        canonical_url=url,
        site=site,
        source=url,
        kind="article",
        title=title,
        authors=(f"{words[8]} {words[9]}".title(),),
        language="en",
        published=f"2026-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00+00:00",
        body=body,
        body_markdown=body,
        word_count=len(words),
        body_hash=body_hash(body),
        provenance=dict.fromkeys(("title", "authors", "published", "language"), "json-ld"),
        fetched_at="2026-03-24T10:00:00Z",
    )


def _sizes(size: int) -> Iterator[int]:
    """Yield the sizes at which figures are taken."""
    wanted = FIRST_SIZE
    while wanted < size:
        yield wanted
        wanted *= 10
    yield size


def _write(run: Run, first: int, last: int) -> float:
    """Write records by their numbers and return the processor seconds, without those of inventing them."""
    seconds = 0.0
    for start in range(first, last, BATCH_RECORDS):
        records = [
            invented_record(number) for number in range(start, min(start + BATCH_RECORDS, last))
        ]
        began = time.process_time()
        for record in records:
            run.add(record)
        seconds += time.process_time() - began

    began = time.process_time()
    run.flush()
    return seconds + time.process_time() - began


def _figures(
    store: Store, size: int, measured: int, seconds: float, before: _Used, after: _Used
) -> StoreFigures:
    """Return the cost of a record."""
    seconds += after.server_seconds - before.server_seconds
    written = _per_record(before.written, after.written, measured)
    reads = _per_record(before.reads, after.reads, measured)
    return StoreFigures(size, measured / seconds, _kept_bytes(store) / size, written, reads)


def _per_record(before: int | None, after: int | None, records: int) -> float | None:
    if before is None or after is None:
        return None
    return (after - before) / records


def _read_pairs(file: Path) -> dict[str, str]:
    return dict(line.split(": ") for line in file.read_text().splitlines())


def _used(store: Store) -> _Used:
    """Return the usage so far."""
    if not store.file:
        return _Used(_server_seconds(store), None, None)

    try:
        told = _read_pairs(Path("/proc/self/io"))
    except OSError:  # not Linux
        return _Used(0, None, None)

    return _Used(0, int(told["wchar"]), int(told["syscr"]))


def _server_seconds(store: Store) -> float:
    """Return the processor seconds of the server's processes for us, as far as they are on this machine."""
    query = text("SELECT pid FROM pg_stat_activity WHERE application_name = 'newsspider'")
    with store._engine.connect() as connection:
        numbers = connection.execute(query).scalars().all()

    ticks = 0
    for number in numbers:
        try:
            fields = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])  # in user and in system mode

    return ticks / os.sysconf("SC_CLK_TCK")


def _kept_bytes(store: Store) -> int:
    """Return the size of the database; for a file, after its log has been copied to it."""
    if store.file:
        erase_log(store._engine)
        return Path(store.file).stat().st_size

    names = [*metadata.tables, "articles_search"]
    with store._engine.connect() as connection:
        sizes = [
            connection.execute(text(f"SELECT pg_total_relation_size('{name}')")).scalar_one()
            for name in names
        ]

    return sum(map(int, sizes))


@cache
def _frequencies() -> list[float]:
    """Return the words' frequencies, added up."""
    return list(accumulate(1 / rank for rank in range(1, WORDS + 1)))


def _words(number: int) -> list[str]:
    """Return the words of a text, the same for the same number."""
    return list(
        map(
            _word,
            random.Random(-1 - number).choices(
                range(WORDS), cum_weights=_frequencies(), k=RECORD_WORDS
            ),
        )
    )


@cache
def _word(rank: int) -> str:
    """Return an invented word."""
    if rank < SHORT_WORDS:
        return SYLLABLES[rank]
    drawn = random.Random(rank)
    return "".join(drawn.choices(SYLLABLES, k=drawn.randint(2, 3)))


def _replaced(words: list[str], drawn: random.Random) -> list[str]:
    """Return words with a share of them replaced."""
    return [_word(drawn.randrange(WORDS)) if drawn.random() < REPLACED else word for word in words]
