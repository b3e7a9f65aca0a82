"""One run's writing: records in batches, counted, and the row in `runs` that says how it went."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from newsspider.exit_codes import code_for
from newsspider.record import ArticleRecord
from newsspider.store.store import Store

BATCH_RECORDS = 100  # records a transaction: 13,000 a second, and a kill loses at most these


class Run:
    """A run of a command that writes records to the store.

    Attributes:
        counts: records taken so far, by kind.
    """

    def __init__(
        self, store: Store, command: str, arguments: Mapping[str, Any], batch_records: int = BATCH_RECORDS
    ) -> None:
        """Note in the store that the run began; the run closes the store at its end.

        Args:
            store: what is written to.
            command: for the row in `runs`.
            arguments: the command's, for the same row.
            batch_records: records a transaction.
        """
        self.store = store
        self.counts: Counter[str] = Counter()
        self._batch: list[ArticleRecord] = []
        self._batch_records = batch_records
        self._number = store.start_run(command, arguments)

    @property
    def waiting(self) -> int:
        """How many records have not been stored yet."""
        return len(self._batch)

    def add(self, record: ArticleRecord) -> None:
        """Take a record; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored; it is kept and tried again with the next flush.
        """
        self.counts[record.kind] += 1
        self._batch.append(record)
        if len(self._batch) >= self._batch_records:
            self.flush()

    def flush(self) -> None:
        """Store what waits, in one transaction.

        Raises:
            StoreError: it could not be stored; it is kept and tried again with the next flush.
        """
        self.store.write(self._batch)
        self._batch = []

    def finish(self, exit_code: int | None = None) -> None:
        """Store the last batch, note how the run ended and close the store, also after an interruption.

        Args:
            exit_code: what the command will exit with; None makes it follow from the kinds that were counted.

        Raises:
            StoreError: the last batch could not be stored.
        """
        try:
            self.flush()
            self.store.finish_run(
                self._number, self.counts, exit_code if exit_code is not None else code_for(self.counts)
            )
        finally:
            self.store.close()
