"""A page's blocks for `why` on a terminal: kept or dropped, and the reasons."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from newsspider.extraction.explain import ExplainedBlock
from newsspider.text import count_of, show_text

SHOWN_CHARS = 100  # of a block, about one line
FOLDED_BLOCKS = 4  # so many dropped blocks in a row are one line
INDENT = " " * 8
SHARES = {0: "drops it", 100: "keeps it"}  # by the percentage of the block that trafilatura keeps


FOLDED_HINT = "--all shows every dropped block, --find WORDS those that contain the words"


def iter_block_lines(
    blocks: Sequence[ExplainedBlock], *, fold: bool = False, whole: bool = False
) -> Iterator[Text]:
    """Yield the lines of a page's blocks.

    Args:
        blocks: in document order.
        fold: whether a long run of dropped ones is one line.
        whole: whether a block's text is shown to its end.
    """
    folded = False
    for kept, run in groupby(blocks, key=lambda block: block.kept):
        row = list(run)
        if fold and not kept and len(row) >= FOLDED_BLOCKS:
            folded = True
            yield _folded(row)
        else:
            yield from (_line_of(block, whole=whole) for block in row)

    if folded:
        yield Text(f"({FOLDED_HINT})", "dim")


def _folded(blocks: Sequence[ExplainedBlock]) -> Text:
    """Return the line of a run of dropped blocks: their number, their reasons, how the first begins."""
    return Text.assemble(
        ("-       ", "red"),
        (f"{count_of(len(blocks), 'block')}: {_count_reasons(blocks)}", "dim italic"),
        (f"\n{INDENT}{_shortened(blocks[0].text)}", "dim"),
    )


def _count_reasons(blocks: Iterable[ExplainedBlock]) -> str:
    reasons = Counter(block.reason for block in blocks)
    return ", ".join(f"{reason} ({number})" for reason, number in reasons.most_common())


def _line_of(block: ExplainedBlock, *, whole: bool) -> Text:
    """Return a block's lines: its probability and text, then the reason and the evidence."""
    sign, colour = ("+", "green") if block.kept else ("-", "red")
    shown = _on_one_line if whole else _shortened
    return Text.assemble(
        (f"{sign} {100 * block.probability:3.0f} % ", colour),
        (shown(block.text), _style_of(block)),
        (f"\n{INDENT}{'; '.join(_reasons_of(block))}", "dim italic"),
    )


def _style_of(block: ExplainedBlock) -> str:
    if block.kind == "heading":
        return "bold"
    return "" if block.kept else "dim"


def _reasons_of(block: ExplainedBlock) -> Iterator[str]:
    """Yield the reason, trafilatura's verdict where it was asked, the evidence for the body and against it."""
    yield block.reason
    if block.trafilatura is not None:
        share = round(100 * block.trafilatura)
        yield f"trafilatura {SHARES.get(share, f'keeps {share} %')}"

    if block.repeats and not block.reason.startswith("the same on "):
        yield f"the same on {count_of(block.repeats, 'other page')} of this site"

    for side, words in (("for", block.words_for), ("against", block.words_against)):
        if words:
            yield f"{side}: {', '.join(words)}"


def _shortened(text: str) -> str:
    """Return a block's text on one line, cut to the length of one."""
    shown = _on_one_line(text)
    return shown if len(shown) <= SHOWN_CHARS else f"{shown[:SHOWN_CHARS]}…"


def _on_one_line(text: str) -> str:
    return show_text(" ".join(text.split()))
