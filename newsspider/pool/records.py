"""A stream of pages to a stream of records, with few pages in memory and busy workers."""

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from itertools import chain
from queue import SimpleQueue

from newsspider.errors import ExtractionError
from newsspider.mending.parsers import load_parsers
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool.extract_job import ExtractedPage, extract_page, failed_record
from newsspider.pool.forked_worker import FEW_PAGES, ForkedWorker, can_fork
from newsspider.pool.limits import Limits
from newsspider.pool.workers import Pool
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Memories

PAGES_AHEAD = 8  # submitted for each worker: enough to keep it busy, few enough to keep memory flat

_Page = RawPage | SavedPage
_Pending = tuple[_Page, "Future[ExtractedPage]"]


def iter_records(
    pages: Iterable[_Page], limits: Limits, *, ordered: bool = False
) -> Iterator[ArticleRecord]:
    """Yield a record for each page, like `iter_extracted`."""
    return (each.record for each in iter_extracted(pages, limits, ordered=ordered))


def iter_extracted(
    pages: Iterable[_Page],
    limits: Limits,
    *,
    ordered: bool = False,
    memories: Memories | None = None,
    observes: bool = False,
    may_fork: bool = False,
) -> Generator[ExtractedPage, None, None]:
    """Yield the result for each page.

    Whoever may leave it early closes it: else its workers end only with the interpreter, which may
    start one more in place of those it ends.

    Args:
        pages: consumed only as far ahead as the workers need; unread ones are read by the workers.
        limits: without workers the pages are extracted in this process.
        ordered: whether results are in the pages' order, where a slow page delays those after it;
            else they are yielded as they are finished.
        memories: the memories of the pages' sites.
        observes: whether the pages' observations for these memories are wanted.
        may_fork: whether a few pages may be extracted in a copy of this process.
    """
    extract = partial(extract_page, witness=limits.witness, memories=memories, observes=observes)
    if limits.workers == 0:
        load_parsers(limits.parsers)
        yield from map(extract, pages)
        return

    pool, pages = _choose_pool(iter(pages), limits, may_fork)
    with pool:
        submitted = ((page, pool.submit(extract, page)) for page in pages)
        finished = _in_order if ordered else _as_they_finish

        for page, future in finished(submitted, limits.workers * PAGES_AHEAD):
            yield _result_of(page, future)


def _choose_pool(
    pages: Iterator[_Page], limits: Limits, may_fork: bool
) -> tuple[Pool, Iterator[_Page]]:
    """Return a pool that suits the number of pages, and the pages, of which some are read."""
    first: list[_Page] = []
    if may_fork and can_fork(limits):
        for page in pages:
            first.append(page)
            # Addresses are fetched in a thread, and the first page of many must not wait for others.
            if len(first) > FEW_PAGES or not can_fork(limits):
                break
        else:
            return ForkedWorker(limits), iter(first)

    return Pool(limits), chain(first, pages)


def _in_order(submitted: Iterator[_Pending], ahead: int) -> Iterator[_Pending]:
    """Yield pages in their order, with a number of them in work at a time."""
    pending: deque[_Pending] = deque()
    for page in submitted:
        pending.append(page)
        while pending and (len(pending) >= ahead or pending[0][1].done()):
            yield pending.popleft()
    yield from pending


def _as_they_finish(submitted: Iterator[_Pending], ahead: int) -> Iterator[_Pending]:
    """Yield pages as they are finished, with a number of them in work at a time."""
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


def _note_finished(
    finished: "SimpleQueue[_Pending]", page: _Page, future: "Future[ExtractedPage]"
) -> None:
    """Put a finished page into the queue."""
    finished.put((page, future))


def _result_of(page: _Page, future: "Future[ExtractedPage]") -> ExtractedPage:
    """Return the result for a page; a page that its worker could not finish failed."""
    try:
        return future.result()
    except ExtractionError as error:
        if not isinstance(page, RawPage):
            page = RawPage(body=b"", url=page.url, source=page.source)
        return ExtractedPage(failed_record(page, str(error), error.kind))
