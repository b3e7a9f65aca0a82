"""The titles that a page declares: JSON-LD's headline, og:title, the title element, the feed's."""

from collections.abc import Iterator
from dataclasses import dataclass

from newsspider.extraction.declared.metadata import Found, Metadata, as_text
from newsspider.extraction.fields.titles.lost_amounts import without_groups
from newsspider.extraction.fields.titles.site_names import (
    is_host,
    is_site_name,
    plain,
    plain_name,
    read_site_names,
)
from newsspider.extraction.fields.titles.title_parts import find_cuts, is_broken_off, without_site
from newsspider.pages.page import Page
from newsspider.text import split_words, squash

MIN_TITLE_WORDS = 2  # a title of one word is a section's or the site's name
MAX_HEADINGS = 3  # of a page, that may be its host
MIN_HEADLINE_WORDS = 5  # names of sites are shorter
# Titles of templates, programs and errors, in `plain` letters.
PLACEHOLDERS = frozenset(
    """
    undefined null nan none untitled untitleddocument untitledpage untitled1 newpage newpage1
    notitle title pagetitle documenttitle documentwithouttitle loading pleasewait printversion
    printerfriendlyversion printpage printarticle printthispage printview print article articlepage
    articleview home homepage index welcome druckversion druckansicht unbenanntesdokument ohnetitel
    artikel startseite versionimprimable documentsanstitre sanstitre versiónparaimprimir
    versiónimprimible documentosintítulo sintítulo versãoparaimpressão documentosemtítulo semtítulo
    versionestampabile documentosenzatitolo senzatitolo printversie naamloosdocument zondertitel
    wersjadodruku dokumentbeznazwy beztytułu версиядляпечати документбезназвания безназвания
    εκτύπωση χωρίςτίτλο yazdır başlıksız
    无标题文档 無標題文件 无标题 無標題 打印 打印版 打印本页
    無題 無題ドキュメント 印刷用ページ 印刷 제목없음
    인쇄 인쇄하기
""".split()
)


@dataclass(frozen=True, slots=True)
class DeclaredTitles:
    """The page's declared titles, "" for none, each without the site's name and not broken off.

    `site` has the site's names, as `site_names.plain_name` text. `empty` is a title
    element without a title of its own: a single word, or the site's name.
    """

    headline: str
    og: str
    element: str
    alternative: str
    feed: Found | None
    site: frozenset[str]
    empty: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """JSON-LD's headline, og:title and the title element."""
        return tuple(filter(None, (self.headline, self.og, self.element)))


def read_declared_titles(page: Page, metadata: Metadata) -> DeclaredTitles:
    """Read the titles that a page declares."""
    site = _read_site(page, metadata)
    article = metadata.article
    named = as_text(article.get("headline")) or as_text(article.get("name")) or ""
    shared = (
        metadata.first_meta(name) or ""
        for name in ("og:title", "twitter:title", "dc.title", "title")
    )

    if len(split_words(metadata.title)) < MIN_TITLE_WORDS:
        element = ""
    else:
        element = _read(metadata.title, site)

    og = next(filter(None, (_read(title, site) for title in shared)), "")
    if is_broken_off(og, element):
        og = ""

    headline = _read(named, site)
    return DeclaredTitles(
        "" if any(is_broken_off(headline, other) for other in (og, element)) else headline,
        og,
        element,
        _read(as_text(article.get("alternativeHeadline")) or "", site),
        _feed_title(metadata, site),
        site,
        "" if plain(metadata.title) in PLACEHOLDERS else metadata.title,
    )


def iter_declared(declared: DeclaredTitles) -> Iterator[Found]:
    """Yield the declared titles with their provenance, the likeliest alternative title first."""
    for text, provenance in (
        (declared.headline, "json-ld"),
        (declared.og, "meta"),
        (declared.element, "markup"),
        (declared.alternative, "json-ld"),
    ):
        if text:
            yield Found(text, provenance)

    if declared.feed:
        yield declared.feed


def find_alternative_title(declared: DeclaredTitles, title: str | None) -> Found | None:
    """Return the first declared title that isn't the title, its beginning, or a dashed form."""
    if not title:
        return None

    others = (each for each in iter_declared(declared) if not _is_form_of(each.value, title))
    return next(others, None)


def _is_form_of(other: str, title: str) -> bool:
    """Whether another title has the title beside a dash, is broken off from it, or lacks amounts."""
    forms = {plain(title), plain(without_groups(title))}
    return not forms.isdisjoint(map(plain, _iter_sides(other))) or is_broken_off(other, title)


def _iter_sides(title: str) -> Iterator[str]:
    """Yield a title, and the texts before and after each of its dashes and strokes."""
    yield title
    for cut in find_cuts(title):
        yield title[: cut.start]
        yield title[cut.end :]


def _read_site(page: Page, metadata: Metadata) -> frozenset[str]:
    """Return the site's names without a headline: another name follows it in the title element."""
    hosts = (
        text
        for heading in page.elements["h1"][:MAX_HEADINGS]
        if is_host(text := squash("".join(heading.itertext())))
    )
    names = read_site_names(page, metadata).union(map(plain_name, hosts))
    title = metadata.title
    starts = {
        title[: cut.start]
        for cut in find_cuts(title)
        if is_site_name(title[cut.end :], names, exact=True)
    }

    return names - {
        plain_name(start) for start in starts if len(split_words(start)) >= MIN_HEADLINE_WORDS
    }


def _read(text: str, site: frozenset[str]) -> str:
    """Return a declared title without the site's name; "" for one that declares nothing."""
    bare = without_site(_without_host(text, site), site)
    is_empty = plain(bare) in PLACEHOLDERS or plain_name(bare) in site
    return "" if is_empty else bare


def _without_host(text: str, site: frozenset[str]) -> str:
    """Return a title without the site's host before it, if a title is left."""
    first, _, rest = text.partition(" ")
    is_host_of_site = is_host(first) and plain_name(first) in site
    if is_host_of_site and len(split_words(rest)) >= MIN_TITLE_WORDS:
        return rest

    return text


def _feed_title(metadata: Metadata, site: frozenset[str]) -> Found | None:
    """Return the page's title in a feed or news sitemap."""
    entry = metadata.entry
    if entry and entry.title and (title := without_site(entry.title, site)):
        return Found(title, entry.origin)

    return None
