"""Turn a string that may hold markup into paragraphs."""

import html
import re

import lxml.html

_MARKUP = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|br|blockquote|a|b|i|em|strong|span|u|s|sub|sup|small|mark|code|"
    r"section|table|td|tr|figure|img|cite|q|abbr)\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_BLOCKS = "p div h1 h2 h3 h4 h5 h6 li br blockquote tr section ul ol table".split()
# Never a text's paragraphs.
_OTHER = "figure figcaption script style noscript iframe aside form nav button".split()


def read_markup(text: str) -> str:
    """Turn a string that may hold markup into paragraphs between blank lines, without captions."""
    if _MARKUP.search(text):
        text = _read_elements(text)
    elif _ENTITY.search(text):
        text = html.unescape(text)

    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n\n".join(filter(None, lines))


def _read_elements(text: str) -> str:
    tree = lxml.html.fragment_fromstring(
        text, create_parent="div", parser=lxml.html.HTMLParser(huge_tree=True)
    )
    for element in tree.iter(*_OTHER):
        tail = element.tail
        element.clear()
        element.tail = "\n\n" + (tail or "")

    for element in tree.iter(*_BLOCKS):
        element.text = "\n\n" + (element.text or "")
        element.tail = "\n\n" + (element.tail or "")

    return str(tree.text_content())
