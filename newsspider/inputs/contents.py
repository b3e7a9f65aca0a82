"""HTTP's content encodings, undone with a limit."""

import io
import zlib
from collections.abc import Callable

import brotli
import zstandard

from newsspider.inputs.saved import MAX_PAGE_BYTES

Decode = Callable[[bytes], bytes]

DECODED_BYTES = 512  # at a time: the smallest bomb makes 16 MiB of them


def _gzip() -> Decode:
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress


def _zstd() -> Decode:
    return zstandard.ZstdDecompressor().decompressobj().decompress


def _brotli() -> Decode:
    decode: Decode = brotli.Decompressor().process
    return decode


_DECODERS: dict[str, tuple[Callable[[], Decode], ...]] = {
    "gzip": (_gzip,),
    "x-gzip": (_gzip,),
    # Its standard says zlib, old servers send it bare.
    "deflate": (lambda: zlib.decompressobj().decompress, lambda: zlib.decompressobj(-zlib.MAX_WBITS).decompress),
    "br": (_brotli,),
    "zstd": (_zstd,),
}
_ERRORS = (zlib.error, brotli.error, zstandard.ZstdError)


def decode_content(body: bytes, encoding: str | None) -> bytes:
    """Return a body as the page's bytes; where there are more than MAX_PAGE_BYTES, enough to see that.

    What is not encoded as its header says stays as it is; of what breaks off, the part before remains.

    >>> decode_content(zlib.compress(b"<p>Ferry"), "deflate"), decode_content(b"<p>Ferry", "gzip")
    (b'<p>Ferry', b'<p>Ferry')
    """
    decoders = _DECODERS.get((encoding or "").strip().lower(), ())
    return next(filter(None, (_decode(body, make()) for make in decoders)), body)


def _decode(body: bytes, decode: Decode) -> bytes:
    """Return what a decoder makes of a body, nothing where it is encoded otherwise."""
    stream, decoded = io.BytesIO(body), bytearray()
    while len(decoded) <= MAX_PAGE_BYTES and (chunk := stream.read(DECODED_BYTES)):
        try:
            decoded += decode(chunk)
        except _ERRORS:
            break
    return bytes(decoded)
