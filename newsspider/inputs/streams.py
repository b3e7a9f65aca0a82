"""Streams of bytes: compression is detected from the first bytes, and undone while reading."""

import bz2
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Literal, cast

import zstandard
from isal import igzip, igzip_lib

from newsspider.inputs.page_bytes import CHUNK_BYTES

Reopen = Callable[[], AbstractContextManager[IO[bytes]]]  # opens a file again, from its beginning
Compression = Literal["gzip", "bzip2", "xz", "zstd"]
MAGIC: dict[bytes, Compression] = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
SUFFIXES: dict[str, Compression] = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
SPOOLED_BYTES = 1 << 30  # of a zip file in a tar file or a pipe, decompressed
SPOOLED_IN_MEMORY = 16 << 20  # more of it goes to a temporary file
ZST_CHUNK_BYTES = 512  # read at a time: the smallest bomb unpacks them to 16 MiB
# What damaged input makes the readers raise; RuntimeError is zipfile's for a password, ValueError
# (a name that is no UTF-8, an offset below zero), struct.error and OverflowError come of numbers
# and names that no writer writes.
READ_ERRORS = (
    OSError,
    EOFError,
    lzma.LZMAError,
    zstandard.ZstdError,
    zlib.error,
    cast(type[Exception], igzip_lib.IsalError),  # its stub takes the class for an error
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    struct.error,
)


def open_file(path: Path) -> io.BufferedReader:
    """Open a file to be peeked into."""
    return cast(io.BufferedReader, path.open("rb", buffering=CHUNK_BYTES))


def peekable(stream: IO[bytes]) -> io.BufferedReader:
    """Return a stream whose first bytes can be seen without consuming them."""
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast(io.RawIOBase, stream), CHUNK_BYTES)


@contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield the stream if it is seekable, else its content: a zip file's directory is at its end.

    Raises:
        OSError: it contains more than SPOOLED_BYTES.
    """
    try:
        goes_back = stream.seekable()
    except AttributeError:  # tarfile's, of an archive that is read forwards
        goes_back = False

    if goes_back:
        yield stream
        return

    with SpooledTemporaryFile(max_size=SPOOLED_IN_MEMORY) as spooled:
        left = SPOOLED_BYTES

        while chunk := stream.read(CHUNK_BYTES):
            left -= len(chunk)
            if left < 0:
                size = f"{SPOOLED_BYTES >> 30} GiB"
                raise OSError(f"an archive larger than {size} in a stream: unpack it first")

            spooled.write(chunk)

        spooled.seek(0)
        yield spooled


class WholeReads(io.RawIOBase):
    """A pipe that returns as many bytes as requested.

    With fewer, its first bytes could be too few to detect the format.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # any buffer will do
        """Fill the buffer, unless the stream ends."""
        content = self._stream.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


def compression_of(head: bytes) -> Compression | None:
    """Return a stream's compression, by its first bytes."""
    return next((name for magic, name in MAGIC.items() if head.startswith(magic)), None)


def decompress(stream: IO[bytes], compression: Compression | None) -> io.BufferedReader:
    """Return the stream's decompressed content, of all its members or frames.

    Reading raises EOFError if it was cut short.
    """
    return peekable(_OPENERS[compression](stream)) if compression else peekable(stream)


class ZstReader(io.RawIOBase):
    """The content of a .zst stream, of all its frames.

    zstandard's own readers stop after the first frame, and take a truncated file for a complete
    one.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self._stream = stream
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._content = b""

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # any buffer will do
        """Fill the buffer with the next bytes."""
        while not self._content:
            chunk = self._frame.unused_data or self._stream.read(ZST_CHUNK_BYTES)
            if not chunk:
                if self._frame.eof:
                    return 0
                raise EOFError("the file ended before its last frame did")

            if self._frame.eof:
                self._frame = zstandard.ZstdDecompressor().decompressobj()

            self._content = self._frame.decompress(chunk)

        taken = min(len(buffer), len(self._content))
        buffer[:taken] = self._content[:taken]
        self._content = self._content[taken:]

        return taken


def _open_gzip(stream: IO[bytes]) -> object:
    return igzip.IGzipFile(fileobj=stream, mode="rb")  # type: ignore[no-untyped-call]


_OPENERS: dict[Compression, Callable[[IO[bytes]], IO[bytes]]] = {
    "gzip": lambda stream: cast(IO[bytes], _open_gzip(stream)),
    "bzip2": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    "xz": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115  # closes with its stream
    "zstd": lambda stream: cast(IO[bytes], ZstReader(stream)),
}
