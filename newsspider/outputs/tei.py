"""A record as a TEI P5 document, for corpora."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.builder import ElementMaker

from newsspider.record import ArticleRecord
from newsspider.text import xml_text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
_BLOCKS = re.compile(r"(`{3,})\n.*?\n\1(?:\n\n|\Z)|.+?(?:\n\n+|\Z)", re.DOTALL)  # a fence is longer than any in it
_HEADING = re.compile(r"#{1,6} (.*)", re.DOTALL)
_ITEM = re.compile(r"(?:-|\d{1,9}\.) ")
_INLINE = re.compile(r"\[((?:\\.|[^\[\]\\])*+)\]\(([^)\s]*+)\)|\\(.)|\n")
_CELL_END = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|(?: --- \|)+")


def render_tei(record: ArticleRecord) -> str:
    """Return the document: a header that says where the text is from, and the body's blocks."""
    root = _E.TEI(_header(record), _E.text(_body(record)))
    if record.language:
        root.set(XML_LANG, record.language)
    return str(etree.tostring(root, encoding="unicode", pretty_print=True))


def _header(record: ArticleRecord) -> etree._Element:
    """Return the TEI header."""
    title = [_E.title(xml_text(record.title or "untitled"))]
    authors = [_E.author(xml_text(name)) for name in record.authors]
    published = [_date(record.published)] if record.published else []
    bibl = _E.bibl(
        _E.title(xml_text(record.title or "untitled")), *[_E.author(xml_text(name)) for name in record.authors]
    )
    bibl.extend([_E.publisher(xml_text(record.publisher))] if record.publisher else [])
    bibl.extend(published)
    if record.url:
        bibl.append(_E.ptr(target=xml_text(record.url)))
    file = _E.fileDesc(
        _E.titleStmt(*title, *authors), _E.publicationStmt(_E.p("Extracted by newsspider.")), _E.sourceDesc(bibl)
    )
    profile = _E.profileDesc()
    if record.language:
        profile.append(_E.langUsage(_E.language(ident=record.language)))
    if terms := [*([record.section] if record.section else []), *record.tags]:
        profile.append(_E.textClass(_E.keywords(*[_E.term(xml_text(term)) for term in terms])))
    return _E.teiHeader(file, *([profile] if len(profile) else []))


def _date(published: str) -> etree._Element:
    """Return a date as the page gave it."""
    return _E.date(published, when=published)


def _body(record: ArticleRecord) -> etree._Element:
    """Return the body: blocks in a division, a new one at each heading."""
    division = _E.div(*([_E.head(xml_text(record.title))] if record.title else []))
    body = _E.body(division)
    for block in _iter_blocks(record.body_markdown or ""):
        if heading := _HEADING.fullmatch(block):
            division = _E.div(_fill(_E.head(), heading[1]))
            body.append(division)
        else:
            division.append(_block(block))
    for division in body:
        if all(child.tag == f"{{{NAMESPACE}}}head" for child in division):
            division.append(_E.p())  # a division is more than its heading
    return body


def _iter_blocks(markdown: str) -> Iterator[str]:
    """Yield the blocks of a record's Markdown; code may hold blank lines."""
    return (block for match in _BLOCKS.finditer(xml_text(markdown)) if (block := match[0].strip("\n")))


def _block(block: str) -> etree._Element:
    """Return a block that is no heading."""
    lines = block.split("\n")
    if block.startswith("```"):
        return _text(block)
    if all(map(_ITEM.match, lines)):
        return _E.list(*[_fill(_E.item(), _ITEM.sub("", line, count=1)) for line in lines])
    if all(line.startswith(">") for line in lines):
        quoted = "\n".join(line.removeprefix(">").removeprefix(" ") for line in lines)
        return _E.quote(*map(_text, _iter_blocks(quoted)))
    if len(lines) > 1 and _RULE.fullmatch(lines[1]):
        return _E.table(*map(_row, [lines[0], *lines[2:]]))
    return _text(block)


def _text(block: str) -> etree._Element:
    """Return a block that is code or a paragraph."""
    if block.startswith("```"):
        return _E.ab("\n".join(block.split("\n")[1:-1]), type="code")
    return _fill(_E.p(), block)


def _row(line: str) -> etree._Element:
    """Return a row of a pipe table."""
    cells = _CELL_END.split(line.strip())[1:-1]
    return _E.row(*[_fill(_E.cell(), cell.strip()) for cell in cells])


def _fill(element: etree._Element, text: str) -> etree._Element:
    """Return the element with a block's text in it: links, line breaks and what was escaped."""
    at = 0
    for match in _INLINE.finditer(text):
        _append_text(element, text[at : match.start()])
        at = match.end()
        if match[2] is not None:
            element.append(_fill(_E.ref(target=match[2]), match[1]))
        elif match[3] is not None:
            _append_text(element, match[3])
        else:
            element.append(_E.lb())
    _append_text(element, text[at:])
    return element


def _append_text(element: etree._Element, text: str) -> None:
    """Add text after what the element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
