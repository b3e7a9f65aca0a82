"""Bylines in plain lines, such as "By Ann Lee", where no element is named as the author's."""

import re

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.byline_words import (
    BY_LABELS,
    BY_WORDS,
    PARTICLES,
    any_of,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_desk,
    is_outlet,
    is_role,
)
from newsspider.extraction.fields.authors.names_beside_dates import SECTION, is_credit
from newsspider.extraction.fields.authors.person_names import clean_names
from newsspider.extraction.fields.authors.signatures import MAX_PERSON_WORDS, looks_like_person
from newsspider.extraction.fields.opening import Opening, is_inside_foreign

MAX_BYLINE_CHARS = 140

MAX_LABEL_CHARS = 20

MAX_LEAD_WORDS = 5  # before "by" in "Posted on Monday, March 2, 2026 by Ann Lee"

STROKES = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|,\s+")

LABEL = re.compile(rf"^(?:{any_of((*BY_WORDS, *BY_LABELS))})\s*[:：]?$", re.I)

_BY_LINE = re.compile(
    r"^(?:(?:ein(?:e)?\s[^\W\d_]{3,15}|written|posted|story|words|text|report|reported|article|"
    r"published|authored|analysis|opinion|interview|recommended)\s+)?(?:by|von|par|por|door|av|af|"
    r"oleh|автор|作者|文|מאת|بقلم|di|escrito por|ein artikel von|(?:eingestellt|veröffentlicht|"
    r"gepostet|erstellt) von|(?:postad|publicad)[oa] por|publié par|pubblicato da|(?:gepost|"
    r"geplaatst) door|upplagd av|lagt inn av|indsendt af|scritto da|a cura di|författare|"
    r"autor(?:in|en)?|auteur|authors?|contributors?)\b\s*(?:[:：]\s*|\s)(?=\S)",
    re.I,
)

_BY_LABEL = re.compile(
    r"^(?:interview|text|text(?: ?&| und) (?:fotos?|bilder)|words (?:and|&) "
    r"(?:photos|pictures)|autor(?:in)?|redaktion|bericht|words|reporter)\s*[:：]\s*(?=\S)",
    re.I,
)

_FUSED_BY = re.compile(r"^By(?=[A-Z][a-zß-ÿ])")

_BY_INSIDE = re.compile(r"(?<=[\s|•·,\d])(?:by|von|par|por|door|oleh)[:：]?\s+(?=[^\W\d_])")

_WRITTEN_BY = re.compile(
    r"^(?:(?:(?:this |the )?(?:article |post |story |blog )?(?:was )?(?:written|authored|"
    r"contributed|posted) by|verfasst von|geschrieben von|rédigé par|écrit par|escrito por|"
    r"scritto da|geschreven door|skrevet a[vf]|skriven av|ditulis oleh)\s*[:：]?\s*|(?:autor|"
    r"autorin|autor(?:in)?/autor(?:in)?|autoren|auteur|authors?|text)\s*(?:[:：]\s*|"
    r"\s(?=[^\W\d_]+\s[^\W\d_]))|(?P<by>by|von|par|por|door)\s)(?=\S)",
    re.I,
)

_AUTHOR_LABEL = re.compile(
    r"(?i)(?:(?:article |post |story )?(?:written |authored )?by|(?:article )?authors?|writer|"
    r"autor(?:in|en)?|autores|auteurs?|autore|författare|forfatter|geschrieben von|verfasst von|"
    r"escrito por|écrit par|scritto da)\s*:?"
)

_POSTED = re.compile(
    (
        r"(?:last )?(?:posted|published|updated|publiziert|veröffentlicht|eingestellt|publié|"
        r"publicado)\b"
    ),
    re.I,
)


def names_written_near(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in the first short line with "By", or with a role after a name."""
    label = False
    for line in opening.lines:
        text = line.block.text.split("\n")[0]
        if is_credit(opening.page, line.block.node):
            continue

        if len(text) <= MAX_BYLINE_CHARS:
            if label:
                said = text
            else:
                said = _said_in(text, outlets)

            names = clean_names(SECTION.split(said)[:1], outlets)
            if names := tuple(
                name
                for name in names
                if len(name) > 2 and not (is_role(name) and not is_desk(name))
            ):
                return names

        label = bool(LABEL.match(text)) and len(text) < MAX_LABEL_CHARS

    return ()


def _said_in(text: str, outlets: tuple[str, ...]) -> str:
    """Return the part of a line that says who wrote, "" for none."""
    for part in STROKES.split(text):
        if _BY_LINE.match(part) or _BY_LABEL.match(part) or _FUSED_BY.match(part):
            if _is_sentence(part):
                return ""

            return text[text.index(part) :]

    if (inside := _BY_INSIDE.search(text)) and _is_lead(
        text[: inside.start()], text[inside.end() :]
    ):
        return text[inside.end() :]

    first = STROKES.split(text)[0]
    if agency_named(first) and not is_outlet(first, outlets):
        return text  # "AFP, LILLE"

    return _name_with_role(text)


def _is_sentence(said: str) -> bool:
    """Whether a text that begins with "By" continues in small letters, as prose does."""
    words = said.split()[1:4]
    return len(said.split()) > 8 and any(
        word.isalpha() and word.islower() and word not in PARTICLES for word in words
    )


def _is_lead(before: str, name: str) -> bool:
    """Whether "by" is between a date, or "Posted", and a name, outside of sentences."""
    words = [word for word in before.split() if not _has_digit(word)]
    if len(words) > MAX_LEAD_WORDS or name.rstrip().endswith("."):
        return False

    is_dated = _has_digit(before) and not name[0].islower()
    return is_dated or _POSTED.match(before) is not None


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _name_with_role(text: str) -> str:
    """Return the name in "Ann Lee | Senior Writer | July 2", "" where no role follows."""
    name, *others = map(str.strip, STROKES.split(text))
    is_name = 1 < len(name.split()) < MAX_PERSON_WORDS and not is_role(name)
    return name if is_name and any(map(is_role, others[:1])) else ""


def only_names_written(page: CutPage, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names after the page's only "Written by", "Author:" or "By" of its own."""
    found: dict[tuple[str, ...], None] = {}
    for block in page.blocks:
        if block.hidden or len(block.text) > MAX_BYLINE_CHARS:
            continue

        if names := _labelled_names(page, block, outlets):
            found[names] = None
            continue

        for line in block.text.split("\n"):
            said = None
            if len(line) > len("By A"):
                said = _WRITTEN_BY.match(line)

            if said is None or not _could_be_byline(page, block, is_by=bool(said["by"])):
                continue

            names = clean_names([line], outlets)
            if names and (
                not said["by"] or all(looks_like_person(name, outlets) for name in names)
            ):
                found[names] = None

    if len(found) == 1:
        return next(iter(found))

    return ()


def _labelled_names(page: CutPage, block: Block, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name in a line below one that says nothing but "Author" or "Written by"."""
    above = ""
    if block.number:
        above = page.blocks[block.number - 1].text

    if (
        len(above) > MAX_LABEL_CHARS
        or not _AUTHOR_LABEL.fullmatch(above)
        or not looks_like_person(block.text, outlets)
    ):
        return ()

    if _could_be_byline(page, block, is_by=False):
        return clean_names([block.text], outlets)

    return ()


def _could_be_byline(page: CutPage, block: Block, *, is_by: bool) -> bool:
    """Whether a line that names an author is the page's own.

    With a mere "By", also not a sentence.
    """
    return not (
        (is_by and (block.level or _is_sentence(block.text)))
        or is_credit(page, block.node)
        or is_inside_foreign(page, block.node, beside=is_by)
    )
