"""Evidence about each block of a page as one array: one row per block, one column per feature."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.hints import NO_HINTS, PageHints
from newsspider.extraction.evidence.likeness import Statements, likeness_columns
from newsspider.extraction.evidence.place import name_columns, place_columns
from newsspider.extraction.evidence.related_blocks import RelatedBlocks, relate_blocks
from newsspider.extraction.evidence.section_ids import keys_without_slugs
from newsspider.extraction.evidence.shape import Shape, shape_of
from newsspider.extraction.evidence.surroundings import surrounding_columns
from newsspider.extraction.evidence.witness import Witness, compare_with_blocks, witness_columns
from newsspider.extraction.evidence.wording import Wording, wording_columns

Columns = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The cut page with the model's input: `table[block, feature]`, columns named by `names`.

    `witness` is trafilatura's body of the page, None if it was not asked.
    """

    page: CutPage
    hints: PageHints
    shape: Shape
    wording: Wording
    related: RelatedBlocks
    names: tuple[str, ...]
    table: NDArray[np.float32]
    witness: Witness | None = None

    def column(self, name: str) -> NDArray[np.float32]:
        """Return one feature of all blocks."""
        return self.table[:, self.names.index(name)]


@cache
def evidence_names() -> tuple[str, ...]:
    """Return the names of all features, in their order."""
    evidence = gather_evidence(cut_page(etree.fromstring("<p>a</p>")), NO_HINTS)
    if evidence:
        return hear_witness(evidence, "a").names

    return ()


def gather_evidence(page: CutPage, hints: PageHints) -> Evidence | None:
    """Gather the evidence about each block, None for a page without text."""
    if not page.blocks:
        return None

    statements = Statements.of(hints)
    wording = Wording.of(page.blocks, statements.words())
    shape = shape_of(page, keys_without_slugs(page, wording.prose))
    related = relate_blocks(page, shape)
    columns: Columns = {
        **wording_columns(page.blocks, wording),
        **place_columns(page, shape, wording),
        **surrounding_columns(page, shape, wording, related),
        **likeness_columns(page.blocks, wording, hints, statements),
    }

    return Evidence(page, hints, shape, wording, related, tuple(columns), table_of(columns))


def gather_outline(page: CutPage) -> Evidence | None:
    """Gather only the columns that decide the kind of a page whose body is known already."""
    if not page.blocks:
        return None

    wording = Wording.of(page.blocks)
    shape = shape_of(page, keys_without_slugs(page, wording.prose))
    columns: Columns = name_columns(shape)
    table = table_of(columns)

    return Evidence(
        page, NO_HINTS, shape, wording, relate_blocks(page, shape), tuple(columns), table
    )


def hear_witness(evidence: Evidence, text: str) -> Evidence:
    """Return the evidence with trafilatura's verdict on each block, given its body, "" for none."""
    witness = compare_with_blocks(text, evidence.page.blocks)
    columns = witness_columns(witness, evidence.wording.words, evidence.shape, evidence.related)
    table = np.concatenate([evidence.table.T, table_of(columns).T]).T

    return replace(evidence, names=(*evidence.names, *columns), table=table, witness=witness)


def table_of(columns: Columns) -> NDArray[np.float32]:
    """Return named columns as `table[block, feature]`.

    A feature's values are contiguous in memory.
    """
    rows = list(columns.values())
    # np.column_stack would take ten times as long for two hundred short columns
    table = np.concatenate(rows, dtype=np.float32, casting="same_kind")

    return table.reshape(len(rows), -1).T
