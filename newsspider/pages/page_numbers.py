"""Page numbers in addresses: what of an address says which page of an article or a list it is."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsspider.urls import normalise_url

MAX_PARTS = 60  # numbers beyond it are years, days and issues
PAGE_PARAMETERS = frozenset("page p pg paged pagina pagenum pageno page_no page_num seite part currentpage".split())

_WORDS = "page|seite|pagina|página|strona|sivu|side|sida|part|teil|partie|parte|oldal|sayfa|halaman|trang|pg|p"
_NUMBER, _REST = r"(?P<number>\d{1,2})", r"(?P<rest>(?:\.\w{3,5})?)/?$"
# What of a path is a page number, and whether it surely is one: a bare number may be part of a name, too.
_NUMBERED = (
    (re.compile(rf"^(?P<base>.+?)/(?:{_WORDS})[/_-]?{_NUMBER}{_REST}", re.IGNORECASE), True),
    (re.compile(rf"^(?P<base>.*[^/])[-_,.](?:{_WORDS})[-_]?{_NUMBER}{_REST}", re.IGNORECASE), True),
    (re.compile(rf"^(?P<base>.+?)/{_NUMBER}{_REST}"), False),
    (re.compile(rf"^(?P<base>.*[^/])[-_,]{_NUMBER}{_REST}"), False),
)
_INDEX = re.compile(r"/(?:index|default)\.\w{3,5}$|/$")


class PagedAddress(NamedTuple):
    """An address without its page number, the number, and whether it surely is one."""

    base: str
    number: int
    sure: bool


def paged_addresses(url: str) -> Iterator[PagedAddress]:
    """Yield each way to read an address as that of a part; as it is, it is that of the first.

    >>> [(form.base, form.number) for form in paged_addresses("https://herald.example/ferry/2/")]
    [('herald.example/ferry/2', 1), ('herald.example/ferry', 2)]
    """
    parts = urlsplit(normalise_url(url))
    host, path = parts.netloc.removeprefix("www."), parts.path
    query = parse_qsl(parts.query, keep_blank_values=True)
    rest = urlencode([pair for pair in query if pair[0].lower() not in PAGE_PARAMETERS])
    yield PagedAddress(_base(host, path, parts.query), 1, True)
    for name, value in query:
        if name.lower() in PAGE_PARAMETERS and value.isdecimal() and 0 < int(value) <= MAX_PARTS and path != "/":
            yield PagedAddress(_base(host, path, rest), int(value), True)
    for pattern, sure in _NUMBERED:
        if (found := pattern.match(path)) and 0 < int(found["number"]) <= MAX_PARTS:
            yield PagedAddress(_base(host, found["base"] + found["rest"], parts.query), int(found["number"]), sure)
            if found["rest"]:
                yield PagedAddress(_base(host, found["base"], parts.query), int(found["number"]), sure)


def _base(host: str, path: str, query: str) -> str:
    """Return the form of an address without its number in which two parts are alike."""
    bare = _INDEX.sub("", path)
    return f"{host}{bare}?{query}" if query else f"{host}{bare}"


def renumbered(numbers: Mapping[int, str], number: int) -> str | None:
    """Return the address of a part made from another's, where that has its number in it."""
    for other, url in sorted(numbers.items()):
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if other > 1 and any(name.lower() in PAGE_PARAMETERS and value == str(other) for name, value in query):
            pairs = [(name, str(number) if name.lower() in PAGE_PARAMETERS else value) for name, value in query]
            return urlunsplit(parts._replace(query=urlencode(pairs)))
        for pattern, _ in _NUMBERED:
            if other > 1 and (found := pattern.match(parts.path)) and int(found["number"]) == other:
                start, end = found.span("number")
                return urlunsplit(parts._replace(path=parts.path[:start] + str(number) + parts.path[end:]))
    return None
