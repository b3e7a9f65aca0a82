"""Policy: text that was scrambled for readers who don't pay is never body."""

from bisect import bisect_left

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.scrambled import (
    MIN_WORDS,
    has_mixed_letters,
    has_replaced_letters,
    is_in_known_language,
    is_scrambled,
    is_shuffled,
    looks_sound,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SCRAMBLED = "scrambled for those who don't pay"  # the verdicts' reason
# Of the kept words below which scrambled text with more sound text after it is quoted
QUOTED_SHARE = 0.25
PLACE_CHARS = 3_000  # of a place's text that are looked at
DROPPED_WORDS = 20  # of a dropped block that shows the rest of the article to be scrambled
MAX_DROPPED = 5  # dropped blocks that are looked at closely
CLIMB = 6  # elements above the last kept block that may blur it
_NAMES = ("blur", "crypt", "scrambl", "obfus", "paywall", "premium", "paid", "subscriber")


def find_scrambled(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find kept blocks with scrambled text, unless an article about such text quotes them."""
    blocks = evidence.page.blocks
    numbers = np.flatnonzero(kept).tolist()
    found = _scrambled_runs(blocks, numbers)

    if found and _is_quoted(evidence.wording.words, numbers, found):
        found = set()

    for place in _paid_places(evidence, numbers):
        text = "\n".join([blocks[number].text for number in place])[:PLACE_CHARS]
        is_mixed = not is_in_known_language(text) and has_mixed_letters(
            text, _beside(blocks, numbers, place)
        )
        if is_mixed or is_shuffled(text):
            found.update(place)

    return sorted(found)


def drops_scrambled(evidence: Evidence, kept: Flags) -> bool:
    """Whether a paragraph with replaced letters is among the blocks that the model dropped."""
    dropped = np.flatnonzero(
        ~kept & (evidence.wording.words >= DROPPED_WORDS) & (evidence.wording.link_density < 0.3)
    )
    texts = (evidence.page.blocks[number].text for number in dropped.tolist())
    doubtful = [text for text in texts if not looks_sound(text)]

    return any(map(has_replaced_letters, doubtful[:MAX_DROPPED]))


def _scrambled_runs(blocks: list[Block], numbers: list[int]) -> set[int]:
    """Return the blocks in runs of neighbours whose text is scrambled.

    Short ones go with the run.
    """
    found: set[int] = set()
    run: list[int] = []

    for number in [*numbers, -1]:
        if number >= 0 and not looks_sound(blocks[number].text):
            run.append(number)
        elif run:
            found.update(_scrambled_run(blocks, run))
            run = []

    if found:  # a scrambled paragraph may look sound at a glance
        between = (
            number for number in numbers if min(found) < number < max(found) and number not in found
        )
        found.update([number for number in between if is_scrambled(blocks[number].text)])

    return found


def _scrambled_run(blocks: list[Block], run: list[int]) -> list[int]:
    text = "\n".join([blocks[number].text for number in run])[:PLACE_CHARS]
    if text.count(" ") + len(run) < MIN_WORDS or not is_scrambled(text):
        return []

    return [
        number
        for number in run
        if len(blocks[number].text.split()) < MIN_WORDS or is_scrambled(blocks[number].text)
    ]


def _is_quoted(words: Floats, numbers: list[int], found: set[int]) -> bool:
    """Whether scrambled text is a small part of a text that goes on after it."""
    scrambled = sum(words[number] for number in found)
    after = sum(words[number] for number in numbers if number > max(found))

    return bool(
        scrambled < QUOTED_SHARE * sum(words[number] for number in numbers) and after > scrambled
    )


def _paid_places(evidence: Evidence, numbers: list[int]) -> set[tuple[int, ...]]:
    """Return the kept blocks inside elements that are named as paid or scrambled, or blurred."""
    places = {
        tuple(numbers[bisect_left(numbers, first) : bisect_left(numbers, end)])
        for first, end in set(_named_elements(evidence))
    }
    blurred = None

    if numbers:
        blurred = _blurring(evidence.page.blocks[numbers[-1]].element)

    if blurred is not None:
        places.add(
            tuple(
                number
                for number in numbers
                if _blurring(evidence.page.blocks[number].element) is not None
            )
        )

    words = evidence.wording.words
    return {place for place in places if words[list(place)].sum() >= MIN_WORDS}


def _beside(blocks: list[Block], numbers: list[int], place: tuple[int, ...]) -> str:
    """Return the kept text that is not in a place."""
    return " ".join(
        blocks[number].text for number in numbers if not place[0] <= number <= place[-1]
    )[:PLACE_CHARS]


def _named_elements(evidence: Evidence) -> list[tuple[int, int]]:
    """Return the blocks inside (first, end) each element that is named as paid or scrambled."""
    shape, paid = evidence.shape, evidence.hints.paid
    looks = {look for look in shape.looks_with(_NAMES) if _names_paid_text(shape.looks[look][1])}

    if paid:
        looks |= {
            look
            for look, (_, key) in enumerate(shape.looks)
            if not paid.isdisjoint(key.lower().replace("id=", "").split())
        }

    return shape.ranges(looks)


def _names_paid_text(key: str) -> bool:
    """Whether naming attributes call an element's text paid or scrambled; a blurb isn't blurred."""
    lower = key.lower().replace("blurb", "")
    return any(name in lower for name in _NAMES)


def _blurring(element: etree._Element | None) -> etree._Element | None:
    """Return the nearest element that blurs its content."""
    for _ in range(CLIMB):
        if element is None or "blur(" in element.get("style", ""):
            return element

        element = element.getparent()

    return None
