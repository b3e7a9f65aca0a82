"""Weigh the signs of a kind, and read the labels that pages put on themselves."""

from newsspider.extraction.kinds.matching import bare, is_label
from newsspider.extraction.kinds.page_facts import PageFacts

MAX_HEADING_CHARS = 60  # of a heading that is nothing but a message


def sum_up(needed: int, *signs: tuple[int, str]) -> str | None:
    """Return the signs that were seen when their points suffice."""
    if sum(points for points, _ in signs) < needed:
        return None

    return ", ".join(sign for points, sign in signs if points)


def labelled(facts: PageFacts, phrases: tuple[str, ...]) -> str | None:
    """Return the heading or the part of the title that is one of the phrases."""
    for text in facts.headings:
        if is_label(text, phrases):
            return bare(text)

    return None
