"""Rules that keep blocks which read like boilerplate, by the kept blocks around them.

Each takes the evidence, the probabilities and the blocks kept so far, and returns indexes of
dropped blocks to keep.
"""

import numpy as np

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.dropping import TITLE_LIKENESS, Flags, Floats

HEADING_CHANCE = 0.25  # a heading between kept blocks stays unless it is less likely than this
LEAD_CHANCE = 0.02  # a standfirst is kept by policy, so the bar is lower
LEAD_LIKENESS = 0.6  # share of the description's words that a standfirst holds
LEAD_WORDS = 7
TABLE_SHARE = 0.5  # of a table's words
# The parts of a live blog are kept by policy, and few pages of the gold have any
LIVE_CHANCE = 0.08
LIVE_LINKS = 0.3
LIVE_BOX = 3  # steps up to a box that asks to subscribe
LIVE_NAMED = 0.5  # share of an author's name


def find_headings_of_kept(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find dropped headings over kept text, if the text above or headings built alike are kept."""
    builds = evidence.related.builds
    headings = [block.number for block in evidence.page.blocks[:-1] if block.level > 1]
    alike = {int(builds[number]) for number in headings if kept[number]}

    heads_kept = ~kept[:-1] & kept[1:] & (chance[:-1] >= HEADING_CHANCE)
    follows_kept = np.append(False, kept[:-1])

    return [
        number
        for number in headings
        if heads_kept[number] and (follows_kept[number] or int(builds[number]) in alike)
    ]


def find_leads(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the dropped standfirst, by the description, between title and first paragraph."""
    prose = np.flatnonzero(kept & (evidence.wording.prose > 0))
    if not len(prose):
        return []

    first = int(prose[0])
    lead = (evidence.column("holds_description") >= LEAD_LIKENESS) & (
        evidence.column("like_title") < TITLE_LIKENESS
    )
    lead &= (
        (evidence.wording.words >= LEAD_WORDS)
        & (evidence.wording.link_density < 0.3)
        & (chance >= LEAD_CHANCE)
        & ~kept
    )
    found = np.flatnonzero(lead[:first])

    return [int(index) for index in found[-1:]]


def find_embeds(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find dropped embedded posts with body before and after them."""
    places = np.flatnonzero(kept)
    if not len(places):
        return []

    return [
        b.number
        for b in evidence.page.blocks[int(places[0]) : int(places[-1])]
        if b.kind == "embed" and not kept[b.number]
    ]


def find_cells(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the dropped cells of mostly kept tables: a table with holes has another meaning."""
    cells = np.array([block.kind == "cell" for block in evidence.page.blocks])
    if not cells.any():
        return []

    words, shape = evidence.wording.words, evidence.shape
    found: set[int] = set()
    for number in np.flatnonzero([tag == "table" for tag in evidence.page.nodes.tag]).tolist():
        own = np.flatnonzero(cells[shape.first[number] : shape.end[number]]) + shape.first[number]
        if float(words[own][kept[own]].sum()) >= TABLE_SHARE * float(words[own].sum()):
            found.update(own[~kept[own]].tolist())

    return sorted(found)


def find_live_entries(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find dropped blocks between the first and the last kept block of a declared live blog."""
    places = np.flatnonzero(kept)
    if not evidence.hints.is_live or not len(places):
        return []

    between = slice(int(places[0]) + 1, int(places[-1]))
    byline = (evidence.column("says_byline") > 0) | (evidence.column("names_author") >= LIVE_NAMED)
    boxed = (evidence.column("in_newsletter") <= LIVE_BOX) | (evidence.column("asks") > 0)
    plain = (evidence.wording.link_density < LIVE_LINKS) & ~byline & ~boxed & ~kept
    likely = plain & (chance >= LIVE_CHANCE)
    text = np.append(kept | likely, [False, False])
    likely |= (
        plain & (evidence.related.level > 0) & (text[1:-1] | text[2:])
    )  # a byline may be between

    return (np.flatnonzero(likely[between]) + between.start).tolist()
