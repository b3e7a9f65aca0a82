"""What became of a run's pages, in a few lines and in constant memory."""

from collections import Counter
from collections.abc import Iterator

from newsspider.mend_warnings import iter_failed_mends
from newsspider.record import FAILED_KINDS, ArticleRecord
from newsspider.text import show_text

SHOWN_FAILURES = 10  # named one by one; the rest is counted and stands in quarantine
COUNTED_REASONS = 1_000  # different ones; a reason may name its file, and then there are as many as files


class Tally:
    """Counts records.

    Attributes:
        kinds: how many of each kind.
        skipped: how many pages were passed over, since the output holds them.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.kinds: Counter[str] = Counter()
        self.skipped = 0
        self._shown: list[ArticleRecord] = []
        self._reasons: Counter[str] = Counter()
        self._mends = MendTally()

    def add(self, record: ArticleRecord) -> None:
        """Count a record."""
        self.kinds[record.kind] += 1
        self._mends.add(record)
        if record.kind not in FAILED_KINDS:
            return
        if len(self._shown) < SHOWN_FAILURES:
            self._shown.append(record)
            return
        reason = record.reason or ""
        known = reason in self._reasons or len(self._reasons) < COUNTED_REASONS
        self._reasons[reason if known else "other reasons"] += 1

    def lines(self, written_to: str) -> Iterator[str]:
        """Yield the lines that end a run: articles, other kinds, failures by reason."""
        counts = ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common())
        skipped = f" ({self.skipped} more were there already)" if self.skipped else ""
        yield f"{self.kinds.total()} pages{skipped}: {counts or 'nothing to do'} → {written_to}"
        for record in self._shown:
            yield show_text(f"  {record.source}: {record.kind}: {record.reason}")
        if self._reasons:
            listed = ", ".join(f"{reason} ({count})" for reason, count in self._reasons.most_common(SHOWN_FAILURES))
            yield f"  and {self._reasons.total()} more: {listed}"
        yield from self._mends.lines()


class MendTally:
    """Counts failed mends, each with the first reason it gave."""

    def __init__(self) -> None:
        """Begin with none."""
        self._counts: Counter[str] = Counter()
        self._first_reasons: dict[str, str] = {}

    def add(self, record: ArticleRecord) -> None:
        """Count the mends that failed on a record's page."""
        for name, reason in iter_failed_mends(record.warnings):
            self._counts[name] += 1
            self._first_reasons.setdefault(name, reason)

    def lines(self) -> Iterator[str]:
        """Yield a line for each mend that failed."""
        for name, count in self._counts.most_common():
            pages = "1 page" if count == 1 else f"{count} pages"
            yield f"  mend {name} failed on {pages}: {self._first_reasons[name]}"
