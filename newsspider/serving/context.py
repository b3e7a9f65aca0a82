"""The parts of a running server, which its answers share."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from newsspider.serving.corrections import Corrections
from newsspider.serving.extraction_queue import ExtractionQueue
from newsspider.serving.kept_pages import Archive
from newsspider.serving.security import Access
from newsspider.store.store import Store


@dataclass(frozen=True)
class Context:
    """The parts of a running server.

    Attributes:
        store: that is shown; the server only reads it.
        queue: extracts pages, a few at a time.
        archive: pages that crawls have kept.
        corrections: that people have saved.
        access: who may ask.
    """

    store: Store
    queue: ExtractionQueue
    archive: Archive
    corrections: Corrections
    access: Access


def context_of(request: Request) -> Context:
    """Return the parts of the server that answers a request."""
    return cast(Context, request.app.state.context)
