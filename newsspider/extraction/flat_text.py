"""Text that has lost its markup: cut into blocks, and made from pages for training."""

import re

import lxml.html
from lxml import etree

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.evidence.gather import Evidence, gather_evidence
from newsspider.extraction.evidence.hints import PageHints
from newsspider.extraction.evidence.phrases import is_section_line
from newsspider.text import clean_text, read_words

_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
# a flattened page's title is among its first lines with so many words, if no menu is first
TITLE_LINES = 12
TITLE_WORDS = (5, 25)
# Where a naive scraper breaks lines, as gold/flatten.py does.
_LOST = "//script|//style|//noscript|//template|//head"
_BREAKING = (
    "p div h1 h2 h3 h4 h5 h6 li td th blockquote pre section article main aside nav header footer "
    "form figure figcaption ul ol table tr br"
).split()


def cut_text(text: str) -> CutPage:
    """Cut a plain text at blank lines, or at every line, as if it were a page of paragraphs.

    A line such as "Latest news" becomes the heading of the text after it.
    """
    cleaned = clean_text(text).strip()
    if _PARAGRAPHS.search(cleaned):
        parts = _PARAGRAPHS.split(cleaned)
    else:
        parts = cleaned.split("\n")

    root = etree.Element("body")
    for part in parts:
        etree.SubElement(root, "h2" if is_section_line(part) else "p").text = part

    return cut_page(root)


def gather_text_evidence(page: CutPage) -> Evidence | None:
    """Gather the evidence about a text's blocks; its first lines are used as the title."""
    candidates = (block.text for block in page.blocks[:TITLE_LINES])
    titles = tuple(
        text for text in candidates if TITLE_WORDS[0] <= len(read_words(text)) <= TITLE_WORDS[1]
    )

    return gather_evidence(page, PageHints(titles[:2], (), (), ""))


def flatten(tree: lxml.html.HtmlElement) -> str:
    r"""Turn a page into text as a naive scraper does; the tree is changed.

    >>> flatten(lxml.html.document_fromstring("<p>One<div>Two</div>"))
    'One\n\nTwo'
    """
    for element in tree.xpath(_LOST):
        if element.getparent() is not None:
            element.drop_tree()

    for element in tree.iter(*_BREAKING):
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")

    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n\n".join(line for line in lines if line)
