"""The removal of pages from WARC files.

A file is rewritten without them; all other members are copied byte for byte.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from newsspider.errors import OutputError
from newsspider.files import make_private, replace_file
from newsspider.inputs.page_bytes import CHUNK_BYTES
from newsspider.inputs.streams import READ_ERRORS, compression_of, open_file
from newsspider.inputs.warc_records import Damage, iter_records
from newsspider.urls import is_web_url, normalise_url

WARC_PATTERNS = ("*.warc", "*.warc.gz")
ABOUT_A_PAGE = frozenset({"response", "resource", "request", "revisit", "metadata", "conversion"})


def iter_warc_files(folder: Path) -> Iterator[Path]:
    """Yield the WARC files of a folder."""
    for pattern in WARC_PATTERNS:
        yield from sorted(folder.glob(pattern))


def forget_in_warc(path: Path, addresses: Collection[str]) -> int:
    """Remove all records of some addresses from a WARC file and return their number.

    The rest stays byte for byte.

    Args:
        path: a .warc file, or a .warc.gz with one member per record.
        addresses: normalised.

    Raises:
        OutputError: the file can't be read or written, or its records can't be separated.
    """
    try:
        ranges = list(_iter_ranges(path, addresses))
        kept = [(start, end) for start, end, stays in ranges if stays]

        if len(kept) < len(ranges):
            _copy(path, kept)
    except READ_ERRORS as error:
        raise OutputError(f"{path}: {error}") from error

    return len(ranges) - len(kept)


def _iter_ranges(path: Path, addresses: Collection[str]) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, whether it stays) of the file's members; uncompressed: of its records.

    Damaged parts stay with the member before them.

    Raises:
        OutputError: a member contains records that stay and records that don't.
    """
    start, fates = 0, set[bool]()

    with open_file(path) as file:
        compression = compression_of(file.peek(CHUNK_BYTES))

        for record in iter_records(file, compression):
            if isinstance(record, Damage):
                continue

            begin = record.member if compression else record.offset
            if begin > start:
                yield start, begin, _stays(fates, path)
                start, fates = begin, set()

            fates.add(not _is_about(record.parsed.rec_headers, addresses))

    if (end := path.stat().st_size) > start:
        yield start, end, _stays(fates, path)


def _stays(fates: set[bool], path: Path) -> bool:
    """Return whether a member stays, given whether its records do.

    Raises:
        OutputError: only some of its records stay.
    """
    if len(fates) > 1:
        problem = "several records in one gzip member can't be separated"
        raise OutputError(f"{path}: {problem}: unpack the file and compress it again")
    return False not in fates


def _is_about(headers: Any, addresses: Collection[str]) -> bool:
    """Whether a record belongs to one of the pages."""
    if headers.get_header("WARC-Type") not in ABOUT_A_PAGE:
        return False
    url = headers.get_header("WARC-Target-URI") or ""
    return is_web_url(url) and normalise_url(url) in addresses


def _copy(path: Path, ranges: list[tuple[int, int]]) -> None:
    """Rewrite the file with these ranges of it."""
    rest = path.with_name(f"{path.name}.part")
    make_private(rest)

    with path.open("rb") as old, rest.open("wb") as new:
        for start, end in ranges:
            old.seek(start)

            while start < end and (chunk := old.read(min(CHUNK_BYTES, end - start))):
                new.write(chunk)
                start += len(chunk)

    replace_file(rest, path)


def _iter_older(folder: Path, limit: float) -> Iterator[Path]:
    """Yield the WARC files that were written last before a time, in seconds since 1970."""
    for path in iter_warc_files(folder):
        if path.stat().st_mtime < limit:
            yield path


def expire_warc_files(folder: Path, before: str) -> list[Path]:
    """Delete the WARC files that were last written before a moment (ISO 8601), and return them.

    Raises:
        OutputError: one can't be deleted.
    """
    limit = datetime.fromisoformat(before).timestamp()

    try:
        old = list(_iter_older(folder, limit))

        for path in old:
            path.unlink()
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror}") from error

    return old
