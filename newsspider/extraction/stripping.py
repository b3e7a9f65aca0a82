"""Strip a page: cut it, weigh the evidence, judge the blocks, and join what is kept."""

from dataclasses import dataclass
from itertools import groupby, islice

from newsspider.extraction.confidence import LOW_CONFIDENCE, read_signs, why_low
from newsspider.extraction.cutting import cut_page
from newsspider.extraction.evidence.gather import Evidence, gather_evidence
from newsspider.extraction.evidence.hints import find_hints
from newsspider.extraction.flat_text import cut_text, gather_text_evidence
from newsspider.extraction.markdown import join_markdown
from newsspider.extraction.model.shipped import Reader, load_readers
from newsspider.extraction.nesting import read_paths, row_of
from newsspider.extraction.reference import ask_trafilatura
from newsspider.extraction.scripts import find_scripted_body
from newsspider.extraction.sources import Sources
from newsspider.extraction.verdicts import Verdict, judge
from newsspider.page import Page
from newsspider.text import iter_words, read_words, squash

SCARCE_WORDS = 120  # with fewer words kept, the body may stand in a script only
SCARCE_SHARE = 0.4  # of a script's text: with less on the page, that text is taken
PROVENANCE = {"model": "model", "script": "json-ld", "extractor": "text"}


@dataclass(frozen=True, slots=True)
class Stripped:
    """A page's verdicts in document order, and the body that they give.

    Attributes:
        verdicts: one a block; empty for a page without text.
        evidence: what the verdicts rest on; None for a page without text.
        body: the kept blocks, parted by one blank line; None for none.
        markdown: the same blocks as Markdown; None for none.
        source: "model", "script" (JSON-LD or application state), "extractor" (trafilatura, asked where the blocks
            give nothing), or "" when there is no body.
        confidence: the probability that the body is right; None for none.
        warnings: why the confidence is low.
    """

    verdicts: tuple[Verdict, ...]
    evidence: Evidence | None
    body: str | None
    markdown: str | None
    source: str
    confidence: float | None
    warnings: tuple[str, ...]


def strip_page(page: Page, sources: Sources, reader: Reader | None = None) -> Stripped:
    """Part a page's body from its boilerplate, by the model in use if none is given."""
    reader = reader or choose_reader(page)
    evidence = gather_page_evidence(page, sources)
    verdicts = tuple(judge(evidence, reader.model.read(evidence))) if evidence else ()
    body, source = _choose_body(page, sources, verdicts)
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    markdown = join_markdown(kept, page.url) if source == "model" else body
    if not body or evidence is None:
        return Stripped(verdicts, evidence, body or None, markdown or None, source, None, ())
    signs = read_signs(evidence, verdicts)
    confidence = reader.calibration.confidence(signs)
    warnings = (f"low confidence in the body: {why_low(signs, source)}",) if confidence < LOW_CONFIDENCE else ()
    return Stripped(verdicts, evidence, body, markdown, source, round(confidence, 3), warnings)


def gather_page_evidence(page: Page, sources: Sources) -> Evidence | None:
    """Cut a page and gather the evidence about its blocks; None for a page without text."""
    if page.flat:
        return gather_text_evidence(cut_text(page.html))
    cut = cut_page(page.tree)
    return gather_evidence(cut, find_hints(sources, cut))


def choose_reader(page: Page) -> Reader:
    """Return the model for pages, or the one for text that has lost its markup."""
    readers = load_readers()
    return readers.text if page.flat else readers.page


def join_blocks(verdicts: tuple[Verdict, ...]) -> str:
    """Join the kept blocks' texts, parted by one blank line; the cells of a table's row make one line."""
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    if not any(block.kind == "cell" for block in kept):
        return "\n\n".join(block.text for block in kept)
    lines: list[tuple[str, object]] = []
    for block, path in zip(kept, read_paths(kept), strict=True):
        row = row_of(path)
        lines.append((block.text, block.number) if row is None else (squash(block.text), row))
    return "\n\n".join(" ".join(text for text, _ in line) for _, line in groupby(lines, key=lambda line: line[1]))


def _choose_body(page: Page, sources: Sources, verdicts: tuple[Verdict, ...]) -> tuple[str, str]:
    """Return (body, source): the kept blocks, unless a script holds far more text or there is nothing."""
    body = join_blocks(verdicts)
    if page.flat:
        return body, "model" if body else ""
    words = sum(1 for _ in islice(iter_words(body), SCARCE_WORDS))
    if words < SCARCE_WORDS:
        scripted = find_scripted_body(page.tree, sources)
        if words < SCARCE_SHARE * len(read_words(scripted)):
            return scripted, "script"
    if body:
        return body, "model"
    extracted = ask_trafilatura(page) or ""
    return extracted, "extractor" if extracted else ""
