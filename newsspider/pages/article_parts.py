"""The parts of an article that is split over several pages, and their order.

Sites link an article's parts by `rel=next`, by numbers, or by "next page". They link the next
article and a section's older news in the same ways. So the address of a part must be the page's
own address except for a page number.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from newsspider.pages.page import Page, canonical_link
from newsspider.pages.page_numbers import MAX_PARTS, PagedAddress, paged_addresses, renumbered
from newsspider.text import squash
from newsspider.urls import absolute_url, is_home, normalise_url

MAX_LINK_CHARS = 40  # of a link to another part; longer ones are headlines
MAX_URL_CHARS = 2_000  # as in discovery; longer addresses belong to redirects and traps
MIN_STEM_CHARS = 3  # of the last name in an address, which a part's link must contain
MAX_NUMBER_TEXTS = 8  # texts in an element that says "page 2 of 4"
MAX_NUMBER_DIGITS = 2
NUMBER_TAGS = ("p", "div", "span", "li", "strong", "b", "em", "a")
NEXT_RELS = frozenset({"next", "prev", "previous"})
_NUMBER_STARTS = frozenset("?0123456789")  # of a link that is only a number or a query

_CURRENT = re.compile(r"current|active|selected|aktiv|actual|attiva")
_COMMENTS = re.compile(r"comment|cpage|kommentar|#respond", re.IGNORECASE)
# In lower case: to ignore case takes five times as long
_NEXT = re.compile(
    r"next|prev|zurück|vorherig|précédent|anterior|precedent|vorige|forrige|föregående|edellinen|"
    r"poprzedni|předchozí|"
    r"előző|назад|önceki|sebelumnya|السابق|قبلی|הקודם|前|上一|이전|«|‹|←|"
    r"nächste|weiter|suivant|siguiente|próxima|successiv|avanti|volgende|neste|næste|nästa|seuraava|"
    r"następn|další|következő|след|далее|sonraki|selanjutnya|berikutnya|tiếp|επόμεν|التالي|بعدی|הבא|"
    r"अगला|次|下一|다음|ถัดไป|»|›|→|>",
)
_OF = re.compile(
    r"(?:page|seite|página|pagina|strona|sivu|side|sida|oldal|strana|страница|сторінка|sayfa|"
    r"halaman|trang|σελίδα|صفحة|صفحه|עמוד|ページ|第)"
    r"\s*(\d{1,2})\s*+(?:(?:页|頁)\s*+)?"
    r"(?:of|von|de|di|sur|van|z|ze|av|af|/|из|з|dari|από|من|از|מתוך|共)"
    r"\s*(\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """An article's parts, as one of its pages knows them.

    Attributes:
        own: the address of this page.
        urls: the addresses of the known parts in order, this page's among them.
    """

    own: str
    urls: tuple[str, ...]


class _PartLink(NamedTuple):
    """A link that may lead to another part.

    Attributes:
        url: the address of the other page.
        stated: the number in the link's text; None for a text such as "next page".
    """

    url: str
    stated: int | None


def find_parts(page: Page) -> Parts | None:
    """Return the page and the parts that it links, or None for an article of one page."""
    if page.url is None or page.flat or is_home(page.url):
        return None

    own = _read_address(page.url)
    linked = _linked_numbers(page, own)
    if not linked:
        return None

    shown = _shown_number(page)
    base = _choose_base(own, linked, shown)
    if base is None:
        return None

    return _order_parts(page, page.url, own[base].number, linked[base], shown)


def _read_address(url: str) -> dict[str, PagedAddress]:
    """Return the ways to read an address, by the address without its number."""
    return {form.base: form for form in paged_addresses(url)}


def _choose_base(
    own: Mapping[str, PagedAddress], linked: Mapping[str, Mapping[int, str]], shown: int | None
) -> str | None:
    """Return the way to read the page's address under which most parts are linked, if any."""
    certain = (base for base in linked if _is_certain(own[base], linked[base], shown))
    return max(certain, key=lambda base: (len(linked[base]), base), default=None)


def _is_certain(own: PagedAddress, linked: Mapping[int, str], shown: int | None) -> bool:
    """Whether a number in the page's address is a page number, and no part of a name."""
    return own.sure or 1 in linked or shown == own.number


def _linked_numbers(page: Page, own: Mapping[str, PagedAddress]) -> dict[str, dict[int, str]]:
    """Return the linked parts' addresses by number, for each way to read the page's own address."""
    found: dict[str, dict[int, str]] = {}
    for link in _iter_part_links(page, own):
        for form in _other_parts(link, own):
            found.setdefault(form.base, {}).setdefault(form.number, link.url)

    return found


def _other_parts(link: _PartLink, own: Mapping[str, PagedAddress]) -> Iterator[PagedAddress]:
    """Yield the ways to read a link as another part of the article."""
    for form in paged_addresses(link.url):
        is_other = form.base in own and form.number != own[form.base].number
        if is_other and link.stated in (None, form.number):
            yield form


def _is_other_part(form: PagedAddress, own: Mapping[str, PagedAddress]) -> bool:
    return form.base in own and form.number != own[form.base].number


def _order_parts(
    page: Page, url: str, number: int, linked: Mapping[int, str], shown: int | None
) -> Parts | None:
    """Return the parts in order, or None if neither neighbour of this page is linked.

    A saved page may have its address only from its canonical link, which on many sites is the
    address of the first part. Then the number that the page shows is its true number.

    Args:
        page: one of the parts.
        url: its address.
        number: its number, by its address.
        linked: the addresses of other parts by number.
        shown: the number that the page shows as its own.
    """
    own, parts = url, {**linked, number: url}
    if shown and shown not in parts and _is_canonical(page, url):
        number = shown
        own = parts[number] = renumbered(linked, number) or url

    if parts.keys().isdisjoint((number - 1, number + 1)):
        return None

    in_order = sorted(parts.items())
    return Parts(own, tuple(address for _, address in in_order))


def _is_canonical(page: Page, url: str) -> bool:
    """Whether a page's address is the one that its canonical link names."""
    return normalise_url(url) == normalise_url(canonical_link(page) or "")


def _iter_part_links(page: Page, own: Iterable[str]) -> Iterator[_PartLink]:
    """Yield the links that look like this page's address with another number."""
    for element, href in _iter_like_own(page, own):
        text = _text_of(element)
        url = absolute_url(href, page.url) if _leads_to_part(element, text) else None
        if url and len(url) < MAX_URL_CHARS:
            stated = int(text) if text.isdecimal() else None
            yield _PartLink(url.partition("#")[0], stated)


def _iter_like_own(page: Page, own: Iterable[str]) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the links whose address has a name of the page's own, or is a number or a query.

    A page has hundreds of links, so the look that rules out nearly all of them comes first.
    """
    names = _own_names(own)
    for element in (*page.elements["link"], *page.elements["a"]):
        href = element.get("href", "")
        if _is_like_own(href, names) and not _COMMENTS.search(href):
            yield element, href


def _is_like_own(href: str, names: Sequence[str]) -> bool:
    return href[:1] in _NUMBER_STARTS or any(map(href.__contains__, names))


def _text_of(element: HtmlElement) -> str:
    """Return a link's text; <link> has none."""
    if element.tag == "link":
        return ""

    return squash(" ".join(element.itertext()))


def _own_names(own: Iterable[str]) -> list[str]:
    """Return the last names in the page's addresses; short ones are left out."""
    stems = {base.rpartition("/")[2].partition("?")[0].partition(".")[0] for base in own}
    return [stem for stem in sorted(stems) if len(stem) >= MIN_STEM_CHARS]


def _leads_to_part(element: HtmlElement, text: str) -> bool:
    """Whether a link's relation, text or label means another page of the same article."""
    relations = set((element.get("rel") or "").lower().split())
    if "nofollow" in relations:
        return False
    if relations & NEXT_RELS:
        return True
    return element.tag == "a" and (_states_number(text) or _is_called_next(element, text))


def _states_number(text: str) -> bool:
    """Whether a link's text is a page number, perhaps with a word beside it."""
    digits = re.sub(r"\D", "", text)
    return bool(digits) and len(text) <= MAX_LINK_CHARS and int(digits[:3]) <= MAX_PARTS


def _is_called_next(element: HtmlElement, text: str) -> bool:
    """Whether a link's text or its label calls it the next or the previous page."""
    label = text or element.get("aria-label") or element.get("title") or ""
    return 0 < len(label) <= MAX_LINK_CHARS and bool(_NEXT.search(label.lower()))


def _shown_number(page: Page) -> int | None:
    """Return the number that a page shows as its own.

    It is the number in "page 2 of 4", or the one number in the list of pages that is not a link.
    """
    for element in page.tree.iter(*NUMBER_TAGS):
        text = squash(" ".join(islice(element.itertext(), MAX_NUMBER_TEXTS)))
        if len(text) > MAX_LINK_CHARS:
            continue

        stated = _OF.search(text)
        if stated:
            return int(stated[1])

        if _is_short_number(text) and _is_current(element):
            return int(text)

    return None


def _is_short_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS


def _is_current(element: HtmlElement) -> bool:
    """Whether an element in a list of pages is marked as the page that the reader sees."""
    if element.get("aria-current") == "page":
        return True
    return _CURRENT.search((element.get("class") or "").lower()) is not None
