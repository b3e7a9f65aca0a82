"""Policy: a line that announces an advertisement is never body."""

import numpy as np

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.evidence.phrases import AD_LABEL_CHARS, is_ad_label
from newsspider.extraction.rules.dropping import Flags, Floats


def find_ad_labels(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept lines that only announce an advertisement: "Advertisement".

    A heading counts if the page repeats it; one may head a part about advertising. Cells of tables
    are no such lines.
    """
    blocks = evidence.page.blocks
    short = np.flatnonzero(kept & (evidence.wording.letters.chars <= AD_LABEL_CHARS)).tolist()
    labels = [blocks[index] for index in short if is_ad_label(blocks[index].text)]

    return [
        label.number
        for label in labels
        if label.kind != "cell" and (not label.level or _is_repeated(label, blocks))
    ]


def _is_repeated(block: Block, blocks: list[Block]) -> bool:
    return sum(each.text == block.text for each in blocks) > 1
