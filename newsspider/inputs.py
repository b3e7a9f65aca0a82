"""Saved pages from files, folders and standard input, one at a time."""

import bz2
import gzip
import io
import lzma
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
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
ZST_CHUNK_BYTES = 512  # read at a time: the smallest bomb unpacks them to 16 MiB


def iter_pages(paths: Iterable[str], url: str | None = None) -> Iterator[RawPage]:
    """Yield the pages of files and folders, a folder's in the order of their names; `-` is standard input.

    A file that can't be read is yielded with its problem; nothing stops the rest.

    Args:
        paths: a file may have any name; of folders, files named like pages are taken, at any depth.
        url: the address of all of them, when the caller knows it.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield _raw_page(sys.stdin.buffer.read(MAX_PAGE_BYTES + 1), url, STANDARD_INPUT)
            continue
        unreadable: list[OSError] = []
        for file in _iter_files(Path(path), unreadable.append):
            yield _read_page(file, url)
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


def _iter_files(path: Path, note_error: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    """Yield the file itself, or the pages below a folder; a folder that can't be listed is noted and passed over."""
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path, onerror=note_error):
        folders.sort()
        suffixes = {name: _page_suffix(name) for name in sorted(names)}
        # Text beside pages is a note about them; in a folder of its own it is pages that lost their markup.
        wanted = PAGE_SUFFIXES if PAGE_SUFFIXES & set(suffixes.values()) else {TEXT_SUFFIX}
        yield from (Path(folder, name) for name, suffix in suffixes.items() if suffix in wanted)


def _page_suffix(name: str) -> str:
    """Return a file name's suffix in lower case, the compression's left out; "" for none."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    if suffixes and suffixes[-1] in OPENERS:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _read_page(path: Path, url: str | None) -> RawPage:
    """Read a file, decompressing by its name."""
    source = os.fsencode(path).decode("utf-8", "backslashreplace")  # a name in another charset: no store takes it raw
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
