"""Names near the headline in one line with the date, or in the line beside it."""

import re

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.fields.authors.name_checks import (
    is_only_role,
    is_outlet,
)
from newsspider.extraction.fields.authors.name_parts import DATE
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.authors.signatures import looks_like_person
from newsspider.extraction.fields.opening import Opening
from newsspider.text import read_words

MAX_DATED_CHARS = 80  # of a line with a name and a date

AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|autori|autore|auteurs?|by|profiles?|people|persons?|writers?|"
    r"contributors?|staff|team|journalists?|reporters?|columnists?|redaktion|skribent|yazar|"
    r"penulis|personas|firmas|signataires)/[^/?#]+",
    re.I,
)

SECTION = re.compile(r",?\s+(?:in|on)\s+")  # "Ann Lee in Travel", "Ann Lee on Tuesday"

_TIME = re.compile(
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|GMT|UTC|[ECMP][SD]?T|CES?T))?|"
    r"\d{1,3}\s?[-–]?\s?min(?:ute)?s?\b(?:\s(?:to\s)?read\b)?|\b(?:kommentare|comments?|güncelleme|"
    r"updated|published|aktualisiert|posted|uhr|views?|lesezeit|read(?:ing)? time)\b\s*:?\s*\d*",
    re.I,
)

_USER_PATH = re.compile(r"(?i)/(?:users?|members?|mitglied(?:er)?|profile?s?|forum/u)(?:[-_/?.]|$)")

MAX_ACCOUNT_CHARS = 30

_ENDS = " \t\n|•·,;:-–—»«/"


def is_credit(page: CutPage, node: int) -> bool:
    """Whether an element is in a figure, where names are photographers'."""
    nodes = page.nodes
    while node >= 0:
        if nodes.tag[node] in ("figure", "figcaption"):
            return True

        node = nodes.parent[node]

    return False


def names_beside_date(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name near the headline that is alone in a line with or beside the date."""
    lines = [line.block for line in opening.lines if not is_credit(opening.page, line.block.node)]
    if opening.headline < 0:
        return ()

    title = set(read_words(opening.page.blocks[opening.headline].text))
    dated = [
        len(block.text) <= MAX_DATED_CHARS and _goes_beside_name(block.text) for block in lines
    ]
    for place, block in enumerate(lines):
        if len(block.text) > MAX_DATED_CHARS or not any(dated[max(0, place - 1) : place + 2]):
            continue

        rest = SECTION.split(_TIME.sub(" ", DATE.sub(" ", block.text)).strip(_ENDS))[0].strip(_ENDS)
        if _is_account(block, rest) and not is_outlet(rest, outlets):
            return (rest,)

        if (
            looks_like_person(rest, outlets)
            and title.isdisjoint(read_words(rest))
            and _leads_to(block, rest)
        ):
            return clean_names([rest], outlets)

    return ()


def _is_account(block: Block, name: str) -> bool:
    """Whether a word in a line is the name of a member's account, and links to it."""
    is_word = 2 < len(name) <= MAX_ACCOUNT_CHARS and " " not in name
    if not is_word or name not in block.text[: len(name) + 1]:
        return False

    texts = (piece for piece in block.pieces[:2] if piece.text.strip() == name)
    return any(_is_account_link(piece.element) for piece in texts if not piece.is_tail)


def _is_account_link(element: etree._Element) -> bool:
    return element.tag == "a" and _USER_PATH.search(element.get("href") or "") is not None


def _goes_beside_name(text: str) -> bool:
    """Whether a line has a date, a reading time, or is only a role."""
    return bool(DATE.search(text) or _TIME.search(text)) or is_only_role(text)


def _leads_to(block: Block, name: str) -> bool:
    """Whether a line's link, if any, leads to the person: it has an author's path or the name."""
    if block.link_chars < len(name) / 2:
        return True

    elements = (block.element, *block.element.iterancestors(), *block.element.iter("a"))
    link = next((each for each in elements if each.tag == "a"), None)
    return link is not None and _is_persons(link, name)


def _is_persons(link: etree._Element, name: str) -> bool:
    """Whether a link leads to a person's page."""
    href = (link.get("href") or "").lower().replace("_", "-")
    is_named = AUTHOR_PATH.search(href) or "-".join(read_words(name)) in href
    return bool(is_named) or link.get("rel") == "author"
