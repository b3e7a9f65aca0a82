"""Join the parts of an article over several pages to one record."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise
from typing import Any

from newsspider.record import ArticleRecord, LiveUpdate, Picture
from newsspider.text import measure_body, squash
from newsspider.urls import normalise_url

BLANK_LINE = "\n\n"


def is_part(record: ArticleRecord) -> bool:
    """Return whether the record is one of several pages of an article."""
    return record.is_article and bool(record.url) and len(record.pages) > 1


def address_of(record: ArticleRecord) -> str:
    """Return the normalised address of a part, as the other parts name it."""
    return normalise_url(record.url or "")


def order_parts(lists: Iterable[Sequence[str]]) -> list[str]:
    """Return the addresses of all lists in an order that agrees with each list.

    Where the lists contradict each other, the order is that of the lists.

    >>> order_parts([["/a/2", "/a/3"], ["/a", "/a/2"]])
    ['/a', '/a/2', '/a/3']
    """
    graph: TopologicalSorter[str] = TopologicalSorter()
    seen: dict[str, None] = {}
    for addresses in lists:
        seen |= dict.fromkeys(addresses)
        _add_in_order(graph, addresses)

    try:
        return list(graph.static_order())
    except CycleError:
        return list(seen)


def _add_in_order(graph: TopologicalSorter[str], addresses: Sequence[str]) -> None:
    for address in addresses:
        graph.add(address)
    for address, following in pairwise(addresses):
        graph.add(following, address)


def join_parts(parts: Mapping[str, ArticleRecord]) -> ArticleRecord:
    """Return one record for parts by address: the first part's, with the text of all in order.

    A block that an earlier part has is left out, since a standfirst is often on every page.
    """
    urls = _urls_of(parts)
    order = order_parts(_addresses_of(parts[address]) for address in sorted(parts))
    present = [parts[address] for address in order if address in parts]
    missing = [urls[address] for address in order if address not in parts]

    first = present[0]
    body = _join_once(part.body for part in present)
    return replace(
        first,
        **_kind_and_reason(present),
        warnings=_join_warnings(present, missing),
        body=body,
        body_markdown=_join_once(part.body_markdown for part in present),
        **measure_body(body),
        is_free=_is_free(present),
        is_complete=_is_complete(present, missing),
        confidence=_lowest_confidence(present),
        images=_pictures_once(present),
        live_updates=_live_updates(present),
        pages=tuple(urls[address] for address in order),
    )


def _kind_and_reason(present: Sequence[ArticleRecord]) -> dict[str, Any]:
    """Return the kind and reason of the first part of another kind than `article`, if there is one."""
    for part in present:
        if part.kind != "article":
            return {"kind": part.kind, "reason": part.reason}
    return {"kind": "article", "reason": None}


def _addresses_of(part: ArticleRecord) -> list[str]:
    """Return the addresses of all parts as one of them names them."""
    return [normalise_url(url) for url in part.pages]


def _urls_of(parts: Mapping[str, ArticleRecord]) -> dict[str, str]:
    """Return the address of each part as a page has it, by its normalised address."""
    urls: dict[str, str] = {}
    for _, part in sorted(parts.items()):
        for url in (part.url or "", *part.pages):
            urls.setdefault(normalise_url(url), url)
    return urls


def _join_warnings(present: Sequence[ArticleRecord], missing: Sequence[str]) -> tuple[str, ...]:
    """Return the warnings of all parts, each once, and one for each missing part."""
    warnings: dict[str, None] = {}
    for part in present:
        warnings |= dict.fromkeys(part.warnings)
    for url in missing:
        warnings[f"a part of the article is missing: {url}"] = None
    return tuple(warnings)


def _is_free(present: Sequence[ArticleRecord]) -> bool | None:
    """Return False if a part is paid for, else the first part's value."""
    if any(part.is_free is False for part in present):
        return False
    return present[0].is_free


def _is_complete(present: Sequence[ArticleRecord], missing: Sequence[str]) -> bool | None:
    """Return False if a part is missing or isn't complete, True if all are; None if it is unknown."""
    if missing or any(part.is_complete is False for part in present):
        return False
    if all(part.is_complete for part in present):
        return True
    return None


def _lowest_confidence(present: Sequence[ArticleRecord]) -> float | None:
    known = [part.confidence for part in present if part.confidence is not None]
    return min(known, default=None)


def _live_updates(present: Sequence[ArticleRecord]) -> tuple[LiveUpdate, ...]:
    return tuple(chain.from_iterable(part.live_updates for part in present))


def _pictures_once(present: Sequence[ArticleRecord]) -> tuple[Picture, ...]:
    """Return the pictures of all parts; of those with the same address the first one."""
    found: dict[str, Picture] = {}
    for part in present:
        for picture in part.images:
            found.setdefault(picture["url"], picture)
    return tuple(found.values())


def _join_once(texts: Iterable[str | None]) -> str | None:
    """Join the texts of parts without blocks that an earlier part has; a part may repeat its own."""
    kept: list[str] = []
    before: set[str] = set()
    for text in texts:
        blocks = (text or "").split(BLANK_LINE)
        new = [block for block in blocks if _comparable(block) not in before]
        kept += new
        before.update(map(_comparable, new))
    return BLANK_LINE.join(kept).strip("\n") or None


def _comparable(block: str) -> str:
    return squash(unicodedata.normalize("NFKC", block))
