"""Compressed bodies: unpacked up to a limit, and never taken for whole where they are not."""

import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import brotli
import zstandard

READ_BYTES = 512  # fed at a time: what a bomb makes of them fits the memory, what damage spoils is little
PIECE_BYTES = 64 * 1024  # unpacked at a time where the library can stop there
MAX_LAYERS = 3  # encodings on top of each other; a server that compresses twice is broken, more is an attack
ZSTD_WINDOW_BYTES = 8 * 1024 * 1024  # what browsers accept (RFC 9659)
GZIP_MAGIC = b"\x1f\x8b"


class UnpackedTooLarge(Exception):  # noqa: N818  # it is caught where it becomes a refusal
    """The unpacked body is larger than the limit."""


@dataclass(frozen=True)
class Unpacked:
    """What a compressed body held; `problem` says why that may not be all, None where it is."""

    body: bytes
    problem: str | None = None


def unpack(body: bytes, encodings: Sequence[str], limit: int) -> Unpacked:
    """Return a body with its encodings undone, the last one first, up to one that nobody knows.

    A body that plainly is markup under a Content-Encoding that it does not have is taken as it is, and so is none.

    Raises:
        UnpackedTooLarge: larger than the limit.

    >>> unpack(zlib.compress(b"<p>Ferry")[:-4], ["deflate"], 1000)
    Unpacked(body=b'<p>Ferry', problem='deflate data that ends early')
    """
    problem = None
    for encoding in reversed(encodings):
        if not body or (pieces_of := DECODERS.get(encoding)) is None:
            break
        found = _collect(pieces_of(body), encoding, limit)
        if found.problem and not found.body and body.lstrip().startswith(b"<"):
            continue
        body, problem = found.body, found.problem or problem
    return Unpacked(body, problem)


def split_encodings(values: Sequence[str]) -> list[str]:
    """Return the encodings that Content-Encoding headers list, in lower case and the order of their application.

    >>> split_encodings(["gzip, identity", "BR"])
    ['gzip', 'br']
    """
    words = (word.strip().lower() for value in values for word in value.split(","))
    return [word for word in words if word not in ("", "identity", "none")]


def _collect(pieces: Iterator[bytes], encoding: str, limit: int) -> Unpacked:
    """Put pieces together until they end, fail or are too many."""
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) > limit:
                raise UnpackedTooLarge
    except EOFError:
        return Unpacked(bytes(body), f"{encoding} data that ends early")
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        return Unpacked(bytes(body), f"damaged {encoding} data: {error}")
    return Unpacked(bytes(body))


def _gzip_pieces(body: bytes) -> Iterator[bytes]:
    """Yield what gzip's members hold; what follows the last one is padding."""
    if not body.startswith(GZIP_MAGIC):
        raise zlib.error("no gzip header")
    while body.startswith(GZIP_MAGIC):
        body = yield from _zlib_pieces(body, zlib.MAX_WBITS | 16)


def _deflate_pieces(body: bytes) -> Iterator[bytes]:
    """Yield what deflate holds, with zlib's header or, as some servers send it, without."""
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0  # RFC 1950
    yield from _zlib_pieces(body, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _zlib_pieces(body: bytes, wbits: int) -> Generator[bytes, None, bytes]:
    """Yield one stream's content and return what follows it.

    Raises:
        EOFError: it ends early.
    """
    stream = zlib.decompressobj(wbits)
    for start in range(0, len(body), READ_BYTES):
        rest = body[start : start + READ_BYTES]
        while rest:
            yield stream.decompress(rest, PIECE_BYTES)
            rest = stream.unconsumed_tail
        if stream.eof:
            return stream.unused_data + body[start + READ_BYTES :]
    yield stream.flush()
    if not stream.eof:
        raise EOFError
    return b""


def _brotli_pieces(body: bytes) -> Iterator[bytes]:
    """Yield what brotli holds.

    Raises:
        EOFError: it ends early.
    """
    stream = brotli.Decompressor()
    for start in range(0, len(body), READ_BYTES):
        yield stream.process(body[start : start + READ_BYTES], output_buffer_limit=PIECE_BYTES)
        while not stream.can_accept_more_data():
            yield stream.process(b"", output_buffer_limit=PIECE_BYTES)
        if stream.is_finished():
            return
    raise EOFError


def _zstd_pieces(body: bytes) -> Iterator[bytes]:
    """Yield what zstd's frames hold.

    Raises:
        EOFError: the last one ends early.
    """
    decompressor = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
    frame = decompressor.decompressobj()
    for start in range(0, len(body), READ_BYTES):
        rest = body[start : start + READ_BYTES]
        while rest:
            yield frame.decompress(rest)
            rest = frame.unused_data if frame.eof else b""
            frame = decompressor.decompressobj() if frame.eof and rest else frame
        if frame.eof and start + READ_BYTES < len(body):
            frame = decompressor.decompressobj()
    if not frame.eof:
        raise EOFError


DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip_pieces,
    "x-gzip": _gzip_pieces,
    "deflate": _deflate_pieces,
    "br": _brotli_pieces,
    "zstd": _zstd_pieces,
}
