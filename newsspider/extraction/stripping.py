"""Strip a page: cut it, weigh the evidence, judge the blocks, and join what is kept."""

from dataclasses import dataclass
from itertools import groupby, islice

from newsspider.extraction.confidence import LOW_CONFIDENCE, Floats, read_signs, why_low
from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Metadata
from newsspider.extraction.evidence.gather import Evidence, gather_evidence, hear_witness
from newsspider.extraction.evidence.hints import find_hints
from newsspider.extraction.evidence.witness import Witness
from newsspider.extraction.flat_text import cut_text, gather_text_evidence
from newsspider.extraction.markdown.document import join_markdown
from newsspider.extraction.markdown.nesting import read_paths, row_of
from newsspider.extraction.model.shipped import Reader, Readers, load_readers
from newsspider.extraction.page_state.scripted_body import find_scripted_body
from newsspider.extraction.trafilatura_extractor import ask_trafilatura, prune_page
from newsspider.extraction.verdicts import Verdict, judge, side_with_witness
from newsspider.extraction.witness_need import needs_witness
from newsspider.extraction.witness_policy import WitnessPolicy, read_policy
from newsspider.pages.page import Page
from newsspider.text import iter_words, read_words, squash

SCARCE_WORDS = 120  # with fewer words kept, the body may stand in a script only
SCARCE_SHARE = 0.4  # of a script's text: with less on the page, that text is taken
WEIGHED_WORDS = 120  # of a body, beyond which trafilatura's is not set against it: on news pages it is longer and worse
# Of trafilatura's words (of the first WEIGHED_WORDS), under which its body is taken
OUTWEIGHED_SHARE = 0.5
LEAST_WORDS = 25  # of its body; fewer are a menu or a button
OPENING_CHARS = 40  # of a paragraph, by which it is known in a text from a script
PROVENANCE = {"model": "model", "script": "json-ld", "extractor": "text", "wrapper": "wrapper"}


@dataclass(frozen=True, slots=True)
class Stripped:
    """A page's verdicts in document order, and the body that they give.

    Attributes:
        verdicts: one a block; empty for a page without text.
        evidence: what the verdicts rest on; None for a page without text.
        body: the kept blocks, parted by one blank line; None for none.
        markdown: the same blocks as Markdown; None for none.
        source: "model", "script" (JSON-LD or application state), "extractor" (trafilatura, where the model keeps
            next to nothing), "wrapper" (the containers of the site's bodies), or "" when there is no body.
        signs: what the confidence rests on, in the order of `confidence.SIGN_NAMES`; None without a body.
        confidence: the probability that the body is right; None for none.
        warnings: why the confidence is low.
    """

    verdicts: tuple[Verdict, ...]
    evidence: Evidence | None
    body: str | None
    markdown: str | None
    source: str
    signs: Floats | None
    confidence: float | None
    warnings: tuple[str, ...]


def strip_page(
    page: Page,
    metadata: Metadata,
    readers: Readers | None = None,
    witness: WitnessPolicy = "always",
    cut: CutPage | None = None,
) -> Stripped:
    """Part a page's body from its boilerplate.

    Args:
        page: the page; its tree is not changed.
        metadata: what the page says of itself.
        readers: the models; None for those in use.
        witness: when trafilatura is asked.
        cut: its blocks, if it is cut already.

    Raises:
        UsageError: there is no such policy.
    """
    policy = read_policy(witness)
    readers = readers or load_readers()
    evidence = gather_page_evidence(page, metadata, cut)
    if evidence is None:
        return _join(page, metadata, None, readers, ())

    if page.flat or policy == "never":
        return _strip(page, metadata, evidence, readers)

    if policy == "unsure":
        chance = readers.alone.model.read(evidence)
        if not needs_witness(chance, evidence.wording.words):
            return _judge(page, metadata, evidence, readers, chance)

    return _strip(page, metadata, ask_witness(page, evidence), readers)


def gather_page_evidence(
    page: Page, metadata: Metadata, cut: CutPage | None = None
) -> Evidence | None:
    """Cut a page and gather the evidence about its blocks; None for a page without text."""
    if page.flat:
        return gather_text_evidence(cut_text(page.html))
    cut = cut or cut_page(page.tree)
    return gather_evidence(cut, find_hints(metadata, cut))


def ask_witness(page: Page, evidence: Evidence) -> Evidence:
    """Add to the evidence what trafilatura keeps of the page; unchanged for a page that it would take too long for."""
    pruned = prune_page(page.tree, evidence.page)
    return (
        evidence
        if pruned is None
        else hear_witness(evidence, ask_trafilatura(pruned, fast=True) or "")
    )


def choose_reader(page: Page, evidence: Evidence | None, readers: Readers) -> Reader:
    """Return the model for text without markup, for pages that trafilatura was asked about, or for other pages."""
    if page.flat:
        return readers.text
    return readers.alone if evidence is None or evidence.witness is None else readers.page


def with_verdicts(
    page: Page,
    metadata: Metadata,
    stripped: Stripped,
    verdicts: tuple[Verdict, ...],
    readers: Readers | None = None,
) -> Stripped:
    """Return a page's text by other verdicts on its blocks."""
    return _join(page, metadata, stripped.evidence, readers or load_readers(), verdicts)


def _strip(page: Page, metadata: Metadata, evidence: Evidence, readers: Readers) -> Stripped:
    chance = choose_reader(page, evidence, readers).model.read(evidence)
    return _judge(page, metadata, evidence, readers, chance)


def _judge(
    page: Page, metadata: Metadata, evidence: Evidence, readers: Readers, chance: Floats
) -> Stripped:
    """Return a page's text by each block's probability of being body."""
    return _join(page, metadata, evidence, readers, tuple(judge(evidence, chance)))


def _join(
    page: Page,
    metadata: Metadata,
    evidence: Evidence | None,
    readers: Readers,
    verdicts: tuple[Verdict, ...],
) -> Stripped:
    """Join the kept blocks, and compute the confidence in the result."""
    body, source = _choose_body(page, metadata, verdicts)
    witness = evidence.witness if evidence else None
    if source != "script" and witness and _is_outweighed(body, witness):
        verdicts = tuple(side_with_witness(verdicts, witness))
        body, source = join_blocks(verdicts), "extractor"

    markdown = _write_markdown(page, verdicts) if source != "script" else ""
    markdown = markdown or body
    if not body or evidence is None:
        source = source if body else ""
        return Stripped(verdicts, evidence, body or None, markdown or None, source, None, None, ())

    signs = read_signs(evidence, verdicts, scripted=body if source == "script" else "")
    confidence = choose_reader(page, evidence, readers).calibration.confidence(signs)
    warnings: tuple[str, ...] = ()
    if confidence < LOW_CONFIDENCE:
        warnings = (f"low confidence in the body: {why_low(signs, source)}",)
    rounded = round(confidence, 3)
    return Stripped(verdicts, evidence, body, markdown, source, signs, rounded, warnings)


def _write_markdown(page: Page, verdicts: tuple[Verdict, ...]) -> str:
    """Return the kept blocks as Markdown; empty if none is kept."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    return join_markdown(kept, page.url) if kept else ""


def join_blocks(verdicts: tuple[Verdict, ...]) -> str:
    """Join the kept blocks' texts with blank lines; the cells of a table's row make one line."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    if not any(block.kind == "cell" for block in kept):
        return "\n\n".join(block.text for block in kept)

    texts: list[tuple[str, object]] = []  # each with its line
    for block, path in zip(kept, read_paths(kept), strict=True):
        row = row_of(path)
        if row is None:
            texts.append((block.text, block.number))
        else:
            texts.append((squash(block.text), row))

    lines = []
    for _, line in groupby(texts, key=lambda each: each[1]):
        lines.append(" ".join(text for text, _ in line))
    return "\n\n".join(lines)


def _is_outweighed(body: str, witness: Witness) -> bool:
    """Return whether a body is nearly empty and trafilatura finds far more."""
    words = _count_words(body, WEIGHED_WORDS)
    theirs = _count_words(witness.text, WEIGHED_WORDS)
    return theirs >= LEAST_WORDS and words < OUTWEIGHED_SHARE * theirs


def _count_words(text: str, most: int) -> int:
    """Count a text's words, up to a number that is enough."""
    return len(list(islice(iter_words(text), most)))


def _choose_body(page: Page, metadata: Metadata, verdicts: tuple[Verdict, ...]) -> tuple[str, str]:
    """Return (body, source): the kept blocks, unless a script holds far more text."""
    body = join_blocks(verdicts)
    if page.flat:
        return body, "model" if body else ""
    words = _count_words(body, SCARCE_WORDS)
    if words < SCARCE_WORDS:
        scripted = find_scripted_body(page.tree, metadata)
        if words < SCARCE_SHARE * len(read_words(scripted)):
            return _below_standfirst(scripted, verdicts), "script"
    return body, "model" if body else ""


def _below_standfirst(scripted: str, verdicts: tuple[Verdict, ...]) -> str:
    """Return a text from a script below the standfirst, if that stands on the page only.

    It does where a kept block is followed by the first words of the text.
    """
    opening = [verdict.block.text for verdict in verdicts if verdict.kept][:2]
    flat = squash(scripted)
    if (
        len(opening) == 2
        and opening[0] not in flat
        and flat.startswith(squash(opening[1])[:OPENING_CHARS])
    ):
        return f"{opening[0]}\n\n{scripted}"
    return scripted
