"""A page: what was fetched or read, decoded and parsed once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newsspider.errors import UnreadableError
from newsspider.pages.html import check_is_html, check_is_text, decode_body, list_elements, parse_html
from newsspider.pages.raw_page import EntryHint, RawPage
from newsspider.urls import absolute_url

# The comments of "Save page as, complete" and of SingleFile.
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)\s")
ENCODED_TYPE = "text/html; charset=utf-8"
SAVED_FROM_CHARS = 4096  # the comment stands before or just after the doctype


@dataclass(frozen=True, eq=False, kw_only=True)
class Page:
    """One page on its way to a record; the tree is read and never changed.

    Attributes:
        url: where it was fetched from, after redirects; recovered from the page itself when the
            input has none.
        source: the file it was read from, or the seed that the crawl found it by.
        html: the decoded text of the page.
        fetched_at: ISO 8601 with zone.
        warnings: what went wrong on the way so far.
        flat: whether it is text that has lost its markup; `html` is then the text.
        entry: what a feed or news sitemap said of it.
        language: what its site's profile says of a page that names none.
        elements: those of `html.LISTED_TAGS` by tag, in document order.
    """

    url: str | None
    html: str
    tree: HtmlElement
    charset: str
    elements: Mapping[str, Sequence[HtmlElement]]
    source: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    warnings: tuple[str, ...] = ()
    flat: bool = False
    entry: EntryHint | None = None
    language: str | None = None


def parse_page(
    body: bytes | str,
    url: str | None = None,
    *,
    source: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    fetched_at: str | None = None,
    entry: EntryHint | None = None,
    language: str | None = None,
) -> Page:
    """Decode and parse a page's bytes, or parse its text.

    Args:
        body: as the server sent it or as the file holds it, decompressed; text is taken as it is,
            whatever charset the page or its headers name.
        url: the page's address; None makes it be recovered from a "saved from" comment, canonical
            link or og:url.
        source: what the record will name as its source.
        status: the HTTP status.
        headers: the response's headers; Content-Type is used for decoding.
        fetched_at: when it was fetched, ISO 8601 with zone.
        entry: what a feed or news sitemap said of it.
        language: what its site's profile says of a page that names none, BCP 47.

    Raises:
        EmptyPageError: nothing but white space.
        NotHtmlError: the bytes are another format.
        TypeError: the body is neither bytes nor text.

    >>> parse_page("<meta charset=latin-1><h1>Café</h1>").html
    '<meta charset=latin-1><h1>Café</h1>'
    """
    given = {name.lower(): value for name, value in (headers or {}).items()}
    content_type = given.get("content-type")
    content = encode_markup(body)
    check_is_html(content, content_type)
    decoded = decode_body(content, ENCODED_TYPE if isinstance(body, str) else content_type)
    tree, warnings = parse_html(decoded.utf8)
    elements = list_elements(tree)

    return Page(
        url=url or _declared_url(decoded.text, elements),
        html=decoded.text,
        tree=tree,
        elements=elements,
        charset=decoded.charset,
        source=source,
        status=status,
        headers=given,
        fetched_at=fetched_at,
        warnings=warnings,
        entry=entry,
        language=language,
    )


def encode_markup(body: bytes | str) -> bytes:
    """Return a page's bytes, of a text those that ENCODED_TYPE is right for.

    Raises:
        TypeError: it is neither bytes nor text.
    """
    if isinstance(body, str):
        return body.encode("utf-8", "replace")
    if not isinstance(body, bytes):
        raise TypeError(f"expected a page's bytes or text, not {type(body).__name__}; newsspider.extract reads files")
    return body


def parse_text(
    body: bytes, url: str | None = None, *, source: str | None = None, fetched_at: str | None = None
) -> Page:
    """Decode a text that has lost its markup: a page flattened by a scraper, as plain text.

    Raises:
        EmptyPageError: nothing but white space.
        NotHtmlError: the bytes are another format.
    """
    check_is_text(body)
    decoded = decode_body(body)
    tree, _ = parse_html(b"<html><body><p></p></body></html>")
    tree.xpath("//p")[0].text = decoded.text

    return Page(
        url=url,
        html=decoded.text,
        tree=tree,
        elements=list_elements(tree),
        charset=decoded.charset,
        source=source,
        fetched_at=fetched_at,
        flat=True,
    )


def parse_raw(raw: RawPage) -> Page:
    """Decode and parse a raw page.

    Raises:
        PageError: its bytes could not be read, or `parse_page` refuses them.
    """
    if raw.problem:
        raise UnreadableError(raw.problem)
    if raw.flat:
        return parse_text(raw.body, raw.url, source=raw.source, fetched_at=raw.fetched_at)

    return parse_page(
        raw.body,
        raw.url,
        source=raw.source,
        status=raw.status,
        headers=raw.headers,
        fetched_at=raw.fetched_at,
        entry=raw.entry,
        language=raw.language,
    )


def base_url(page: Page) -> str | None:
    """Return the address that the page's relative addresses are relative to."""
    return absolute_url(next(iter(page.tree.xpath("//base/@href")), None), page.url) or page.url


def drop_elements(page: Page, drop: Sequence[str], keep: Sequence[str] = ()) -> None:
    """Remove from a page's tree what selectors match; what one of `keep` matches, is in, or holds stays.

    It writes to the tree, so it comes before anything reads it for extraction; head and body
    themselves stay.
    """
    kept = {element for selector in keep for element in page.tree.cssselect(selector)}
    held = {above for element in kept for above in element.iterancestors()}

    for selector in drop:
        for element in page.tree.cssselect(selector):
            stays = element in kept | held or not kept.isdisjoint(element.iterancestors())
            if not stays and element.tag not in ("html", "head", "body"):
                element.drop_tree()


def _declared_url(html: str, elements: Mapping[str, Sequence[HtmlElement]]) -> str | None:
    """Return the address that a saved page gives for itself."""
    saved = _SAVED_FROM.search(html, 0, SAVED_FROM_CHARS)
    shared = [meta.get("content") for meta in elements["meta"] if "og:url" in (meta.get("property"), meta.get("name"))]
    declared = [*([saved[1]] if saved else []), *_iter_canonical(elements), *shared]
    return next(filter(None, (absolute_url(url, None) for url in declared)), None)


def canonical_link(page: Page) -> str | None:
    """Return the page's canonical link, made absolute, or None."""
    found = (absolute_url(href, page.url) for href in _iter_canonical(page.elements))
    return next(filter(None, found), None)


def _iter_canonical(elements: Mapping[str, Sequence[HtmlElement]]) -> Iterator[str | None]:
    """Yield the canonical links' addresses as written."""
    return (link.get("href") for link in elements["link"] if "canonical" in (link.get("rel") or "").split())
