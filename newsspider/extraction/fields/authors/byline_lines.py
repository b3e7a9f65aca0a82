"""Bylines in plain lines, where no element names the author: "By Ann Lee", a name beside the date, a signature."""

import re
from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, CutPage
from newsspider.extraction.fields.authors.agency_names import agency_named
from newsspider.extraction.fields.authors.byline_words import (
    BEATS,
    BY_LABELS,
    BY_WORDS,
    PARTICLES,
    SECTION_WORDS,
    any_of,
)
from newsspider.extraction.fields.authors.person_names import (
    DATE,
    clean_names,
    is_desk,
    is_name,
    is_only_role,
    is_outlet,
    is_role,
)
from newsspider.extraction.fields.opening import Opening, is_inside_foreign, is_prose
from newsspider.text import read_words

MAX_BYLINE_CHARS = 140
MAX_LABEL_CHARS = 20
MAX_DATED_CHARS = 80  # of a line with a name and a date
MAX_SIGNATURE_CHARS = 40
MAX_SIGNATURE_DISTANCE = 3  # blocks below the last paragraph in which a signature may stand
MAX_PERSON_WORDS = 5
MAX_LEAD_WORDS = 5  # before "by" in "Posted on Monday, March 2, 2026 by Ann Lee"
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|autori|autore|auteurs?|by|profiles?|people|persons?|writers?|"
    r"contributors?|staff|team|journalists?|reporters?|columnists?|redaktion|skribent|yazar|"
    r"penulis|personas|firmas|signataires)/[^/?#]+",
    re.I,
)
SECTION = re.compile(r",?\s+(?:in|on)\s+")  # "Ann Lee in Travel", "Ann Lee on Tuesday"
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
_TIME = re.compile(
    r"\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|GMT|UTC|[ECMP][SD]?T|CES?T))?|"
    r"\d{1,3}\s?[-–]?\s?min(?:ute)?s?\b(?:\s(?:to\s)?read\b)?|\b(?:kommentare|comments?|güncelleme|"
    r"updated|published|aktualisiert|posted|uhr|views?|lesezeit|read(?:ing)? time)\b\s*:?\s*\d*",
    re.I,
)
_POSTED = re.compile(
    (
        r"(?:last )?(?:posted|published|updated|publiziert|veröffentlicht|eingestellt|publié|"
        r"publicado)\b"
    ),
    re.I,
)
_USER_PATH = re.compile(r"(?i)/(?:users?|members?|mitglied(?:er)?|profile?s?|forum/u)(?:[-_/?.]|$)")
MAX_ACCOUNT_CHARS = 30
_ENDS = " \t\n|•·,;:-–—»«/"
_SIGNING_TAGS = frozenset("em i b strong".split())
_SIGNING_MARK = re.compile(
    r"(?i)text-align:\s*right|(?<![a-z])(?:text-)?right(?![a-z])|(?<![a-z])sign(?!up|-up|in)"
)
_SMALL = frozenset("of the for and und".split())  # inside names of organisations only
_NOT_A_FIRST_NAME = frozenset(
    "new los las san santa hong north south east west saint st the der die das el le la".split()
)


def is_credit(page: CutPage, node: int) -> bool:
    """Whether an element stands in a figure, where names are photographers'."""
    nodes = page.nodes
    while node >= 0:
        if nodes.tag[node] in ("figure", "figcaption"):
            return True

        node = nodes.parent[node]

    return False


def names_written_near(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in the first short line near the headline that begins with "By", or has a role behind a name."""
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
    """Whether what begins with "By" goes on in small letters, as prose does."""
    words = said.split()[1:4]
    return len(said.split()) > 8 and any(
        word.isalpha() and word.islower() and word not in PARTICLES for word in words
    )


def _is_lead(before: str, name: str) -> bool:
    """Whether "by" stands between a date, or "Posted", and a name, and in no sentence."""
    words = [word for word in before.split() if not any(character.isdigit() for character in word)]
    is_posted = bool(_POSTED.match(before))

    return (
        (is_posted or not name[0].islower())
        and len(words) <= MAX_LEAD_WORDS
        and (is_posted or any(character.isdigit() for character in before))
        and not name.rstrip().endswith(".")
    )


def _name_with_role(text: str) -> str:
    """Return the name in "Ann Lee | Senior Writer | July 2", "" where no role follows."""
    parts = [part.strip() for part in STROKES.split(text)]
    named = (
        len(parts) > 1
        and is_role(parts[1])
        and 1 < len(parts[0].split()) < MAX_PERSON_WORDS
        and not is_role(parts[0])
    )

    if named:
        return parts[0]

    return ""


def names_beside_date(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name near the headline that stands alone in one line with the date, or in the line beside it."""
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
    if (
        not 2 < len(name) <= MAX_ACCOUNT_CHARS
        or " " in name
        or name not in block.text[: len(name) + 1]
    ):
        return False

    links = (
        piece.element
        for piece in block.pieces[:2]
        if piece.text.strip() == name and not piece.is_tail
    )
    return any(link.tag == "a" and _USER_PATH.search(link.get("href") or "") for link in links)


def _goes_beside_name(text: str) -> bool:
    """Whether a line has a date, a time to read, or says what somebody is."""
    return bool(DATE.search(text) or _TIME.search(text)) or is_only_role(text)


def looks_like_person(text: str, outlets: tuple[str, ...]) -> bool:
    """Whether a line is nothing but what looks like a person's name of two words or more.

    >>> [looks_like_person(text, ()) for text in ("Ann Lee", "Harbour News", "NEW YORK", "Ann", "The old ferry")]
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


def _leads_to(block: Block, name: str) -> bool:
    """Whether a line's link, if it is one, leads to the named person: its address has an author's path or the name."""
    if block.link_chars < len(name) / 2:
        return True

    slug = "-".join(read_words(name))
    for element in (block.element, *block.element.iterancestors(), *block.element.iter("a")):
        if element.tag == "a":
            href = (element.get("href") or "").lower().replace("_", "-")
            return bool(AUTHOR_PATH.search(href)) or slug in href or element.get("rel") == "author"

    return False


def only_names_written(page: CutPage, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom the page's only "Written by", "Author:" or "By" outside of foreign parts names."""
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
    """Whether a line that names an author is the page's own; one with a mere "By" is no heading and no sentence."""
    return not (
        (is_by and (block.level or _is_sentence(block.text)))
        or is_credit(page, block.node)
        or is_inside_foreign(page, block.node, beside=is_by)
    )


def signed_names(opening: Opening, outlets: tuple[str, ...]) -> tuple[str, ...]:
    """Return the name with which the text is signed: set apart in a line of its own below the last paragraph."""
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
    """Return the number of the last paragraph of the run that begins below the headline; -1 for none."""
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
    """Whether two paragraphs stand in the same part of the page."""
    return page.nodes.parent[block.owner] == page.nodes.parent[other.owner]


def _is_set_apart(block: Block) -> bool:
    """Whether a line is set in italics or bold, or to the right."""
    if block.bold_chars >= 0.8 * len(block.text.strip()):
        return True

    inner = (block.element, *_iter_few(block))
    return any(
        each.tag in _SIGNING_TAGS
        or _SIGNING_MARK.search(f"{each.get('style') or ''} {each.get('class') or ''}")
        for each in inner
        if not callable(each.tag)
    )


def _iter_few(block: Block) -> Iterator[etree._Element]:
    """Yield the elements of a line's pieces."""
    for piece in block.pieces[:4]:
        yield piece.element
