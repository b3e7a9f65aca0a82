"""The pages of paths: the entry point of all inputs."""

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
from newsspider.inputs.page_bytes import broken_page
from newsspider.inputs.paths import STANDARD_INPUT, expand_globs, iter_files, source_of
from newsspider.inputs.streams import (
    READ_ERRORS,
    Reopen,
    WholeReads,
    open_file,
)
from newsspider.inputs.table_columns import Columns
from newsspider.inputs.warc_revisits import Revisits
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.urls import is_web_url

Skip = Callable[[str], bool]
IterFile = Callable[[Path | str, str], Iterator[SavedPage]]
# /dev/stdin, /dev/fd/3: another file in another process
_OF_PROCESS = (("/", "dev"), ("/", "proc"))


def iter_pages(
    paths: Iterable[str],
    url: str | None = None,
    skip: Skip = lambda source: False,
    columns: Columns = Columns(),  # noqa: B008  # frozen
) -> Iterator[RawPage]:
    """Yield the pages of files, folders, archives and addresses; `-` is standard input.

    A page that can't be read is yielded with its problem; nothing stops the rest. Pages to which
    revisit records refer are last.

    Args:
        paths: a file may have any name and format. In folders and archives, files named like pages
            or archives are read, at any depth, and files of any name that begin as an HTML document.
            Patterns are replaced by their matches. Consecutive addresses are fetched together, and
            their pages are yielded as they arrive.
        url: the address of all pages, if the caller knows it.
        skip: whether a source is skipped unread.
        columns: the columns of tables.

    Raises:
        UsageError: a file needs an extra that is not installed.
    """
    yield from map(_read_if_saved, iter_saved(paths, url, skip, columns))


def _read_if_saved(page: RawPage | SavedPage) -> RawPage:
    if isinstance(page, SavedPage):
        return page.read()
    return page


def iter_saved(
    paths: Iterable[str],
    url: str | None = None,
    skip: Skip = lambda source: False,
    columns: Columns = Columns(),  # noqa: B008  # frozen
) -> Iterator[RawPage | SavedPage]:
    """Yield the same pages; those with files of their own are not read yet."""
    revisits = Revisits()
    iter_file = partial(_iter_file, url=url, columns=columns, revisits=revisits)

    for are_urls, group in groupby(expand_globs(paths), is_web_url):
        if are_urls:
            yield from iter_fetched(url for url in group if not skip(url))
        else:
            for path in group:
                yield from _iter_path(path, iter_file, skip)

    yield from (page.read() for page in revisits.iter_pages() if not skip(page.source))


def _iter_path(path: str, iter_file: IterFile, skip: Skip) -> Iterator[RawPage | SavedPage]:
    """Yield the pages of one path."""
    if path == STANDARD_INPUT:
        yield from _iter_wanted(path, STANDARD_INPUT, iter_file, skip)
        return

    unreadable: list[OSError] = []

    for file in iter_files(Path(path), unreadable.append):
        yield from _iter_wanted(file, source_of(file), iter_file, skip)

    for error in unreadable:
        problem = f"can't be read: {error.strerror}"
        yield RawPage(body=b"", source=str(error.filename), problem=problem)


def _iter_wanted(
    file: Path | str, source: str, iter_file: IterFile, skip: Skip
) -> Iterator[RawPage | SavedPage]:
    """Yield the pages of a file that are not to be skipped."""
    if skip(source):
        return

    for page in iter_file(file, source):
        if page.source == source or not skip(page.source):
            yield page if page.apart else page.read()


def is_single(paths: Iterable[str]) -> bool:
    """Whether the paths name one page, and no archive that may contain several."""
    files = list(islice(_iter_all_files(paths), 2))
    if len(files) != 1:
        return False
    (file,) = files
    return file == STANDARD_INPUT or is_web_url(file) or _holds_one_page(Path(file))


def count_pages(paths: Iterable[str]) -> int | None:
    """Return the number of pages that `iter_pages` will yield.

    It is None for archives and tables, and for pipes, which can't be peeked into.
    """
    total = 0
    for file in _iter_all_files(paths):
        if not _is_named_page(file) and not _holds_one_page(Path(file)):
            return None
        total += 1
    return total


def _is_named_page(file: str) -> bool:
    """Whether a file is one page by its name."""
    return is_web_url(file) or page_suffix(file) in (*PAGE_SUFFIXES, TEXT_SUFFIX)


def _iter_all_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files that paths name."""
    for path in expand_globs(paths):
        yield from _files(path)


def _files(path: str) -> Iterator[str]:
    """Yield the files that a path names; standard input and addresses are yielded as they are."""
    if path == STANDARD_INPUT or is_web_url(path):
        yield path
    else:
        yield from map(str, iter_files(Path(path)))


def _holds_one_page(file: Path) -> bool:
    """Whether a file's content is one page; a pipe counts as one, since a peek would consume it."""
    try:
        if not file.is_file():
            return True

        with open_file(file) as stream:
            kind, _ = detect(stream, file.name)
    except OSError:
        return True

    return FORMATS[kind].holds == "a page"


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
            stdin = cast(IO[bytes], WholeReads(sys.stdin.buffer))
            yield from reader.iter_stream(stdin, source, "", None)
        else:
            with open_file(path) as stream:
                yield from reader.iter_stream(stream, source, path.name, _reopen(path, stream))
    except READ_ERRORS as error:
        yield broken_page(source, f"can't be read: {error}", url)


def _reopen(path: Path, stream: IO[bytes]) -> Reopen | None:
    """Return a function that opens a file again in any process, or None for a pipe."""
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return None

    if path.parts[:2] not in _OF_PROCESS:
        return partial(open_file, path.absolute())

    # The target of a link such as /dev/stdin; a here-document no longer has one.
    place = path.resolve()
    return partial(open_file, place) if _is_file_of(place, stream) else None


def _is_file_of(place: Path, stream: IO[bytes]) -> bool:
    """Whether a stream reads the file at a place."""
    return place.exists() and os.path.samestat(place.stat(), os.fstat(stream.fileno()))
