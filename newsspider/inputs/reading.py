"""The way from a path to its pages: which format a file has, and what is read out of it."""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import IO, cast

from newsspider.inputs.detecting import detect, page_suffix
from newsspider.inputs.fetching import iter_fetched
from newsspider.inputs.file_reader import Reader
from newsspider.inputs.formats import FORMATS, PAGE_SUFFIXES, TEXT_SUFFIX
from newsspider.inputs.http_cache import cached_page
from newsspider.inputs.paths import STANDARD_INPUT, expand_globs, iter_files, source_of
from newsspider.inputs.saved import Columns, broken_page
from newsspider.inputs.streams import (
    READ_ERRORS,
    Reopen,
    WholeReads,
    open_file,
)
from newsspider.inputs.warc_revisits import Revisits
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.urls import is_web_url

Skip = Callable[[str], bool]
# /dev/stdin, /dev/fd/3: another file in another process
_OF_PROCESS = (("/", "dev"), ("/", "proc"))


def iter_pages(
    paths: Iterable[str],
    url: str | None = None,
    skip: Skip = lambda source: False,
    columns: Columns = Columns(),  # noqa: B008  # frozen
) -> Iterator[RawPage]:
    """Yield the pages of files, folders, archives and addresses; `-` is standard input.

    What can't be read is yielded with its problem; nothing stops the rest. Pages that revisit
    records refer to come last.

    Args:
        paths: a file may have any name and format; of folders and archives, files named like pages
            or archives are taken, at any depth. Patterns are taken as what they match. Pages of
            addresses that follow each other are fetched together and yielded as they come.
        url: the address of all of them, when the caller knows it.
        skip: says of a source whether to pass it over unread.
        columns: of tables.

    Raises:
        UsageError: a file needs an extra that is not installed.
    """
    pages = iter_saved(paths, url, skip, columns)
    yield from (page.read() if isinstance(page, SavedPage) else page for page in pages)


def iter_saved(
    paths: Iterable[str],
    url: str | None = None,
    skip: Skip = lambda source: False,
    columns: Columns = Columns(),  # noqa: B008  # frozen
) -> Iterator[RawPage | SavedPage]:
    """Yield the same pages, those that have files of their own unread: whoever extracts them reads them."""
    revisits = Revisits()
    for are_urls, group in groupby(expand_globs(paths), is_web_url):
        if are_urls:
            yield from iter_fetched(url for url in group if not skip(url))
            continue

        for path in group:
            yield from _iter_path(path, partial(_iter_file, url=url, columns=columns, revisits=revisits), skip)

    yield from (page.read() for page in revisits.iter_pages() if not skip(page.source))


def _iter_path(
    path: str, iter_file: Callable[[Path | str, str], Iterator[SavedPage]], skip: Skip
) -> Iterator[RawPage | SavedPage]:
    """Yield the pages of one path."""
    unreadable: list[OSError] = []
    for file in [path] if path == STANDARD_INPUT else iter_files(Path(path), unreadable.append):
        source = source_of(Path(file)) if file != STANDARD_INPUT else STANDARD_INPUT
        if not skip(source):
            wanted = (page for page in iter_file(file, source) if page.source == source or not skip(page.source))
            yield from (page if page.apart else page.read() for page in wanted)

    for error in unreadable:
        yield RawPage(body=b"", source=str(error.filename), problem=f"can't be read: {error.strerror}")


def is_single(paths: Iterable[str]) -> bool:
    """Whether the paths give one page, and no archive that may hold several."""
    files = list(islice((file for path in expand_globs(paths) for file in _files(path)), 2))
    return len(files) == 1 and (files == [STANDARD_INPUT] or is_web_url(files[0]) or _holds_one_page(Path(files[0])))


def count_pages(paths: Iterable[str]) -> int | None:
    """Return how many pages `iter_pages` will yield; None where archives or tables are among them."""
    total = 0
    for path in expand_globs(paths):
        for file in _files(path):
            is_page = is_web_url(file) or page_suffix(file) in (*PAGE_SUFFIXES, TEXT_SUFFIX)
            if not is_page and not _holds_one_page(Path(file)):
                # Archives, tables, and pipes, which nobody may look into before they are read
                return None

            total += 1

    return total


def _files(path: str) -> Iterator[str]:
    """Yield the files that a path names; standard input and an address as they are."""
    yield from [path] if path == STANDARD_INPUT or is_web_url(path) else map(str, iter_files(Path(path)))


def _holds_one_page(file: Path) -> bool:
    """Whether a file is a page by its content; a pipe is taken for one, since looking into it takes from it."""
    try:
        if not file.is_file():
            return True

        with open_file(file) as stream:
            return FORMATS[detect(stream, file.name)[0]].holds == "a page"
    except OSError:
        return True


def _iter_file(
    file: Path | str, source: str, url: str | None, columns: Columns, revisits: Revisits
) -> Iterator[SavedPage]:
    """Yield the pages of a file or of standard input."""
    path = Path(file)
    if file != STANDARD_INPUT and path.is_dir():
        yield cached_page(path, source)
        return

    reader = Reader(url, columns, revisits)
    try:
        if file == STANDARD_INPUT:
            yield from reader.iter_stream(cast(IO[bytes], WholeReads(sys.stdin.buffer)), source, "", None)
            return

        with open_file(path) as stream:
            yield from reader.iter_stream(stream, source, path.name, _reopen(path, stream))
    except READ_ERRORS as error:
        yield broken_page(source, f"can't be read: {error}", url)


def _reopen(path: Path, stream: IO[bytes]) -> Reopen | None:
    """Return what opens a file again in whatever process, None for a pipe."""
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return None
    if path.parts[:2] not in _OF_PROCESS:
        return partial(open_file, path.absolute())

    place = path.resolve()  # of a here-document there is none any more
    there = place.exists() and os.path.samestat(place.stat(), os.fstat(stream.fileno()))
    return partial(open_file, place) if there else None
