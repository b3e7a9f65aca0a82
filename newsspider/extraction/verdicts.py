"""Turn probabilities into verdicts that agree with each other over the page."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.evidence.witness import KEPT_SHARE, Witness
from newsspider.extraction.rules.ad_labels import find_ad_labels
from newsspider.extraction.rules.dropping import (
    Flags,
    Floats,
    find_biographies,
    find_boxes,
    find_bylines,
    find_captions,
    find_comments,
    find_copies,
    find_empty_headings,
    find_notices,
    find_requests,
    find_stand_ins,
    find_teasers,
    find_titles,
)
from newsspider.extraction.rules.paid_text import SCRAMBLED, find_scrambled
from newsspider.extraction.rules.prompts_to_pay import PROMPT_TO_PAY, find_prompts_to_pay
from newsspider.extraction.rules.rescuing import (
    find_cells,
    find_embeds,
    find_headings_of_kept,
    find_leads,
    find_live_entries,
)
from newsspider.extraction.rules.second_article import find_second_articles
from newsspider.extraction.rules.site_notices import find_site_notices

SITE_NOTICE = "a notice about rights, earnings or opinions"
LIKE_BOILERPLATE = "reads like boilerplate"
LOWEST_BAR = 0.2  # below it a page without an article would be kept whole

Rule = Callable[[Evidence, Floats, Flags], list[int]]
RULES: tuple[tuple[str, Rule], ...] = (
    ("leads to another article", find_teasers),
    ("the title", find_titles),
    ("asks to read on, subscribe or follow", find_requests),
    ("the same text stands above", find_copies),
    ("heads a part of the body", find_headings_of_kept),
    ("a standfirst", find_leads),
    ("in a table that is kept", find_cells),
    ("a part of the live blog", find_live_entries),
    ("announces an advertisement", find_ad_labels),
    ("a reader's comment", find_comments),
    ("a byline", find_bylines),
    ("about the author", find_biographies),
    ("in a box of facts", find_boxes),
    ("in a second article", find_second_articles),
    ("a notice about cookies or personal data", find_notices),
    (SITE_NOTICE, find_site_notices),
    (PROMPT_TO_PAY, find_prompts_to_pay),
    ("a caption", find_captions),
    ("stands in for what is not loaded", find_stand_ins),
    (SCRAMBLED, find_scrambled),
    ("heads nothing that is kept", find_empty_headings),
    ("a post quoted in the body", find_embeds),
)


class Verdict(NamedTuple):
    """A block, whether it is body, the model's probability that it is, and the reason in a few words."""

    block: Block
    kept: bool
    chance: float
    reason: str


def judge(evidence: Evidence, chance: Floats) -> list[Verdict]:
    """Give each block its verdict: by its probability first, then by what the rest of the page says."""
    kept = chance >= best_bar(chance, evidence.wording.words)
    reasons = ["reads like the body" if keep else LIKE_BOILERPLATE for keep in kept.tolist()]
    for reason, find in RULES:
        for index in find(evidence, chance, kept):
            kept[index] = not kept[index]
            reasons[index] = reason
    return list(map(Verdict, evidence.page.blocks, kept.tolist(), chance.tolist(), reasons))


def side_with_witness(verdicts: Iterable[Verdict], witness: Witness) -> list[Verdict]:
    """Keep the blocks that trafilatura keeps too, but for those that a rule has dropped."""
    return [
        verdict._replace(kept=True, reason="trafilatura keeps it")
        if share >= KEPT_SHARE and verdict.reason == LIKE_BOILERPLATE
        else verdict
        for verdict, share in zip(verdicts, witness.shares.tolist(), strict=True)
    ]


def best_bar(chance: Floats, words: Floats) -> float:
    """Return the probability from which keeping a block raises the page's expected word F1.

    It is near 0.5 where the model is sure, lower where it is in doubt about the whole page: half of the best F1.

    Source:
        Lipton, Elkan, Naryanaswamy: Optimal Thresholding of Classifiers to Maximize F1 Measure, ECML 2014.

    >>> float(best_bar(np.array([1.0, 1.0, 0.0]), np.array([10.0, 10.0, 5.0])))
    0.5
    """
    order = np.argsort(-chance, kind="stable")
    right, given = np.cumsum((chance * words)[order]), np.cumsum(words[order])
    return max(float((right / np.maximum(given + right[-1], 1.0)).max()), LOWEST_BAR)
