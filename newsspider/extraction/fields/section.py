"""Find an article's section: declared, in the breadcrumbs, or as a label above the headline."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.declared.metadata import Found, Metadata, as_list, as_text
from newsspider.extraction.fields.authors.name_checks import plain_name
from newsspider.extraction.fields.breadcrumbs import find_in_breadcrumbs
from newsspider.extraction.fields.opening import Opening, holder_of
from newsspider.extraction.fields.terms import linked_terms
from newsspider.pages.page import Page
from newsspider.text import squash
from newsspider.urls import site_of

MAX_SECTION_CHARS = 50
MAX_DECLARED_CHARS = 300  # in which a declared list is read
MAX_LABEL_WORDS = 4  # of a link above the headline
_OF_PERSON = re.compile(
    r"/(?:authors?|autor\w*|people|person|profiles?|users?|contributors?|writers?|by|team)(?:/|$)"
)
MAX_HREF_CHARS = 500
MAX_LEVELS = 4  # elements around a line that are looked at for its link
LINES_ABOVE = 3  # the headline, among which its section is
SECTION_METAS = (
    "article:section", "og:article:section", "og:section", "http://ogp.me/ns/article#section",
    "parsely-section", "sailthru.section", "sailthru_section", "prism.section",
    "cxenseparse:section", "articlesection", "article_section", "article.section", "dc.section",
    "section", "article:category",
)  # fmt: skip
# Names under which systems file articles without a section, or all articles.
PLACEHOLDERS = frozenset(
    name.strip()
    for name in """all; alle; todo; todos; tout; everything; front page; frontpage; front-page; home; homepage;
    startseite; accueil; portada; inicio; article; articles; artikel; artículo; artículos; post;
    posts; blog post; blog posts; all posts; all articles; uncategorized; uncategorised;
    unassigned; allgemein; sin categoría; sin categoria; non classé; non classe; senza
    categoria; sem categoria; bez kategorii; geen categorie; okategoriserade; ukategorisert;
    ukategoriseret; без рубрики; без категории; 未分类; 未分類; genel; default; none; null; undefined;
    n/a; other; others; misc; featured; highlight; highlights; slider; destacado; destacados;
    archive; archives; index; main; category; categories; section; top story; top stories;
    latest; latest posts; anzeige""".split(";")
)
_PARTS = re.compile(r"\s*[,;|]\s*")
_SHOWN_PARTS = re.compile(r"\s*[>›»|/•·\n]\s*")
_STEPS = re.compile(r"\s*[>›»]\s*")
# Home, Garden and Pets.
_ONE_NAME = re.compile(r"[^,;|]{2,30}, [^,;|]{2,30} (?:&|and|und|et|y|e|och|og|en) [^,;|]{2,30}")
# Text above headlines besides a section's name: dates, counts, ways back, actions for a reader
# do.
_NO_LABEL = re.compile(
    r"[\d←→<…()]|^(?:skip|back|return|zurück|retour|volver|sign|log|join|subscribe|contact|search|"
    r"share|save|print|apply|donate|privacy|sitemap|login|register|menu|close|español|english|"
    r"deutsch|français|about|careers|view|read|see|edit|posted|by|werbung|anmelden|suche|zur|"
    r"zum)\b",
    re.I,
)
_LABEL = re.compile(r"(?:category|section|kategorie|rubrik|topic)\s*:\s*", re.I)
_SLUG = re.compile(
    r"[a-z0-9]+(?:[-_][a-z0-9]+)+|[a-z0-9-]+(?:/[a-z0-9-]+)+|[^/_\n]*[/_][^_\n]*_.*|/.*"
)
_LETTER = re.compile(r"[^\W\d_]")


def find_section(
    page: Page, metadata: Metadata, opening: Opening, title: str | None, authors: Iterable[str] = ()
) -> Found | None:
    """Return the section's name.

    From JSON-LD, meta elements, microdata, breadcrumbs, the link above the headline, category
    links, the feed. The first name counts that is not a placeholder, a slug, an address, the title,
    the publisher's or an author's name. One declared in small letters is given as the page shows it
    above the headline.
    """
    people = {plain_name(name) for name in authors if " " in name}
    not_sections = _names_of_others(page, metadata, title) | people

    for name, provenance in _iter_names(page, metadata, opening, title):
        if _is_section(name, not_sections):
            shown = _as_shown(name, opening) if name.islower() else name
            return Found(shown, provenance)

    return None


def _iter_names(
    page: Page, metadata: Metadata, opening: Opening, title: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the names in the texts that are named as the section, each with its provenance."""
    for found in _iter_named(page, metadata, opening, title):
        for name in _split(found.value):
            is_other_label = found.provenance == "markup" and _NO_LABEL.search(name)
            if not is_other_label:
                yield name, found.provenance


def _as_shown(name: str, opening: Opening) -> str:
    """Return a name in small letters as a line or a step above the headline writes it."""
    above = opening.page.blocks[: max(0, opening.headline)]
    short = (block.text for block in above if len(block.text) <= MAX_DECLARED_CHARS)
    parts = filter(_is_capitalised, chain.from_iterable(map(_SHOWN_PARTS.split, short)))
    wanted = name.casefold()
    return next((part for part in parts if part.casefold() == wanted), name)


def _is_capitalised(text: str) -> bool:
    return text[:1].isupper() and not text.isupper()


def _iter_named(
    page: Page, metadata: Metadata, opening: Opening, title: str | None
) -> Iterator[Found]:
    """Yield the texts that are named as the section, the surest first."""
    declared = filter(None, map(as_text, as_list(metadata.article.get("articleSection"))))
    for name in declared:
        yield Found(name, "json-ld")

    for meta in SECTION_METAS:
        for name in metadata.meta.get(meta, ()):
            yield Found(name, "meta")

    for name in metadata.stated("section"):
        yield Found(name, "markup")

    if found := find_in_breadcrumbs(metadata, opening, title):
        yield found

    for name in _linked_above(page, opening):
        yield Found(name, "markup")

    for name in linked_terms(opening.page, "category"):
        yield Found(name, "markup")

    if metadata.entry and metadata.entry.section:
        yield Found(metadata.entry.section, metadata.entry.origin)


def _names_of_others(page: Page, metadata: Metadata, title: str | None) -> frozenset[str]:
    """Return the plain names of the site and the article, which are not names of sections."""
    site = site_of(page.url) or ""
    names = (
        title,
        as_text(metadata.article.get("headline")),
        as_text(metadata.article.get("publisher")),
        metadata.first_meta("og:site_name"),
        metadata.first_meta("application-name"),
        site,
        site.partition(".")[0],
    )
    return frozenset(map(plain_name, filter(None, names))) - {""}


def _split(written: str) -> list[str]:
    """Return the names in a text: of a list in order, of a breadcrumb the last one first."""
    if _ONE_NAME.fullmatch(written[: MAX_SECTION_CHARS + 1]):
        return [written]

    parts = _PARTS.split(written[:MAX_DECLARED_CHARS])
    if max(map(len, parts)) > MAX_SECTION_CHARS:  # a sentence
        return []

    steps = (reversed(_STEPS.split(part)) for part in parts)
    return [_LABEL.sub("", squash(step), count=1) for step in chain.from_iterable(steps)]


def _is_section(name: str, not_sections: frozenset[str]) -> bool:
    is_own = name.casefold() not in PLACEHOLDERS and plain_name(name) not in not_sections
    return is_own and _reads_like_section(name)


def _reads_like_section(name: str) -> bool:
    """Whether a text is as short as a name, and neither an address nor a question."""
    if not 0 < len(name) <= MAX_SECTION_CHARS or not _LETTER.search(name):
        return False

    return not (_SLUG.fullmatch(name) or "://" in name or name.endswith(("?", "!")))


def _linked_above(page: Page, opening: Opening) -> Iterator[str]:
    """Yield links right above the headline that lead to the page's part of the site."""
    number = opening.headline
    if number < 0 or not page.url:
        return

    own = urlsplit(page.url).path.lower()
    for block in reversed(opening.page.blocks[max(0, number - LINES_ABOVE) : number]):
        if not _is_linked_label(block):
            continue

        path, is_next = _path_of(block), block.number == number - 1
        if _is_part_of(own, path, block.text) or (is_next and _is_topic(path, block.text)):
            yield block.text


def _is_part_of(own: str, path: str, label: str) -> bool:
    """Whether a link leads to a part of the site that the page is in, by the part's name."""
    if not own.startswith(f"{path}/") or own.rstrip("/") == path:
        return False

    slug = plain_name(path.rpartition("/")[2])
    return bool(slug) and slug[:3] == plain_name(label)[:3]


def _is_topic(path: str, label: str) -> bool:
    """Whether a link leads to the page of a topic that is called as the link is."""
    is_called_so = plain_name(path.rpartition("/")[2]) == plain_name(label)
    return is_called_so and not _OF_PERSON.search(path)


def _is_linked_label(block: Block) -> bool:
    """Whether a line is nothing but a short link."""
    if block.hidden or block.level or block.link_chars < len(block.text):
        return False

    return len(block.text) <= MAX_SECTION_CHARS and len(block.text.split()) <= MAX_LABEL_WORDS


def _path_of(block: Block) -> str:
    """Return the path that a linked line leads to, in lower case without a last stroke.

    "" for none.
    """
    href = next(filter(None, map(_href_of, islice(_iter_around(block), MAX_LEVELS))), "")
    try:
        return unquote(urlsplit(href).path).lower().rstrip("/")
    except ValueError:
        return ""


def _iter_around(block: Block) -> Iterator[etree._Element]:
    """Yield the elements around a block's first text, the innermost first."""
    holder = holder_of(block.pieces[0])
    if holder is not None:
        yield holder
        yield from holder.iterancestors()


def _href_of(element: etree._Element) -> str:
    """Return a link's address, "" for another element."""
    return (element.get("href") or "")[:MAX_HREF_CHARS] if element.tag == "a" else ""
