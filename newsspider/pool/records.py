"""A stream of pages to a stream of records, with as few pages in memory as keeps the workers busy."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue

from newsspider.errors import ExtractionError
from newsspider.mending.parsers import load_parsers
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool.extract_job import ExtractedPage, extract_page, failed_record
from newsspider.pool.limits import Limits
from newsspider.pool.workers import Pool
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Memories

PAGES_AHEAD = 8  # submitted for each worker: enough to keep it busy, few enough to keep memory flat

_Page = RawPage | SavedPage
_Pending = tuple[_Page, "Future[ExtractedPage]"]


def iter_records(pages: Iterable[_Page], limits: Limits, *, ordered: bool = False) -> Iterator[ArticleRecord]:
    """Yield a record for each page, as `iter_extracted`."""
    return (each.record for each in iter_extracted(pages, limits, ordered=ordered))


def iter_extracted(
    pages: Iterable[_Page],
    limits: Limits,
    *,
    ordered: bool = False,
    memories: Memories | None = None,
    observes: bool = False,
) -> Iterator[ExtractedPage]:
    """Yield what becomes of each page.

    Args:
        pages: taken only as far ahead as the workers need; those yet to be read are read by the
            workers.
        limits: with no workers the pages are extracted in this process.
        ordered: in the pages' order, where a slow page holds up those after it; else as they are
            finished.
        memories: of the sites that the pages are of.
        observes: whether what the pages teach about their sites is wanted.
    """
    extract = partial(extract_page, witness=limits.witness, memories=memories, observes=observes)
    if limits.workers == 0:
        load_parsers(limits.parsers)
        yield from map(extract, pages)
        return

    with Pool(limits) as pool:
        submitted = ((page, pool.submit(extract, page)) for page in pages)
        finished = _in_order if ordered else _as_they_finish
        for page, future in finished(submitted, limits.workers * PAGES_AHEAD):
            yield _result_of(page, future)


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

    for page, future in submitted:
        future.add_done_callback(partial(_note_finished, finished, page))
        waiting += 1

        while waiting and (waiting >= ahead or not finished.empty()):
            yield finished.get()
            waiting -= 1

    for _ in range(waiting):
        yield finished.get()


def _note_finished(finished: "SimpleQueue[_Pending]", page: _Page, future: "Future[ExtractedPage]") -> None:
    """Put a finished page where it is waited for."""
    finished.put((page, future))


def _result_of(page: _Page, future: "Future[ExtractedPage]") -> ExtractedPage:
    """Return what became of a page; one that its worker could not finish gives a failed one."""
    try:
        return future.result()
    except ExtractionError as error:
        unread = RawPage(body=b"", url=page.url, source=page.source)
        return ExtractedPage(failed_record(page if isinstance(page, RawPage) else unread, str(error), error.kind))
