"""Tags without values for machines: types, sources, identifiers, the title again."""

import re
from collections.abc import Iterable
from itertools import chain

from newsspider.extraction.fields.authors.name_checks import plain_name
from newsspider.text import squash

MAX_TAG_CHARS = 80  # longer ones are sentences or lists without commas
# Of a title, from which a tag that holds it is the title; shorter ones are subjects
MIN_TITLE_WORDS = 3
_SEPARATORS = re.compile(r"[,;،、]")
# Words before a colon or a stroke that the tag itself follows.
_NAMES_OF_TAGS = re.compile(
    r"(?:category|categories|tag|topic|keyword|subject|person|location|organi[sz]ation)\s*[:/]\s*",
    re.I,
)
# "source:tagname:GZ", "PACKAGE:US-TOP-NEWS"; no time and no score.
_PAIR = re.compile(r"[^\W\d][\w.-]{0,40}:\S.*")
# Settings as their systems print them: "Page Type: Article", "contentId: 15cd", "content-type:
# Feature".
_SETTING = re.compile(
    r"(?:(?:page|content|article|display|post|media|asset)[ _-]?(?:type|id|format|category)|type|"
    r"time|date|datetime|locale|short ?title|site ?group|subsection|section|channel|source|author|"
    r"template|layout|format|status|id|has ?product|language|lang|version|priority|brand|"
    r"syndication|vertical|department|word ?count)\s*:\s.*|[a-z]+[A-Z]\w*:\s.*",
)
_CODE = re.compile(
    r"[@_/\\\[{<%$].*|[A-Za-z]+_\w+|\d{5,}|sections?/.*|https?:.*|[0-9a-f]{8}-[0-9a-f-]{20,}"
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def split_tags(values: Iterable[str], title: str | None = None) -> tuple[str, ...]:
    """Return the tags in some values, each of which may hold several, in order, each once.

    >>> split_tags(["ferry, Ferry", "Category: Moon", "type_news", "source:desk", "Page Type: Article"])
    ('ferry', 'Moon')
    """
    found: dict[str, str] = {}
    heading = _letters_of(title or "")

    for part in chain.from_iterable(map(_SEPARATORS.split, values)):
        tag = _NAMES_OF_TAGS.sub("", squash(part).lstrip("#"), count=1).strip()
        if _is_tag(tag, heading):
            found.setdefault(tag.casefold(), tag)

    return tuple(found.values())


def _letters_of(title: str) -> str:
    """Return the letters and digits of a title that is too long for a subject, "" for others."""
    if len(title.split()) >= MIN_TITLE_WORDS:
        return plain_name(title)

    return ""


def _is_tag(tag: str, heading: str) -> bool:
    """Whether a tag is for readers; `heading` is the title's letters and digits, "" for none."""
    if not 0 < len(tag) <= MAX_TAG_CHARS or not _LETTER_OR_DIGIT.search(tag):
        return False

    is_title = heading != "" and heading in plain_name(tag)
    return not is_title and not _is_for_machines(tag)


def _is_for_machines(tag: str) -> bool:
    """Whether a tag is a code, a pair or a setting, in any case."""
    if _CODE.fullmatch(tag) or _PAIR.fullmatch(tag):
        return True

    return any(_SETTING.fullmatch(case) for case in (tag, tag.lower()))
