"""HTTP's content encodings, undone with a limit."""

from newsspider.inputs.page_bytes import MAX_PAGE_BYTES, too_large
from newsspider.pages.unpacking import (
    TooManyMembers,
    Unpacked,
    UnpackedTooLarge,
    split_encodings,
    unpack,
)


def decode_content(body: bytes, encoding: str | None) -> Unpacked:
    """Return a body as the page's bytes, and the reason if some are missing.

    Raises:
        ValueError: there are more than MAX_PAGE_BYTES, or decompressing them costs too much.
    """
    try:
        return unpack(body, split_encodings([encoding or ""]), MAX_PAGE_BYTES)
    except UnpackedTooLarge:
        raise ValueError(too_large()) from None
    except TooManyMembers as error:
        raise ValueError(str(error)) from None
