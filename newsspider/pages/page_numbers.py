"""Page numbers in addresses, by which the pages of an article or a list differ."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsspider.urls import normalise_url

MAX_PARTS = 60  # numbers beyond it are years, days and issues
PAGE_PARAMETERS = frozenset(
    "page p pg paged pagina pagenum pageno page_no page_num seite part currentpage".split()
)

_WORDS = "|".join(
    """page seite pagina página strona sivu side sida part teil partie parte oldal sayfa halaman
    trang pg p""".split()
)
_NUMBER, _REST = r"(?P<number>\d{1,2})", r"(?P<rest>(?:\.\w{3,5})?)/?$"
# A page number in a path, and whether it surely is one: a bare number may be a part of a name.
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
    """Yield each way to read an address as the address of a part.

    The first way takes it as it is: as the address of the first part.

    >>> [(form.base, form.number) for form in paged_addresses("https://herald.example/ferry/2/")]
    [('herald.example/ferry/2', 1), ('herald.example/ferry', 2)]
    """
    parts = urlsplit(normalise_url(url))
    host = parts.netloc.removeprefix("www.")
    yield PagedAddress(_base(host, parts.path, parts.query), 1, True)
    if parts.path != "/":
        yield from _numbered_in_query(host, parts.path, parts.query)
    yield from _numbered_in_path(host, parts.path, parts.query)


def _numbered_in_query(host: str, path: str, query: str) -> Iterator[PagedAddress]:
    """Yield the readings of a query with a page number as a parameter."""
    pairs = parse_qsl(query, keep_blank_values=True)
    rest = urlencode([pair for pair in pairs if pair[0].lower() not in PAGE_PARAMETERS])
    for name, value in pairs:
        if _is_page_parameter(name) and value.isdecimal() and _is_page_number(value):
            yield PagedAddress(_base(host, path, rest), int(value), True)


def _numbered_in_path(host: str, path: str, query: str) -> Iterator[PagedAddress]:
    """Yield the readings of a path that ends in a page number, with and without its suffix."""
    for pattern, sure in _NUMBERED:
        found = pattern.match(path)
        if found and _is_page_number(found["number"]):
            number, (base, rest) = int(found["number"]), found.group("base", "rest")
            for name in dict.fromkeys((base + rest, base)):
                yield PagedAddress(_base(host, name, query), number, sure)


def _is_page_number(digits: str) -> bool:
    return 0 < int(digits) <= MAX_PARTS


def _base(host: str, path: str, query: str) -> str:
    """Return an address without its page number, in a form that is equal for two parts."""
    bare = _INDEX.sub("", path)
    return f"{host}{bare}?{query}" if query else f"{host}{bare}"


def renumbered(numbers: Mapping[int, str], number: int) -> str | None:
    """Return the address of a part, made from the address of another part that has a number."""
    for other, url in sorted(numbers.items()):
        if other > 1 and (found := _with_number(url, other, number)):
            return found
    return None


def _with_number(url: str, old: int, new: int) -> str | None:
    """Return an address with another page number; None if it does not contain the old one."""
    parts = urlsplit(url)
    query = _with_number_in_query(parts.query, old, new)
    if query is not None:
        return urlunsplit(parts._replace(query=query))

    path = _with_number_in_path(parts.path, old, new)
    if path is not None:
        return urlunsplit(parts._replace(path=path))

    return None


def _with_number_in_query(query: str, old: int, new: int) -> str | None:
    """Return a query with another page number; None if no page parameter has the old one."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if str(old) not in (value for name, value in pairs if _is_page_parameter(name)):
        return None

    numbered = dict.fromkeys(filter(_is_page_parameter, dict(pairs)), str(new))
    return urlencode([(name, numbered.get(name, value)) for name, value in pairs])


def _with_number_in_path(path: str, old: int, new: int) -> str | None:
    """Return a path with another page number; None if it does not contain the old one."""
    for found in filter(None, (pattern.match(path) for pattern, _ in _NUMBERED)):
        start, end = found.span("number")
        if int(found["number"]) == old:
            return f"{path[:start]}{new}{path[end:]}"

    return None


def _is_page_parameter(name: str) -> bool:
    return name.lower() in PAGE_PARAMETERS
