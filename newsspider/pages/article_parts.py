"""The parts of an article over several pages: which of a page's links lead to the others, and in which order.

Sites link an article's parts by `rel=next`, by numbers, or by "next page"; they link the next article and a section's
older news in the same ways. So a part's address must be this page's own but for a page number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from newsspider.pages.page import Page, canonical_link
from newsspider.pages.page_numbers import MAX_PARTS, paged_addresses, renumbered
from newsspider.text import squash
from newsspider.urls import absolute_url, is_home, normalise_url

MAX_LINK_CHARS = 40  # of a link to another part; longer ones are headlines
MAX_URL_CHARS = 2_000  # as in discovery: beyond that an address is a redirect's or a trap's
MIN_STEM_CHARS = 3  # of the address's last name, by which the links to look at are chosen
MAX_NUMBER_TEXTS = 8  # texts in an element that says "page 2 of 4"
MAX_NUMBER_DIGITS = 2
NEXT_RELS = frozenset({"next", "prev", "previous"})

_CURRENT = re.compile(r"current|active|selected|aktiv|actual|attiva")
_COMMENTS = re.compile(r"comment|cpage|kommentar|#respond", re.IGNORECASE)
_NEXT = re.compile(
    r"next|prev|zurück|vorherig|précédent|anterior|precedent|vorige|forrige|föregående|edellinen|poprzedni|předchozí|"
    r"előző|назад|önceki|sebelumnya|السابق|قبلی|הקודם|前|上一|이전|«|‹|←|nächste|weiter|suivant|siguiente|próxima|successiv|avanti|volgende|neste|næste|nästa|seuraava|następn|"
    r"další|következő|след|далее|sonraki|selanjutnya|berikutnya|tiếp|επόμεν|التالي|بعدی|הבא|अगला|次|下一|다음|ถัดไป|»|›|→|>",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?:page|seite|página|pagina|strona|sivu|side|sida|oldal|strana|страница|сторінка|sayfa|halaman|trang|σελίδα|"
    r"صفحة|صفحه|עמוד|ページ|第)\s*(\d{1,2})\s*+(?:(?:页|頁)\s*+)?(?:of|von|de|di|sur|van|z|ze|av|af|/|из|з|dari|από|من|از|מתוך|共)"
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
    own = {form.base: form for form in paged_addresses(page.url)}
    found: dict[str, dict[int, str]] = {}
    for link in _iter_part_links(page, own):
        for form in paged_addresses(link.url):
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
    if shown and shown not in (at, *numbers) and normalise_url(page.url) == normalise_url(canonical_link(page) or ""):
        address, at = numbers.get(shown) or renumbered(numbers, shown) or page.url, shown
        numbers = {own[base].number: page.url, **numbers}
    if not {at - 1, at + 1} & numbers.keys():
        return None
    numbers[at] = address
    return Parts(address, tuple(numbers[number] for number in sorted(numbers)))


def _iter_part_links(page: Page, own: Iterable[str]) -> Iterator[_PartLink]:
    """Yield the links that look like this page's address with another number."""
    stems = {base.rpartition("/")[2].partition("?")[0].partition(".")[0] for base in own}
    names = re.compile("|".join(re.escape(stem) for stem in sorted(stems) if len(stem) >= MIN_STEM_CHARS) or r"(?!)")
    for element in (*page.elements["link"], *page.elements["a"]):
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


def _shown_number(page: Page) -> int | None:
    """Return the number that a page shows as its own: "page 2 of 4", or the one number of the list that is no link."""
    for element in page.tree.iter("p", "div", "span", "li", "strong", "b", "em", "a"):
        text = squash(" ".join(islice(element.itertext(), MAX_NUMBER_TEXTS)))
        if len(text) > MAX_LINK_CHARS:
            continue
        if said := _OF.search(text):
            return int(said[1])
        marked = element.get("aria-current") == "page" or _CURRENT.search((element.get("class") or "").lower())
        if marked and text.isdecimal() and len(text) <= MAX_NUMBER_DIGITS:
            return int(text)
    return None
