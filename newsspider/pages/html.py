"""Bytes to text to tree: the one decoder and the one parser of the project."""

import codecs
import re
from itertools import dropwhile
from typing import NamedTuple

import lxml.html
from lxml.etree import ElementDefaultClassLookup, ParserError
from lxml.html import HtmlComment, HtmlElement, HtmlProcessingInstruction
from w3lib.encoding import html_to_unicode

from newsspider.errors import EmptyPageError, NotHtmlError
from newsspider.pages.charsets import declared_codec, web_codec
from newsspider.pages.mojibake import may_be_encoded_twice, mend_double_encoding
from newsspider.pages.ruby import drop_annotations
from newsspider.pages.shadow_roots import attach_shadow_roots, has_shadow_roots
from newsspider.text import clean_text, is_clean_markup, odd_bytes

# Elements: libxml2's own limit with huge_tree; it drops deeper ones without an error
MAX_DEPTH = 2048
# Enough letters for a charset guess; the whole of a large page would cost seconds
DETECTION_BYTES = 64 * 1024

# Bytes after a character's first, for each damaged character. Text of other charsets has at most
# 1.2 of them for each byte that is no UTF-8 (GB 18030 and cp866, in pieces of 400 characters; next
# are EUC-JP with 0.9 and cp874 with 0.7).
MIN_INNER_BYTES = 3

# The first bytes of formats that often have a name in .html or a wrong Content-Type.
MAGIC = (
    (b"%PDF-", "PDF document"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "RIFF media (WebP, WAV, AVI)"),
    (b"PK\x03\x04", "ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf", "7-Zip archive"),
    (b"\x00\x00\x00\x18ftyp", "MP4 video"),
    (b"\x00\x00\x00 ftyp", "MP4 video"),
    (b"OggS", "Ogg media"),
    (b"ID3", "MP3 audio"),
    (b"wOF", "web font"),
)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Surrogates, each in UTF-8 of its own: no character
_HALVES = re.compile(rb"(?:\xed[\xa0-\xbf][\x80-\xbf])+")
_REPLACEMENT = b"\xef\xbf\xbd"
_XML_ROOT = re.compile(
    # Possessive: a comment ends where it ends, and is not tried again as the beginning of a longer
    # one.
    rb"\A\s*+(?:<\?xml[^>]*+>\s*+)?+(?:<!--(?>.*?-->)\s*+)*+<(rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b",
    re.S,
)
_MARKUP = re.compile(rb"<\s*[a-zA-Z!?/]")
_CONTROL = bytes(
    set(range(0x09)) | {0x0B} | set(range(0x0E, 0x1B)) | set(range(0x1C, 0x20))
)  # WHATWG "binary data byte"
# lxml.html's own look-up is a Python call for every element touched, to tell forms and their
# controls apart.
_CLASSES = ElementDefaultClassLookup(
    element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction
)
# What several ask a page for: one look over the tree for all of them, since each costs as much as
# all together.
LISTED_TAGS = ("title", "meta", "link", "script", "noscript", "h1", "a", "template", "ruby")
# HTML Living Standard, "in head": the start tag of any other element ends the head.
HEAD_TAGS = frozenset(
    "base basefont bgsound link meta noscript script style template title".split()
)
SNIFF_BYTES = 1445  # the WHATWG MIME sniffing standard's resource header


def check_is_text(body: bytes) -> None:
    """Raise if the bytes can't be text.

    Raises:
        EmptyPageError: no byte except white space.
        NotHtmlError: another format, by its first bytes.
    """
    if not body:
        raise EmptyPageError("no content: 0 bytes")

    if body.isspace():
        raise EmptyPageError("no content: only white space")

    if name := _format_of(body):
        raise NotHtmlError(f"not HTML: {name}")


def _format_of(body: bytes) -> str | None:
    """Return the name of the format that the first bytes belong to, None for text."""
    return next((name for magic, name in MAGIC if body.startswith(magic)), None)


def check_is_html(body: bytes, content_type: str | None = None) -> None:
    """Raise if the bytes can't be a page.

    Raises:
        EmptyPageError: no byte except white space.
        NotHtmlError: another format, by its first bytes, its root element or its Content-Type.
    """
    check_is_text(body)
    head = body[:SNIFF_BYTES]

    if root := _XML_ROOT.match(head):
        raise NotHtmlError(f"not HTML: XML with the root <{root[1].decode()}>")

    if _is_binary(head):
        raise NotHtmlError("not HTML: binary data")

    media_type = (content_type or "text/html").partition(";")[0].strip().lower()
    if not _may_be_html(media_type, body):
        raise NotHtmlError(f"not HTML: {media_type}")


def _may_be_html(media_type: str, body: bytes) -> bool:
    """Whether the header says HTML, or the body has markup all the same."""
    return "html" in media_type or _MARKUP.search(body) is not None


def _is_binary(head: bytes) -> bool:
    """Whether the first bytes of a file contain control characters and no sign of a page."""
    if head.startswith(_BOMS) or b"<html" in head.lower():
        return False
    return head != head.translate(None, _CONTROL)


class Decoded(NamedTuple):
    """A page's charset, its text, and that text in UTF-8 as the parser reads it."""

    charset: str
    text: str
    utf8: bytes


def decode_body(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a page's bytes, remove control characters, and repair text that was encoded twice.

    Bytes that are valid UTF-8 with at least one multi-byte character are UTF-8, whatever the header
    or a meta element say: text in another charset is never valid UTF-8 by chance, and saved pages
    are often re-encoded under an old declaration. Bytes with few errors are UTF-8 too; each damaged
    character becomes U+FFFD. For other bytes the order is: byte order mark, HTTP header,
    declaration in the page (w3lib, as browsers do it), a guess. Labels that are not encodings of
    the web are ignored.
    """
    if body.isascii() or body.startswith(_BOMS):
        return _cleaned(*_decode_labelled(body, content_type))

    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return _cleaned(*_decode_unsound(body, content_type))

    odd = odd_bytes(body)
    may_be_twice = may_be_encoded_twice(odd) and may_be_encoded_twice(body)
    if is_clean_markup(odd) and not may_be_twice:
        return Decoded("utf-8", text, body)

    return _cleaned("utf-8", text)


def _decode_unsound(body: bytes, content_type: str | None) -> tuple[str, str]:
    """Return (charset, text) of bytes that aren't valid UTF-8."""
    damaged = _decode_damaged(body)
    if damaged is None:
        return _decode_labelled(body, content_type)

    return "utf-8", damaged


def _decode_labelled(body: bytes, content_type: str | None) -> tuple[str, str]:
    """Return (charset, text) by the byte order mark, else by the label, else by a guess."""
    if body.startswith(_BOMS):
        return html_to_unicode(None, body)
    codec = declared_codec(body, content_type) or _guess_charset(body)
    return html_to_unicode(f"text/html; charset={codec}", body)


def _decode_damaged(body: bytes) -> str | None:
    """Return the text of UTF-8 with few damaged characters; None for another charset."""
    body = _HALVES.sub(_REPLACEMENT, body)
    text = body.decode("utf-8", "replace")
    sound = body.decode("utf-8", "ignore")
    damages = text.count("\ufffd") - body.count(_REPLACEMENT)
    inner_bytes = len(sound.encode()) - len(sound)
    return text if inner_bytes >= MIN_INNER_BYTES * damages else None


def _cleaned(charset: str, text: str) -> Decoded:
    """Return the text cleaned and repaired."""
    clean = clean_text(mend_double_encoding(text))
    return Decoded(charset, clean, clean.encode("utf-8", "replace"))


def _guess_charset(body: bytes) -> str:
    """Return the most likely charset of bytes that declare none and are not UTF-8."""
    from charset_normalizer import from_bytes  # here: few pages need it, and it takes 20 ms to load

    guess = from_bytes(body[:DETECTION_BYTES]).best()
    return (web_codec(guess.encoding) if guess else None) or "cp1252"


class Parsed(NamedTuple):
    """A page's tree, its elements of LISTED_TAGS by tag, and warnings about lost content."""

    tree: HtmlElement
    elements: dict[str, list[HtmlElement]]
    warnings: tuple[str, ...]


def parse_html(utf8: bytes) -> Parsed:
    """Parse a page.

    Declarative shadow roots are attached to their hosts, as in a browser, and ruby annotations
    without brackets are removed. The function takes bytes, since lxml refuses a str that carries an
    XML declaration.

    Raises:
        EmptyPageError: it contains neither an element nor text.
    """
    # Whose table nobody asks
    parser = lxml.html.HTMLParser(huge_tree=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(_CLASSES)

    try:
        tree = lxml.html.document_fromstring(utf8, parser=parser)
    except ParserError as error:
        raise EmptyPageError("no content: no element and no text") from error

    _end_head(tree)
    elements = _list_elements(tree)
    if elements["ruby"]:
        drop_annotations(tree)
        elements = _list_elements(tree)

    if elements["template"] and has_shadow_roots(utf8):
        attach_shadow_roots(tree)
        elements = _list_elements(tree)

    warnings: tuple[str, ...] = ()
    if any(entry.message.startswith("Excessive depth") for entry in parser.error_log):
        warnings = (f"nested deeper than {MAX_DEPTH} elements: deeper content is missing",)

    return Parsed(tree, elements, warnings)


def _list_elements(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """Return the elements of each of LISTED_TAGS in document order."""
    listed: dict[str, list[HtmlElement]] = {tag: [] for tag in LISTED_TAGS}
    for element in tree.iter(*LISTED_TAGS):
        listed[str(element.tag)].append(element)
    return listed


def _end_head(tree: HtmlElement) -> None:
    """Move elements that a head can't contain into the body, as browsers do.

    libxml2 leaves them in the head, because it doesn't know the tags of HTML5.
    """
    head = tree.find("head")
    if head is None:
        return

    strays = list(dropwhile(_belongs_in_head, head))
    if not strays:
        return

    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)

    text, body.text = body.text or "", None
    strays[-1].tail = (strays[-1].tail or "") + text
    body[:0] = strays


def _belongs_in_head(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or element.tag in HEAD_TAGS
