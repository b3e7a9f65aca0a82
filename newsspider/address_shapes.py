"""Shapes of addresses: what is alike in those of one kind of page, so that a site's pages teach what others are."""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

MAX_SHAPE_CHARS = 120  # what lies beyond tells nothing more, and traps' addresses have no end
MAX_NAME_CHARS = 16  # a longer segment is a slug or a code, and no section's or script's name
MANY_DIGITS = 4  # a number of so many is an article's; shorter ones count pages, places and parts
MANY_CODE_DIGITS = 5  # /!p4615/ is a section of a newspaper whose articles are /!5928990/
CODE_LETTERS = 3  # before a number they name its kind: p4615, c1001, art104
REMEMBERED = 4_096  # addresses: the pages of a site link mostly the same
PAGE_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.I)
# Not \W: that splits the words of scripts that write vowels as marks
_SEPARATORS = re.compile(r"[-_+ ,.:;!~'()]+")
_NO_NAME = re.compile(rf"\d|{_SEPARATORS.pattern}")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(rf"([^\W\d_]{{1,{CODE_LETTERS}}})(\d+)")
_WORDS = {0: (), 1: ("w",), 2: ("w-w",), 3: ("w-w",)}
_SLUG = ("w-w-w",)


@lru_cache(maxsize=REMEMBERED)
def shapes_of(url: str) -> tuple[str, str]:
    """Return an address's shape with its host and first segment as they are, and the one that other sections share.

    One word is "w", two or three are "w-w", more are "w-w-w"; short numbers are "#", long ones
    "##", and what mixes letters and digits is "x". Of a query there are the names, and what their
    values look like.

    >>> shapes_of("https://www.herald.example/sport/2026/03/14/old-ferry-sails-again-1042.html")
    ('herald.example/sport/##/#/#/w-w-w-##.html', '*/w/##/#/#/w-w-w-##.html')
    >>> [shapes_of(f"https://herald.example/{path}")[0] for path in ("markets", "markets/gold", "view.php?id=7&b=x")]
    ['herald.example/w', 'herald.example/markets/w', 'herald.example/view.php?b=w&id=#']
    """
    parts = urlsplit(url)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    common = [_abstract(segment) for segment in segments]

    if parts.query and segments and _is_name(segments[-1]):
        # Of a script: view.php?id=7 and list.php?id=7 are different pages
        common[-1] = segments[-1]

    own = list(common)
    if len(segments) > 1 and _is_name(segments[0]):
        own[0] = segments[0]

    query = "&".join(sorted(_abstract_pair(pair) for pair in parts.query.split("&") if pair))
    end = f"?{query}" if query else ""
    host = (parts.hostname or "").removeprefix("www.")

    return f"{host}/{'/'.join(own)}{end}"[:MAX_SHAPE_CHARS], f"*/{'/'.join(common)}{end}"[:MAX_SHAPE_CHARS]


def _is_name(segment: str) -> bool:
    """Whether a segment is one short word, as sections and scripts have it."""
    return len(segment) <= MAX_NAME_CHARS and not _NO_NAME.search(PAGE_SUFFIX.sub("", segment))


def _abstract(segment: str) -> str:
    """Return what a segment looks like."""
    suffix = PAGE_SUFFIX.search(segment)
    end = suffix[0] if suffix else ""
    forms = [_form(token) for token in _SEPARATORS.split(segment.removesuffix(end)) if token]
    words, others = _WORDS.get(forms.count("w"), _SLUG), dict.fromkeys(form for form in forms if form != "w")
    in_order = (*words, *others) if forms[:1] == ["w"] else (*others, *words)
    return "-".join(in_order) + end


def _form(token: str) -> str:
    """Return what a word, a number or a code looks like."""
    if not _DIGIT.search(token):
        return "w"
    if token.isdigit():
        return "##" if len(token) >= MANY_DIGITS else "#"
    if code := _CODE.fullmatch(token):
        return code[1] + ("##" if len(code[2]) >= MANY_CODE_DIGITS else "#")

    return "x"


def _abstract_pair(pair: str) -> str:
    """Return what a query's parameter looks like."""
    name, _, value = pair.partition("=")
    return f"{name.lower()[:MAX_NAME_CHARS]}={'#' if value.isdigit() else 'w' if value.isalpha() else 'x'}"
