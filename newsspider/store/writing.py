"""What a store writes of a crawl and an extraction: records and addresses, each batch in one transaction."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, delete

from newsspider.clock import now
from newsspider.errors import StoreError
from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState, Visit
from newsspider.revisiting.schedule import RevisitPlan
from newsspider.store.addresses import add_found, note_days, put_off
from newsspider.store.articles import Stored, write_articles
from newsspider.store.database import named_errors
from newsspider.store.dialects import among
from newsspider.store.duplicates.linking import Duplicates
from newsspider.store.forgetting import without_forgotten
from newsspider.store.joining import address_of, is_part
from newsspider.store.parts import keep_parts, replace_earlier
from newsspider.store.quarantine import write_quarantine
from newsspider.store.reading import StoreReader
from newsspider.store.reextracting import Outcome, reextract
from newsspider.store.schema.tables import quarantine
from newsspider.store.shared_texts import without_shared
from newsspider.store.visits import write_visits


@dataclass(frozen=True)
class Looks:
    """What a crawl has learnt of addresses since it last wrote.

    Attributes:
        visits: looks with the records they gave, if any.
        found: addresses that were found and are yet to be fetched.
        plan: when to look again.
        put_off: addresses among those found that are left for later.
        days: addresses of articles that were read and left for crawls that want other days, with their own day.
    """

    visits: Sequence[tuple[Visit, ArticleRecord | None]]
    found: Sequence[PageState]
    plan: RevisitPlan
    put_off: Sequence[str] = ()
    days: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True)
class Written:
    """What became of what was written: of the articles, of what is none, and of the addresses looked at."""

    stored: Sequence[Stored]
    quarantined: Sequence[ArticleRecord]
    visits: Sequence[tuple[Visit, PageState]]


class StoreWriter(StoreReader):
    """An open database that records are written to; writing the same record again changes nothing."""

    def __init__(self, url: URL, engine: Engine, writing: Engine, duplicates: Duplicates) -> None:
        """Write to an open database.

        Args:
            url: its address.
            engine: reads.
            writing: begins transactions that write.
            duplicates: what becomes of near-duplicates.
        """
        super().__init__(url, engine)
        self._writing = writing
        self._duplicates = duplicates
        self._opened = _identity(self.file) if self.file else None

    def write(self, records: Sequence[ArticleRecord], looks: Looks | None = None) -> Written:
        """Store records in one transaction, articles in their table, all others in quarantine; and what a crawl knows.

        A page that became an article leaves quarantine; an article whose page fails later stays. Articles that share
        their text with many others of their site are none. The parts of an article over several pages are kept beside,
        and the articles hold the one record that those read so far make.

        Args:
            records: in the order they were read.
            looks: the looks that gave them, and what else a crawl has learnt of addresses.
        """
        self._check_there()
        with self._in_transaction() as connection:
            wanted = without_forgotten(connection, records)
            judged = without_shared(connection, wanted)
            now_judged = {id(record): each for record, each in zip(wanted, judged, strict=True)}
            visits = [(visit, now_judged.get(id(record), record)) for visit, record in looks.visits] if looks else []
            read = [record for record in judged if record.is_article]
            moved = _moves_to({record.key for record in read}, visits)
            joined = [replace_earlier(connection, group) for group in keep_parts(connection, filter(is_part, read))]
            whole = [record for record in read if not is_part(record)]
            stored = write_articles(connection, [*whole, *joined], moved, self._duplicates)
            others = [record for record in judged if not record.is_article]
            write_quarantine(connection, others)
            accepted = {key for each in stored for key in (each.key, each.record.key)}
            if left := [*accepted, *map(address_of, filter(is_part, read))]:
                connection.execute(delete(quarantine).where(among(quarantine.c.key, left)))
            if looks is None:
                return Written(stored, others, [])
            add_found(connection, looks.found)
            put_off(connection, looks.put_off, now(), looks.plan)
            note_days(connection, looks.days)
            return Written(stored, others, write_visits(connection, visits, stored, looks.plan))

    def reextract(self, records: Sequence[ArticleRecord]) -> Counter[Outcome]:
        """Put records of kept pages in the places of those that were made of them; return what became of how many."""
        outcomes: Counter[Outcome] = Counter()
        rest = []
        with self._in_transaction() as connection:
            for record in without_shared(connection, without_forgotten(connection, records)):
                outcome, left = reextract(connection, record, self._duplicates)
                outcomes[outcome] += 1
                rest += [left] if left else []
        if rest:
            self.write(rest)
        return outcomes

    @contextmanager
    def _in_transaction(self) -> Iterator[Connection]:
        """Lend a connection whose writes are kept together, or not at all; errors on it name the database."""
        with named_errors(self._url), self._writing.begin() as connection:
            yield connection

    def _check_there(self) -> None:
        """See that the file is the one that was opened: SQLite would go on writing to one that nobody finds any more.

        Raises:
            StoreError: it was removed or replaced.
        """
        if self.file and _identity(self.file) != self._opened:
            raise StoreError(f"{self.name}: the file was removed or replaced while it was written to")


def _identity(file: str) -> tuple[int, int] | None:
    """Return what tells a file from another of its name, None where there is none."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _moves_to(
    articles: Collection[str], visits: Iterable[tuple[Visit, ArticleRecord | None]]
) -> dict[str, tuple[str, ...]]:
    """Return for the key of an article that was read the addresses that lead to it for good.

    A redirect to what had been asked for before has no record of its own: the article was read at its new address.
    """
    moved: dict[str, tuple[str, ...]] = {}
    for visit, record in visits:
        key = record.key if record else visit.led_to or ""
        if visit.moved and key in articles:
            moved[key] = (*moved.get(key, ()), *visit.passed)
    return moved
