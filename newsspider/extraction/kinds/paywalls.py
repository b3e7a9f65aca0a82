"""Articles whose rest is only for paying readers; whether an article's text is complete."""

import re
from collections.abc import Callable, Iterator
from itertools import islice, takewhile

from lxml import etree

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.declared.metadata import Found, as_list, as_text
from newsspider.extraction.evidence.wording import PROSE_WORDS
from newsspider.extraction.fields.access import find_is_free
from newsspider.extraction.kinds.matching import phrases_in, plain
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.kinds.paywall_words import FOR_READERS, OFFER, PERIOD, PRICE
from newsspider.extraction.kinds.phrases import PAYWALL_LABELS, PAYWALL_TEXTS
from newsspider.extraction.rules.paid_text import SCRAMBLED, drops_scrambled
from newsspider.extraction.rules.scrambled import is_filler
from newsspider.kinds import ARTICLE_KINDS

PROMPT_BLOCKS = 5  # after the body's last block, among which the prompt to pay is
KEPT_BLOCKS = 3  # at the body's end that may be the prompt itself
OFFER_BLOCKS = 3  # after the body's last block, among which an offer in other words is
PROMPT_CHARS = 400  # a longer block isn't a prompt
KEPT_PROMPT_CHARS = 120  # of a kept block that is the prompt itself
LABEL_CHARS = 80  # of a block that says no more than for whom the text is
EXCERPT_WORDS = 60  # of a body that ends in "…"; longer texts end so for the effect
TEASER_WORDS = 150  # of a free part before an offer where nothing is declared
BROKEN_WORDS = 250  # of a free part that breaks off, where the article is declared as not free
MANY_WORDS = 400  # of a body; with more, an empty element for the paid part is only a mark
EMPTY_CHARS = 40  # of the element of the paid part; with less it holds no text
# Of the declared words, below which the body of an article that is not free is a part
PART_SHARE = 0.6
WHOLE_SHARE = 0.85  # of the declared words; sites count a little differently
LONGER_SHARE = 1.6  # of the declared words; with more the number means something else
OPENING_WORDS = 60  # of a body; a shorter one is not compared with the declared words
MAX_COUNT_DIGITS = 6  # of a number of words
CLIMB = 20  # elements above a prompt that are looked at
BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))[\"'”’»)\]]*$")
STOPPED = re.compile(r"[.!?…。！？؟।։:;][\"'”’»“)\]]*$|[\"'”’»“)\]]$")

Find = Callable[[str], str | None]
_SIMPLE_SELECTOR = re.compile(r"([.#])([\w-]+)$")
_WALL = re.compile(r"pay-?wall|reg-?wall|piano")
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:footer|colophon|dialog|modal|popup|popover|overlay|lightbox|advert\w*|ads?|"
    r"sponsor\w*|comments?|kommentare?|comentarios|commentaires|reactions?|hide|hidden|d-none)(?:$|"
    r"[\s_-])"
)
_SIDEBAR_NAME = re.compile(r"(?:^|[\s_-])(?:sidebar|rail)(?:$|[\s_-])")
_ASIDE_TAGS = frozenset({"footer", "dialog", "form"})


def why_paywalled(facts: PageFacts) -> str | None:
    """Return the reason why a part of the text is missing: it is for paying readers.

    That an article is declared as not free says nothing about the text (`is_free` has it): most
    such pages are whole.
    """
    if _is_scrambled(facts):
        return "the rest of the text is scrambled"

    if not facts.kept.any() or is_declared_whole(facts):
        return None

    free = find_is_free(facts.metadata)
    if free is None:
        return _why_prompted(facts, declared=False)

    if free.value:
        return None

    return _why_prompted(facts, declared=True) or _why_withheld(facts)


def find_is_complete(facts: PageFacts, kind: str) -> Found | None:
    """Return whether the article's text is complete; None if unknown, and for other pages."""
    if kind in ("paywalled", "truncated"):
        return Found(False, "text")

    if kind not in ARTICLE_KINDS or not facts.kept.any():
        return None

    if is_declared_whole(facts):
        return Found(True, "json-ld")

    last = facts.blocks[last_of_body(facts)].text.rstrip()
    if facts.body_words <= EXCERPT_WORDS and BROKEN_OFF.search(last):
        return Found(False, "text")

    return None


def declared_words(facts: PageFacts) -> int:
    """Return the article's number of words in JSON-LD, 0 for none."""
    value = facts.article.get("wordCount")
    written = str(value) if isinstance(value, int) else as_text(value)
    digits = re.sub(r"\D", "", written or "")
    return int(digits or "0") if len(digits) <= MAX_COUNT_DIGITS else 0


def is_declared_whole(facts: PageFacts) -> bool:
    """Whether the body has about as many words as the page declares."""
    declared, words = declared_words(facts), facts.body_words
    return words >= OPENING_WORDS and WHOLE_SHARE * declared <= words <= LONGER_SHARE * declared


def last_of_body(facts: PageFacts) -> int:
    """Return the number of the last kept block."""
    return int(facts.kept.nonzero()[0][-1])


def shown_after(facts: PageFacts, start: int, count: int) -> list[Block]:
    """Return the visible blocks that follow one."""
    return list(islice((block for block in facts.blocks[start + 1 :] if not block.hidden), count))


def _is_scrambled(facts: PageFacts) -> bool:
    """Whether text was scrambled; hidden filler is a template's."""
    verdicts = (verdict for verdict in facts.stripped.verdicts if verdict.reason == SCRAMBLED)
    if not all(_is_hidden_filler(verdict.block) for verdict in verdicts):
        return True

    evidence = facts.stripped.evidence
    return evidence is not None and drops_scrambled(evidence, facts.kept)


def _is_hidden_filler(block: Block) -> bool:
    return block.hidden and is_filler(block.text)


def _why_prompted(facts: PageFacts, *, declared: bool) -> str | None:
    """Return the prompt in which the text ends, or an offer in other words after a short text."""
    blocks = list(_last_blocks(facts))
    if said := _said_below(facts, blocks, _prompt_in):
        return f"the text ends in a prompt (“{said}”)"

    offers = blocks[: KEPT_BLOCKS + OFFER_BLOCKS]
    is_teaser = declared or (facts.article and facts.body_words < TEASER_WORDS)
    if is_teaser and (offer := _said_below(facts, offers, _offer_in)):
        return f"the text ends in an offer (“{offer}”)"

    return None


def _said_below(facts: PageFacts, blocks: list[Block], find: Find) -> str | None:
    """Return the first words that are found in a block, and not in one beside the text."""
    body = facts.blocks[last_of_body(facts)].element
    said = ((find(plain(block.text)), block.element) for block in blocks)
    found = (words for words, element in said if words and not _is_aside(element, body))
    return next(found, None)


def _last_blocks(facts: PageFacts) -> Iterator[Block]:
    """Yield the short blocks at the body's end and the blocks that follow it."""
    kept = facts.kept.nonzero()[0][: -KEPT_BLOCKS - 1 : -1].tolist()
    yield from takewhile(_is_short_kept, (facts.blocks[number] for number in kept))

    following = shown_after(facts, last_of_body(facts), PROMPT_BLOCKS)
    yield from (block for block in following if len(block.text) <= PROMPT_CHARS)


def _is_short_kept(block: Block) -> bool:
    return len(block.text) <= KEPT_PROMPT_CHARS


def _prompt_in(text: str) -> str | None:
    """Return the words by which a text says that the rest is for readers who pay."""
    phrases = phrases_in(text, PAYWALL_TEXTS)
    if not phrases and len(text) <= LABEL_CHARS:
        phrases = phrases_in(text, PAYWALL_LABELS)

    if not phrases and (found := FOR_READERS.search(text)):
        phrases = [found[0]]

    return next(iter(phrases), None)


def _offer_in(text: str) -> str | None:
    """Return an offer of a subscription: a price for a span of time, or a trial; not a gift."""
    is_offer = len(text) <= PROMPT_CHARS and OFFER.search(text) and PERIOD.search(text)
    if is_offer and (price := PRICE.search(text)):
        return price[0].strip()

    return None


def _is_aside(element: etree._Element, body: etree._Element) -> bool:
    """Whether an element is in a footer, dialog, advert or comments, or partly hidden.

    Only the elements around it count that are not around the body, too.
    """
    around = set(body.iterancestors())
    own = takewhile(lambda each: each not in around, (element, *element.iterancestors()))
    is_wall = False

    for each in islice(own, CLIMB):
        names = f"{each.get('class', '')} {each.get('id', '')} {each.get('role', '')}".lower()
        is_wall |= bool(_WALL.search(names))
        if _is_apart(each, names) or (_is_sidebar(each, names) and not is_wall):
            return True

    return False


def _is_apart(element: etree._Element, names: str) -> bool:
    """Whether an element is a footer, a dialog or such, or is hidden from some readers."""
    states = (element.get("aria-hidden"), element.get("aria-modal"))
    if element.tag in _ASIDE_TAGS or "true" in states:
        return True

    return _ASIDE_NAME.search(names) is not None


def _is_sidebar(element: etree._Element, names: str) -> bool:
    return element.tag == "aside" or _SIDEBAR_NAME.search(names) is not None


def _why_withheld(facts: PageFacts) -> str | None:
    """Return the reason why an article that isn't free is incomplete: its end or paid part."""
    words, declared = facts.body_words, declared_words(facts)
    if words <= BROKEN_WORDS and _breaks_off(_last_paragraph(facts)):
        return "declared as not free, and the text breaks off"

    if 0 < words < PART_SHARE * declared:
        return f"declared as not free, with {words} of {declared} declared words"

    if words <= MANY_WORDS and _has_empty_part(facts):
        return "declared as not free, and the element of the paid part is empty"

    return None


def _breaks_off(last: Block) -> bool:
    """Whether a text's last block is a paragraph that doesn't end like one."""
    text = last.text.rstrip()
    is_open = BROKEN_OFF.search(text) or not STOPPED.search(text)
    return not last.level and bool(is_open)


def _last_paragraph(facts: PageFacts) -> Block:
    """Return the last kept block, or the next one if it could begin the next paragraph."""
    last = facts.blocks[last_of_body(facts)]
    for following in shown_after(facts, last.number, 1):
        is_long = facts.words[following.number] >= PROSE_WORDS
        if is_long and _is_alike(following, last) and not following.link_chars:
            return following

    return last


def _is_alike(block: Block, other: Block) -> bool:
    """Whether a block is of the same kind as a paragraph, and beside it."""
    is_beside = block.element.getparent() is other.element.getparent()
    return is_beside and block.kind == other.kind and not block.level


def _has_empty_part(facts: PageFacts) -> bool:
    """Whether the element that JSON-LD names as the paid part is there and holds no text."""
    parts = (part for part in as_list(facts.article.get("hasPart")) if isinstance(part, dict))
    selectors = (_SIMPLE_SELECTOR.match(as_text(part.get("cssSelector")) or "") for part in parts)
    named = (_select(facts.page.tree, *found.groups()) for found in filter(None, selectors))
    return any(all(map(_is_empty, elements)) for elements in filter(None, named))


def _select(tree: etree._Element, mark: str, name: str) -> list[etree._Element]:
    """Return the elements of a class (mark ".") or an id (mark "#")."""
    attribute = "class" if mark == "." else "id"
    return [each for each in tree.iter("*") if name in each.get(attribute, "").split()]


def _is_empty(element: etree._Element) -> bool:
    return len("".join(element.itertext()).strip()) < EMPTY_CHARS
