"""The parts of an article over several pages: which of a page's links lead to the others, and in which order.

Sites link an article's parts by `rel=next`, by numbers, or by "next page"; they link the next article and a section's
older news in the same ways. So a part's address must be this page's own but for a page number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from newsspider.page import Page, canonical_link
from newsspider.text import squash
from newsspider.urls import absolute_url, is_home, normalise_url

MAX_PARTS = 60  # numbers beyond it are years, days and issues
MAX_LINK_CHARS = 40  # of a link to another part; longer ones are headlines
MAX_URL_CHARS = 2_000  # as in discovery: beyond that an address is a redirect's or a trap's
MIN_STEM_CHARS = 3  # of the address's last name, by which the links to look at are chosen
NEXT_RELS = frozenset({"next", "prev", "previous"})
PAGE_PARAMETERS = frozenset("page p pg paged pagina pagenum pageno page_no page_num seite part currentpage".split())

_WORDS = "page|seite|pagina|página|strona|sivu|side|sida|part|teil|partie|parte|oldal|sayfa|halaman|trang|pg|p"
_NUMBER, _REST = r"(?P<number>\d{1,2})", r"(?P<rest>(?:\.\w{3,5})?)/?$"
# What of a path is a page number, and whether it surely is one: a bare number may be part of a name, too.
_NUMBERED = (
    (re.compile(rf"^(?P<base>.+?)/(?:{_WORDS})[/_-]?{_NUMBER}{_REST}", re.IGNORECASE), True),
    (re.compile(rf"^(?P<base>.*[^/])[-_,.](?:{_WORDS})[-_]?{_NUMBER}{_REST}", re.IGNORECASE), True),
    (re.compile(rf"^(?P<base>.+?)/{_NUMBER}{_REST}"), False),
    (re.compile(rf"^(?P<base>.*[^/])[-_,]{_NUMBER}{_REST}"), False),
)
_INDEX = re.compile(r"/(?:index|default)\.\w{3,5}$|/$")
_COMMENTS = re.compile(r"comment|cpage|kommentar|#respond", re.IGNORECASE)
_NEXT = re.compile(
    r"next|prev|zurück|vorherig|précédent|anterior|precedent|vorige|forrige|föregående|edellinen|poprzedni|předchozí|"
    r"előző|назад|önceki|sebelumnya|السابق|قبلی|הקודם|前|上一|이전|«|‹|←|nächste|weiter|suivant|siguiente|próxima|successiv|avanti|volgende|neste|næste|nästa|seuraava|następn|"
    r"další|következő|след|далее|sonraki|selanjutnya|berikutnya|tiếp|επόμεν|التالي|بعدی|הבא|अगला|次|下一|다음|ถัดไป|»|›|→|>",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:page|seite|página|pagina|strona|sivu|side|sida|oldal|strana|страница|сторінка|sayfa|halaman|trang|σελίδα|"
    r"صفحة|صفحه|עמוד|ページ|第)\s*(\d{1,2})\s*(?:页|頁)?\s*(?:of|von|de|di|sur|van|z|ze|av|af|/|из|з|dari|από|من|از|מתוך|共)"
    r"\s*(\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """An article's parts as one of its pages knows them.

    Attributes:
        own: this page's address.
        urls: the known parts' addresses in order, its own among them.
    """

    own: str
    urls: tuple[str, ...]


class _Form(NamedTuple):
    """An address without its page number, the number, and whether it surely is one."""

    base: str
    number: int
    sure: bool


class _PartLink(NamedTuple):
    """A link to what may be another part, and the number that its text states; None for "next page"."""

    url: str
    stated: int | None


def find_parts(page: Page) -> Parts | None:
    """Return the parts that the page and its links make up, or None for a page of its own.

    A saved page may know its address from its canonical link only, which on many sites is the first part's: then the
    number that the page shows as its own says which part it is.
    """
    if page.url is None or page.flat or is_home(page.url):
        return None
    own = {form.base: form for form in _forms(page.url)}
    found: dict[str, dict[int, str]] = {}
    for link in _iter_part_links(page, own):
        for form in _forms(link.url):
            if form.base in own and form.number != own[form.base].number and link.stated in (None, form.number):
                found.setdefault(form.base, {}).setdefault(form.number, link.url)
    shown = _shown_number(page) if found else None
    found = {
        base: numbers for base, numbers in found.items() if own[base].sure or 1 in numbers or shown == own[base].number
    }
    if not found:
        return None
    base = max(found, key=lambda each: (len(found[each]), each))
    numbers, at = found[base], own[base].number
    address = page.url
    if shown and shown != at and normalise_url(page.url) == normalise_url(canonical_link(page) or ""):
        address, at = numbers.get(shown) or _renumbered(numbers, shown) or page.url, shown
        numbers = {own[base].number: page.url, **numbers}
    if not {at - 1, at + 1} & numbers.keys():
        return None
    numbers[at] = address
    return Parts(address, tuple(numbers[number] for number in sorted(numbers)))


def _iter_part_links(page: Page, own: Iterable[str]) -> Iterator[_PartLink]:
    """Yield the links that look like this page's address with another number."""
    stems = {base.rpartition("/")[2].partition("?")[0].partition(".")[0] for base in own}
    names = re.compile("|".join(re.escape(stem) for stem in sorted(stems) if len(stem) >= MIN_STEM_CHARS) or r"(?!)")
    for element in page.tree.iter("a", "link"):
        href = element.get("href") or ""
        if not href or not (href[0] in "?0123456789" or names.search(href)) or _COMMENTS.search(href):
            continue
        rel = set((element.get("rel") or "").lower().split())
        if "nofollow" in rel or (element.tag == "link" and not rel & NEXT_RELS):
            continue
        text = "" if element.tag == "link" else squash(" ".join(element.itertext()))
        if not (_states_number(text) or rel & NEXT_RELS or _is_called_next(element, text)):
            continue
        if (url := absolute_url(href, page.url)) and len(url) < MAX_URL_CHARS:
            yield _PartLink(url.partition("#")[0], int(text) if text.isdecimal() else None)


def _states_number(text: str) -> bool:
    """Whether a link's text is a page number, perhaps with a word beside it."""
    digits = re.sub(r"\D", "", text)
    return bool(digits) and len(text) <= MAX_LINK_CHARS and int(digits[:3]) <= MAX_PARTS


def _is_called_next(element: HtmlElement, text: str) -> bool:
    """Whether a link's text or its label calls it the next or the previous page."""
    label = text or element.get("aria-label") or element.get("title") or ""
    return 0 < len(label) <= MAX_LINK_CHARS and bool(_NEXT.search(label))


def _forms(url: str) -> Iterator[_Form]:
    """Yield each way to read an address as that of a part; as it is, it is that of the first.

    >>> [(form.base, form.number) for form in _forms("https://herald.example/ferry/2/")]
    [('herald.example/ferry/2', 1), ('herald.example/ferry', 2)]
    """
    parts = urlsplit(normalise_url(url))
    host, path = parts.netloc.removeprefix("www."), parts.path
    query = parse_qsl(parts.query, keep_blank_values=True)
    rest = urlencode([pair for pair in query if pair[0].lower() not in PAGE_PARAMETERS])
    yield _Form(_base(host, path, parts.query), 1, True)
    for name, value in query:
        if name.lower() in PAGE_PARAMETERS and value.isdecimal() and 0 < int(value) <= MAX_PARTS and path != "/":
            yield _Form(_base(host, path, rest), int(value), True)
    for pattern, sure in _NUMBERED:
        if (found := pattern.match(path)) and 0 < int(found["number"]) <= MAX_PARTS:
            yield _Form(_base(host, found["base"] + found["rest"], parts.query), int(found["number"]), sure)
            if found["rest"]:
                yield _Form(_base(host, found["base"], parts.query), int(found["number"]), sure)


def _base(host: str, path: str, query: str) -> str:
    """Return the form of an address without its number in which two parts are alike."""
    bare = _INDEX.sub("", path)
    return f"{host}{bare}?{query}" if query else f"{host}{bare}"


def _shown_number(page: Page) -> int | None:
    """Return the number that a page shows as its own: "page 2 of 4", or the one number of the list that is no link."""
    if said := _OF.search(squash(" ".join(page.tree.itertext()))):
        return int(said[1])
    for element in page.tree.iter("a", "span", "strong", "b", "em", "li", "div"):
        text = (element.text or "").strip()
        if not (text.isdigit() and len(text) <= 2 and len(element) == 0):
            continue
        names = f"{element.get('class') or ''} {element.get('aria-current') or ''}".lower()
        if element.get("aria-current") == "page" or re.search(r"current|active|selected|aktiv|actual|attiva", names):
            return int(text)
    return None


def _renumbered(numbers: dict[int, str], number: int) -> str | None:
    """Return the address of a part made from another's, where that has its number in it."""
    for other, url in sorted(numbers.items()):
        parts = urlsplit(url)
        query = parse_qsl(parts.query, keep_blank_values=True)
        if other > 1 and any(name.lower() in PAGE_PARAMETERS and value == str(other) for name, value in query):
            pairs = [(name, str(number) if name.lower() in PAGE_PARAMETERS else value) for name, value in query]
            return urlunsplit(parts._replace(query=urlencode(pairs)))
        for pattern, _ in _NUMBERED:
            if other > 1 and (found := pattern.match(parts.path)) and int(found["number"]) == other:
                start, end = found.span("number")
                return urlunsplit(parts._replace(path=parts.path[:start] + str(number) + parts.path[end:]))
    return None
