"""Articles whose text ends before its end: at a link to the rest, or where the file was cut."""

import re

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.wording import PROSE_WORDS
from newsspider.extraction.kinds.matching import phrases_in, plain
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.kinds.paywalls import (
    BROKEN_OFF,
    STOPPED,
    declared_words,
    last_of_body,
    shown_after,
)
from newsspider.extraction.kinds.phrases import GO_ON_TEXTS
from newsspider.pages.article_parts import find_parts

MORE_BLOCKS = 2  # after the body's last block, among which the link to the rest is
MORE_CHARS = 60
TAIL_CHARS = 200  # at the end of the HTML, with its end tags
OPEN_BLOCKS = 2  # containers that are open at the end of a file that was cut
DECLARED_TIMES = 2.0  # times the body's words that the page declares to have
DECLARED_MORE = 80  # words
MIN_BROKEN_WORDS = 40  # of a body that breaks off; a shorter one was rather not found
_LETTER = re.compile(r"[\w,]$")
_CONTAINER = re.compile(r"<(/?)(?:div|article|section|main)\b", re.IGNORECASE)


def why_truncated(facts: PageFacts) -> str | None:
    """Return the reason why the page doesn't have all of the article."""
    if facts.page.flat or facts.stripped.source == "script" or _last_of_text(facts) < 0:
        return None

    if cut := _why_cut(facts):
        return cut

    continued = _why_continued(facts)
    # it goes on in the other parts
    if continued and find_parts(facts.page):
        return None

    return continued


def _last_of_text(facts: PageFacts) -> int:
    """Return the number of the last block of the text where the body ends; -1 for none."""
    if not facts.kept.any():
        if facts.blocks and _reads_on(facts.blocks[-1], float(facts.words[-1])):
            return len(facts.blocks) - 1

        return -1

    last = last_of_body(facts)
    while last + 1 < len(facts.blocks) and _reads_on(
        facts.blocks[last + 1], float(facts.words[last + 1])
    ):
        last += 1

    return last


def _reads_on(block: Block, words: float) -> bool:
    """Whether a block could be a paragraph, the last one perhaps broken off."""
    return not block.hidden and not block.level and block.link_chars == 0 and words >= PROSE_WORDS


def _why_continued(facts: PageFacts) -> str | None:
    """Return the reason why the text continues elsewhere: it ends before a link or word count."""
    last = facts.blocks[_last_of_text(facts)].text.rstrip()
    for text in (
        plain(block.text) for block in shown_after(facts, _last_of_text(facts), MORE_BLOCKS)
    ):
        if (
            len(text) <= MORE_CHARS
            and BROKEN_OFF.search(last)
            and (said := phrases_in(text, GO_ON_TEXTS))
        ):
            return f"the text breaks off before “{said[0]}”"

    declared = declared_words(facts)
    enough = facts.body_words >= MIN_BROKEN_WORDS
    if (
        enough
        and declared >= DECLARED_TIMES * facts.body_words + DECLARED_MORE
        and (BROKEN_OFF.search(last) or not STOPPED.search(last))
    ):
        return f"the text breaks off after {facts.body_words} of {declared} declared words"

    return None


def _why_cut(facts: PageFacts) -> str | None:
    """Return the reason why the file ends in the middle of the page."""
    html = facts.page.html
    tail = html[-TAIL_CHARS:].lower()

    if "</html" in tail or "</body" in tail or _last_of_text(facts) < len(facts.blocks) - 1:
        return None

    lower = html.lower()
    if "</html" in lower or "</body" in lower:
        return None

    end = html.rstrip()
    if end.rfind("<") > end.rfind(">"):
        return "the file ends inside a tag"

    open_blocks = sum(-1 if found[1] else 1 for found in _CONTAINER.finditer(html))
    ends_in_text = not end.endswith(">") and (open_blocks >= 1 or "<body" in lower)
    in_sentence = ends_in_text and not STOPPED.search(facts.blocks[-1].text.rstrip())

    if open_blocks < OPEN_BLOCKS and not in_sentence:
        return None

    if open_blocks:
        return f"the file ends with {open_blocks} elements open"

    return "the file ends inside a sentence"
