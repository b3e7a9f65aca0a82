"""Pages to records in one call: one page, one address, or the content of paths and archives."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from pathlib import Path

from newsspider.errors import UsageError
from newsspider.extraction.witness_policy import WitnessPolicy, read_policy
from newsspider.inputs.detecting import page_suffix
from newsspider.inputs.fetching import fetch_pages
from newsspider.inputs.formats import FORMAT_OF_SUFFIX
from newsspider.inputs.paths import check_paths
from newsspider.inputs.reading import is_single, iter_pages, iter_saved
from newsspider.inputs.table_columns import Columns
from newsspider.mending.mends import list_mends
from newsspider.mending.parsers import load_parsers, read_parsers
from newsspider.pages.page import ENCODED_TYPE, encode_markup
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.pool import (
    Limits,
    check_model,
    extract_raw,
    iter_extracted,
    iter_records,
    read_limits,
)
from newsspider.record import ArticleRecord
from newsspider.site_memory.lookup import Making, open_memories
from newsspider.urls import is_web_url

Input = str | os.PathLike[str] | RawPage
MAIN = "__main__"


def extract(
    page: str | bytes | os.PathLike[str],
    url: str | None = None,
    *,
    witness: WitnessPolicy = "always",
) -> ArticleRecord:
    """Return the record of one page.

    The record of a page that is not an article says so in `kind` and `reason`, as with
    `newsspider extract`. The page is parsed in this process, without deadline and memory limit;
    `extract_many` has both.

    Args:
        page: its markup as text or bytes, or a Path of a saved page in any format that
            `newsspider extract` reads. A text is always markup, never a path: a page from the
            network could name a file of yours.
        url: the page's address; None: take it from the page.
        witness: when trafilatura is asked: "always", "unsure" or "never".

    Raises:
        UsageError: there is no such file, or it contains several pages.

    >>> record = extract("<h1>Ferry sails</h1><p>It left at six.</p>", "https://herald.example/f")
    >>> record.title, record["site"], record.kind
    ('Ferry sails', 'herald.example', 'article')
    >>> extract(b"%PDF-1.7").reason
    'not HTML: PDF document'
    """
    policy = read_policy(witness, "witness")
    load_parsers(read_parsers(None))

    return extract_raw(_raw_page(page, url), policy)


def _raw_page(page: str | bytes | os.PathLike[str], url: str | None) -> RawPage:
    """Return a page that was given as text, bytes or path."""
    if isinstance(page, os.PathLike):
        return _read_file(os.fspath(page), url)

    if isinstance(page, bytes):
        return RawPage(body=page, url=url)

    headers = {"Content-Type": ENCODED_TYPE}
    return RawPage(body=encode_markup(page), url=url, headers=headers, problem=_mistake(page))


def fetch_article(url: str, *, witness: WitnessPolicy = "always") -> ArticleRecord:
    """Fetch a page as a crawl does and return its record.

    robots.txt, delays, limits and the guard against private addresses apply, in a separate process.
    A page that can't be fetched gives a record of kind "failed" with the reason. A loopback or
    private address, such as http://127.0.0.1:8000/, is fetched, as at the start of a crawl: check
    addresses that strangers give.

    Raises:
        UsageError: it is not a web address.
    """
    policy = read_policy(witness, "witness")
    if not is_web_url(url):
        raise UsageError(f"{url}: not a web address")
    load_parsers(read_parsers(None))
    (raw,) = fetch_pages([url])
    return extract_raw(raw, policy)


def extract_many(
    inputs: Input | Iterable[Input],
    *,
    workers: int | None = None,
    deadline: float | None = None,
    memory: int | None = None,
    witness: WitnessPolicy = "always",
    parsers: str | Sequence[str] | None = None,
    ordered: bool = False,
    html_column: str | None = None,
    url_column: str | None = None,
    site_memory_from: str | os.PathLike[str] | None = None,
    wrappers: bool = False,
) -> Iterator[ArticleRecord]:
    """Yield the record of each page as it is finished, in constant memory.

    Worker processes do the work, also in notebooks and in scripts without `if __name__ ==
    "__main__"`; they end when the iterator is exhausted, closed or deleted. A page that can't be
    read, takes too long or needs too much memory gives a record of kind "failed".

    Args:
        inputs: paths of files, folders and archives of any format that `newsspider extract` reads,
            patterns, addresses to fetch, and `RawPage`s; one or many. They are consumed only as far
            ahead as the workers need.
        workers: number of processes; default: one per core. 0: this process, without limits.
        deadline: seconds for one page.
        memory: MiB for a worker.
        witness: when trafilatura is asked: "always", "unsure" or "never".
        parsers: modules with mends for the workers, beside those that this process has imported.
        ordered: whether records are in the order of the pages.
        html_column: the column of tables that contains pages; guessed by default.
        url_column: the column of tables that contains the pages' addresses.
        site_memory_from: the database (path or URL) with the memories of sites that crawls left.
        wrappers: whether pages that fit the known layout of their site are read by it alone.

    Raises:
        UsageError: an argument is wrong, or a single given path does not exist. Of many paths, a
            missing one gives a failed record.
        StoreError: the database can't be read.
    """
    if wrappers and site_memory_from is None:
        raise UsageError("wrappers=True reads by a memory: give site_memory_from, too")

    many = _as_many(inputs)
    given = {"workers": workers, "deadline": deadline, "memory": memory, "witness": witness}
    limits = read_limits({**given, "parsers": (*read_parsers(parsers), *_mending_modules(workers))})
    check_model()
    load_parsers(limits.parsers)

    pages = _iter_pages(many, Columns(html_column, url_column))
    if site_memory_from is None:
        return iter_records(pages, limits, ordered=ordered)

    # Here: SQLAlchemy takes a tenth of a second, and few calls need it
    from newsspider.store.memory_files import copy_from

    making = partial(copy_from, os.fspath(site_memory_from))
    return _iter_remembered(pages, limits, making, ordered=ordered, wrappers=wrappers)


def _iter_remembered(
    pages: Iterable[RawPage | SavedPage],
    limits: Limits,
    making: Making,
    *,
    ordered: bool,
    wrappers: bool,
) -> Iterator[ArticleRecord]:
    """Yield the records of pages that are extracted with the memories of their sites."""
    with open_memories(making, wrappers=wrappers) as memories:
        extracted = iter_extracted(pages, limits, ordered=ordered, memories=memories)
        with closing(extracted):
            yield from (page.record for page in extracted)


def _check_if_file(path: str) -> None:
    if not is_web_url(path):
        check_paths([path])


def _as_many(inputs: Input | Iterable[Input]) -> Iterable[Input]:
    """Return the inputs; a single one as a list.

    Raises:
        UsageError: the one path does not exist, or has no page.
    """
    if isinstance(inputs, RawPage):
        return [inputs]

    if isinstance(inputs, str | os.PathLike):
        path = os.fspath(inputs)
        _check_if_file(path)
        return [path]

    return inputs


def _read_file(path: str, url: str | None) -> RawPage:
    """Return the page of a file.

    Raises:
        UsageError: there is none, or there are several.
    """
    check_paths([path])
    if not is_single([path]):
        raise UsageError(f"{path}: several pages; extract_many reads them")
    return next(iter_pages([path], url))


def _mistake(page: str) -> str | None:
    """Return advice if a text is the name of a page and not its markup, or None."""
    if "<" in page or "\n" in page:
        return None

    if is_web_url(page):
        return "an address instead of a page: fetch_article(url) fetches it"

    is_file_name = page_suffix(page) in FORMAT_OF_SUFFIX and page != Path(page).suffix
    if is_file_name:
        return "a file's name instead of a page: extract(Path(name)) reads it"

    return None


def _mending_modules(workers: int | None) -> tuple[str, ...]:
    """Return the modules whose mends this process has imported.

    Raises:
        UsageError: the main module has some, which workers don't import.
    """
    modules = tuple(dict.fromkeys(mend.function.__module__ for mend in list_mends()))
    if MAIN in modules and workers != 0:
        problem = "mends of the main script don't reach worker processes"
        raise UsageError(f"{problem}: move them to a module, or use workers=0")
    return tuple(name for name in modules if name != MAIN)


def _iter_pages(inputs: Iterable[Input], columns: Columns) -> Iterator[RawPage | SavedPage]:
    """Yield the pages of inputs, in their order."""
    for is_raw, group in groupby(inputs, lambda each: isinstance(each, RawPage)):
        if is_raw:
            yield from (each for each in group if isinstance(each, RawPage))
        else:
            paths = (os.fspath(each) for each in group if not isinstance(each, RawPage))
            yield from iter_saved(paths, columns=columns)
