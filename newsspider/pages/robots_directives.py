"""What a page asks of robots about itself: noindex, noarchive; in its headers and its robots meta elements."""

import re
from collections.abc import Iterable, Iterator

OURS = frozenset({"robots", "newsspider"})  # the names we answer to
HEAD_BYTES = 64 * 1024  # where meta elements stand; the heads of gold pages end before
MEANS = {"none": ("noindex", "nofollow")}
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FOR_ONE = re.compile(r"\s*([\w-]+)\s*:(.*)", re.DOTALL)
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def read_directives(tags: Iterable[str], body: bytes) -> frozenset[str]:
    """Return the directives that hold for us, in lower case.

    Args:
        tags: the values of the X-Robots-Tag headers; one may be for a single robot.
        body: the page, decompressed; only its beginning is looked at.

    >>> sorted(read_directives(["googlebot: noindex", "noarchive"], b'<meta name="robots" content="none">'))
    ['noarchive', 'nofollow', 'noindex']
    """
    found = (
        word for value in (*filter(None, map(_ours, tags)), *_iter_meta(body[:HEAD_BYTES])) for word in _words(value)
    )
    return frozenset(meant for word in found for meant in MEANS.get(word, (word,)))


def _ours(tag: str) -> str | None:
    """Return what a header's value says to us, None where it is another robot's."""
    addressed = _FOR_ONE.fullmatch(tag)
    if not addressed or addressed[1].lower() in _WITH_VALUE:
        return tag
    return addressed[2] if addressed[1].lower() in OURS else None


def _iter_meta(head: bytes) -> Iterator[str]:
    """Yield what the robots meta elements say to us."""
    for element in _meta_elements(head):
        attributes = {
            match[0].lower(): (match[1] or match[2] or match[3]).decode("latin-1")
            for match in _ATTRIBUTE.findall(element)
        }
        if attributes.get(b"name", "").strip().lower() in OURS:
            yield attributes.get(b"content", "")


def _meta_elements(head: bytes) -> Iterator[bytes]:
    """Yield meta elements; each byte is looked at once, however many begin and do not end."""
    lower, end = head.lower(), 0
    while (begin := lower.find(b"<meta", end)) >= 0 and (end := lower.find(b">", begin)) >= 0:
        if lower[begin + 5 : begin + 6].isspace():
            yield head[begin : end + 1]


def _words(value: str) -> Iterator[str]:
    """Yield the directives of a list."""
    return (word.strip().lower() for word in value.split(",") if word.strip())
