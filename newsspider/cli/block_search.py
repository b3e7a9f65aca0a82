"""The blocks of a page that contain words, for `why --find`."""

from newsspider.extraction.explain import ExplainedBlock
from newsspider.pool.inspect_job import Explained
from newsspider.text import show_text, squash


def find_blocks(explained: Explained, words: str) -> tuple[ExplainedBlock, ...]:
    """Return the blocks that contain the words, whatever their case and white space."""
    wanted = _plain(words)
    return tuple(block for block in explained.blocks if wanted in _plain(block.text))


def describe_missing(explained: Explained, words: str) -> str:
    """Return where words are that no block contains."""
    shown = f"“{show_text(squash(words))}”"
    if _plain(words) in _plain(explained.html):
        return (
            f"no block has {shown}: the page's HTML has it outside of its visible text, such as in "
            "a script or an attribute"
        )

    return (
        f"neither a block nor the page's HTML has {shown}: it may be in several blocks, broken by "
        "tags, or loaded by a script"
    )


def _plain(text: str) -> str:
    return squash(text).casefold()
