"""Bodies unpacked in a worker: what a stranger compressed costs the worker's time and not its caller's."""

from dataclasses import dataclass

from newsspider.pages.unpacking import ExceedsLimit, Unpacked, unpack


@dataclass(frozen=True)
class Packed:
    """A body as it was sent.

    Attributes:
        encodings: as `unpack` takes them.
        limit: bytes that it may have when it is unpacked.
    """

    body: bytes
    encodings: tuple[str, ...]
    limit: int


def unpack_packed(packed: Packed) -> Unpacked | ExceedsLimit:
    """Return what a body unpacks to, or the limit that it exceeds: of errors a worker passes on the text only."""
    try:
        return unpack(packed.body, packed.encodings, packed.limit)
    except ExceedsLimit as error:
        return error
