"""Names with which a text is signed, in a line of their own below the last paragraph."""

import re
from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.byline_words import (
    BEATS,
    PARTICLES,
    SECTION_WORDS,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_name,
    is_outlet,
    is_role,
)
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.opening import Opening, is_inside_foreign, is_prose

MAX_SIGNATURE_CHARS = 40

MAX_SIGNATURE_DISTANCE = 3  # blocks below the last paragraph that may be a signature

MAX_PERSON_WORDS = 5

_SIGNING_TAGS = frozenset("em i b strong".split())

_SIGNING_MARK = re.compile(
    r"(?i)text-align:\s*right|(?<![a-z])(?:text-)?right(?![a-z])|(?<![a-z])sign(?!up|-up|in)"
)

_SMALL = frozenset("of the for and und".split())  # inside names of organisations only

_NOT_A_FIRST_NAME = frozenset(
    "new los las san santa hong north south east west saint st the der die das el le la".split()
)


def looks_like_person(text: str, outlets: tuple[str, ...]) -> bool:
    """Whether a line is only a text that looks like a person's name of two words or more.

    >>> [looks_like_person(text, ())
    ...  for text in ("Ann Lee", "Harbour News", "NEW YORK", "Ann", "The old ferry")]
    [True, False, False, False, False]
    """
    words = text.split()
    if (
        not 2 <= len(words) < MAX_PERSON_WORDS
        or text.isupper()
        or not is_name(text)
        or is_outlet(text, outlets)
    ):
        return False

    lowered = [word.strip(".").lower() for word in words]
    return (
        lowered[0] not in _NOT_A_FIRST_NAME
        and not any(word in SECTION_WORDS or word in BEATS for word in lowered)
        and all(_is_name_word(word) for word in words)
        and not is_role(text)
        and not agency_named(text)
    )


def _is_name_word(word: str) -> bool:
    bare = word.replace("-", "").replace("'", "").replace("’", "").strip(".")
    return bare.isalpha() and (word[0].isupper() or word in PARTICLES - _SMALL)


def signed_names(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name that signs the text, set apart in its own line below the last paragraph."""
    page = opening.page
    if opening.headline < 0:
        return ()

    last = _last_paragraph(page, opening.headline)
    for block in page.blocks[last + 1 : last + 1 + MAX_SIGNATURE_DISTANCE] if last >= 0 else ():
        text = block.text.strip(" ()[]—–-*")
        if len(text) > MAX_SIGNATURE_CHARS or block.level or block.link_chars or block.hidden:
            return ()

        if (
            _is_set_apart(block)
            and looks_like_person(text, outlets)
            and not is_inside_foreign(page, block.node)
        ):
            return clean_names([text], outlets)

    return ()


def _last_paragraph(page: CutPage, headline: int) -> int:
    """Return the number of the last paragraph of the run below the headline; -1 for none."""
    last = -1
    for block in page.blocks[headline + 1 :]:
        if block.level == 1 and not block.hidden:
            break

        if (
            is_prose(block)
            and not block.hidden
            and (last < 0 or not is_inside_foreign(page, block.node))
        ):
            if last >= 0 and not _is_beside(page, block, page.blocks[last]):
                break

            last = block.number

    return last


def _is_beside(page: CutPage, block: Block, other: Block) -> bool:
    """Whether two paragraphs are in the same part of the page."""
    return page.nodes.parent[block.owner] == page.nodes.parent[other.owner]


def _is_set_apart(block: Block) -> bool:
    """Whether a line is set in italics or bold, or to the right."""
    if block.bold_chars >= 0.8 * len(block.text.strip()):
        return True

    return any(map(_is_signing, (block.element, *_iter_few(block))))


def _is_signing(element: etree._Element) -> bool:
    """Whether an element is one of italics or bold, or is named or styled as a signature."""
    if callable(element.tag):
        return False

    names = f"{element.get('style') or ''} {element.get('class') or ''}"
    return element.tag in _SIGNING_TAGS or _SIGNING_MARK.search(names) is not None


def _iter_few(block: Block) -> Iterator[etree._Element]:
    """Yield the elements of a line's pieces."""
    for piece in block.pieces[:4]:
        yield piece.element
