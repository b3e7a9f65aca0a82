"""A rule that drops notices of the site among the paragraphs: about rights, earnings and opinions.

Gold pages are divided: of notices of earnings, ten bodies of `wcxb-articles` have them and sixteen
have not. The policy for bodies decides (docs/explanation/body-policy.md).
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.notice_phrases import (
    SIGNS,
    is_earnings_notice,
    is_opinion_notice,
    is_rights_notice,
)

MAX_NOTICE_WORDS = 70  # a longer text with such a sentence is a paragraph
MAX_SHARE = 0.3  # of the kept prose in such notices, from which the page is about them
TITLE_LIKENESS = 0.8  # share of words in common from which a block is the title
_ABOUT_THEM = re.compile(r"affili|afili|commission|disclos|copyright|urheber|droit d.auteur", re.I)


def find_site_notices(
    evidence: Evidence, chance: NDArray[np.float64], kept: NDArray[np.bool_]
) -> list[int]:
    """Find kept notices about rights, earnings and opinions on a page about something else."""
    blocks, is_short = evidence.page.blocks, evidence.wording.words <= MAX_NOTICE_WORDS
    short = np.flatnonzero(kept & is_short).tolist()
    signs = _signs_in("\n".join([blocks[index].text for index in short]), SIGNS)
    if not signs:
        return []

    found = []
    is_end = True  # whether only such notices have been met below

    for index in np.flatnonzero(kept)[::-1].tolist():
        is_notice = bool(is_short[index]) and _is_notice(blocks[index], signs, is_end=is_end)
        if is_notice:
            found.append(index)
        is_end &= is_notice

    return [] if _is_about_them(evidence, kept, found) else found[::-1]


def _signs_in(text: str, signs: Sequence[str]) -> list[str]:
    """Return the signs of notices that a text has."""
    lower = text.lower()
    return [sign for sign in signs if sign in lower]


def _is_notice(block: Block, signs: Sequence[str], *, is_end: bool) -> bool:
    """Whether a short block is a notice; code and its licence are an article's."""
    text = block.text
    if block.kind == "preformatted" or not _signs_in(text, signs):
        return False

    return (
        is_rights_notice(text, is_end=is_end) or is_earnings_notice(text) or is_opinion_notice(text)
    )


def _is_about_them(evidence: Evidence, kept: NDArray[np.bool_], found: list[int]) -> bool:
    """Whether the article is about such notices, by its title or their share of its prose."""
    if not found:
        return False

    alike = evidence.column("like_title") >= TITLE_LIKENESS
    titles = (evidence.page.blocks[index].text for index in np.flatnonzero(alike).tolist())
    if any(map(_ABOUT_THEM.search, titles)):
        return True

    prose = evidence.wording.prose
    return float(prose[found].sum()) > MAX_SHARE * float(prose[kept].sum())
