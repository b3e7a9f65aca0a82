"""File formats, detected from first bytes; a file's name decides only if these are unclear."""

import bz2
import lzma
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

import zstandard

from newsspider.inputs.formats import (
    FORMAT_OF_SUFFIX,
    FORMATS,
    PAGE,
    PAGE_SUFFIXES,
    TEXT_SUFFIX,
    WARC,
)
from newsspider.inputs.signatures import HEAD_BYTES, WARC_DICTIONARY, begins_record
from newsspider.inputs.streams import SUFFIXES, Compression, compression_of

# Ends of names of unfinished and older copies
LEFTOVERS = ("~", ".bak", ".orig", ".part", ".swp", ".tmp")
PEEKED_BYTES = 16 * 1024  # compressed; enough to unpack the first HEAD_BYTES of


def detect(file: IO[bytes], name: str) -> tuple[str, Compression | None]:
    """Return a file's format and compression without consuming a byte of it.

    The members of a WARC are decompressed later.
    """
    head: bytes = file.peek(PEEKED_BYTES)  # type: ignore[attr-defined]  # peekable
    if head.startswith(WARC_DICTIONARY):
        return WARC, "zstd"

    if not head:
        return PAGE, None

    compression = compression_of(head)
    unpacked = decompressed_head(head, compression) if compression else head
    kind = detect_format(unpacked, name)

    if kind == WARC and not begins_record(unpacked):
        # By its name: its first member is damaged.
        compression = compression or SUFFIXES.get(Path(name).suffix.lower())

    return kind, compression


def detect_format(head: bytes, name: str) -> str:
    """Return the format of a decompressed file.

    Args:
        head: its first bytes, decompressed; empty if they can't be.
        name: the file's name, which decides if its first bytes are damaged.
    """
    suffix = page_suffix(name)
    is_named_page = suffix in PAGE_SUFFIXES

    for kind, row in FORMATS.items():
        if row.unless_named_page and is_named_page:
            continue

        if row.tells and row.tells(head):
            return kind

    return FORMAT_OF_SUFFIX.get(suffix, PAGE)


def decompressed_head(head: bytes, compression: Compression) -> bytes:
    """Return the first decompressed bytes of a stream, given its first bytes; empty on an error."""
    try:
        return _HEADS[compression](head)
    except (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, EOFError):
        return b""


_HEADS: dict[Compression, Callable[[bytes], bytes]] = {
    "gzip": lambda head: zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_BYTES),
    "bzip2": lambda head: bz2.BZ2Decompressor().decompress(head, HEAD_BYTES),
    "xz": lambda head: lzma.LZMADecompressor().decompress(head, HEAD_BYTES),
    "zstd": lambda head: (
        zstandard.ZstdDecompressor().stream_reader(head, read_across_frames=False).read(HEAD_BYTES)
    ),
}


def page_suffix(name: str) -> str:
    """Return a file name's suffix in lower case, below any suffix of compression; "" for none.

    >>> page_suffix("ferry.HTML.gz"), page_suffix("ferry.gz"), page_suffix(".html")
    ('.html', '', '')
    """
    stem, dot, suffix = name.lower().rpartition(".")
    if f".{suffix}" in SUFFIXES:
        stem, dot, suffix = stem.rpartition(".")
    return f".{suffix}" if dot and stem else ""


def is_wanted(suffix: str, *, texts: bool) -> bool:
    """Whether files with a suffix are read from folders and archives.

    Args:
        suffix: from `page_suffix`.
        texts: whether text files are pages without their markup; beside pages they are notes.
    """
    return texts if suffix == TEXT_SUFFIX else suffix in FORMAT_OF_SUFFIX


def may_be_page(name: str) -> bool:
    """Whether the first bytes tell if a file is a page: its name has the suffix of no format.

    >>> may_be_page("ferry-back"), may_be_page("index.php?id=3"), may_be_page("ferry.html.part")
    (True, True, False)
    """
    is_copy = name.startswith(".") or name.lower().endswith(LEFTOVERS)
    return page_suffix(name) not in FORMAT_OF_SUFFIX and not is_copy
