"""Articles whose rest is only for paying readers; whether an article's text is complete."""

import re
from collections.abc import Iterator
from itertools import islice

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
PART_SHARE = (
    0.6  # of the declared words, below which the body of an article that is not free is a part
)
WHOLE_SHARE = 0.85  # of the declared words; sites count a little differently
LONGER_SHARE = 1.6  # of the declared words; with more the number means something else
OPENING_WORDS = 60  # of a body; a shorter one is not compared with the declared words
CLIMB = 20  # elements above a prompt that are looked at
BROKEN_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))[\"'”’»)\]]*$")
STOPPED = re.compile(r"[.!?…。！？؟।։:;][\"'”’»“)\]]*$|[\"'”’»“)\]]$")

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

    free = find_is_free(facts.metadata)
    if not facts.kept.any() or (free and free.value) or is_declared_whole(facts):
        return None

    if free is None:
        return _why_prompted(facts, declared=False)

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
    if isinstance(value, int):
        digits = str(value)
    else:
        digits = re.sub(r"\D", "", as_text(value) or "")

    if digits and len(digits) <= 6:
        return int(digits)

    return 0


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
    evidence = facts.stripped.evidence
    dropped = (verdict.block for verdict in facts.stripped.verdicts if verdict.reason == SCRAMBLED)

    if any(not (block.hidden and is_filler(block.text)) for block in dropped):
        return True

    return bool(evidence and drops_scrambled(evidence, facts.kept))


def _why_prompted(facts: PageFacts, *, declared: bool) -> str | None:
    """Return the prompt in which the text ends, or an offer in other words after a short text."""
    body = facts.blocks[last_of_body(facts)].element
    blocks = [(plain(block.text), block.element) for block in _last_blocks(facts)]

    for text, element in blocks:
        if (said := _prompt_in(text)) and not _is_aside(element, body):
            return f"the text ends in a prompt (“{said}”)"

    if not declared and not (facts.article and facts.body_words < TEASER_WORDS):
        return None

    for text, element in blocks[: KEPT_BLOCKS + OFFER_BLOCKS]:
        if (offer := _offer_in(text)) and not _is_aside(element, body):
            return f"the text ends in an offer (“{offer}”)"

    return None


def _last_blocks(facts: PageFacts) -> Iterator[Block]:
    """Yield the short blocks at the body's end and the blocks that follow it."""
    last = last_of_body(facts)
    for number in facts.kept.nonzero()[0][: -KEPT_BLOCKS - 1 : -1].tolist():
        if len(facts.blocks[number].text) > KEPT_PROMPT_CHARS:
            break

        yield facts.blocks[number]

    for block in shown_after(facts, last, PROMPT_BLOCKS):
        if len(block.text) <= PROMPT_CHARS:
            yield block


def _prompt_in(text: str) -> str | None:
    """Return the words by which a text says that the rest is for readers who pay."""
    if said := phrases_in(text, PAYWALL_TEXTS):
        return said[0]

    if len(text) <= LABEL_CHARS and (said := phrases_in(text, PAYWALL_LABELS)):
        return said[0]

    found = FOR_READERS.search(text)
    if found:
        return found[0]

    return None


def _offer_in(text: str) -> str | None:
    """Return an offer of a subscription: a price for a span of time, or a trial; not a gift."""
    if len(text) > PROMPT_CHARS or not OFFER.search(text):
        return None

    price = PRICE.search(text)
    if price and PERIOD.search(text):
        return price[0].strip()

    return None


def _is_aside(element: etree._Element, body: etree._Element) -> bool:
    """Whether an element is in a footer, dialog, advert or comments, or partly hidden.

    Only the elements around it count that are not around the body, too.
    """
    around = set(body.iterancestors())
    is_wall = False

    for each in islice((element, *element.iterancestors()), CLIMB):
        if each in around:
            return False

        names = f"{each.get('class', '')} {each.get('id', '')} {each.get('role', '')}".lower()
        is_wall |= bool(_WALL.search(names))
        if each.tag in _ASIDE_TAGS or _ASIDE_NAME.search(names) or "true" in (
            each.get("aria-hidden"), each.get("aria-modal"),
        ):  # fmt: skip
            return True

        if not is_wall and (each.tag == "aside" or _SIDEBAR_NAME.search(names)):
            return True

    return False


def _why_withheld(facts: PageFacts) -> str | None:
    """Return the reason why an article that isn't free is incomplete: its end or paid part."""
    last = _last_paragraph(facts)
    text = last.text.rstrip()

    if (
        facts.body_words <= BROKEN_WORDS
        and not last.level
        and (BROKEN_OFF.search(text) or not STOPPED.search(text))
    ):
        return "declared as not free, and the text breaks off"

    if 0 < facts.body_words < PART_SHARE * declared_words(facts):
        words = f"{facts.body_words} of {declared_words(facts)} declared words"
        return f"declared as not free, with {words}"

    if facts.body_words <= MANY_WORDS and _has_empty_part(facts):
        return "declared as not free, and the element of the paid part is empty"

    return None


def _last_paragraph(facts: PageFacts) -> Block:
    """Return the last kept block, or the next one if it could begin the next paragraph."""
    last = facts.blocks[last_of_body(facts)]
    following = next(iter(shown_after(facts, last.number, 1)), None)
    is_beside = following is not None and following.element.getparent() is last.element.getparent()

    if following is None or not is_beside or following.level or following.link_chars:
        return last

    if facts.words[following.number] >= PROSE_WORDS and following.kind == last.kind:
        return following

    return last


def _has_empty_part(facts: PageFacts) -> bool:
    """Whether the element that JSON-LD names as the paid part is there and holds no text."""
    for part in as_list(facts.article.get("hasPart")):
        if not isinstance(part, dict):
            continue

        if selector := _SIMPLE_SELECTOR.match(as_text(part.get("cssSelector")) or ""):
            named = _select(facts.page.tree, *selector.groups())
            if named and all(map(_is_empty, named)):
                return True

    return False


def _select(tree: etree._Element, mark: str, name: str) -> list[etree._Element]:
    """Return the elements of a class (mark ".") or an id (mark "#")."""
    attribute = "class" if mark == "." else "id"
    return [each for each in tree.iter("*") if name in each.get(attribute, "").split()]


def _is_empty(element: etree._Element) -> bool:
    return len("".join(element.itertext()).strip()) < EMPTY_CHARS
