"""Writing the records and addresses of crawls and extractions, each batch in one transaction."""

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
from newsspider.store.database_errors import named_errors
from newsspider.store.dialects import among
from newsspider.store.duplicates.linking import Duplicates
from newsspider.store.forgetting import without_forgotten
from newsspider.store.join_parts import address_of, is_part
from newsspider.store.quarantine import write_quarantine
from newsspider.store.reading import StoreReader
from newsspider.store.reextracting import Outcome, reextract
from newsspider.store.schema.tables import quarantine
from newsspider.store.shared_texts import without_shared
from newsspider.store.visits import write_visits
from newsspider.store.waiting_parts import keep_parts, replace_earlier

_VisitedRecord = tuple[Visit, ArticleRecord | None]


@dataclass(frozen=True)
class AddressNews:
    """The news of a crawl about addresses since it last wrote.

    Attributes:
        visits: visits with their records, if any.
        found: addresses that were found and not yet fetched.
        plan: when to visit again.
        put_off: found addresses that are left for later.
        days: addresses of articles that were left for crawls of other days, with their day.
    """

    visits: Sequence[tuple[Visit, ArticleRecord | None]]
    found: Sequence[PageState]
    plan: RevisitPlan
    put_off: Sequence[str] = ()
    days: Sequence[tuple[str, date]] = ()


@dataclass(frozen=True)
class Written:
    """The result of a write: the articles, the other records, and the new states of visited pages."""

    stored: Sequence[Stored]
    quarantined: Sequence[ArticleRecord]
    visits: Sequence[tuple[Visit, PageState]]


class StoreWriter(StoreReader):
    """An open database for reading and writing; writing the same record again changes nothing."""

    def __init__(self, url: URL, engine: Engine, writing: Engine, duplicates: Duplicates) -> None:
        """Write to an open database.

        Args:
            url: its address.
            engine: for reading.
            writing: for transactions that write.
            duplicates: how to treat near-duplicates.
        """
        super().__init__(url, engine)
        self._writing = writing
        self._duplicates = duplicates
        self._opened = _identity(self.file) if self.file else None

    def write(self, records: Sequence[ArticleRecord], news: AddressNews | None = None) -> Written:
        """Store articles, other records in quarantine, and the news of a crawl, all in one transaction.

        A page that became an article leaves quarantine. An article whose page fails later stays.
        Records that share their text with many stories of their site are not articles. The parts of
        an article over several pages are stored too, and the articles have one record for them.

        Args:
            records: in the order they were read.
            news: the visits that they are from, and other news of a crawl.
        """
        self._check_there()
        with self._in_transaction() as connection:
            wanted = without_forgotten(connection, records)
            judged = without_shared(connection, wanted)
            visits: list[_VisitedRecord] = []
            if news is not None:
                visits = _with_judged(news.visits, wanted, judged)

            read = [record for record in judged if record.is_article]
            others = [record for record in judged if not record.is_article]
            stored = self._write_articles(connection, read, visits)
            write_quarantine(connection, others)
            self._clear_quarantine(connection, read, stored)
            if news is None:
                return Written(stored, others, [])

            add_found(connection, news.found)
            put_off(connection, news.put_off, now(), news.plan)
            note_days(connection, news.days)
            return Written(stored, others, write_visits(connection, visits, stored, news.plan))

    def _write_articles(
        self,
        connection: Connection,
        read: Sequence[ArticleRecord],
        visits: Sequence[_VisitedRecord],
    ) -> Sequence[Stored]:
        """Write articles; one record for the parts of each article over several pages."""
        moved = _moves_to({record.key for record in read}, visits)
        groups = list(keep_parts(connection, filter(is_part, read)))
        joined = [replace_earlier(connection, group) for group in groups]
        whole = [record for record in read if not is_part(record)]
        return write_articles(connection, [*whole, *joined], moved, self._duplicates)

    def _clear_quarantine(
        self, connection: Connection, read: Sequence[ArticleRecord], stored: Sequence[Stored]
    ) -> None:
        """Delete the pages from quarantine that are articles now."""
        accepted = {address_of(record) for record in read if is_part(record)}
        for each in stored:
            accepted |= {each.key, each.record.key}
        if accepted:
            connection.execute(delete(quarantine).where(among(quarantine.c.key, accepted)))

    def reextract(self, records: Sequence[ArticleRecord]) -> Counter[Outcome]:
        """Replace stored records with newer ones of the same pages; return the number of each outcome."""
        outcomes: Counter[Outcome] = Counter()
        rest = []
        with self._in_transaction() as connection:
            for record in without_shared(connection, without_forgotten(connection, records)):
                outcome, left = reextract(connection, record, self._duplicates)
                outcomes[outcome] += 1
                rest.append(left)
        if any(rest):
            self.write(list(filter(None, rest)))
        return outcomes

    @contextmanager
    def _in_transaction(self) -> Iterator[Connection]:
        """Lend a connection in a transaction; errors on it name the database."""
        with named_errors(self._url), self._writing.begin() as connection:
            yield connection

    def _check_there(self) -> None:
        """Check that the file is still the one that was opened; SQLite would go on writing to a deleted file.

        Raises:
            StoreError: it was removed or replaced.
        """
        if self.file and _identity(self.file) != self._opened:
            raise StoreError(
                f"{self.name}: the file was removed or replaced while it was written to"
            )


def _identity(file: str) -> tuple[int, int] | None:
    """Return the device and number of a file; None if it doesn't exist."""
    try:
        found = Path(file).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _with_judged(
    visits: Iterable[_VisitedRecord],
    records: Iterable[ArticleRecord],
    judged: Iterable[ArticleRecord],
) -> list[_VisitedRecord]:
    """Return visits with their records as they were judged by the store."""
    now_judged = {id(record): each for record, each in zip(records, judged, strict=True)}
    return [(visit, now_judged.get(id(record), record)) for visit, record in visits]


def _moves_to(
    articles: Collection[str], visits: Iterable[_VisitedRecord]
) -> dict[str, tuple[str, ...]]:
    """Return for the key of each article the addresses that redirect to it permanently.

    A redirect to an address that was already asked for has no record of its own: the article was
    read at its new address.
    """
    moved: dict[str, tuple[str, ...]] = {}
    for visit, record in visits:
        key = record.key if record else visit.led_to or ""
        if visit.moved and key in articles:
            moved[key] = (*moved.get(key, ()), *visit.passed)
    return moved
