"""Saved pages from files, folders and standard input, one at a time."""

import bz2
import gzip
import io
import lzma
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import zstandard

from newsspider.errors import UsageError
from newsspider.page import RawPage

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIX = ".txt"  # a page that has lost its markup
OPENERS: dict[str, Callable[..., Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": lambda path, _mode: _open_zst(path),
}
STANDARD_INPUT = "-"
MAX_PAGE_BYTES = 20 * 1024 * 1024  # decompressed; as the crawl's DOWNLOAD_MAXSIZE
SORTED_ENTRIES = 10_000  # of a folder; a folder of ten million files is read as it comes
ZST_CHUNK_BYTES = 512  # read at a time: the smallest bomb unpacks them to 16 MiB


def iter_pages(
    paths: Iterable[str], url: str | None = None, skip: Callable[[str], bool] = lambda source: False
) -> Iterator[RawPage]:
    """Yield the pages of files and folders; `-` is standard input.

    Of a folder come first its files, then its folders, both in the order of their names; where it has more than
    SORTED_ENTRIES, in the order in which the file system gives them, which stays the same while nobody adds or
    removes files. No folder is held in memory. A file that can't be read is yielded with its problem; nothing stops
    the rest.

    Args:
        paths: a file may have any name; of folders, files named like pages are taken, at any depth.
        url: the address of all of them, when the caller knows it.
        skip: says of a source whether to pass it over unread.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield _raw_page(sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), url, STANDARD_INPUT)
            continue
        unreadable: list[OSError] = []
        for file in _iter_files(Path(path), unreadable.append):
            if not skip(source := _source_of(file)):
                yield _read_page(file, source, url)
        for error in unreadable:
            yield RawPage(body=b"", source=str(error.filename), problem=f"can't be read: {error.strerror}")


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that can't give a page.

    Raises:
        UsageError: one does not exist, or is a folder without a page.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        if not Path(path).exists():
            raise UsageError(f"{path}: no such file or folder")
        if next(_iter_files(Path(path)), None) is None:
            names = " ".join(sorted({*PAGE_SUFFIXES, TEXT_SUFFIX}))
            raise UsageError(f"{path}: no pages in this folder (looked for {names}, also {' '.join(OPENERS)})")


def is_single(paths: Iterable[str]) -> bool:
    """Whether the paths give one page."""
    files = (file for path in paths for file in ([path] if path == STANDARD_INPUT else _iter_files(Path(path))))
    return len(list(islice(files, 2))) == 1


def count_pages(paths: Iterable[str]) -> int:
    """Return how many pages `iter_pages` will yield."""
    return sum(1 if path == STANDARD_INPUT else sum(1 for _ in _iter_files(Path(path))) for path in paths)


def _iter_files(path: Path, note_error: Callable[[OSError], None] = lambda error: None) -> Iterator[Path]:
    """Yield the file itself, or the pages below a folder; a folder that can't be listed is noted and passed over."""
    if not path.is_dir():
        yield path
        return
    levels = [iter([path])]  # of folders still to be read, the deepest last
    while levels:
        if (folder := next(levels[-1], None)) is None:
            levels.pop()
            continue
        try:
            yield from _iter_folder(folder)
        except OSError as error:
            note_error(error)
        else:
            levels.append(_iter_folders(folder))


def _iter_folder(folder: Path) -> Iterator[Path]:
    """Yield the pages that lie in a folder itself."""
    # Text beside pages is a note about them; in a folder of its own it is pages that lost their markup.
    has_pages = any(_page_suffix(entry.name) in PAGE_SUFFIXES for entry in _iter_entries(folder) if not _is_dir(entry))
    wanted = PAGE_SUFFIXES if has_pages else {TEXT_SUFFIX}
    for entry in _iter_entries(folder):
        if _page_suffix(entry.name) in wanted and not _is_dir(entry):
            yield Path(entry.path)


def _iter_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders that lie in a folder; one that a link leads to could lead back here."""
    for entry in _iter_entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)


def _iter_entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder, in the order of names if it is not too much to be sorted."""
    with os.scandir(folder) as entries:
        first = list(islice(entries, SORTED_ENTRIES + 1))
        if len(first) <= SORTED_ENTRIES:
            first.sort(key=attrgetter("name"))
        yield from first
        yield from entries


def _is_dir(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder, or a link to one."""
    with suppress(OSError):
        return entry.is_dir()
    return False


def _page_suffix(name: str) -> str:
    """Return a file name's suffix in lower case, the compression's left out; "" for none.

    >>> _page_suffix("ferry.HTML.gz"), _page_suffix("ferry.gz"), _page_suffix(".html")
    ('.html', '', '')
    """
    stem, dot, suffix = name.lower().rpartition(".")
    if f".{suffix}" in OPENERS:
        stem, dot, suffix = stem.rpartition(".")
    return f".{suffix}" if dot and stem else ""


def _source_of(path: Path) -> str:
    """Return a file's path as a record names it; what is no UTF-8 in it no store takes as it is."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _read_page(path: Path, source: str, url: str | None) -> RawPage:
    """Read a file, decompressing by its name."""
    open_file = OPENERS.get(path.suffix.lower(), open)
    try:
        # One byte over the limit at most: the true size of a compressed file is not known before.
        with open_file(path, "rb") as stream:
            body = stream.read(MAX_PAGE_BYTES + 1)
    except (OSError, EOFError, lzma.LZMAError, zstandard.ZstdError, zlib.error) as error:
        return RawPage(body=b"", url=url, source=source, problem=f"can't be read: {error}")
    return _raw_page(body, url, source, flat=_page_suffix(path.name) == TEXT_SUFFIX)


def _raw_page(body: bytes, url: str | None, source: str, *, flat: bool = False) -> RawPage:
    """Return a page's bytes as a raw page; too many are a problem."""
    if len(body) > MAX_PAGE_BYTES:
        return RawPage(body=b"", url=url, source=source, problem=f"larger than {MAX_PAGE_BYTES >> 20} MiB")
    return RawPage(body=body, url=url, source=source, flat=flat)


def _open_zst(path: Path) -> io.BytesIO:
    """Return a .zst file's content, all its frames, up to the limit.

    zstandard's own readers stop after the first frame, and take a file that was cut short for a whole one.

    Raises:
        EOFError: the file was cut short.
    """
    content = bytearray()
    with path.open("rb") as file:
        frame = zstandard.ZstdDecompressor().decompressobj()
        while len(content) <= MAX_PAGE_BYTES and (chunk := frame.unused_data or file.read(ZST_CHUNK_BYTES)):
            if frame.eof:
                frame = zstandard.ZstdDecompressor().decompressobj()
            content += frame.decompress(chunk)
    if len(content) <= MAX_PAGE_BYTES and not frame.eof:
        raise EOFError("the file ended before its last frame did")
    return io.BytesIO(content)
