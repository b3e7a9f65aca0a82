"""What a worker does with a page.

What works on pages is imported inside the functions: the process that hands pages out names these
functions and never parses a page, and the parser, numpy, the rules and the model would double its
time to start.
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

# Of a record. A novel has a million; whoever stores, indexes and compares it takes a second for
# each ten millions.
MAX_TEXT_CHARS = 2_000_000


@dataclass(frozen=True)
class ExtractedPage:
    """A page's record, what the page asks of robots, in lower case, and what it teaches about its site."""

    record: ArticleRecord
    directives: frozenset[str] = frozenset()
    observation: Observation | None = None


def extract_raw(raw: RawPage, witness: WitnessPolicy = "always", memories: Memories | None = None) -> ArticleRecord:
    """Return the record of a raw page, whatever is wrong with it: the one way from bytes to record."""
    return _read_raw(raw, witness, memories)[0]


def extract_page(
    page: RawPage | SavedPage,
    witness: WitnessPolicy = "always",
    memories: Memories | None = None,
    *,
    observes: bool = False,
) -> ExtractedPage:
    """Return what becomes of a page; one that has a file of its own is read here first.

    Args:
        page: the page.
        witness: when trafilatura is asked.
        memories: among them the one of the page's site, if there is one.
        observes: whether what the page teaches about its site is wanted.
    """
    raw = page.read() if isinstance(page, SavedPage) else page
    tags = [value for name, value in raw.headers.items() if name.lower() == "x-robots-tag"]
    record, observation = _read_raw(raw, witness, memories)
    return ExtractedPage(record, read_directives(tags, raw.body), observation if observes else None)


def _read_raw(
    raw: RawPage, witness: WitnessPolicy, memories: Memories | None
) -> tuple[ArticleRecord, Observation | None]:
    """Return a raw page's record, and what the page teaches about its site."""
    from newsspider.mending.mends import read_mended
    from newsspider.pages.page import parse_raw

    try:
        record, observation = read_mended(parse_raw(raw), witness, memories)
        return within_bounds(raw, record), observation
    except PageError as error:
        return within_bounds(raw, failed_record(raw, str(error), error.kind)), None


def within_bounds(raw: RawPage, record: ArticleRecord) -> ArticleRecord:
    """Return the record, failed where its text is longer than MAX_TEXT_CHARS.

    A page whose bytes are not all there is truncated, as what it would be can't be said.
    """
    if record.body and len(record.body) > MAX_TEXT_CHARS:
        return failed_record(raw, f"a text of more than {MAX_TEXT_CHARS:,} characters")
    if raw.cut is None or record.kind in EVIDENT_KINDS:
        return record
    return replace(record, kind="truncated", reason=raw.cut)


def check_model() -> None:
    """Refuse a model of the user's own that can't be read, once and before any page.

    Raises:
        UsageError: one line that names the file.
    """
    if own_folder():
        from newsspider.extraction.model.shipped import load_readers

        load_readers()


def failed_record(raw: RawPage, reason: str, kind: Kind = "failed") -> ArticleRecord:
    """Return the quarantine record of a page that gave nothing."""
    return ArticleRecord(
        url=raw.url, site=site_of(raw.url), source=raw.source, kind=kind, reason=reason, fetched_at=raw.fetched_at
    )
