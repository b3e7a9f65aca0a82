"""A stream of pages to a stream of records, with as few pages in memory as keeps the workers busy."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue

from newsspider.errors import ExtractionError
from newsspider.pool.extracting import extract_raw, failed_record
from newsspider.pool.limits import Limits
from newsspider.pool.workers import Pool
from newsspider.raw_page import RawPage
from newsspider.record import ArticleRecord

PAGES_AHEAD = 8  # submitted for each worker: enough to keep it busy, few enough to keep memory flat

_Pending = tuple[RawPage, "Future[ArticleRecord]"]


def iter_records(pages: Iterable[RawPage], limits: Limits, *, ordered: bool = False) -> Iterator[ArticleRecord]:
    """Yield a record for each page.

    Args:
        pages: read only as far ahead as the workers need.
        limits: with no workers the pages are extracted in this process.
        ordered: in the pages' order, where a slow page holds up those after it; else as they are finished.
    """
    if limits.workers == 0:
        yield from map(extract_raw, pages)
        return
    with Pool(limits) as pool:
        submitted = ((raw, pool.submit(extract_raw, raw)) for raw in pages)
        finished = _in_order if ordered else _as_they_finish
        for raw, future in finished(submitted, limits.workers * PAGES_AHEAD):
            yield _record_of(raw, future)


def _in_order(submitted: Iterator[_Pending], ahead: int) -> Iterator[_Pending]:
    """Yield pages in their order, so many of them in work at a time."""
    pending: deque[_Pending] = deque()
    for page in submitted:
        pending.append(page)
        while pending and (len(pending) >= ahead or pending[0][1].done()):
            yield pending.popleft()
    yield from pending


def _as_they_finish(submitted: Iterator[_Pending], ahead: int) -> Iterator[_Pending]:
    """Yield pages as they are finished, so many of them in work at a time."""
    finished: SimpleQueue[_Pending] = SimpleQueue()
    waiting = 0
    for raw, future in submitted:
        future.add_done_callback(partial(_note_finished, finished, raw))
        waiting += 1
        while waiting and (waiting >= ahead or not finished.empty()):
            yield finished.get()
            waiting -= 1
    for _ in range(waiting):
        yield finished.get()


def _note_finished(finished: "SimpleQueue[_Pending]", raw: RawPage, future: "Future[ArticleRecord]") -> None:
    """Put a finished page where it is waited for."""
    finished.put((raw, future))


def _record_of(raw: RawPage, future: "Future[ArticleRecord]") -> ArticleRecord:
    """Return a page's record; a page that its worker could not finish gives a failed one."""
    try:
        return future.result()
    except ExtractionError as error:
        return failed_record(raw, str(error), error.kind)
