"""The members of a WARC or ARC file: one per compressed record, else the whole file.

Other readers take a truncated file for a complete one, and end at the first damage. So the members
are separated here: where each of them begins, whether it ended, and where the next one begins after
a damage.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol, cast

import zstandard

from newsspider.inputs.detecting import decompressed_head
from newsspider.inputs.lookahead import Lookahead
from newsspider.inputs.page_bytes import CHUNK_BYTES, Readable
from newsspider.inputs.signatures import HEAD_BYTES, WARC_DICTIONARY, begins_record
from newsspider.inputs.streams import MAGIC, ZST_CHUNK_BYTES, Compression

GZIP_CHUNK_BYTES = 4096  # decompressed at a time: a bomb makes 4 MiB of them
# Of a member: a damaged one's decoder may have run on into those after it
REMEMBERED_BYTES = 1 << 20
# Of a file, after damage: members made of each other's insides would be read once for each
REREAD_BYTES = 16 << 20
DICTIONARY_BYTES = 16 << 20  # at most; those of the Archive Team have some 100 KiB
_MAGIC_OF = {name: magic for magic, name in MAGIC.items()}
_CHUNK_BYTES = {"gzip": GZIP_CHUNK_BYTES, "zstd": ZST_CHUNK_BYTES, None: CHUNK_BYTES}


class Decoder(Protocol):
    """Decompresses a member."""

    eof: bool
    unused_data: bytes

    def decompress(self, data: bytes, /) -> bytes:
        """Return the decompressed bytes."""


class Member:
    """One member's content.

    Attributes:
        offset: where it begins in the file.
    """

    def __init__(self, members: "Members", offset: int, decoder: Decoder | None) -> None:
        """Read from the current position of the members.

        Args:
            members: the file's members.
            offset: where the member begins in the file.
            decoder: decompresses it; None returns the bytes as they are, to the end of the file.
        """
        self.offset = offset
        self._members = members
        self._decoder = decoder

    @property
    def has_ended(self) -> bool:
        """Whether it was read completely and without damage."""
        return self._decoder is not None and self._decoder.eof

    def read(self, _size: int, /) -> bytes:
        """Return the next few bytes, none at the end.

        Raises:
            EOFError: the file ends before the member does.
            zlib.error: it is damaged; ZstdError likewise.
        """
        if self._decoder is None:
            return self._members.take()

        content = b""

        while not content and not self._decoder.eof:
            chunk = self._members.take()
            if not chunk:
                raise EOFError("the file was cut short")

            content = self._decoder.decompress(chunk)
            if self._decoder.eof:
                self._members.give_back(self._decoder.unused_data)

        return content


class Members:
    """A file's members, one after another."""

    def __init__(self, stream: Readable, compression: Compression | None) -> None:
        self._file = Lookahead(stream)
        self._compression = compression
        self._taken = bytearray()  # of the present member, as far as it is remembered
        self._left_to_reread = REREAD_BYTES
        self._dictionary: zstandard.ZstdCompressionDict | None = None

    def __iter__(self) -> Iterator[Member]:
        """Yield the members.

        Each must be read to its end, or `find_next` called, before the next one is requested.

        Raises:
            zstandard.ZstdError: the dictionary is damaged.
        """
        if self._compression == "zstd" and self._file.look(4) == WARC_DICTIONARY:
            self._read_dictionary()
        while self._file.look(1):
            self._taken.clear()
            yield Member(self, self._file.position, self._new_decoder())

    def take(self) -> bytes:
        """Return the next few bytes of the file, none at its end."""
        chunk = self._file.read(_CHUNK_BYTES[self._compression])
        if self._compression and len(self._taken) <= REMEMBERED_BYTES:
            self._taken += chunk
        return chunk

    def give_back(self, chunk: bytes) -> None:
        """Put back the last bytes that were read."""
        self._file.put_back(chunk)
        if chunk:
            del self._taken[-len(chunk) :]

    def find_next(self) -> None:
        """Skip to the next member after a damaged one, or to the end of the file."""
        if self._compression is None:
            return

        if len(self._taken) <= min(REMEMBERED_BYTES, self._left_to_reread):
            self._left_to_reread -= len(self._taken)
            self._file.put_back(bytes(self._taken[1:]))

        magic = _MAGIC_OF[self._compression]

        while window := self._file.look(CHUNK_BYTES):
            found = window.find(magic)
            if found < 0:
                # It may begin with the last bytes
                self._file.skip(max(1, len(window) - len(magic) + 1))
                continue

            self._file.skip(found)
            if self._begins_member(self._file.look(HEAD_BYTES)):
                return

            self._file.skip(1)

    def _begins_member(self, head: bytes) -> bool:
        """Whether a compressed record begins here; a magic number alone occurs by chance."""
        if self._compression == "gzip":
            return begins_record(decompressed_head(head, "gzip"))

        try:
            decoder = self._new_decoder()
            return decoder is not None and begins_record(decoder.decompress(head))
        except zstandard.ZstdError:
            return False

    def _new_decoder(self) -> Decoder | None:
        """Return a decoder for a member, or None if the file is not compressed."""
        if self._compression == "gzip":
            return cast(Decoder, zlib.decompressobj(zlib.MAX_WBITS | 16))

        if self._compression == "zstd":
            return cast(
                Decoder, zstandard.ZstdDecompressor(dict_data=self._dictionary).decompressobj()
            )

        return None

    def _read_dictionary(self) -> None:
        """Read the dictionary at the beginning of a .warc.zst, which may be compressed itself.

        Source:
            Use of Zstandard for WARC,
            https://iipc.github.io/warc-specifications/specifications/warc-zstd/
        """
        size = int.from_bytes(self._file.read(8)[4:], "little")
        if size > DICTIONARY_BYTES:
            raise zstandard.ZstdError("its dictionary is too large")

        content = self._file.read(size)
        if content.startswith(_MAGIC_OF["zstd"]):
            content = zstandard.ZstdDecompressor().decompressobj().decompress(content)

        self._dictionary = zstandard.ZstdCompressionDict(content)
