"""Find the article's genre: opinion, analysis, interview …; only if the page states it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.declared.metadata import Found, Metadata, as_list, as_text, types_of
from newsspider.extraction.fields.genre_words import GENRE_OF_LABEL, GENRE_OF_TYPE
from newsspider.extraction.fields.opening import Opening
from newsspider.text import squash

MAX_LABEL_CHARS = 40
LINES_ABOVE = 3  # the headline, among which its label is
OPENING_CHARS = 300  # of the body, that may have a wire line
GENRE_METAS = (
    "genre",
    "article:genre",
    "content-type",
    "contenttype",
    "article:content_type",
    "dc.type",
    "articletype",
)
_PRESS_WIRE = re.compile(
    r"/?\b(?:PRNewswire|PR Newswire|BUSINESS WIRE|Business Wire|GLOBE NEWSWIRE|GlobeNewswire|"
    r"ACCESS Newswire|ACCESSWIRE|EQS-News|EQS Newswire|CNW|Newsfile Corp|PRWeb|PR TIMES)\b/?|"
    r"\((?:ots|news aktuell|OTS)\)"
)
# "BERLIN (dpa) –": the dateline of an agency's report.
_DATELINE = re.compile(
    r"[^\n.!?(]{0,80}\((?:AP|AFP|Reuters|REUTERS|dpa|DPA|APA|PTI|ANI|Xinhua|EFE|ANSA|TASS|Kyodo|"
    r"AAP|UPI|PA|CP|The Canadian Press|SDA|sda|KNA|epd|SID|sid|Yonhap|Bernama|AGI|Lusa|Belga|NTB|"
    r"TT|STT|Ritzau|PAP|CTK|ČTK|MTI)(?:/[A-Za-z]{2,12})?\)\s*[-–—:]"
)
_PREFIX = re.compile(r"([^:|–—\n]{2,40}?)\s*[:|–—]\s")


def find_genre(
    metadata: Metadata,
    opening: Opening,
    title: Found | None,
    section: Found | None,
    kept: Sequence[Block],
) -> Found | None:
    """Return the genre: of JSON-LD, metas, the headline's label, the section, the wire line."""
    return (
        _from_types(metadata)
        or _from_labels(map(as_text, as_list(metadata.article.get("genre"))), "json-ld")
        or _from_labels(_labels_in_meta(metadata), "meta")
        or _above_headline(opening)
        or _before_headline(title)
        or _from_section(section)
        or _from_wire(" ".join(block.text for block in kept[:2]))
    )


def _labels_in_meta(metadata: Metadata) -> Iterator[str]:
    for name in GENRE_METAS:
        yield from metadata.meta.get(name, ())


def _from_types(metadata: Metadata) -> Found | None:
    """Return the genre that the article's own node is of.

    A checked claim beside it makes it a fact check.
    """
    if "ClaimReview" in metadata.by_type:
        return Found("fact_check", "json-ld")

    genres = filter(None, map(GENRE_OF_TYPE.get, sorted(types_of(metadata.article))))
    return next((Found(genre, "json-ld") for genre in genres), None)


def _from_labels(labels: Iterable[str | None], provenance: str) -> Found | None:
    genres = map(genre_of, filter(None, labels))
    if genre := next(filter(None, genres), None):
        return Found(genre, provenance)

    return None


def genre_of(label: str) -> str | None:
    """Return the genre that a label names; None for none.

    >>> genre_of("Gastkommentar"), genre_of("OPINION |"), genre_of("Sport")
    ('opinion', 'opinion', None)
    """
    bare = squash(label[:MAX_LABEL_CHARS]).strip(" :|–—-•·*#[]()").casefold()
    return GENRE_OF_LABEL.get(bare)


def _above_headline(opening: Opening) -> Found | None:
    """Return the genre that a line above the headline names."""
    start = max(0, opening.headline - LINES_ABOVE)
    above = opening.page.blocks[start : max(0, opening.headline)]
    labels = (block.text for block in reversed(above) if _is_label(block))
    return _from_labels(labels, "markup")


def _is_label(block: Block) -> bool:
    return len(block.text) <= MAX_LABEL_CHARS and not block.hidden


def _before_headline(title: Found | None) -> Found | None:
    """Return the genre that the headline's first words name."""
    prefix = _PREFIX.match(title.value) if title else None
    return _from_labels(prefix.groups(), "markup") if prefix else None


def _from_section(section: Found | None) -> Found | None:
    """Return the genre that the section's name is."""
    return _from_labels((section.value,), section.provenance) if section else None


def _from_wire(body: str) -> Found | None:
    """Return the genre that the wire line at the body's beginning says."""
    start = body[:OPENING_CHARS]
    if _PRESS_WIRE.search(start):
        return Found("press_release", "text")

    if _DATELINE.match(start):
        return Found("news", "text")

    return None
