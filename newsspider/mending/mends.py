"""Mends: Python code of the user that corrects the records of a site's pages.

A module of the user defines them with `@for_site`. The setting NEWSSPIDER_PARSERS, the environment
variable of that name or the option `--parsers` names the module. Every path from page to record
applies them in `extract_mended`.
"""

import linecache
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlsplit

from newsspider.extraction.version import extraction_version
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.mending.field_types import check_types
from newsspider.mending.warnings import mend_warning
from newsspider.pages.page import Page
from newsspider.record import FIELD_NAMES, ArticleRecord
from newsspider.site_memory.lookup import Memories
from newsspider.site_memory.observations import Observation
from newsspider.text import measure_body
from newsspider.urls import is_web_url, site_of

MendFunction = Callable[[Page, ArticleRecord], ArticleRecord]
Decorated = TypeVar("Decorated", bound=MendFunction)

# Fields that identify a record's page; outputs, the store and the crawl's account rely on them.
FIXED_FIELDS = tuple(
    "url site source fetched_at version first_seen also_at duplicate_of similarity "
    "extraction_version site_memory".split()
)
# Fields without provenance: they are computed, or describe the page.
UNSOURCED_FIELDS = frozenset(
    "kind reason warnings body_markdown word_count body_hash confidence provenance pages "
    "live_updates".split()
)


@dataclass(frozen=True)
class Mend:
    """A function that corrects the records of one site.

    Attributes:
        function: takes a page and its record, and returns the corrected record.
        name: the names of its module and of the function.
        source: the source of its whole file; empty if it can't be read.
    """

    function: MendFunction
    name: str
    source: str


@dataclass(frozen=True)
class Applied:
    """The effect of a mend on a record: the fields that it changed, or the reason why it failed."""

    name: str
    changed: tuple[str, ...] = ()
    failure: str | None = None


_MENDS: dict[str, list[Mend]] = {}  # by domain, in the order of their definition


def for_site(*domains: str) -> Callable[[Decorated], Decorated]:
    """Register a function that corrects the records of these sites' pages.

    The function takes a page and its record, and returns the corrected record, usually by
    `dataclasses.replace`. It is called for all pages of the site that could be parsed, also for
    pages that aren't articles. If it fails, the record stays unchanged and gets a warning.

    Args:
        domains: registered domains (`herald.example`) with all their hosts, or single hosts
            (`sport.herald.example`).

    Raises:
        ValueError: one is not a domain.

    >>> @for_site("doctest.example")
    ... def drop_agency(page: Page, record: ArticleRecord) -> ArticleRecord:
    ...     return replace(record, authors=tuple(name for name in record.authors if name != "Wire"))
    >>> from newsspider import parse_page
    >>> page = parse_page(b"<h1>Ferry back</h1>", "https://www.doctest.example/ferry")
    >>> mend_record(page, ArticleRecord(authors=("Ada Penhallow", "Wire"))).authors
    ('Ada Penhallow',)
    """
    hosts = [_read_domain(domain) for domain in domains]

    def register(function: Decorated) -> Decorated:
        mend = Mend(
            function, f"{function.__module__}.{function.__qualname__}", _source_of(function)
        )
        for host in hosts:
            _MENDS.setdefault(host, []).append(mend)
        return function

    return register


def extract_mended(page: Page, witness: WitnessPolicy = "always") -> ArticleRecord:
    """Return a page's record after extraction and mends, as all commands store it."""
    return read_mended(page, witness, observes=False)[0]


def read_mended(
    page: Page,
    witness: WitnessPolicy = "always",
    memories: Memories | None = None,
    *,
    observes: bool = True,
) -> tuple[ArticleRecord, Observation | None]:
    """Return the same record, and the page's observation for the memory of its site.

    Args:
        page: the page; its tree is not changed.
        witness: when trafilatura is asked.
        memories: the memories of sites.
        observes: whether the observation is wanted.
    """
    # Here: to define a mend takes no model
    from newsspider.extraction.article import read_article

    memory = memories.memory_of(site_of(page.url)) if memories else None
    wrappers = memories is not None and memories.wrappers
    read = read_article(page, witness, memory, observes=observes, wrappers=wrappers)

    return mend_record(page, read.record), read.observation


def mend_record(page: Page, record: ArticleRecord) -> ArticleRecord:
    """Return a record after the mends of its page's site, most specific domain first.

    Word count, body hash and provenance ("mend") are updated for changed fields. body_markdown
    stays as the mend returned it.
    """
    return apply_mends(page, record)[0]


def apply_mends(page: Page, record: ArticleRecord) -> tuple[ArticleRecord, tuple[Applied, ...]]:
    """Return the mended record, and the effect of each mend."""
    applied: list[Applied] = []

    for mend in _iter_mends(page.url):
        record, done = _apply(mend, page, record)
        applied.append(done)

    if applied:
        record = replace(record, extraction_version=version_for(page.url))

    return record, tuple(applied)


def version_for(url: str | None) -> str:
    """Return the extraction version for an address; it includes the sources of its site's mends."""
    return extraction_version(tuple(dict.fromkeys(mend.source for mend in _iter_mends(url))))


def has_mends(url: str | None) -> bool:
    """Whether the site of this address has mends."""
    return any(True for _ in _iter_mends(url))


def list_mends() -> tuple[Mend, ...]:
    """Return all mends that imported modules have defined."""
    return tuple(mend for mends in _MENDS.values() for mend in mends)


def _apply(mend: Mend, page: Page, record: ArticleRecord) -> tuple[ArticleRecord, Applied]:
    """Return the record after one mend; if the mend fails, the old record with a warning."""
    try:
        mended = _accept(mend.function(page, deepcopy(record)), record)
    except MemoryError:
        raise  # the page's, not the mend's: the worker ends with it
    except (Exception, SystemExit) as error:
        # The user's own code: whatever it raises must cost the mend only.
        reason = f"{type(error).__name__}: {error}"
        warning = mend_warning(mend.name, reason)
        warned = replace(record, warnings=(*record.warnings, warning))
        return warned, Applied(mend.name, failure=reason)

    return mended, Applied(mend.name, _changed_fields(mended, record))


def _changed_fields(mended: ArticleRecord, record: ArticleRecord) -> tuple[str, ...]:
    return tuple(name for name in FIELD_NAMES if getattr(mended, name) != getattr(record, name))


def _accept(mended: object, record: ArticleRecord) -> ArticleRecord:
    """Return a mend's result, with dependent values brought up to date.

    Raises:
        TypeError: it is not a record, or one of its fields has another type.
        ValueError: it changed a field that a mend can't change.
    """
    if not isinstance(mended, ArticleRecord):
        raise TypeError(f"returned {type(mended).__name__}, not an ArticleRecord")

    check_types(mended)

    mended = replace(mended, author_urls=_addresses_of(mended, record))
    changed = _changed_fields(mended, record)

    if fixed := [name for name in FIXED_FIELDS if name in changed]:
        raise ValueError(f"changed {', '.join(fixed)}, which a mend can't change")

    sourced = frozenset(changed) - UNSOURCED_FIELDS
    return replace(
        mended,
        **measure_body(mended.body),
        provenance=dict(_iter_provenance(mended, record, sourced)),
    )


def _addresses_of(mended: ArticleRecord, record: ArticleRecord) -> tuple[str | None, ...]:
    """Return the authors' addresses; if a mend changed only the names, known names keep theirs."""
    if any(mended.author_urls) or mended.authors == record.authors:
        return mended.author_urls
    known = dict(zip(record.authors, record.author_urls, strict=True))
    return tuple(known.get(name) for name in mended.authors)


def _iter_provenance(
    mended: ArticleRecord, record: ArticleRecord, changed: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Yield each field's provenance in the order of extraction, then that of added fields."""
    added = changed - record.provenance.keys()
    in_order = [*record.provenance, *(name for name in FIELD_NAMES if name in added)]

    for name in in_order:
        if name not in changed:
            yield name, record.provenance[name]
        elif _is_given(getattr(mended, name)):
            yield name, "mend"


def _is_given(value: object) -> bool:
    """Whether a field has a value; a list needs one that is not None."""
    return (
        any(each is not None for each in value) if isinstance(value, tuple) else value is not None
    )


def _iter_mends(url: str | None) -> Iterator[Mend]:
    """Yield the mends for an address: those of its host, then of each domain above it."""
    if not _MENDS or not url:
        return
    labels = _as_ascii(urlsplit(url).hostname or "").split(".")
    for start in range(len(labels)):
        yield from _MENDS.get(".".join(labels[start:]), ())


def _read_domain(domain: str) -> str:
    """Return a domain in the form in which hosts are compared.

    Raises:
        ValueError: it is an address, or not a domain at all.
    """
    host = _as_ascii(domain.strip().lower())
    if not is_web_url(f"https://{host}/") or urlsplit(f"https://{host}/").hostname != host:
        raise ValueError(f"not a domain: {domain!r} (expected one like herald.example)")
    return host


def _as_ascii(host: str) -> str:
    """Return a host in the form of a name look-up: letters outside ASCII are encoded."""
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:  # too long, or not a name
        return host


def _source_of(function: MendFunction) -> str:
    """Return the source of a function's whole file, since helpers in it affect the result too."""
    code = getattr(function, "__code__", None)
    return "".join(linecache.getlines(code.co_filename, function.__globals__)) if code else ""
