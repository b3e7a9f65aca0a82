"""Articles whose text ends before its end: at a link to the rest, or where the file was cut."""

import re
from itertools import chain

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
_END_TAG = re.compile(r"</(?:html|body)", re.IGNORECASE)
_CLOSING_OR_OPENING = {"/": -1, "": 1}
_CONTAINER = re.compile(r"<(/?)(?:div|article|section|main)\b", re.IGNORECASE)


def why_truncated(facts: PageFacts) -> str | None:
    """Return the reason why the page doesn't have all of the article."""
    if facts.page.flat or facts.stripped.source == "script" or _last_of_text(facts) < 0:
        return None

    return _why_cut(facts) or _why_in_parts(facts)


def _why_in_parts(facts: PageFacts) -> str | None:
    """Return the reason why the text continues elsewhere, but not in the article's other parts."""
    continued = _why_continued(facts)
    if continued and not find_parts(facts.page):
        return continued

    return None


def _last_of_text(facts: PageFacts) -> int:
    """Return the number of the last block of the text where the body ends; -1 for none."""
    if not facts.kept.any():
        return _last_readable(facts)

    last = last_of_body(facts)
    while _reads_on(facts, last + 1):
        last += 1

    return last


def _last_readable(facts: PageFacts) -> int:
    """Return the number of the page's last block if it could be a paragraph, else -1."""
    last = len(facts.blocks) - 1
    return last if _reads_on(facts, last) else -1


def _reads_on(facts: PageFacts, number: int) -> bool:
    """Whether there is such a block, and it could be a paragraph, the last one perhaps broken off."""
    if not 0 <= number < len(facts.blocks):
        return False

    block = facts.blocks[number]
    is_plain = not (block.hidden or block.level or block.link_chars)
    return is_plain and float(facts.words[number]) >= PROSE_WORDS


def _why_continued(facts: PageFacts) -> str | None:
    """Return the reason why the text continues elsewhere: it ends before a link or word count."""
    end = _last_of_text(facts)
    last = facts.blocks[end].text.rstrip()
    is_broken_off = BROKEN_OFF.search(last) is not None

    if is_broken_off and (said := _asks_to_go_on(facts, end)):
        return f"the text breaks off before “{said}”"

    has_open_end = is_broken_off or not STOPPED.search(last)
    if has_open_end and _has_more_words(facts):
        words, declared = facts.body_words, declared_words(facts)
        return f"the text breaks off after {words} of {declared} declared words"

    return None


def _asks_to_go_on(facts: PageFacts, end: int) -> str | None:
    """Return the words of a link to the rest, below a block."""
    texts = (plain(block.text) for block in shown_after(facts, end, MORE_BLOCKS))
    said = (phrases_in(text, GO_ON_TEXTS) for text in texts if len(text) <= MORE_CHARS)
    return next(chain.from_iterable(said), None)


def _has_more_words(facts: PageFacts) -> bool:
    """Whether the page declares to have far more words than its body."""
    if facts.body_words < MIN_BROKEN_WORDS:
        return False

    return declared_words(facts) >= DECLARED_TIMES * facts.body_words + DECLARED_MORE


def _why_cut(facts: PageFacts) -> str | None:
    """Return the reason why the file ends in the middle of the page."""
    if _has_end_tag(facts.page.html) or _last_of_text(facts) < len(facts.blocks) - 1:
        return None

    end = facts.page.html.rstrip()
    if end.rfind("<") > end.rfind(">"):
        return "the file ends inside a tag"

    open_blocks = sum(_CLOSING_OR_OPENING[found] for found in _CONTAINER.findall(end))
    if open_blocks < OPEN_BLOCKS and not _ends_in_sentence(facts, end, open_blocks):
        return None

    if open_blocks:
        return f"the file ends with {open_blocks} elements open"

    return "the file ends inside a sentence"


def _has_end_tag(html: str) -> bool:
    """Whether the page or its body ends, most likely at the end of the file."""
    return any(_END_TAG.search(part) for part in (html[-TAIL_CHARS:], html))


def _ends_in_sentence(facts: PageFacts, html: str, open_blocks: int) -> bool:
    """Whether the last characters of the file are text, and not the end of a sentence."""
    in_text = not html.endswith(">") and (open_blocks >= 1 or "<body" in html.lower())
    return in_text and not STOPPED.search(facts.blocks[-1].text.rstrip())
