"""The bodies of requests, read with a limit of size and time."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

READ_SECONDS = 30.0  # for a client to send its page, once there is a place for it


def _declared_bytes(request: Request) -> int:
    """Return the size that a request declares, 0 without one."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit():
        return int(declared[:18])
    return 0


async def read_body(request: Request, most: int) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: it is larger than so many bytes (413), comes too slowly (408) or breaks off (400).
    """
    too_large = HTTPException(413, f"larger than {most >> 20} MiB", {"Connection": "close"})
    if _declared_bytes(request) > most:
        raise too_large
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.stream():
                size += len(chunk)
                if size > most:
                    raise too_large
                chunks.append(chunk)
    except TimeoutError as error:
        raise HTTPException(408, f"the body did not come within {READ_SECONDS:g} s") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "the client went away") from error
    return b"".join(chunks)
