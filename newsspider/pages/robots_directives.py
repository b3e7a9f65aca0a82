"""The requests of a page to robots, such as noindex, in its headers and robots meta elements."""

import re
from collections.abc import Iterable, Iterator

OURS = frozenset({"robots", "newsspider"})  # the names we answer to
_OUR_NAMES = tuple(name.encode() for name in sorted(OURS))
HEAD_BYTES = 64 * 1024  # searched for meta elements; the heads of all gold pages are shorter
MEANS = {"none": ("noindex", "nofollow")}
_ATTRIBUTE = re.compile(
    rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_FOR_ONE = re.compile(r"\s*([\w-]+)\s*:(.*)", re.DOTALL)
_WITH_VALUE = frozenset(
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)


def read_directives(tags: Iterable[str], body: bytes) -> frozenset[str]:
    """Return the directives that hold for us, in lower case.

    Args:
        tags: the values of the X-Robots-Tag headers; one may be for a single robot.
        body: the page, decompressed; only its first HEAD_BYTES are read.

    >>> robots = b'<meta name="robots" content="none">'
    >>> sorted(read_directives(["googlebot: noindex", "noarchive"], robots))
    ['noarchive', 'nofollow', 'noindex']
    """
    found: set[str] = set()
    for value in (*filter(None, map(_for_us, tags)), *_iter_meta(body[:HEAD_BYTES])):
        for word in _words(value):
            found.update(MEANS.get(word, (word,)))
    return frozenset(found)


def _for_us(tag: str) -> str | None:
    """Return the directives in a header's value, None if they are for another robot."""
    addressed = _FOR_ONE.fullmatch(tag)
    if not addressed or addressed[1].lower() in _WITH_VALUE:
        return tag
    return addressed[2] if addressed[1].lower() in OURS else None


def _iter_meta(head: bytes) -> Iterator[str]:
    """Yield the contents of the robots meta elements that are for us."""
    for element in _meta_elements(head):
        attributes = _attributes(element)
        if attributes.get(b"name", "").strip().lower() in OURS:
            yield attributes.get(b"content", "")


def _attributes(element: bytes) -> dict[bytes, str]:
    """Return an element's `name` and `content`, whichever quotes they have."""
    found: dict[bytes, str] = {}
    for name, *values in _ATTRIBUTE.findall(element):
        found[name.lower()] = b"".join(values).decode("latin-1")
    return found


def _meta_elements(head: bytes) -> Iterator[bytes]:
    """Yield the meta elements that have one of our names somewhere; most pages have one or none.

    It takes linear time even if many of them begin and do not end.
    """
    lower, end = head.lower(), 0
    while (begin := lower.find(b"<meta", end)) >= 0 and (end := lower.find(b">", begin)) >= 0:
        element = lower[begin:end]
        if element[5:6].isspace() and any(map(element.__contains__, _OUR_NAMES)):
            yield head[begin : end + 1]


def _words(value: str) -> Iterator[str]:
    """Yield the directives of a comma-separated list."""
    words = (word.strip().lower() for word in value.split(","))
    return filter(None, words)
