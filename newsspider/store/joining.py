"""Join an article's parts: which records belong together, in which order, and the one record they make."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from newsspider.record import ArticleRecord, Picture
from newsspider.text import body_hash, split_words, squash
from newsspider.urls import normalise_url

BLANK_LINE = "\n\n"


def is_part(record: ArticleRecord) -> bool:
    """Whether the record is one of several pages of an article, to be joined with the others."""
    return record.is_article and bool(record.url) and len(record.pages) > 1


def address_of(record: ArticleRecord) -> str:
    """Return the normalised address of a part, by which the others name it."""
    return normalise_url(record.url or "")


def order_parts(lists: Iterable[Sequence[str]]) -> list[str]:
    """Return the addresses of all lists in an order that each of them agrees with, as given where they contradict.

    >>> order_parts([["/a/2", "/a/3"], ["/a", "/a/2"]])
    ['/a', '/a/2', '/a/3']
    """
    graph: TopologicalSorter[str] = TopologicalSorter()
    seen: dict[str, None] = {}
    for addresses in lists:
        seen |= dict.fromkeys(addresses)
        for number, address in enumerate(addresses):
            graph.add(address, *addresses[max(number - 1, 0) : number])
    try:
        return list(graph.static_order())
    except CycleError:
        return list(seen)


def join_parts(parts: Mapping[str, ArticleRecord]) -> ArticleRecord:
    """Return the one record of parts by address: the first part's, with the text of all in order.

    A block that an earlier part has is left out: standfirsts stand on every page.
    """
    urls: dict[str, str] = {}
    for address in sorted(parts):
        for url in (parts[address].url or "", *parts[address].pages):
            urls.setdefault(normalise_url(url), url)
    order = order_parts([[normalise_url(url) for url in parts[address].pages] for address in sorted(parts)])
    present = [parts[address] for address in order if address in parts]
    first = present[0]
    missing = [urls[address] for address in order if address not in parts]
    body = _join_once(part.body for part in present)
    warnings = dict.fromkeys(warning for part in present for warning in part.warnings)
    return replace(
        first,
        kind=next((part.kind for part in present if part.kind != "article"), "article"),
        reason=next((part.reason for part in present if part.kind != "article"), None),
        warnings=(*warnings, *(f"a part of the article is missing: {url}" for url in missing)),
        body=body,
        body_markdown=_join_once(part.body_markdown for part in present),
        word_count=len(split_words(body)) if body else None,
        body_hash=body_hash(body) if body else None,
        is_free=False if any(part.is_free is False for part in present) else first.is_free,
        is_complete=_is_complete(present, missing),
        confidence=min((part.confidence for part in present if part.confidence is not None), default=None),
        images=_pictures_once(picture for part in present for picture in part.images),
        live_updates=tuple(update for part in present for update in part.live_updates),
        pages=tuple(urls[address] for address in order),
    )


def _is_complete(present: Sequence[ArticleRecord], missing: Sequence[str]) -> bool | None:
    """Return whether a joined article is whole: not if a part is missing or isn't whole, and if all parts are."""
    if missing or any(part.is_complete is False for part in present):
        return False
    return True if all(part.is_complete for part in present) else None


def _pictures_once(pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return the pictures without those at an address that an earlier one has."""
    found: dict[str, Picture] = {}
    for picture in pictures:
        found.setdefault(picture["url"], picture)
    return tuple(found.values())


def _join_once(texts: Iterable[str | None]) -> str | None:
    """Join texts of blocks, each block once; what one part repeats itself stays."""
    kept: list[str] = []
    before: set[str] = set()
    for text in texts:
        blocks = [block for block in (text or "").split(BLANK_LINE) if _comparable(block) not in before]
        kept += blocks
        before |= {_comparable(block) for block in blocks}
    return BLANK_LINE.join(kept).strip("\n") or None


def _comparable(block: str) -> str:
    return squash(unicodedata.normalize("NFKC", block))
