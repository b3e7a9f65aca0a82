"""What goes though it reads like the body: rules that look at the page around a block.

Each takes the evidence, the probabilities and what is kept so far, and returns the indexes of kept blocks to drop.
"""

import re

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.evidence.naming import names_box, names_comments
from newsspider.extraction.evidence.phrases import is_teaser_line

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TEASER_WORDS = 45  # a longer text that starts like a teaser is a paragraph
REPEATED_STARTS = 3  # so many linked blocks that start with the same words are teasers
STARTS = 2.0  # value of a "says" column when the phrase starts the block
PROMPT_WORDS = 30  # a longer text that starts with such a phrase is a paragraph
REPEATED_DENSITY = 0.4  # their link density: the words that repeat may stand before the link
FAR_UP = 12  # steps to the next element with a name of a kind, from which it says nothing
TITLE_LIKENESS = 0.8  # share of words in common from which a heading or first line is the title
COPY_WORDS = 8  # shorter texts may well stand twice in one article
LONE_GAP = 25  # blocks between a run of kept blocks and the body that make the run a stranger
LONE_SHARE = 0.04  # share of the kept words below which a distant run is a stranger
LONE_CHANCE = 0.8  # a run with a surer block than this is no stranger
EMPTY_HEADING_CHANCE = 0.75  # a surer heading stays though it heads only what is dropped (a list of pictures)
NOTICE_CHANCE = 0.7  # a surer block that speaks of them is an article's, unless its elements' names say otherwise
NOTICE_TERMS = 2  # terms of privacy law and cookies that make a block a notice, on a page about something else
NOTICE_WORDS = 40  # with fewer of them than one in so many words it may be an article's paragraph
NOTICE_SHARE = 0.3  # share of the page's prose in such blocks from which the page is about them
HEADLINE_WORDS = 4  # shorter level-1 headings are names of sections and sites
FIRST_ARTICLE_WORDS = 80  # kept before a second headline, so that what stands above it is an article
BOX_SHARE = 0.7  # of the kept words; a box that holds more is the article
SURE_CHANCE = 0.7  # a surer block under a heading such as "Comments" may be the article's
COMMENTED_WORDS = 60  # kept before a place for comments; with fewer, the place may be named after what surrounds it
LISTED_CHANCE = 0.4  # mean probability, by words, under a heading of a list from which the list may be body
CAPTION_CHANCE = 0.7  # captions are dropped by policy (DESIGN 5), so the bar is higher

_NUMBERED = re.compile(r"\d{1,3}\s?/\s?\d{1,3}\s")  # "3/14 The old pier": a picture's place in its gallery


def find_teasers(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept lines that lead to other articles: "Read also: …", or linked lines that all start alike."""
    words, density, starts = evidence.wording.words, evidence.wording.link_density, evidence.column("shared_start")
    return [
        index
        for index in np.flatnonzero(kept & (words <= TEASER_WORDS)).tolist()
        if is_teaser_line(evidence.page.blocks[index].text)
        or (starts[index] >= REPEATED_STARTS and density[index] >= REPEATED_DENSITY)
    ]


def find_prompts(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept lines that ask to subscribe, sign up or follow, and name what to."""
    asks = (evidence.column("says_newsletter") >= STARTS) | (evidence.column("says_social") >= STARTS)
    short = evidence.wording.words <= PROMPT_WORDS
    return [int(index) for index in np.flatnonzero(kept & asks & short & (evidence.column("terms_offer") >= 1))]


def find_titles(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find the title where it is kept: a level-1 heading, or a line like it before the first paragraph."""
    likeness = evidence.column("like_title")
    paragraphs = np.flatnonzero(kept & (likeness < TITLE_LIKENESS) & (evidence.wording.prose > 0))
    start = int(paragraphs[0]) if len(paragraphs) else len(kept)
    return [
        int(index)
        for index in np.flatnonzero(kept & (likeness >= TITLE_LIKENESS))
        if index < start or evidence.page.blocks[index].level == 1
    ]


def find_copies(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find second copies of kept texts."""
    words, twins = evidence.wording.words, evidence.kin.twins
    seen: set[int] = set()
    copies = []
    for index in np.flatnonzero(kept & (words >= COPY_WORDS)).tolist():
        if int(twins[index]) in seen:
            copies.append(index)
        seen.add(int(twins[index]))
    return copies


def find_comments(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks in a place for readers' comments that stands below an article, however long the thread is."""
    passed = np.cumsum(np.where(kept, evidence.wording.words, 0.0))
    found: set[int] = set()
    for first, end in evidence.shape.named(names_comments):
        if first and passed[first - 1] >= COMMENTED_WORDS:
            found.update(range(first, end))
    scope = evidence.kin.scope
    for index in np.flatnonzero((evidence.column("under_comment") > 0) & kept & (chance < SURE_CHANCE)).tolist():
        heading = int(scope[index])
        if heading > 0 and passed[heading - 1] >= COMMENTED_WORDS:
            found.update((heading, index))
    return sorted(index for index in found if kept[index])


def find_boxes(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks in a box of facts beside the text, unless it holds most of the page's body."""
    if not kept.any():
        return []
    start = int(np.argmax(kept))
    passed = np.concatenate([[0.0], np.cumsum(np.where(kept, evidence.wording.words, 0.0))])
    found: set[int] = set()
    for first, end in evidence.shape.named(names_box):
        if start < first < end and passed[end] - passed[first] < BOX_SHARE * passed[-1]:
            found.update(range(first, end))
    return sorted(index for index in found if kept[index])


def find_second_articles(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks from the second article element on that has a headline of its own, below a whole first one."""
    blocks, nodes = evidence.page.blocks, evidence.page.nodes
    passed = np.cumsum(np.where(kept, evidence.wording.words, 0.0))
    headlines = [b.number for b in blocks if b.level == 1 and evidence.wording.words[b.number] >= HEADLINE_WORDS]
    for tag, first, end in zip(nodes.tag, nodes.first, nodes.end, strict=True):
        if tag != "article" or not headlines or first <= headlines[0] or passed[first - 1] < FIRST_ARTICLE_WORDS:
            continue
        if any(first <= headline < end for headline in headlines):
            above = [index for index in range(first) if kept[index]]
            while above and blocks[above[-1]].level:  # a heading between the two articles heads neither
                above.pop()
            return [index for index in range(above[-1] + 1 if above else 0, len(blocks)) if kept[index]]
    return []


def find_listed(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks under a dropped heading such as "Latest news" when most of what it heads is dropped."""
    scope, words = evidence.kin.scope, evidence.wording.words
    under = (scope >= 0) & (evidence.column("under_related") > 0)
    listed = []
    for heading in sorted(set(scope[under].tolist())):
        section = np.flatnonzero(scope == heading)
        if not kept[heading] and (chance * words)[section].sum() < LISTED_CHANCE * words[section].sum():
            listed += [int(index) for index in section if kept[index]]
    return listed


def find_notices(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept notices about cookies and personal data on a page about something else."""
    terms, prose = evidence.column("terms_consent"), evidence.wording.prose
    named = evidence.column("in_legal") <= FAR_UP
    notices = (
        ((chance < NOTICE_CHANCE) | named) & (terms >= NOTICE_TERMS) & (terms * NOTICE_WORDS >= evidence.wording.words)
    )
    titled = any(float(count) for count in terms[evidence.column("like_title") >= TITLE_LIKENESS])
    if titled or prose[kept & notices & ~named].sum() > NOTICE_SHARE * prose[kept].sum():
        return []
    return np.flatnonzero(kept & notices).tolist()


def find_captions(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept captions that the model is not sure of."""
    named = (evidence.column("in_caption") <= 1) | (evidence.column("in_tag_figure") <= 2)
    near = np.minimum(evidence.column("since_image"), evidence.column("until_image")) <= 2
    blocks = evidence.page.blocks
    return [
        index
        for index in np.flatnonzero(kept & near & (chance < CAPTION_CHANCE)).tolist()
        if named[index] or blocks[index].kind == "caption" or _NUMBERED.match(blocks[index].text)
    ]


def find_strangers(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find small runs of kept blocks far from the rest."""
    words = evidence.wording.words
    places = np.flatnonzero(kept)
    if len(places) < 2:
        return []
    runs = np.split(places, np.flatnonzero(np.diff(places) > LONE_GAP) + 1)
    sizes = [float(words[run].sum()) for run in runs]
    total = sum(sizes)
    return [
        int(index)
        for run, size in zip(runs, sizes, strict=True)
        if size < LONE_SHARE * total and chance[run].max() < LONE_CHANCE
        for index in run
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
            and chance[block.number] < EMPTY_HEADING_CHANCE
            and not (filled and (level_met == 0 or level_met > block.level))
        ):
            empty.append(block.number)
            continue
        filled, level_met = True, block.level
    return empty
