"""What the grammar makes of bytes: a page, a list, a robots.txt, a WARC file, a line of text."""

from tests.fuzz.grammar import archives, lists, pages, wording
from tests.fuzz.grammar.choices import Choices


def page(data: bytes) -> bytes:
    return pages.page(Choices(data))


def listing(data: bytes) -> bytes:
    return lists.listing(Choices(data))


def robots(data: bytes) -> bytes:
    return lists.robots(Choices(data))


def warc(data: bytes) -> bytes:
    return archives.warc(Choices(data))


def line(data: bytes) -> str:
    return wording.byline(Choices(data))
