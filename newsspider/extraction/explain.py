"""Explain why each block was kept or dropped: the reason, and the evidence of most weight."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from heapq import merge
from operator import itemgetter
from typing import Any

from lxml import etree

from newsspider.errors import MisfitError
from newsspider.extraction.article import observe_page
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Metadata, read_metadata
from newsspider.extraction.feature_meanings import describe
from newsspider.extraction.model.reading import Weight
from newsspider.extraction.model.shipped import load_readers
from newsspider.extraction.site_evidence.containers import find_containers, normalise
from newsspider.extraction.site_evidence.judging import judge_by_memory
from newsspider.extraction.site_evidence.wrapping import read_by_wrapper
from newsspider.extraction.stripping import Stripped, choose_reader, strip_page
from newsspider.extraction.verdicts import Verdict
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.pages.page import Page
from newsspider.site_memory.counting import OtherArticles
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import hash_text
from newsspider.text import squash
from newsspider.urls import site_of

PIECES = 3  # of evidence shown for a block; the rest weighs less than any of them
CONSIDERED = 12  # heaviest features looked through for pieces that say different things
_SEEN_TEXTS = etree.XPath(
    ".//text()[not(ancestor::script or ancestor::style or ancestor::noscript or "
    "ancestor::template)]"
)


@dataclass(frozen=True)
class WeighedEvidence:
    """A piece of evidence in words, and its weight in log odds: above 0 for the body."""

    words: str
    weight: float


@dataclass(frozen=True)
class ExplainedBlock:
    """A block with its verdict, and the pieces of evidence that weighed most, heaviest first.

    `trafilatura` is the share of the block that trafilatura keeps, 0.0 to 1.0; None where it was
    not asked. `repeats` is the number of other articles of the site that have the same text in the
    same place, by the site's memory; None without one.
    """

    text: str
    kind: str
    kept: bool
    probability: float
    reason: str
    trafilatura: float | None
    evidence: tuple[WeighedEvidence, ...]
    repeats: int | None = None

    @property
    def words_for(self) -> list[str]:
        """The evidence that speaks for the body."""
        return [piece.words for piece in self.evidence if piece.weight > 0]

    @property
    def words_against(self) -> list[str]:
        """The evidence that speaks against the body."""
        return [piece.words for piece in self.evidence if piece.weight <= 0]

    def to_dict(self) -> dict[str, Any]:
        """Return the block as JSON types."""
        return asdict(self)


def explain_page(
    page: Page, witness: WitnessPolicy = "always", memory: SiteMemory | None = None
) -> tuple[ExplainedBlock, ...]:
    """Return a page's blocks in document order, each with the reasons for its verdict.

    Empty for a page without text.

    A part of the frame around the content, a menu or the footer, is one block that nothing was
    weighed for, and that trafilatura is not shown.

    Args:
        page: the page.
        witness: when trafilatura is asked.
        memory: of the page's site.

    Raises:
        UsageError: the policy is unknown.
    """
    readers = load_readers()
    metadata = read_metadata(page)
    stripped = strip_page(page, metadata, readers, witness)

    if stripped.evidence is None:
        return ()

    weigh = choose_reader(page, stripped.evidence, readers).model.weigher(stripped.evidence)
    heard = stripped.evidence.witness
    if heard:
        shares = heard.shares.tolist()
    else:
        shares = [None] * len(stripped.verdicts)

    verdicts, repeats = _remembered(page, metadata, stripped, memory)
    blocks = [
        (number, replace(_explained(verdict, share, weigh(number)), repeats=others))
        for number, (verdict, share, others) in enumerate(
            zip(verdicts, shares, repeats, strict=True)
        )
    ]
    frames = [
        (place, _explained_frame(element)) for place, element in stripped.evidence.page.frames
    ]
    shown = merge(frames, blocks, key=itemgetter(0))  # a frame is before the block that follows it

    return tuple(block for _, block in shown if block.text)


def explain_wrapper(page: Page, memory: SiteMemory | None) -> str | None:
    """Return whether a page fits the wrapper of its site, in words; None without its memory."""
    if memory is None or memory.site != site_of(page.url) or page.flat:
        return None

    try:
        read_by_wrapper(page, cut_page(page.tree), memory)
    except MisfitError as error:
        return f"wrapper: does not fit, {error}"

    return "wrapper: fits; with NEWSSPIDER_WRAPPERS the page is read by its layout alone"


def _remembered(
    page: Page, metadata: Metadata, stripped: Stripped, memory: SiteMemory | None
) -> tuple[Sequence[Verdict], Sequence[int | None]]:
    """Return the verdicts with a memory, and the number of other articles that have each block."""
    if memory is None or memory.site != site_of(page.url) or stripped.evidence is None:
        return stripped.verdicts, [None] * len(stripped.verdicts)

    observed = observe_page(page, metadata, stripped)
    others = OtherArticles.of(memory, observed)
    containers = find_containers(stripped.evidence.page)
    repeats = [
        others.count(hash_text(normalise(verdict.block.text)), container.number)
        for verdict, container in zip(stripped.verdicts, containers, strict=True)
    ]
    verdicts = judge_by_memory(others, stripped, containers)
    if not any(verdict.kept for verdict in verdicts):
        verdicts = stripped.verdicts  # a memory never takes all of a text

    return verdicts, repeats


def _explained_frame(element: etree._Element) -> ExplainedBlock:
    text = squash(" ".join(_SEEN_TEXTS(element)))
    reason = f"the site's <{element.tag!s}>"
    return ExplainedBlock(
        text, "frame", kept=False, probability=0.0, reason=reason, trafilatura=None, evidence=()
    )


def _explained(verdict: Verdict, share: float | None, weights: list[Weight]) -> ExplainedBlock:
    """Put a verdict's heaviest features into words, each said once."""
    said: dict[str, float] = {}
    for name, value, weight in weights[:CONSIDERED]:
        said.setdefault(describe(name, value), weight)

    evidence = tuple(
        WeighedEvidence(words, round(weight, 2)) for words, weight in list(said.items())[:PIECES]
    )
    return ExplainedBlock(
        verdict.block.text,
        verdict.block.kind,
        verdict.kept,
        probability=round(verdict.chance, 3),
        reason=verdict.reason,
        trafilatura=None if share is None else round(share, 3),
        evidence=evidence,
    )
