"""Requests and answers between the browser and its caller; nothing here needs a browser."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """The page as it was fetched: headers by their names in lower case, the body unpacked."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    user_agent: str


@dataclass(frozen=True)
class Asked:
    """A request of the browser; `kind` is its own word for the use of the answer."""

    kind: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """An answer: headers by their names in lower case, the body unpacked."""

    status: int
    headers: dict[str, str]
    body: bytes


Fetch = Callable[[Asked], Awaitable[Answer]]  # may raise any error: the page then goes on without the answer


@dataclass(frozen=True)
class Rendered:
    """A document after its scripts have run.

    Attributes:
        html: None where it is larger than the limit.
        led_to: another page of the site, to which the page's script went on.
        settled: whether it had come to rest.
    """

    html: str | None
    led_to: str | None
    settled: bool


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a page may take and how large it may become.

    Attributes:
        wait: seconds for it to settle; then it is taken as it is.
        deadline: seconds for all of it; a page that takes longer is failed.
        max_bytes: of the rendered page.
    """

    wait: float
    deadline: float
    max_bytes: int
