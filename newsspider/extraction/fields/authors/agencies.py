"""The wire services of a text: in authors, publishers, datelines and the initials at its end."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsspider.extraction.declared.metadata import Found, Metadata, as_text
from newsspider.extraction.fields.authors.agency_names import AMBIGUOUS, agency_named, is_own_site
from newsspider.extraction.fields.authors.declared_authors import Authors
from newsspider.extraction.verdicts import Verdict
from newsspider.urls import site_of

MAX_DATELINE_CHARS = 140  # of a paragraph's start, with the dateline
MAX_INITIALS_CHARS = 80  # of a paragraph's end, with the initials
OPENING_BLOCKS, CLOSING_BLOCKS = 3, 2  # of the text, in which datelines and initials are looked for
LINES_BELOW = 2  # the text: initials in a line of their own may be dropped
# "LONDON, March 3 (Reuters) - …", "(ANSA) - ROMA, 3 MAR - …", "МОСКВА, 3 марта. /ТАСС/. …",
# "(서울=연합뉴스) …"
_DATELINE = re.compile(
    r"^(?P<place>[^()/]{0,60})(?:\((?P<in>[^()]{2,40})\)|"
    r"/(?P<strokes>[^/]{2,30})/)\s*(?P<dash>[-–—:.]?)"
)
_CHINESE = re.compile(r"^[（(]?(新华社|新華社|中新社|共同社)")
_INITIALS = re.compile(r"(?:\(([^()]{2,40})\)|/([^/()]{2,30})/|[—–-]\s*([^—–()-]{2,30}))\.?$")
_SOURCE_LINE = re.compile(
    r"^(?:(?:source|quelle|quellen|fuente|fonte|bron|kilde|källa|kaynak|źródło|источник|sursa|来源|"
    r"來源)\s*[:：]|[©(]c?\)?(?:\s*\d{4})?\s|(?:mit material|with (?:files|reporting|material|"
    r"additional reporting)|avec|con información|includes reporting) (?:von|der|des|from|by|"
    r"de)\s)\s*(.{2,40})$",
    re.I,
)
_LABEL = re.compile(r"^[^\W\d_]{2,12}\s*[:：]\s*")  # "(Quelle: APA/dpa)"
_PARTS = re.compile(r"\s*(?:[/=,·|+&;]|\s(?:und|and|et|y|e|og|och)\s)\s*")
_PUBLISHERS = ("publisher", "provider", "sourceOrganization", "copyrightHolder")
_PUBLISHER_META = (
    "og:site_name",
    "dc.publisher",
    "publisher",
    "dc.source",
    "syndication-source",
    "article:provider",
)


def find_agencies(
    metadata: Metadata, authors: Authors, verdicts: Sequence[Verdict], url: str | None
) -> Found | None:
    """Return the wire services that the page names as its source, by their usual names, each once.

    Args:
        metadata: the page's own metadata.
        authors: the names in its byline.
        verdicts: on the page's blocks, in order.
        url: the page's address; on a wire service's own site, its name as publisher says nothing.
    """
    found: dict[str, str] = {}
    if authors.names:
        for agency in filter(None, map(agency_named, authors.printed)):
            found.setdefault(agency, authors.names.provenance)

    for agency in filter(None, map(agency_named, authors.beside)):
        found.setdefault(agency, "text")

    for agency, provenance in _iter_publishing(metadata):
        if not is_own_site(agency, site_of(url)):
            found.setdefault(agency, provenance)

    for agency in _iter_written(verdicts):
        found.setdefault(agency, "text")

    if found:
        return Found(tuple(found), next(iter(found.values())))

    return None


def _iter_publishing(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """Yield wire services that are declared as publishers or sources, with the provenance."""
    in_jsonld = (as_text(metadata.article.get(name)) for name in _PUBLISHERS)
    yield from ((agency, "json-ld") for agency in _agencies_named(in_jsonld))

    in_meta = map(metadata.first_meta, _PUBLISHER_META)
    yield from ((agency, "meta") for agency in _agencies_named(in_meta))


def _agencies_named(texts: Iterable[str | None]) -> Iterator[str]:
    return filter(None, map(agency_named, filter(None, texts)))


def _iter_written(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield wire services in datelines, then in the initials at the end or below it."""
    kept = [place for place, verdict in enumerate(verdicts) if verdict.kept]
    for place in kept[:OPENING_BLOCKS]:
        text = verdicts[place].block.text[:MAX_DATELINE_CHARS]
        yield from _in_dateline(text)
        if stated := _SOURCE_LINE.match(text):
            yield from _agencies_in(stated[1])

    below = range(0)
    if kept:
        below = range(kept[-1] + 1, min(kept[-1] + 1 + LINES_BELOW, len(verdicts)))

    for place in (*kept[-CLOSING_BLOCKS:], *below):
        text = verdicts[place].block.text
        yield from _in_initials(
            text[-MAX_INITIALS_CHARS:].strip(), whole=len(text) <= MAX_INITIALS_CHARS
        )


def _in_dateline(text: str) -> Iterator[str]:
    """Yield the wire services in a dateline: in brackets before a dash, or at its start."""
    if chinese := _CHINESE.match(text):
        yield from _agencies_in(chinese[1])

    found = _DATELINE.match(text)
    if found and (found["dash"] or found["strokes"] or not found["place"].strip()):
        yield from _agencies_in(found["in"] or found["strokes"])


def _in_initials(text: str, *, whole: bool) -> Iterator[str]:
    """Yield the wire services that sign a paragraph, or that a line names as the source."""
    if whole and (stated := _SOURCE_LINE.match(text)):
        yield from _agencies_in(stated[1])
    elif whole and (alone := list(_agencies_in(text))):
        for agency in alone:
            if agency not in AMBIGUOUS:
                yield agency
    elif signed := _INITIALS.search(text):
        yield from _agencies_in(next(filter(None, signed.groups())))


def _agencies_in(text: str) -> Iterator[str]:
    """Yield the wire services among names that strokes, commas or "and" join."""
    for part in _PARTS.split(_LABEL.sub("", text.strip(" ."))):
        if agency := agency_named(part):
            yield agency
