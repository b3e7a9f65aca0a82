"""Pages to records in worker processes: one page's death, hang or hunger costs no other page.

Threads are out for the work itself: trafilatura and lxml in threads corrupted the heap about twice
in 6,000 pages. The pool is our own on the standard library's processes, because the ones there are
share a channel between workers: pebble's pool is broken for good when an idle worker is killed
("All workers expired"), and one killed while it holds the channel's lock takes the others with it;
the standard library's pool is dead after one abort.
"""

from newsspider.pool.extract_job import check_model, extract_raw, failed_record
from newsspider.pool.limits import Limits, read_limits
from newsspider.pool.records import iter_extracted, iter_records
from newsspider.pool.workers import Pool

__all__ = [
    "Limits",
    "Pool",
    "check_model",
    "extract_raw",
    "failed_record",
    "iter_extracted",
    "iter_records",
    "read_limits",
]
