"""The job of decompressing a body: the worker's time is at risk, and not its caller's."""

from dataclasses import dataclass

from newsspider.pages.unpacking import ExceedsLimit, Unpacked, unpack


@dataclass(frozen=True)
class Packed:
    """A body as it was sent.

    Attributes:
        body: its bytes.
        encodings: as `unpack` takes them.
        limit: the maximum number of decompressed bytes.
    """

    body: bytes
    encodings: tuple[str, ...]
    limit: int


def unpack_packed(packed: Packed) -> Unpacked | ExceedsLimit:
    """Return the decompressed body, or the limit that it exceeds as an error object."""
    try:
        return unpack(packed.body, packed.encodings, packed.limit)
    except ExceedsLimit as error:
        return error
