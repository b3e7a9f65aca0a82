"""The writer whose output is a database."""

from types import TracebackType

from newsspider.errors import ExitCode, StoreLostError
from newsspider.kinds import RETRIED_KINDS
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from newsspider.store.patience import patiently
from newsspider.store.run import Run
from newsspider.store.store import Store

PATIENCE_SECONDS = 300.0  # for a server that is away; a long run that ends for it has to be begun again by somebody


class StoreWriter(RecordWriter):
    """Records to the store, as a run of `newsspider extract`."""

    def __init__(self, store: Store) -> None:
        """Write to an open store and close it after."""
        self.name = store.name
        self._run = Run(store, "extract", {})

    def holds(self, source: str) -> bool:
        """Whether the store has this source's page; a failed one is taken out of quarantine, to be tried again."""
        store = self._run.store
        kinds = patiently(lambda: store.kinds_of(source), PATIENCE_SECONDS)
        if kinds & RETRIED_KINDS:
            patiently(lambda: store.drop_from_quarantine(source, RETRIED_KINDS), PATIENCE_SECONDS)
        return bool(kinds - RETRIED_KINDS)

    def write(self, record: ArticleRecord) -> None:
        """Take a record; a full batch is stored.

        Raises:
            StoreError: the batch could not be stored.
        """
        try:
            self._run.add(record)
        except StoreLostError:
            patiently(self._run.flush, PATIENCE_SECONDS)

    def notes(self) -> list[str]:
        """Return how many near-duplicates there were."""
        told = [f"{number} {fate}" for fate, number in self._run.duplicates.items()]
        return [f"near-duplicates: {', '.join(told)} (newsspider duplicates lists them)"] if told else []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Store the last batch, also after an interruption, and close the store."""
        self._run.finish(ExitCode.INTERRUPTED if error else None)
