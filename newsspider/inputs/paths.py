"""The files that paths name: globs, folders at any depth, Scrapy's HTTP cache.

Only the first bytes of files are read, whose names don't tell if they are pages.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from glob import glob, has_magic
from itertools import islice
from operator import attrgetter
from pathlib import Path

from newsspider.errors import UsageError
from newsspider.inputs.detecting import is_wanted, may_be_page, page_suffix
from newsspider.inputs.formats import FORMAT_OF_SUFFIX, PAGE_SUFFIXES, TEXT_SUFFIX
from newsspider.inputs.http_cache import is_cached_response
from newsspider.inputs.signatures import HEAD_BYTES, is_html
from newsspider.urls import is_web_url

STANDARD_INPUT = "-"
LOOKED_FOR = (
    f"looked for {' '.join(sorted(FORMAT_OF_SUFFIX))}, also compressed, "
    "and files of any name that begin as HTML"
)
SORTED_ENTRIES = 10_000  # of a folder; a folder of ten million files is not sorted
# What looks like an address without its scheme, or with another one
_ADDRESS = re.compile(
    r"[a-z]+://|www\.|(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/|[\w.-]+:\d+(?:/|$)", re.IGNORECASE
)
# "Save page as, complete" puts the images of ferry.html into ferry_files, in the browser's
# language.
_BELONGINGS = re.compile(
    r"(.+)(?:[_.-]files|[_-]dateien|[_-]fichiers|[_-]archivos|[_-]bestanden|_file)", re.IGNORECASE
)


def expand_globs(paths: Iterable[str]) -> Iterator[str]:
    """Yield the paths; patterns such as `CC-NEWS-*.warc.gz` are replaced by their matches.

    Matches are in the order of their names. Addresses of pages stay as they are.
    """
    for path in paths:
        is_pattern = has_magic(path) and not is_web_url(path) and not os.path.lexists(path)
        if is_pattern:
            yield from sorted(glob(path, recursive=True))  # noqa: PTH207  # kept as given
        else:
            yield path


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths without pages; web addresses are not paths.

    Raises:
        UsageError: one does not exist, matches nothing, or is a folder without a page.
    """
    for path in paths:
        found = list(expand_globs([path]))
        if not found:
            raise UsageError(f"{path}: matches no file")
        for each in found:
            _check_path(path, Path(each))


def _check_path(given: str, path: Path) -> None:
    if given != STANDARD_INPUT and not path.exists():
        hint = " (an address begins with https:// or http://)" if _ADDRESS.match(given) else ""
        raise UsageError(f"{given}: no such file or folder{hint}")
    if path.is_dir():
        check_not_empty(path)


def check_not_empty(folder: Path) -> None:
    """Refuse a folder without a page.

    Raises:
        UsageError: one line that lists the suffixes of pages and archives.
    """
    if next(iter_files(folder), None) is None:
        raise UsageError(f"{folder}: no pages in this folder ({LOOKED_FOR})")


def iter_files(
    path: Path, note_error: Callable[[OSError], None] = lambda error: None
) -> Iterator[Path]:
    """Yield the file itself, or the pages and archives below a folder, cached responses as folders.

    The files of a folder are first, then its folders, both in the order of their names. A folder
    with more than SORTED_ENTRIES is in the order of the file system, which stays the same as long
    as nobody adds or removes files. No folder is held in memory; a folder that can't be listed is
    noted and skipped.
    """
    if not path.is_dir() or is_cached_response(path):
        yield path
        return

    levels = [iter([path])]  # of folders still to be read, the deepest last

    while levels:
        folder = _next_folder(levels[-1], note_error)
        if folder is None:
            levels.pop()
            continue

        if is_cached_response(folder):
            yield folder
            continue

        try:
            yield from _iter_folder(folder)
        except OSError as error:
            note_error(error)
        else:
            levels.append(_iter_folders(folder))


def _next_folder(folders: Iterator[Path], note_error: Callable[[OSError], None]) -> Path | None:
    try:
        return next(folders, None)
    except OSError as error:  # it went away
        note_error(error)
        return None


def source_of(path: Path) -> str:
    """Return a file's path as a record names it: no store accepts text that is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _iter_folder(folder: Path) -> Iterator[Path]:
    """Yield the pages and archives that are directly in a folder."""
    has_pages = cache(_has_pages)  # asked at the first text, since it may look into each file
    for entry in _iter_entries(folder):
        suffix = page_suffix(entry.name)
        named = is_wanted(suffix, texts=suffix == TEXT_SUFFIX and not has_pages(folder))
        if (named and _is_file(entry)) or _is_unnamed_page(entry):
            yield Path(entry.path)


def _has_pages(folder: Path) -> bool:
    files = (entry for entry in _iter_entries(folder) if not _is_dir(entry))
    return any(
        page_suffix(entry.name) in PAGE_SUFFIXES or _is_unnamed_page(entry) for entry in files
    )


def _is_unnamed_page(entry: os.DirEntry[str]) -> bool:
    """Whether a file is a page by its first bytes only: wget calls it as its address ends."""
    with suppress(OSError):
        if may_be_page(entry.name) and entry.is_file():  # a pipe would wait for its writer
            with Path(entry.path).open("rb") as file:
                return is_html(file.read(HEAD_BYTES))
    return False


def _iter_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders in a folder, but no links: one could lead back here."""
    for entry in _iter_entries(folder):
        if entry.is_dir(follow_symlinks=False) and not _belongs_to_page(folder, entry.name):
            yield Path(entry.path)


def _belongs_to_page(folder: Path, name: str) -> bool:
    """Whether a folder contains the images, styles and frames of a page saved beside it."""
    belongings = _BELONGINGS.fullmatch(name)
    return belongings is not None and any(
        (folder / f"{belongings[1]}{suffix}").is_file() for suffix in PAGE_SUFFIXES
    )


def _iter_entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield the entries of a folder, sorted by name unless there are too many."""
    with os.scandir(folder) as entries:
        first = list(islice(entries, SORTED_ENTRIES + 1))
        if len(first) <= SORTED_ENTRIES:
            first.sort(key=attrgetter("name"))
        yield from first
        yield from entries


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file, or a broken link, which is reported; a pipe would never end."""
    with suppress(OSError):
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    return True


def _is_dir(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one."""
    with suppress(OSError):
        return entry.is_dir()
    return False
