"""Rules that drop blocks which read like the body, by the page around them.

Each takes the evidence, the probabilities and the blocks kept so far, and returns indexes of kept
blocks to drop.
"""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.name_groups import (
    BOX_PARTS,
    COMMENT_PARTS,
    names_box,
    names_comments,
)
from newsspider.extraction.cutting.naming_attributes import stands_in
from newsspider.extraction.cutting.tags import KIND_CODE, TAG_CODE
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.evidence.phrases import is_request, is_section_line
from newsspider.text import read_words

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FAR_UP = 12  # steps to the next element with a name of a kind, from which it says nothing
TITLE_LIKENESS = 0.8  # share of words in common from which a heading or first line is the title
OWN_TITLE_SHARE = 0.3  # of a heading's words; with more in common an h1 above it has the same title
# A surer one stays though it heads only dropped blocks (a list of pictures)
EMPTY_HEADING_CHANCE = 0.75
# a surer block that speaks of them is an article's, unless its elements' names say otherwise
NOTICE_CHANCE = 0.7
# Terms of privacy law and cookies that make a block a notice, on a page about something else
NOTICE_TERMS = 2
NOTICE_WORDS = 40  # with fewer of them than one in so many words it may be an article's paragraph
NOTICE_SHARE = 0.3  # share of the page's prose in such blocks from which the page is about them
REQUEST_WORDS = 30  # a longer text with such a sentence is a paragraph
LINKED = 0.9  # link density from which a block is a link
EMPHASIS = np.isin(
    np.arange(len(TAG_CODE) + 2), [TAG_CODE[tag] for tag in ("em", "i", "strong", "b")]
)
# Of a run that repeats an earlier one, from either of which it is its copy.
COPIED_BLOCKS, COPIED_WORDS = (3, 40)
BOX_SHARE = 0.7  # of the kept words; a box that holds more is the article
SURE_CHANCE = 0.7  # a surer block under a heading such as "Comments" may be the article's
# kept before a place for comments; with fewer, the place may be named after its surroundings
COMMENTED_WORDS = 60
CAPTION_WORDS = 60  # a longer text with a credit at its end is a paragraph
BIOGRAPHY_WORDS, BYLINE_WORDS = 80, 15
STARTS = 2.0  # value of a "says" column where the phrase starts the block
NAMED_SHARE = 0.5  # of an author's name
LEAST_PARAGRAPHS = 4  # of a body whose last ones may be about its author
CAPTION_CHANCE = 0.7  # captions are dropped by policy (DESIGN 5), so the bar is higher

# "3/14 The old pier": a picture's place in its gallery.
_NUMBERED = re.compile(r"\d{1,3}\s?/\s?\d{1,3}\s")
_CREDITED = re.compile(  # "(Photo: Ada Holm)", "记者 孟小满 摄"
    r"(?:[（(【\[]\s*(?:photos?|fotos?|fot\.|bild|фото|cr[eé]dits?|写真|撮影|攝影|"
    r"摄影)(?!\w)[^.。!?()]{2,60}[）)】\]]|[摄攝][）)]?)$",
    re.IGNORECASE,
)


def find_titles(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the title where it is kept above the first paragraph.

    A lower heading with its words heads a part; with those of a title that no h1 above it has, it
    is a title.
    """
    alike = evidence.column("like_title") >= TITLE_LIKENESS
    paragraphs = np.flatnonzero(kept & ~alike & (evidence.wording.prose > 0)).tolist()
    titles = np.flatnonzero(kept & alike).tolist()

    return [
        index
        for index in titles
        if paragraphs
        and index < paragraphs[0]
        and (evidence.related.level[index] <= 1 or _has_own_title(evidence, index))
    ]


def _has_own_title(evidence: Evidence, index: int) -> bool:
    """Whether a lower heading is below an h1 with few of its words."""
    above = [block for block in evidence.page.blocks[:index] if block.level == 1]
    words = set(read_words(evidence.page.blocks[index].text))
    shared = (len(words & set(read_words(block.text))) for block in above)

    return bool(above) and max(shared) < OWN_TITLE_SHARE * len(words)


def find_teasers(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept lines that lead to other articles: "Read also: …"."""
    return np.flatnonzero(kept & (evidence.column("teaser_line") > 0)).tolist()


def find_requests(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept lines, set apart or linked, that ask to read on, subscribe, write or follow."""
    apart = EMPHASIS[evidence.column("node_tag").astype(np.int64)] | (
        evidence.wording.link_density >= LINKED
    )
    plain = evidence.column("kind") == KIND_CODE["paragraph"]
    lines = np.flatnonzero(
        kept & apart & plain & (evidence.wording.words <= REQUEST_WORDS)
    ).tolist()

    return [index for index in lines if is_request(evidence.page.blocks[index].text)]


def find_copies(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the second of two runs of blocks with the same texts, where the first is kept.

    One short text, such as the refrain of a song, may well be in an article twice.
    """
    copied = (evidence.column("run_blocks") >= COPIED_BLOCKS) | (
        evidence.column("run_words") >= np.log1p(COPIED_WORDS)
    )
    return np.flatnonzero(kept & copied & kept[evidence.related.earlier]).tolist()


def find_comments(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks in a place for readers' comments below an article, however long."""
    passed = np.cumsum(np.where(kept, evidence.wording.words, 0.0))
    found: set[int] = set()

    for first, end in evidence.shape.named(COMMENT_PARTS, names_comments):
        if first and passed[first - 1] >= COMMENTED_WORDS:
            found.update(range(first, end))

    scope = evidence.related.scope
    for index in np.flatnonzero(
        (evidence.column("under_comment") > 0) & kept & (chance < SURE_CHANCE)
    ).tolist():
        heading = int(scope[index])
        if heading > 0 and passed[heading - 1] >= COMMENTED_WORDS:
            found.update((heading, index))

    return _only_kept(found, kept)


def _only_kept(found: Iterable[int], kept: Flags) -> list[int]:
    return sorted(index for index in found if kept[index])


def find_bylines(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept bylines above the first paragraph, by their beginning and an author's name."""
    prose = evidence.wording.prose > 0
    named = (evidence.column("names_author") >= NAMED_SHARE) | (evidence.column("in_author") <= 1)
    lines = (
        (evidence.column("says_byline") >= STARTS)
        & named
        & ~prose
        & (evidence.wording.words <= BYLINE_WORDS)
    )
    paragraphs = np.flatnonzero(kept & prose).tolist()

    return [
        index
        for index in np.flatnonzero(kept & lines).tolist()
        if paragraphs and index < paragraphs[0]
    ]


def find_biographies(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the last kept paragraphs that begin with the name of an author."""
    paragraphs = np.flatnonzero(kept & (evidence.wording.prose > 0))
    if len(paragraphs) < LEAST_PARAGRAPHS:
        return []

    blocks, words = evidence.page.blocks, evidence.wording.words
    signed = (evidence.column("says_byline") >= STARTS) & (words <= BYLINE_WORDS)
    named = " | ".join(
        (*evidence.hints.authors, *(blocks[index].text for index in np.flatnonzero(signed)))
    ).lower()

    return [
        index
        for index in paragraphs[-2:].tolist()
        if words[index] <= BIOGRAPHY_WORDS
        and (name := _first_name_in(blocks[index].text))
        and name.lower() in named
    ]


def _first_name_in(text: str) -> str:
    """Return the first two words of a text if both are written as names are, else ""."""
    words = text.split(" ", 2)[:2]
    if len(words) > 1 and all(word[:1].isupper() for word in words):
        return " ".join(words)

    return ""


def find_stand_ins(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks that AMP shows until, or unless, a part of the page is loaded."""
    blocks = evidence.page.blocks
    hidden = np.flatnonzero(kept & (evidence.column("hidden") > 0)).tolist()

    return [index for index in hidden if stands_in(blocks[index].element)]


def find_boxes(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks in a box of facts beside the text, unless it is most of the body."""
    if not kept.any():
        return []

    start = int(np.argmax(kept))
    passed = np.concatenate([[0.0], np.cumsum(np.where(kept, evidence.wording.words, 0.0))])
    found: set[int] = set()

    for first, end in evidence.shape.named(BOX_PARTS, names_box):
        is_small = passed[end] - passed[first] < BOX_SHARE * passed[-1]
        if is_small and start < first < end:
            found.update(range(first, end))

    return _only_kept(found, kept)


def find_notices(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept notices about cookies and personal data on a page about something else."""
    terms, prose = evidence.column("terms_consent"), evidence.wording.prose
    named = evidence.column("in_legal") <= FAR_UP
    notices = (
        ((chance < NOTICE_CHANCE) | named)
        & (terms >= NOTICE_TERMS)
        & (terms * NOTICE_WORDS >= evidence.wording.words)
    )
    titled = any(float(count) for count in terms[evidence.column("like_title") >= TITLE_LIKENESS])

    if titled or prose[kept & notices & ~named].sum() > NOTICE_SHARE * prose[kept].sum():
        return []

    return np.flatnonzero(kept & notices).tolist()


def find_captions(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept captions with a gallery's number or a photographer's name, others if unsure."""
    named = (evidence.column("in_caption") <= 1) | (evidence.column("in_tag_figure") <= 2)
    near = np.minimum(evidence.column("since_image"), evidence.column("until_image")) <= 2
    blocks, words = evidence.page.blocks, evidence.wording.words

    return [
        index
        for index in np.flatnonzero(kept & near).tolist()
        if (chance[index] < CAPTION_CHANCE and (named[index] or blocks[index].kind == "caption"))
        or _NUMBERED.match(blocks[index].text)
        or (words[index] <= CAPTION_WORDS and _CREDITED.search(blocks[index].text))
    ]


def find_empty_headings(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept headings that head nothing kept."""
    empty = []
    filled = False  # whether anything kept has been met since the heading below
    level_met = 0

    for block in reversed(evidence.page.blocks):
        if not kept[block.number]:
            continue

        if (
            block.level
            and (chance[block.number] < EMPTY_HEADING_CHANCE or is_section_line(block.text))
            and not (filled and (level_met == 0 or level_met > block.level))
        ):
            empty.append(block.number)
            continue

        filled, level_met = True, block.level

    return empty
