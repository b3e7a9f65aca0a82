"""A record as a TEI P5 document, for corpora."""

from collections.abc import Callable, Iterable

from lxml import etree
from lxml.builder import ElementMaker
from markdown_it.tree import SyntaxTreeNode

from newsspider.outputs.body_markup import read_body
from newsspider.record import ArticleRecord
from newsspider.text import xml_text

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DATE_CHARS, MINUTE_CHARS = len("2026-03-24"), len("2026-03-24T09:30")
TITLE_LEVEL = 1  # of headings; those of a body are below it
_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
# Elements whose children are on lines of their own; in all others white space is part of the text.
_OUTLINE = frozenset(
    f"{{{NAMESPACE}}}{name}"
    for name in """TEI teiHeader fileDesc titleStmt publicationStmt sourceDesc bibl profileDesc
    langUsage textClass keywords text body div list quote table row""".split()
)


def render_tei(record: ArticleRecord) -> str:
    """Return the document: a header with the source of the text, and the body's blocks."""
    root = _E.TEI(_header(record), _E.text(_E.body(_body(record))))
    if record.language:
        root.set(XML_LANG, record.language)
    _indent(root, "\n")
    return f"{etree.tostring(root, encoding='unicode')}\n"


def _header(record: ArticleRecord) -> etree._Element:
    """Return the TEI header."""
    file = _E.fileDesc(
        _E.titleStmt(*_title_and_authors(record)),
        _E.publicationStmt(_E.p("Extracted by newsspider.")),
        _E.sourceDesc(_source(record)),
    )
    header = _E.teiHeader(file)

    profile = _E.profileDesc()

    if record.language:
        profile.append(_E.langUsage(_E.language(ident=record.language)))

    if terms := [*filter(None, [record.section]), *record.tags]:
        keywords = [_E.term(xml_text(term)) for term in terms]
        profile.append(_E.textClass(_E.keywords(*keywords)))

    if len(profile):
        header.append(profile)

    return header


def _source(record: ArticleRecord) -> etree._Element:
    """Return the page's own statements about itself, with its address."""
    source = _E.bibl(*_title_and_authors(record))
    if record.publisher:
        source.append(_E.publisher(xml_text(record.publisher)))

    if record.published:
        source.append(_date(record.published))

    if record.url:
        source.append(_E.ptr(target=xml_text(record.url)))

    return source


def _title_and_authors(record: ArticleRecord) -> list[etree._Element]:
    title = _E.title(xml_text(record.title or "untitled"))
    return [title, *[_E.author(xml_text(name)) for name in record.authors]]


def _date(published: str) -> etree._Element:
    """Return a date as the page gave it; TEI's `when` needs seconds in a time."""
    has_time = len(published) > DATE_CHARS
    has_seconds = published[MINUTE_CHARS : MINUTE_CHARS + 1] == ":"
    attribute = "when-iso" if has_time and not has_seconds else "when"
    return _E.date(published, {attribute: published})


def _body(record: ArticleRecord) -> etree._Element:
    """Return the article as a division that contains one per heading, nested by level."""
    article = _E.div()
    if record.title:
        article.append(_E.head(xml_text(record.title)))

    open_divisions = [(TITLE_LEVEL, article)]

    for block in read_body(record).children:
        if block.type != "heading":
            open_divisions[-1][1].append(_block(block))
            continue

        level = max(_level(block), TITLE_LEVEL + 1)

        while open_divisions[-1][0] >= level:
            open_divisions.pop()

        division = _E.div(_filled(_E.head(), block))
        open_divisions[-1][1].append(division)
        open_divisions.append((level, division))

    return article


def _level(heading: SyntaxTreeNode) -> int:
    return int(heading.tag.removeprefix("h"))


def _block(block: SyntaxTreeNode) -> etree._Element:
    """Return a block inside a division, an item or a quote."""
    return _BLOCKS.get(block.type, _paragraph)(block)


def _paragraph(block: SyntaxTreeNode) -> etree._Element:
    return _filled(_E.p(), block)


def _inner_heading(block: SyntaxTreeNode) -> etree._Element:
    """Return a heading inside a list or quote, where TEI has no divisions."""
    return _filled(_E.p(rend="heading"), block)


def _list(block: SyntaxTreeNode) -> etree._Element:
    form = "numbered" if block.type == "ordered_list" else "bulleted"
    return _E.list(*map(_item, block.children), rend=form)


def _item(item: SyntaxTreeNode) -> etree._Element:
    """Return a list's item, with its number if it has one."""
    element = _E.item()
    if item.info:
        element.set("n", item.info)

    for block in item.children:
        if block.type == "paragraph" and block.hidden:  # the text of an item with one line
            _fill(element, block.children)
        else:
            element.append(_block(block))

    return element


def _quote(block: SyntaxTreeNode) -> etree._Element:
    return _E.quote(*map(_block, block.children))


def _table(block: SyntaxTreeNode) -> etree._Element:
    """Return a table; in Markdown its first row is its heading."""
    table = _E.table()
    for part in block.children:
        role = {"role": "label"} if part.type == "thead" else {}
        for row in part.children:
            table.append(_E.row(*[_filled(_E.cell(), cell) for cell in row.children], **role))
    return table


def _code(block: SyntaxTreeNode) -> etree._Element:
    return _E.ab(xml_text(block.content.removesuffix("\n")), type="code")


def _rule(block: SyntaxTreeNode) -> etree._Element:
    return _E.milestone(unit="section", rend="rule")


_BLOCKS: dict[str, Callable[[SyntaxTreeNode], etree._Element]] = {
    "heading": _inner_heading,
    "bullet_list": _list,
    "ordered_list": _list,
    "blockquote": _quote,
    "table": _table,
    "fence": _code,
    "code_block": _code,
    "hr": _rule,
}


def _filled(element: etree._Element, block: SyntaxTreeNode) -> etree._Element:
    """Return the element, filled with a block's text."""
    _fill(element, block.children)
    return element


def _fill(element: etree._Element, nodes: Iterable[SyntaxTreeNode]) -> None:
    """Append text with its links, line breaks, pictures and emphasis to an element."""
    for node in nodes:
        if node.type == "inline":
            _fill(element, node.children)
        elif make := _INLINE.get(node.type):
            element.append(make(node))
        else:
            _append_text(element, xml_text(node.content))


def _link(node: SyntaxTreeNode) -> etree._Element:
    return _filled(_E.ref(target=xml_text(str(node.attrs["href"]))), node)


def _picture(node: SyntaxTreeNode) -> etree._Element:
    """Return a picture with its alternative text."""
    picture = _E.graphic(url=xml_text(str(node.attrs["src"])))
    if node.children:
        picture.append(_filled(_E.desc(), node))
    return picture


_INLINE: dict[str, Callable[[SyntaxTreeNode], etree._Element]] = {
    "softbreak": lambda node: _E.lb(),
    "hardbreak": lambda node: _E.lb(),
    "link": _link,
    "image": _picture,
    "em": lambda node: _filled(_E.hi(rend="italic"), node),
    "strong": lambda node: _filled(_E.hi(rend="bold"), node),
    "code_inline": lambda node: _E.hi(xml_text(node.content), rend="code"),
}


def _append_text(element: etree._Element, text: str) -> None:
    """Append text to an element's content."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _indent(element: etree._Element, line: str) -> None:
    """Put the outline's elements on lines of their own; the text stays as it is.

    Args:
        element: an element with its children.
        line: a line end and the indentation of the element.
    """
    if element.tag not in _OUTLINE or not len(element):
        return

    element.text = f"{line} "

    for child in element:
        _indent(child, f"{line} ")
        child.tail = f"{line} "

    element[-1].tail = line
