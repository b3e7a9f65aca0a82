"""What a file is, by its first bytes; its name decides only where they say nothing."""

import bz2
import codecs
import lzma
import re
import zlib
from collections.abc import Callable
from typing import Literal

import zstandard

from newsspider.inputs.streams import SUFFIXES, Compression

Format = Literal["page", "warc", "zip", "tar", "mhtml", "json lines", "parquet"]

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
TEXT_SUFFIX = ".txt"  # a page that has lost its markup
ARCHIVE_SUFFIXES: dict[str, Format] = {
    ".warc": "warc",
    ".arc": "warc",
    ".wacz": "zip",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
    ".tbz2": "tar",
    ".txz": "tar",
    ".tzst": "tar",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
}
WARC_DICTIONARY = b"\x5d\x2a\x4d\x18"  # the skippable frame with the dictionary of a .warc.zst; its specification
HEAD_BYTES = 4096  # enough to know a format by
TAR_MAGIC = b"ustar"
TAR_MAGIC_AT = 257
_ARC_LINE = re.compile(rb"\S+://\S+ [0-9.:a-f]+ \d{8,14} \S+ \d+\r?\n")
_JSON_OBJECT = re.compile(rb'\s*\{\s*"')
_MIME_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+", re.ASCII)


def begins_record(head: bytes) -> bool:
    """Whether these are the first bytes of a WARC or ARC record."""
    return head.startswith((b"WARC/", b"filedesc://")) or bool(_ARC_LINE.match(head))


def detect_format(head: bytes, name: str) -> Format:
    """Return the format of a decompressed file.

    Args:
        head: its first bytes, decompressed; none where they can't be.
        name: the file's name, which decides where its first bytes are damaged.
    """
    if begins_record(head):
        return "warc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[TAR_MAGIC_AT:].startswith(TAR_MAGIC):
        return "tar"
    if head.startswith(b"PAR1"):
        return "parquet"
    if _is_mhtml(head):
        return "mhtml"
    suffix = page_suffix(name)
    if _JSON_OBJECT.match(head.removeprefix(codecs.BOM_UTF8)) and suffix not in PAGE_SUFFIXES:
        return "json lines"
    return "page" if head.lstrip().startswith(b"<") else ARCHIVE_SUFFIXES.get(suffix, "page")


def decompressed_head(head: bytes, compression: Compression) -> bytes:
    """Return the first bytes of what the first bytes of a stream unpack to; none where they do not."""
    try:
        return _HEADS[compression](head)
    except (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, EOFError):
        return b""


_HEADS: dict[Compression, Callable[[bytes], bytes]] = {
    "gzip": lambda head: zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD_BYTES),
    "bzip2": lambda head: bz2.BZ2Decompressor().decompress(head, HEAD_BYTES),
    "xz": lambda head: lzma.LZMADecompressor().decompress(head, HEAD_BYTES),
    "zstd": lambda head: zstandard.ZstdDecompressor().stream_reader(head, read_across_frames=False).read(HEAD_BYTES),
}


def page_suffix(name: str) -> str:
    """Return a file name's suffix in lower case, the compression's left out; "" for none.

    >>> page_suffix("ferry.HTML.gz"), page_suffix("ferry.gz"), page_suffix(".html")
    ('.html', '', '')
    """
    stem, dot, suffix = name.lower().rpartition(".")
    if f".{suffix}" in SUFFIXES:
        stem, dot, suffix = stem.rpartition(".")
    return f".{suffix}" if dot and stem else ""


def is_wanted(suffix: str, *, texts: bool) -> bool:
    """Whether files with a suffix are read where nobody named them, in folders and archives.

    Args:
        suffix: from `page_suffix`.
        texts: whether text is pages that lost their markup; beside pages it is a note about them.
    """
    return suffix in PAGE_SUFFIXES or suffix in ARCHIVE_SUFFIXES or (texts and suffix == TEXT_SUFFIX)


def _is_mhtml(head: bytes) -> bool:
    """Whether this is the head of a web page saved as one MIME message."""
    headers = _MIME_HEADER.match(head)
    return bool(headers) and b"multipart/related" in headers[0].lower() if headers else False
