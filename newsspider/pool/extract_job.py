"""The job of extracting a page, as workers do it.

Modules that work on pages are imported inside the functions: the process that submits pages names
these functions and never parses a page. The parser, numpy, the rules and the model would double its
start-up time.
"""

from dataclasses import dataclass, replace

from newsspider.errors import PageError
from newsspider.extraction.model.locating import own_folder
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.kinds import EVIDENT_KINDS, Kind
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pages.robots_directives import read_directives
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Memories
from newsspider.site_memory.observations import Observation
from newsspider.urls import site_of

# Of a record. A novel has a million; storing and indexing takes a second per ten million.
MAX_TEXT_CHARS = 2_000_000


@dataclass(frozen=True)
class ExtractedPage:
    """A page's record, its requests to robots in lower case, and its observation for the site."""

    record: ArticleRecord
    directives: frozenset[str] = frozenset()
    observation: Observation | None = None


def extract_raw(
    raw: RawPage, witness: WitnessPolicy = "always", memories: Memories | None = None
) -> ArticleRecord:
    """Return the record of a raw page, whatever its faults: the one way from bytes to record."""
    return _read_raw(raw, witness, memories, observes=False)[0]


def extract_page(
    page: RawPage | SavedPage,
    witness: WitnessPolicy = "always",
    memories: Memories | None = None,
    *,
    observes: bool = False,
) -> ExtractedPage:
    """Return the result for a page; a page with a file of its own is read here first.

    Args:
        page: the page.
        witness: when trafilatura is asked.
        memories: the memories of sites.
        observes: whether the page's observation for the memory of its site is wanted.
    """
    raw = page.read() if isinstance(page, SavedPage) else page
    tags = [value for name, value in raw.headers.items() if name.lower() == "x-robots-tag"]
    record, observation = _read_raw(raw, witness, memories, observes=observes)

    return ExtractedPage(record, read_directives(tags, raw.body), observation if observes else None)


def _read_raw(
    raw: RawPage, witness: WitnessPolicy, memories: Memories | None, *, observes: bool
) -> tuple[ArticleRecord, Observation | None]:
    """Return a raw page's record, and its observation for the memory of its site if it is wanted."""
    from newsspider.mending.mends import read_mended
    from newsspider.pages.page import parse_raw

    try:
        page = parse_raw(raw)
        record, observation = read_mended(page, witness, memories, observes=observes)
        return within_bounds(raw, record), observation
    except PageError as error:
        return within_bounds(raw, failed_record(raw, str(error), error.kind)), None


def within_bounds(raw: RawPage, record: ArticleRecord) -> ArticleRecord:
    """Return the record, as failed if its text is longer than MAX_TEXT_CHARS.

    A page with missing bytes is truncated, since its true kind is unknown.
    """
    if record.body and len(record.body) > MAX_TEXT_CHARS:
        return failed_record(raw, f"a text of more than {MAX_TEXT_CHARS:,} characters")
    if raw.cut is None or record.kind in EVIDENT_KINDS:
        return record
    return replace(record, kind="truncated", reason=raw.cut)


def check_model() -> None:
    """Refuse an unreadable model of the user, before any page.

    Raises:
        UsageError: one line that names the file.
    """
    if own_folder():
        from newsspider.extraction.model.shipped import load_readers

        load_readers()


def failed_record(raw: RawPage, reason: str, kind: Kind = "failed") -> ArticleRecord:
    """Return the quarantine record of a page without content."""
    return ArticleRecord(
        url=raw.url,
        site=site_of(raw.url),
        source=raw.source,
        kind=kind,
        reason=reason,
        fetched_at=raw.fetched_at,
    )
