"""The count of records by kind, field and reason of failure, in constant memory."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Self

from newsspider.kinds import FAILED_KINDS, count_kind
from newsspider.mending.warnings import iter_failed_mends
from newsspider.record import ArticleRecord
from newsspider.text import count_of, show_text

# Once for each mend and page; the record's warnings name the mend
MEND_FAILED_STAT = "newsspider/mend_failed"
COUNTED_FIELDS = ("title", "published", "authors", "body", "language")
SHOWN_FAILURES = 10  # listed one by one; the others are counted, and are in quarantine
OTHER_REASONS = "other reasons"
# Different ones; a reason may name its file, and then there are as many as files
COUNTED_REASONS = 1_000


def iter_counts(record: ArticleRecord) -> Iterator[str]:
    """Yield the names of the counters that a record increments.

    >>> list(iter_counts(ArticleRecord(title="Ferry back", kind="article")))
    ['newsspider/kind/article', 'newsspider/field/title']
    """
    yield f"newsspider/kind/{record.kind}"
    yield from (MEND_FAILED_STAT for _ in iter_failed_mends(record.warnings))
    if record.is_article:
        yield from (f"newsspider/field/{name}" for name in COUNTED_FIELDS if getattr(record, name))


class Tally:
    """Counts records.

    Attributes:
        kinds: the number of records by kind.
        skipped: the number of pages that were skipped, since the output has them.
        left_out: the number of pages that ask not to be indexed.
    """

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.skipped = 0
        self.left_out = 0
        self._shown: list[ArticleRecord] = []
        self._reasons: Counter[str] = Counter()
        self._mends: Counter[str] = Counter()
        self._mend_reasons: dict[str, str] = {}  # the first of each mend

    def add(self, record: ArticleRecord) -> None:
        """Count a record."""
        self.kinds[record.kind] += 1

        for name, reason in iter_failed_mends(record.warnings):
            self._mends[name] += 1
            self._mend_reasons.setdefault(name, reason)

        if record.kind in FAILED_KINDS:
            self._add_failure(record)

    def _add_failure(self, record: ArticleRecord) -> None:
        """Keep one of the first failures, or count its reason."""
        if len(self._shown) < SHOWN_FAILURES:
            self._shown.append(record)
        else:
            self._count_reason(record.reason or "")

    def merge(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.kinds.update(other.kinds)
        self.skipped += other.skipped
        self.left_out += other.left_out
        self._mends.update(other._mends)
        self._mend_reasons = other._mend_reasons | self._mend_reasons

        for reason, count in other._reasons.items():
            self._count_reason(reason, count)

        room = SHOWN_FAILURES - len(self._shown)
        self._shown += other._shown[:room]

        for record in other._shown[room:]:
            self._count_reason(record.reason or "")

    def lines(self, written_to: str) -> Iterator[str]:
        """Yield the final lines of a run: articles, other kinds, failures by reason."""
        counts = ", ".join(count_kind(count, kind) for kind, count in self.kinds.most_common())
        pages = count_of(self.kinds.total(), "page")

        if self.skipped:
            pages = f"{pages} ({self.skipped} more {_were(self.skipped)} there already)"

        yield f"{pages}: {counts or 'nothing to do'} → {written_to}"

        yield from self.left_out_lines()

        for record in self._shown:
            yield show_text(f"  {record.source}: {record.kind}: {record.reason}")

        if self._reasons:
            frequent = self._reasons.most_common(SHOWN_FAILURES)
            listed = ", ".join(f"{reason} ({count})" for reason, count in frequent)
            yield f"  and {self._reasons.total()} more: {listed}"

        yield from self.mend_lines()

    def left_out_lines(self) -> Iterator[str]:
        """Yield a line if pages ask not to be indexed."""
        if self.left_out:
            yield f"  and {self.left_out} left out, which say noindex"

    def mend_lines(self) -> Iterator[str]:
        """Yield a line for each mend that failed."""
        for name, count in self._mends.most_common():
            yield f"  mend {name} failed on {count_of(count, 'page')}: {self._mend_reasons[name]}"

    def _count_reason(self, reason: str, count: int = 1) -> None:
        """Count failures that are not listed one by one."""
        known = reason in self._reasons or len(self._reasons) < COUNTED_REASONS
        self._reasons[reason if known else OTHER_REASONS] += count


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


class CountPipeline:
    """Counts each record in the crawl's stats."""

    def __init__(self, stats: Any) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Build it with the crawler's stats."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Count a record and pass it on; other items are passed on as they are."""
        for name in iter_counts(item) if isinstance(item, ArticleRecord) else ():
            self._stats.inc_value(name)
        return item
