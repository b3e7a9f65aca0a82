"""A record's body as a tree of blocks, and as HTML: one Markdown parser for all outputs."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from newsspider.record import ArticleRecord

# Lists and quotes in each other; with the library's 20, deeper text would be lost
MAX_NESTING = 100
_CELL_BREAK = "<br>"  # the only tag in our Markdown: a line end in a table's cell


def read_body(record: ArticleRecord) -> SyntaxTreeNode:
    r"""Return the body's blocks: headings, paragraphs, lists, quotes, tables, code.

    If the record has no Markdown, its plain text is read.

    >>> record = ArticleRecord(body_markdown="## When\n\n- At six")
    >>> [block.type for block in read_body(record).children]
    ['heading', 'bullet_list']
    """
    return SyntaxTreeNode(_parser(record).parse(_source(record)))


def render_html(record: ArticleRecord) -> str:
    r"""Return the body as HTML, with raw HTML and script addresses off.

    >>> render_html(ArticleRecord(body_markdown="Fares <b>rise</b>, [more](javascript:x)"))
    '<p>Fares &lt;b&gt;rise&lt;/b&gt;, [more](javascript:x)</p>\n'
    """
    return str(_parser(record).render(_source(record)))


def _source(record: ArticleRecord) -> str:
    return record.body_markdown or record.body or ""


def _parser(record: ArticleRecord) -> MarkdownIt:
    return _markdown_parser() if record.body_markdown else _text_parser()


@cache
def _markdown_parser() -> MarkdownIt:
    """Return a parser of our Markdown: CommonMark with tables, line breaks kept, no HTML."""
    parser = MarkdownIt(
        "commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING}
    ).enable("table")
    parser.inline.ruler.push("cell_break", _read_cell_break)
    return parser


@cache
def _text_parser() -> MarkdownIt:
    """Return a parser of plain text: paragraphs and their lines."""
    return MarkdownIt("zero", {"breaks": True}).enable("newline")


def _read_cell_break(state: StateInline, silent: bool) -> bool:
    """Read a line end in a table's cell; a `<br>` of the page itself is escaped."""
    if not state.src.startswith(_CELL_BREAK, state.pos):
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos += len(_CELL_BREAK)
    return True
