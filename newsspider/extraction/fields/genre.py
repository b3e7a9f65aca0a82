"""Find the article's genre: opinion, analysis, interview …; only if the page states it."""

import re
from collections.abc import Sequence

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
        or _from_labels(list(map(as_text, as_list(metadata.article.get("genre")))), "json-ld")
        or _from_labels(
            [text for name in GENRE_METAS for text in metadata.meta.get(name, ())], "meta"
        )
        or _above_headline(opening, title.value if title else None)
        or _from_labels([section.value if section else None], section.provenance if section else "")
        or _from_wire(" ".join(block.text for block in kept[:2]))
    )


def _from_types(metadata: Metadata) -> Found | None:
    """Return the genre that the article's own node is of.

    A checked claim beside it makes it a fact check.
    """
    if "ClaimReview" in metadata.by_type:
        return Found("fact_check", "json-ld")

    named = (GENRE_OF_TYPE.get(name) for name in sorted(types_of(metadata.article)))
    genre = next(filter(None, named), None)
    if genre:
        return Found(genre, "json-ld")

    return None


def _from_labels(labels: list[str | None], provenance: str) -> Found | None:
    genre = next(filter(None, (genre_of(label) for label in labels if label)), None)
    if genre:
        return Found(genre, provenance)

    return None


def genre_of(label: str) -> str | None:
    """Return the genre that a label names; None for none.

    >>> genre_of("Gastkommentar"), genre_of("OPINION |"), genre_of("Sport")
    ('opinion', 'opinion', None)
    """
    bare = squash(label[:MAX_LABEL_CHARS]).strip(" :|–—-•·*#[]()").casefold()
    return GENRE_OF_LABEL.get(bare)


def _above_headline(opening: Opening, title: str | None) -> Found | None:
    """Return the genre that a line above the headline, or the headline's first words, name."""
    number = opening.headline
    if number >= 0:
        for block in reversed(opening.page.blocks[max(0, number - LINES_ABOVE) : number]):
            if (
                len(block.text) <= MAX_LABEL_CHARS
                and not block.hidden
                and (genre := genre_of(block.text))
            ):
                return Found(genre, "markup")

    prefix = _PREFIX.match(title or "")
    genre = None
    if prefix:
        genre = genre_of(prefix[1])

    if genre:
        return Found(genre, "markup")

    return None


def _from_wire(body: str) -> Found | None:
    """Return the genre that the wire line at the body's beginning says."""
    start = body[:OPENING_CHARS]
    if _PRESS_WIRE.search(start):
        return Found("press_release", "text")

    if _DATELINE.match(start):
        return Found("news", "text")

    return None
