"""The shapes of addresses: the common form of the addresses of one kind of page.

By their shapes, a site's pages show the kinds of its other pages.
"""

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

MAX_SHAPE_CHARS = 120  # enough to tell shapes apart; addresses of crawler traps are endless
MAX_NAME_CHARS = 16  # a longer segment is a slug or a code, and not the name of a section or script
MANY_DIGITS = 4  # a number of an article; shorter ones count pages, places and parts
MANY_CODE_DIGITS = 5  # /!p4615/ is a section of a newspaper whose articles are /!5928990/
CODE_LETTERS = 3  # before a number they name its kind: p4615, c1001, art104
REMEMBERED = 4_096  # addresses: most pages of a site have the same links
PAGE_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp)$", re.I)
# Not \W: it would split words in scripts that write vowels as marks
_SEPARATORS = re.compile(r"[-_+ ,.:;!~'()]+")
_NOT_IN_NAMES = re.compile(rf"\d|{_SEPARATORS.pattern}")
_DIGIT = re.compile(r"\d")
_CODE = re.compile(rf"([^\W\d_]{{1,{CODE_LETTERS}}})(\d+)")
# The form of a segment's words, by their number; more words are a slug
_WORDS = {0: (), 1: ("w",), 2: ("w-w",), 3: ("w-w",)}
_SLUG = ("w-w-w",)


@lru_cache(maxsize=REMEMBERED)
def shapes_of(url: str) -> tuple[str, str]:
    """Return an address's own shape, with host and first segment, and the shape common to sections.

    One word is "w", two or three are "w-w", more are "w-w-w". Short numbers are "#", long ones
    "##", and a mix of letters and digits is "x". Of a query, the names and the forms of the values
    are part of the shape.

    >>> shapes_of("https://www.herald.example/sport/2026/03/14/old-ferry-sails-again-1042.html")
    ('herald.example/sport/##/#/#/w-w-w-##.html', '*/w/##/#/#/w-w-w-##.html')
    >>> [shapes_of(f"https://herald.example/{path}")[0] for path in ("markets", "markets/gold")]
    ['herald.example/w', 'herald.example/markets/w']
    >>> shapes_of("https://herald.example/view.php?id=7&b=x")[0]
    'herald.example/view.php?b=w&id=#'
    """
    parts = urlsplit(url)
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    common = list(map(_abstract, segments))

    if parts.query and segments and _is_name(segments[-1]):
        # Of a script: view.php?id=7 and list.php?id=7 are different pages.
        common[-1] = segments[-1]

    own = list(common)
    if len(segments) > 1 and _is_name(segments[0]):
        own[0] = segments[0]

    end = _query_form(parts.query)
    host = (parts.hostname or "").removeprefix("www.")
    shapes = f"{host}/{'/'.join(own)}{end}", f"*/{'/'.join(common)}{end}"

    return shapes[0][:MAX_SHAPE_CHARS], shapes[1][:MAX_SHAPE_CHARS]


def _query_form(query: str) -> str:
    """Return the form of a query, "" for none."""
    forms = sorted(_abstract_pair(pair) for pair in query.split("&") if pair)
    return f"?{'&'.join(forms)}" if forms else ""


def _is_name(segment: str) -> bool:
    """Whether a segment is one short word, as for sections and scripts."""
    return len(segment) <= MAX_NAME_CHARS and not _NOT_IN_NAMES.search(PAGE_SUFFIX.sub("", segment))


def _abstract(segment: str) -> str:
    """Return the form of a segment."""
    suffix = PAGE_SUFFIX.search(segment)
    end = suffix[0] if suffix else ""
    forms = [_form(token) for token in _SEPARATORS.split(segment.removesuffix(end)) if token]

    words = _WORDS.get(forms.count("w"), _SLUG)
    others = dict.fromkeys(form for form in forms if form != "w")
    begins_with_word = forms[:1] == ["w"]
    in_order = (*words, *others) if begins_with_word else (*others, *words)

    return "-".join(in_order) + end


def _form(token: str) -> str:
    """Return the form of a word, a number or a code."""
    if not _DIGIT.search(token):
        return "w"

    if token.isdigit():
        return _number_form(token, MANY_DIGITS)

    if code := _CODE.fullmatch(token):
        return code[1] + _number_form(code[2], MANY_CODE_DIGITS)

    return "x"


def _number_form(digits: str, many: int) -> str:
    return "##" if len(digits) >= many else "#"


def _abstract_pair(pair: str) -> str:
    """Return the form of a query's parameter."""
    name, _, value = pair.partition("=")
    if value.isdigit():
        form = "#"
    elif value.isalpha():
        form = "w"
    else:
        form = "x"

    return f"{name.lower()[:MAX_NAME_CHARS]}={form}"
