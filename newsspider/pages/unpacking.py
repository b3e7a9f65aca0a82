"""Compressed bodies, decompressed up to a limit and in linear time.

A body that ends early is reported and never taken for a complete one.
"""

import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import brotli
import zstandard

# Read at a time: a bomb's output fits into memory, and damage spoils little
READ_BYTES = 512
PIECE_BYTES = 64 * 1024  # decompressed at a time, if the library can stop there
# Of gzip, frames of zstd; bgzip makes 320 of 20 MiB, and a decoder is set up anew for each
MAX_MEMBERS = 10_000
# Encodings on top of each other; a server that compresses twice is broken, more is an attack
MAX_LAYERS = 3
# Of zstd, which returns all of their content at once: sixteen blocks of 128 KiB
ZSTD_READ_BYTES = 64
ZSTD_WINDOW_BYTES = 8 * 1024 * 1024  # the limit of browsers (RFC 9659)
GZIP_MAGIC = b"\x1f\x8b"


class ExceedsLimit(Exception):  # noqa: N818  # it is caught where it becomes a refusal
    """Decompressing the body would cost more than is allowed for a body."""


class UnpackedTooLarge(ExceedsLimit):
    """The decompressed body is larger than the limit."""


class TooManyMembers(ExceedsLimit):
    """The body has more gzip members or zstd frames than allowed."""


@dataclass(frozen=True)
class Unpacked:
    """The content of a compressed body; `problem` says why it may be incomplete, or is None."""

    body: bytes
    problem: str | None = None


def unpack(
    body: bytes, encodings: Sequence[str], limit: int, max_members: int = MAX_MEMBERS
) -> Unpacked:
    """Return a body with its encodings undone, last one first; an unknown encoding ends it.

    A body that is plainly markup, although Content-Encoding says otherwise, is returned as it is.

    Raises:
        UnpackedTooLarge: larger than the limit.
        TooManyMembers: compressed in more pieces than are ever needed.

    >>> unpack(zlib.compress(b"<p>Ferry")[:-4], ["deflate"], 1000)
    Unpacked(body=b'<p>Ferry', problem='deflate data that ends early')
    """
    problem = None

    for encoding in reversed(encodings):
        decode = DECODERS.get(encoding)
        if not body or decode is None:
            break

        found = _collect(decode(body, max_members), encoding, limit)
        if _is_plain(body, found):
            continue

        body = found.body
        problem = found.problem or problem

    return Unpacked(body, problem)


def _is_plain(body: bytes, found: Unpacked) -> bool:
    """Whether a body could not be unpacked because it is plain markup."""
    return bool(found.problem) and not found.body and body.lstrip().startswith(b"<")


def split_encodings(values: Sequence[str]) -> list[str]:
    """Return the encodings in Content-Encoding headers, in lower case and the order applied.

    >>> split_encodings(["gzip, identity", "BR"])
    ['gzip', 'br']
    """
    words = (word.strip().lower() for value in values for word in value.split(","))
    return [word for word in words if word not in ("", "identity", "none")]


def _collect(pieces: Iterator[bytes], encoding: str, limit: int) -> Unpacked:
    """Join pieces until they end, fail or exceed the limit."""
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


def _gzip_pieces(body: bytes, max_members: int) -> Iterator[bytes]:
    """Yield the content of gzip's members; bytes after the last member are padding."""
    if not body.startswith(GZIP_MAGIC):
        raise zlib.error("no gzip header")

    end = 0

    for _ in range(max_members):
        end = yield from _zlib_pieces(body, end, zlib.MAX_WBITS | 16)
        if not body.startswith(GZIP_MAGIC, end):
            return

    raise TooManyMembers(f"compressed in more than {max_members:,} members")


def _deflate_pieces(body: bytes, _: int) -> Iterator[bytes]:
    """Yield the content of deflate data; some servers send it without zlib's header."""
    # RFC 1950
    has_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
    yield from _zlib_pieces(body, 0, zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)


def _zlib_pieces(body: bytes, begin: int, wbits: int) -> Generator[bytes, None, int]:
    """Yield the content of the stream that begins at an offset, and return the offset of its end.

    Raises:
        EOFError: it ends early.
    """
    stream = zlib.decompressobj(wbits)

    for start in range(begin, len(body), READ_BYTES):
        chunk = rest = body[start : start + READ_BYTES]

        while rest:
            yield stream.decompress(rest, PIECE_BYTES)
            rest = stream.unconsumed_tail

        if stream.eof:
            return start + len(chunk) - len(stream.unused_data)

    yield stream.flush()
    if not stream.eof:
        raise EOFError

    return len(body)


def _brotli_pieces(body: bytes, _: int) -> Iterator[bytes]:
    """Yield the content of brotli data.

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

    # Everything was read, but not everything was returned
    while piece := stream.process(b"", output_buffer_limit=PIECE_BYTES):
        yield piece

    if not stream.is_finished():
        raise EOFError


def _zstd_pieces(body: bytes, max_members: int) -> Iterator[bytes]:
    """Yield the content of zstd's frames."""
    decompressor = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
    end = 0

    for _ in range(max_members):
        end = yield from _frame_pieces(body, end, decompressor)
        if end == len(body):
            return

    raise TooManyMembers(f"compressed in more than {max_members:,} members")


def _frame_pieces(
    body: bytes, begin: int, decompressor: zstandard.ZstdDecompressor
) -> Generator[bytes, None, int]:
    """Yield the content of the frame that begins at an offset, and return the offset of its end.

    Raises:
        EOFError: it ends early.
    """
    frame = decompressor.decompressobj()

    for start in range(begin, len(body), ZSTD_READ_BYTES):
        chunk = body[start : start + ZSTD_READ_BYTES]
        yield frame.decompress(chunk)

        if frame.eof:
            return start + len(chunk) - len(frame.unused_data)

    raise EOFError


DECODERS: dict[str, Callable[[bytes, int], Iterator[bytes]]] = {
    "gzip": _gzip_pieces,
    "x-gzip": _gzip_pieces,
    "deflate": _deflate_pieces,
    "br": _brotli_pieces,
    "zstd": _zstd_pieces,
}
