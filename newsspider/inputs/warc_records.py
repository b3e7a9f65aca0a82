"""The records of a WARC or ARC file in order; damage is reported with its offset."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from newsspider.inputs.lookahead import Lookahead
from newsspider.inputs.page_bytes import CHUNK_BYTES, Readable
from newsspider.inputs.signatures import HEAD_BYTES, begins_record
from newsspider.inputs.streams import READ_ERRORS, Compression
from newsspider.inputs.warc_members import Member, Members
from newsspider.text import count_of

# It warns with a stranger's address as it is, escapes and all
logging.getLogger("warcio").setLevel(logging.ERROR)
_LOADER = ArcWarcRecordLoader(verify_http=False)
_PARSE_ERRORS = (
    *READ_ERRORS,
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    ValueError,
    AttributeError,
)


class DamageError(Exception):
    """A part of the file can't be read."""


@dataclass
class Damage:
    """A part of the file that can't be read.

    Attributes:
        offset: the offset of the record, or of the compressed member, in which it begins.
        reason: why it can't be read.
    """

    offset: int
    reason: str

    def __str__(self) -> str:
        """Return the offset and the reason."""
        return f"damaged at byte {self.offset}: {self.reason}"


@dataclass
class Record:
    """A record, to be read before the next one is requested.

    Attributes:
        offset: the offset of the record, or of the compressed member that it begins.
        member: the offset of the compressed member that contains it.
        parsed: warcio's record.
        is_arc: whether it is in an ARC file, whose records have no id.
        stream: the rest of the member; None once the record is finished.
        damage: the damage that was found while it was read.
    """

    offset: int
    member: int
    parsed: Any
    is_arc: bool
    stream: Lookahead | None
    damage: Damage | None = None

    def finish(self) -> None:
        """Read the rest of the record and check that it is complete; else set `damage`."""
        if self.stream is None:
            return

        try:
            _finish(self.parsed.raw_stream, self.stream)
        except (*READ_ERRORS, DamageError) as error:
            self.fail(error)

        self.stream = None

    def fail(self, error: Exception) -> None:
        """Set `damage`, and finish the record: nothing behind the damage can be read."""
        self.damage = Damage(self.offset, str(error))
        self.stream = None


def iter_records(file: Readable, compression: Compression | None) -> Iterator[Record | Damage]:
    """Yield the records, and each damage outside of a record.

    After a damage, reading continues at the next record that is found.

    Raises:
        ZstdError: nothing can be read, since the dictionary is damaged.
    """
    members = Members(file, compression)

    for member in members:
        stream = Lookahead(member)

        while True:
            begin = stream.position
            offset = _place_of(begin, member, compression)

            try:
                line = _next_line(stream)
                if not line:
                    break

                parsed = _LOADER.parse_record_stream(stream, statusline=line)
            except (*_PARSE_ERRORS, DamageError) as error:
                yield Damage(offset, str(error) or type(error).__name__)
                is_damaged = True
            else:
                is_arc = not line.startswith(b"WARC")
                record = Record(offset, member.offset, parsed, is_arc, stream)
                yield record
                record.finish()
                is_damaged = record.damage is not None

            if is_damaged and not _find_record(stream, begin):
                break

        if not member.has_ended:
            members.find_next()


def record_at(stream: IO[bytes], compression: Compression | None, offset: int) -> Record | None:
    """Return the record at an offset of a file, or None if it can no longer be read."""
    try:
        if compression != "zstd":  # whose dictionary is at the beginning
            stream.seek(offset)
            offset = 0

        for record in iter_records(stream, compression):
            if isinstance(record, Record) and record.offset >= offset:
                return record
    except READ_ERRORS:
        pass

    return None


def _next_line(stream: Lookahead) -> bytes:
    """Return the first line of the next record, an empty one at the end.

    Raises:
        DamageError: no record begins here.
    """
    _skip_blank(stream)
    head = stream.look(HEAD_BYTES)
    if head and not begins_record(head):
        raise DamageError("no record begins here")
    return stream.readline()


def _skip_blank(stream: Lookahead) -> None:
    """Skip the line ends between two records."""
    while stream.look(1) in (b"\r", b"\n"):
        stream.skip(1)


def _place_of(begin: int, member: Member, compression: Compression | None) -> int:
    """Return where a record is in the file: in a compressed one, the first of a member is at its begin."""
    if compression and not begin:
        return member.offset
    return member.offset + begin


def _read_to_end(raw: Any) -> None:
    while raw.read(CHUNK_BYTES):
        pass


def _finish(raw: Any, stream: Lookahead) -> None:
    """Read the rest of a record.

    Args:
        raw: the rest, as warcio limits it.
        stream: the rest of the member; at its end the checksum has been compared.

    Raises:
        DamageError: the record is longer or shorter than it declares.
    """
    _read_to_end(raw)

    if raw.limit:
        raise DamageError(f"the record ends {count_of(raw.limit, 'byte')} early")

    _skip_blank(stream)
    if not _is_between_records(stream):
        raise DamageError("the record is longer than it says")


def _is_between_records(stream: Lookahead) -> bool:
    """Whether a record or the end follows."""
    head = stream.look(HEAD_BYTES)
    return not head or begins_record(head)


def _find_record(stream: Lookahead, after: int) -> bool:
    """Skip to the next record in the same member that begins after a position, if there is one."""
    try:
        while stream.look(1):
            if stream.position > after and begins_record(stream.look(HEAD_BYTES)):
                return True
            stream.readline()
    except READ_ERRORS:
        pass

    return False
