"""Articles whose text ends before its end: at a paywall, at a link to the rest, or where the file was cut."""

import re
from itertools import islice

from newsspider.extraction.blocks import Block
from newsspider.extraction.evidence.wording import PROSE_WORDS
from newsspider.extraction.fields.access import find_is_free
from newsspider.extraction.kinds.clues import Clues
from newsspider.extraction.kinds.matching import phrases_in, plain
from newsspider.extraction.kinds.phrases import GO_ON_TEXTS, PAYWALL_TEXTS
from newsspider.extraction.paid_text import SCRAMBLED, drops_scrambled
from newsspider.extraction.sources import as_text
from newsspider.parts import find_parts

PROMPT_BLOCKS = 5  # after the body's last block, among which the prompt to pay stands
PROMPT_CHARS = 400  # a block longer than it is no prompt
KEPT_PROMPT_CHARS = 120  # of a last kept block that is the prompt itself
MORE_BLOCKS = 2  # after the body's last block, among which the link to the rest stands
MORE_CHARS = 60
TAIL_CHARS = 200  # of the HTML, in which its end tags stand
OPEN_BLOCKS = 2  # containers that are open at the end of a file that was cut
DECLARED_TIMES = 2.0  # times the body's words that the page declares to have
DECLARED_MORE = 80  # words
MIN_BROKEN_WORDS = 40  # of a body that breaks off; a shorter one was rather not found
_STOPPED = re.compile(r"[.!?…。！？؟।։:;][\"'”’»“)\]]*$|[\"'”’»“)\]]$")
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))[\"'”’»)\]]*$")
_LETTER = re.compile(r"[\w,]$")
_CONTAINER = re.compile(r"<(/?)(?:div|article|section|main)\b", re.IGNORECASE)


def why_paywalled(clues: Clues) -> str | None:
    """Return what says that the rest is for those who pay: the page's declaration, or a prompt where the text ends."""
    free = find_is_free(clues.sources)
    if free and free.value is False:
        return f"declared as not free ({free.provenance})"
    evidence = clues.stripped.evidence
    dropped = any(verdict.reason == SCRAMBLED for verdict in clues.stripped.verdicts)
    if evidence and (dropped or drops_scrambled(evidence, clues.kept)):
        return "the rest of the text is scrambled"
    if not clues.kept.any():
        return None
    last = _last_of_body(clues)
    kept = plain(clues.blocks[last].text)
    for text in ([kept] if len(kept) <= KEPT_PROMPT_CHARS else []) + _after(clues, last, PROMPT_BLOCKS):
        if len(text) <= PROMPT_CHARS and (said := phrases_in(text, PAYWALL_TEXTS)):
            return f"the text ends in a prompt (“{said[0]}”)"
    return None


def why_truncated(clues: Clues) -> str | None:
    """Return what shows that there is more of the article than the page holds."""
    if clues.page.flat or clues.stripped.source == "script" or _last_of_text(clues) < 0:
        return None
    if cut := _why_cut(clues):
        return cut
    continued = _why_continued(clues)
    return None if continued and find_parts(clues.page) else continued  # it goes on in the other parts


def _last_of_body(clues: Clues) -> int:
    """Return the number of the last kept block."""
    return int(clues.kept.nonzero()[0][-1])


def _last_of_text(clues: Clues) -> int:
    """Return the number of the last block of the text that the body ends in, be it kept or not; -1 for no text."""
    if not clues.kept.any():
        return len(clues.blocks) - 1 if clues.blocks and _reads_on(clues.blocks[-1], float(clues.words[-1])) else -1
    last = _last_of_body(clues)
    while last + 1 < len(clues.blocks) and _reads_on(clues.blocks[last + 1], float(clues.words[last + 1])):
        last += 1
    return last


def _reads_on(block: Block, words: float) -> bool:
    """Whether a block could be a paragraph, the last one perhaps broken off."""
    return not block.hidden and not block.level and block.link_chars == 0 and words >= PROSE_WORDS


def _after(clues: Clues, start: int, count: int) -> list[str]:
    """Return the visible blocks that follow one, in lower case."""
    following = clues.blocks[start + 1 :]
    return [plain(block.text) for block in islice((block for block in following if not block.hidden), count)]


def _why_continued(clues: Clues) -> str | None:
    """Return what says that the text goes on elsewhere: it breaks off, and a link or a number of words says so."""
    last = clues.blocks[_last_of_text(clues)].text.rstrip()
    for text in _after(clues, _last_of_text(clues), MORE_BLOCKS):
        if len(text) <= MORE_CHARS and _BROKEN_OFF.search(last) and (said := phrases_in(text, GO_ON_TEXTS)):
            return f"the text breaks off before “{said[0]}”"
    declared = _declared_words(clues)
    enough = clues.body_words >= MIN_BROKEN_WORDS
    if (
        enough
        and declared >= DECLARED_TIMES * clues.body_words + DECLARED_MORE
        and (_BROKEN_OFF.search(last) or not _STOPPED.search(last))
    ):
        return f"the text breaks off after {clues.body_words} of {declared} declared words"
    return None


def _declared_words(clues: Clues) -> int:
    """Return the number of words that JSON-LD gives for the article, 0 for none."""
    value = clues.article.get("wordCount")
    digits = str(value) if isinstance(value, int) else re.sub(r"\D", "", as_text(value) or "")
    return int(digits) if digits and len(digits) <= 6 else 0


def _why_cut(clues: Clues) -> str | None:
    """Return what shows that the file ends in the middle of the page."""
    html = clues.page.html
    tail = html[-TAIL_CHARS:].lower()
    if "</html" in tail or "</body" in tail or _last_of_text(clues) < len(clues.blocks) - 1:
        return None
    lower = html.lower()
    if "</html" in lower or "</body" in lower:
        return None
    end = html.rstrip()
    in_tag = end.rfind("<") > end.rfind(">")
    text_after = not in_tag and not end.endswith(">")
    open_blocks = sum(-1 if found[1] else 1 for found in _CONTAINER.finditer(html))
    last = clues.blocks[-1].text.rstrip()
    if in_tag:
        return "the file ends inside a tag"
    if open_blocks >= OPEN_BLOCKS or (
        text_after and (open_blocks >= 1 or "<body" in lower) and not _STOPPED.search(last)
    ):
        return f"the file ends with {open_blocks} elements open" if open_blocks else "the file ends inside a sentence"
    return None
