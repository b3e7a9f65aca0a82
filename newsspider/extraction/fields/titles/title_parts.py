"""The separators in a declared title, and the title without the site's name."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from newsspider.extraction.fields.titles.site_names import is_site_name, plain, plain_name
from newsspider.text import is_unspaced, split_words

MAX_TITLE_CHARS = 500  # longer titles are lists of keywords, and stay as they are
MAX_CUTS = 8  # separators of a title that are tried; a title with more is a list of keywords
# Of a section's name in text written without spaces; in other text it is one word
MAX_SECTION_CHARS = 4
MIN_REST_WORDS = 3  # words that are left of a title without a section's name, or before a stroke
# from which a headline may be cut by its template; search engines asked for 110 at the most
CUT_CHARS = 100
MIN_UNSPACED_CHARS = 8  # of a headline before an outlet's name, in scripts without spaces
_DASHES = frozenset("-–—_|｜")
_OUTLET = re.compile(
    r"《[^《》]{2,12}》|"
    r"[^\W\da-zA-Z]{1,10}(?:网|網|报|報|在线|線上|新闻|新聞|频道|頻道|电视台|電視台|ニュース|オンライン|뉴스|신문|일보)"
    r"(?:（[^（）]{1,16}）)?"
)
_SIGNS = re.compile(r"( ?)([|｜│ǀㅣ¦]+|:+|--+|[–—―‒‐‑\-·•»«›‹：/_~>→*+]|<<|>>)( ?)")
_STROKES = frozenset("|｜│ǀㅣ¦")  # they separate without blanks, as "::" does
_TIGHT = frozenset("–—―-_:：/")  # without blanks they separate nothing but an exact name
_QUOTES = frozenset("„“”\"‘’'«»")


class Cut(NamedTuple):
    """A separator of a title: where it starts and ends, and how firmly it separates.

    `firm`: it is a stroke, or has blanks around it. Others separate nothing but the site's exact
    name.
    """

    start: int
    end: int
    firm: bool
    stroke: bool


@lru_cache(maxsize=256)
def find_cuts(title: str) -> tuple[Cut, ...]:
    """Return a title's separators in order; none of a title that is a list of keywords.

    >>> [title[cut.start : cut.end] for title in ["A-b: c - d|e"]
    ...  for cut in find_cuts(title) if cut.firm]
    [' - ', '|']
    """
    if len(title) > MAX_TITLE_CHARS:
        return ()

    cuts = tuple(filter(None, map(_read_cut, _SIGNS.finditer(title))))
    return tuple(cut for cut in cuts if cut.start > 0 and cut.end < len(title))


def _read_cut(found: re.Match[str]) -> Cut | None:
    """Return the separator that a sign is; None for one that is part of the text."""
    before, sign, after = found.groups()
    stroke = sign[0] in _STROKES or sign.startswith("::")
    # Quoted text after a dash is the headline's.
    quoted = found.string[found.end() : found.end() + 1] in _QUOTES
    firm = (stroke or bool(before and after)) and not quoted

    if not firm and sign[0] not in _TIGHT:
        return None

    return Cut(found.start(), found.end(), firm, stroke)


def without_site(title: str, names: Collection[str]) -> str:
    """Return a title without the site's name at an end, and without a section's name beside it.

    >>> without_site("Coffee - University of Wrenmouth", {"universityofwrenmouth"})
    'Coffee'
    >>> without_site("Ferry to sail again | News | The Herald", {"herald"})
    'Ferry to sail again'
    >>> without_site("Ferry: what you need to know - and when", {"herald"})
    'Ferry: what you need to know - and when'
    >>> without_site("渡轮今天再次驶出老港口_要闻_港口日报", set())
    '渡轮今天再次驶出老港口'
    """
    cuts = find_cuts(title)
    if not cuts:
        return title

    if tail := _cut_before_name(title, cuts, names):
        return _without_section(title[: tail.start].strip())

    if shorter := _without_outlet(title, cuts[-1]):
        return without_site(_without_section(shorter), names)

    starts = (cut for cut in cuts if is_site_name(title[: cut.start], names, exact=not cut.firm))
    head = next(starts, None)
    if head:
        return title[head.end :].strip()

    return title


def without_name_at_end(title: str, names: Collection[str]) -> str:
    """Return a title without one of these names after its last firm separator.

    >>> without_name_at_end("Coffee and tea at sea - The Herald", {"herald"})
    'Coffee and tea at sea'
    """
    firm = (cut for cut in reversed(find_cuts(title)) if cut.firm)
    for cut in islice(firm, 1):
        if plain_name(title[cut.end :]) in names:
            return _if_long(title[: cut.start].strip(), title)

    return title


def iter_ranges(title: str) -> Iterator[str]:
    """Yield the parts of a title between its separators, longest first, not the whole.

    >>> list(iter_ranges("Herald - Ferry to sail | News"))
    ['Herald - Ferry to sail', 'Ferry to sail | News', 'Ferry to sail', 'Herald', 'News']
    """
    cuts = find_cuts(title)[:MAX_CUTS]
    starts = [0, *(cut.end for cut in cuts)]
    ends = [*(cut.start for cut in cuts), len(title)]
    pairs = ((start, end) for start in reversed(starts) for end in ends if start < end)
    ranges = {title[start:end].strip(): start for start, end in pairs}
    yield from sorted(ranges.keys() - {"", title}, key=lambda part: (-len(part), ranges[part]))


def iter_starts(title: str) -> Iterator[str]:
    """Yield the text before each firm separator of a title."""
    return (title[: cut.start].strip() for cut in find_cuts(title)[:MAX_CUTS] if cut.firm)


def before_stroke(title: str) -> str:
    """Return a title without the text after its first stroke, if enough is left.

    >>> before_stroke("Ferry to sail - at last | News | Herald")
    'Ferry to sail - at last'
    """
    heads = (title[: cut.start].strip() for cut in find_cuts(title) if cut.stroke)
    return _if_long(next(heads, title), title)


def _if_long(rest: str, title: str) -> str:
    """Return what is left of a title if it has enough words, else the title."""
    return rest if len(split_words(rest)) >= MIN_REST_WORDS else title


def is_broken_off(start: str, title: str) -> bool:
    """Whether `start` is the beginning of a title that was cut by accident, not a shorter title.

    Attributes end at a quotation mark inside them, and templates cut headlines at a number of
    characters.

    >>> (is_broken_off("Ferry called", 'Ferry called "a bargain"'),
    ...  is_broken_off("Ferry to sail", "Ferry to sail again"))
    (True, False)
    """
    bare = start.rstrip(" .…")
    rest = title[len(bare) :]

    if not bare or not title.startswith(bare) or not plain(rest):
        return False

    if rest.lstrip()[0] in _QUOTES or len(start) >= CUT_CHARS:
        return True

    within_word = bare[-1].isalnum() and rest[0].isalnum() and not is_unspaced(rest[0])
    unclosed = bare.count("(") > bare.count(")") or bare.count("[") > bare.count("]")
    return within_word or unclosed


def _cut_before_name(title: str, cuts: tuple[Cut, ...], names: Collection[str]) -> Cut | None:
    """Return the separator before the site's name at a title's end; a name may have separators."""
    whole = (cut for cut in cuts if plain_name(title[cut.end :]) in names)
    forms = (
        cut for cut in reversed(cuts) if is_site_name(title[cut.end :], names, exact=not cut.firm)
    )

    return next(whole, None) or next(forms, None)


def _without_outlet(title: str, last: Cut) -> str | None:
    """Return a Chinese, Japanese or Korean title without what must be an outlet at its end.

    They are written without blanks beside the separator, and few pages declare their site's name.

    >>> _without_outlet("渡轮今天再次驶出老港口-港口日报", Cut(11, 12, False, False))
    '渡轮今天再次驶出老港口'
    """
    rest, outlet = title[: last.start].strip(), title[last.end :].strip()
    if title[last.start : last.end].strip() not in _DASHES:
        return None  # "…：华尔街日报" names a source

    is_outlet = _OUTLET.fullmatch(outlet) is not None and len(rest) >= MIN_UNSPACED_CHARS
    return rest if is_outlet else None


def _without_section(title: str) -> str:
    """Return a title that had the site's name after it, without a section's name at its end."""
    cut = next(iter(find_cuts(title)[-1:]), None)
    if not cut:
        return title

    part, rest = title[cut.end :], title[: cut.start].strip()
    if all(map(is_unspaced, part)):
        is_section = len(part) <= MAX_SECTION_CHARS
    else:
        is_section = cut.firm and part.isalpha()

    if is_section and len(split_words(rest)) >= MIN_REST_WORDS:
        return rest

    return title
