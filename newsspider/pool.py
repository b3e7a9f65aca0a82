"""Pages to records in worker processes: one page's death or hang costs that page and no other.

Threads are out: trafilatura and lxml in threads corrupted the heap about twice in 6,000 pages.
"""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future

from pebble import ProcessExpired, ProcessPool

from newsspider.errors import PageError
from newsspider.extraction.article import extract_article
from newsspider.page import RawPage, parse_raw
from newsspider.record import ArticleRecord, Kind
from newsspider.urls import site_of

DEADLINE_SECONDS = 20.0  # for one page; the slowest of 922 gold pages takes under one second
PAGES_PER_WORKER = 2_000  # then it is replaced, which bounds what libraries leak
PAGES_AHEAD = 8  # submitted for each worker: enough to keep it busy, few enough to keep memory flat


def extract_raw(raw: RawPage) -> ArticleRecord:
    """Return the record of a raw page, whatever is wrong with it: the one way from bytes to record."""
    try:
        return extract_article(parse_raw(raw))
    except PageError as error:
        return failed_record(raw, str(error), error.kind)


def failed_record(raw: RawPage, reason: str, kind: Kind = "failed") -> ArticleRecord:
    """Return the quarantine record of a page that gave nothing."""
    return ArticleRecord(
        url=raw.url, site=site_of(raw.url), source=raw.source, kind=kind, reason=reason, fetched_at=raw.fetched_at
    )


def iter_records(pages: Iterable[RawPage], workers: int) -> Iterator[ArticleRecord]:
    """Yield a record for each page, in the pages' order.

    Args:
        pages: read only as far ahead as the workers need.
        workers: processes; 0 extracts in this one, without a deadline, for debugging.
    """
    if workers == 0:
        yield from map(extract_raw, pages)
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["newsspider.pool"])
    pending: deque[tuple[RawPage, Future[ArticleRecord]]] = deque()
    with ProcessPool(max_workers=workers, max_tasks=PAGES_PER_WORKER, context=context) as pool:
        try:
            for raw in pages:
                pending.append((raw, pool.schedule(extract_raw, args=(raw,), timeout=DEADLINE_SECONDS)))
                if len(pending) >= workers * PAGES_AHEAD:
                    yield _await_record(*pending.popleft())
            while pending:
                yield _await_record(*pending.popleft())
        except BaseException:
            pool.stop()  # Ctrl-C, or nobody wants the rest: what waits is not worth finishing
            raise


def _await_record(raw: RawPage, future: "Future[ArticleRecord]") -> ArticleRecord:
    """Return a page's record; a page that its worker could not finish gives a failed one."""
    try:
        return future.result()
    except TimeoutError:
        return failed_record(raw, f"took longer than {DEADLINE_SECONDS:.0f} s")
    except ProcessExpired as error:
        return failed_record(raw, f"the worker process died (exit code {error.exitcode})")
    except Exception as error:  # the process's edge: whatever a page provokes must cost that page only
        return failed_record(raw, f"{type(error).__name__}: {error}")
