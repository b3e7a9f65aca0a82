"""A page: fetched or read, decoded once and parsed once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newsspider.errors import UnreadableError
from newsspider.pages.charsets import with_byte_order_mark
from newsspider.pages.html import (
    check_is_html,
    check_is_text,
    decode_body,
    parse_html,
)
from newsspider.pages.raw_page import EntryHint, RawPage
from newsspider.urls import absolute_url

# The comments of "Save page as, complete" and of SingleFile.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)\s"
)
_FRAME_TAGS = ("html", "head", "body")
ENCODED_TYPE = "text/html; charset=utf-8"
SAVED_FROM_CHARS = 4096  # the comment is before or just after the doctype


@dataclass(frozen=True, eq=False, kw_only=True)
class Page:
    """A page on its way to a record. The tree is read and never changed.

    Attributes:
        url: where it was fetched from, after redirects; found in the page itself if the input has
            none.
        source: the file it was read from, or the seed from which the crawl found it.
        html: the decoded text of the page.
        fetched_at: ISO 8601 with zone.
        warnings: problems so far.
        flat: whether it is plain text, from a page without its markup; `html` is then the text.
        entry: the values that a feed or news sitemap gave for it.
        language: the language of the site's profile, for a page that declares none.
        elements: the elements of `html.LISTED_TAGS` by tag, in document order.
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
        body: decompressed bytes, as the server sent them or the file contains them; or text, which
            is used as it is, whatever charset the page or its headers name.
        url: the page's address; None: take it from a "saved from" comment, canonical link or
            og:url.
        source: the source that the record names.
        status: the HTTP status.
        headers: the response's headers; Content-Type is used for decoding.
        fetched_at: when it was fetched, ISO 8601 with zone.
        entry: the values that a feed or news sitemap gave for it.
        language: the language of the site's profile for a page that declares none, BCP 47.

    Raises:
        EmptyPageError: nothing but white space.
        NotHtmlError: the bytes are another format.
        TypeError: the body is neither bytes nor text.

    >>> parse_page("<meta charset=latin-1><h1>Café</h1>").html
    '<meta charset=latin-1><h1>Café</h1>'
    """
    given = {name.lower(): value for name, value in (headers or {}).items()}
    content_type = given.get("content-type")
    content = with_byte_order_mark(encode_markup(body))
    check_is_html(content, content_type)
    decoded = decode_body(content, ENCODED_TYPE if isinstance(body, str) else content_type)
    tree, elements, warnings = parse_html(decoded.utf8)

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
    """Return a page's bytes; text is encoded as ENCODED_TYPE says.

    Raises:
        TypeError: it is neither bytes nor text.
    """
    if isinstance(body, str):
        return body.encode("utf-8", "replace")

    if not isinstance(body, bytes):
        given, expected = type(body).__name__, "expected a page's bytes or text"
        raise TypeError(f"{expected}, not {given}; newsspider.extract reads files")

    return body


def parse_text(
    body: bytes, url: str | None = None, *, source: str | None = None, fetched_at: str | None = None
) -> Page:
    """Decode plain text: a page that another scraper has stripped of its markup.

    Raises:
        EmptyPageError: nothing but white space.
        NotHtmlError: the bytes are another format.
    """
    check_is_text(body)
    decoded = decode_body(body)
    tree, elements, _ = parse_html(b"<html><body><p></p></body></html>")
    tree.xpath("//p")[0].text = decoded.text

    return Page(
        url=url,
        html=decoded.text,
        tree=tree,
        elements=elements,
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
    """Return the address that relative addresses in the page refer to."""
    return absolute_url(next(iter(page.tree.xpath("//base/@href")), None), page.url) or page.url


def drop_elements(page: Page, drop: Sequence[str], keep: Sequence[str] = ()) -> None:
    """Remove the elements that selectors match from a page's tree.

    Elements that `keep` matches stay, and so do all elements inside and around them. The function
    changes the tree, so it is called before extraction. Head and body themselves always stay.
    """
    kept = set(_iter_selected(page.tree, keep))
    around = kept.union(*(element.iterancestors() for element in kept))

    for element in _iter_selected(page.tree, drop):
        is_inside = not kept.isdisjoint(element.iterancestors())
        if element not in around and not is_inside and element.tag not in _FRAME_TAGS:
            element.drop_tree()


def _iter_selected(tree: HtmlElement, selectors: Sequence[str]) -> Iterator[HtmlElement]:
    """Yield the elements that CSS selectors match, one selector after another."""
    return (element for selector in selectors for element in tree.cssselect(selector))


def _select(tree: HtmlElement, selectors: Sequence[str]) -> set[HtmlElement]:
    """Return the elements that any of some CSS selectors matches."""
    return {element for selector in selectors for element in tree.cssselect(selector)}


def _declared_url(html: str, elements: Mapping[str, Sequence[HtmlElement]]) -> str | None:
    """Return the address that a saved page declares as its own."""
    declared = (absolute_url(url, None) for url in _iter_declared_urls(html, elements))
    return next(filter(None, declared), None)


def _iter_declared_urls(
    html: str, elements: Mapping[str, Sequence[HtmlElement]]
) -> Iterator[str | None]:
    """Yield the addresses in a "saved from" comment, canonical links and og:url, as written."""
    saved = _SAVED_FROM.search(html, 0, SAVED_FROM_CHARS)
    yield saved and saved[1]
    yield from _iter_canonical(elements)
    yield from (meta.get("content") for meta in elements["meta"] if _is_og_url(meta))


def _is_og_url(meta: HtmlElement) -> bool:
    return "og:url" in (meta.get("property"), meta.get("name"))


def canonical_link(page: Page) -> str | None:
    """Return the page's canonical link, made absolute, or None."""
    found = (absolute_url(href, page.url) for href in _iter_canonical(page.elements))
    return next(filter(None, found), None)


def _iter_canonical(elements: Mapping[str, Sequence[HtmlElement]]) -> Iterator[str | None]:
    """Yield the addresses of canonical links as written."""
    return (
        link.get("href")
        for link in elements["link"]
        if "canonical" in (link.get("rel") or "").split()
    )
