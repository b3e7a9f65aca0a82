"""The data exchanged between the browser and the crawl that fetches for it.

No browser is needed here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A page as fetched, with header names in lower case and an unpacked body."""

    url: str
    headers: Mapping[str, str]
    body: bytes
    user_agent: str


@dataclass(frozen=True)
class Asked:
    """A request of the browser. `kind` is its word for the purpose, such as script or xhr."""

    kind: str
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to a request, with header names in lower case and an unpacked body."""

    status: int
    headers: dict[str, str]
    body: bytes


Fetch = Callable[[Asked], Awaitable[Answer]]  # if it raises, the page gets no answer


@dataclass(frozen=True)
class Rendered:
    """A rendered document.

    Attributes:
        html: the rendered page; None if it is over the size limit.
        led_to: the URL of another page of the site, if a script navigated there.
        settled: whether the page had settled.
    """

    html: str | None
    led_to: str | None
    settled: bool


@dataclass(frozen=True, kw_only=True)
class PageLimits:
    """The limits of rendering one page.

    Attributes:
        wait: seconds until the page settles; then it is captured as it is.
        deadline: seconds in total; a page that takes longer fails.
        max_bytes: the size of the rendered page.
    """

    wait: float
    deadline: float
    max_bytes: int
