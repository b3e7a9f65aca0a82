"""Body text that stands only in a page's scripts: JSON-LD articleBody, application state such as __NEXT_DATA__."""

import json
import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from newsspider.extraction.sources import Sources
from newsspider.text import read_words

MAX_STATE_CHARS = 5_000_000
MAX_STATE_NODES = 200_000
PARAGRAPH_CHARS = 80  # shorter strings in application state are labels
MIN_BODY_WORDS = 80
# Strings under these keys are never the article.
OTHER_KEYS = frozenset(
    "css style styles script comments related recommended footer navigation menu translations messages i18n config "
    "ads seo".split()
)
_STATE = etree.XPath('//script[@type="application/json" or @id="__NEXT_DATA__"]')
_MARKUP = re.compile(r"</(?:p|div|h\d|li)>|<br", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»)]*(?:\s|$)")
_BREAKS = re.compile(r"\s*\n\s*\n?\s*")


def find_scripted_body(tree: etree._Element, sources: Sources) -> str:
    """Return the longest article that scripts hold, paragraphs parted by blank lines, "" if none is long enough."""
    candidates = [read_markup(body) for node in sources.nodes if isinstance(body := node.get("articleBody"), str)]
    candidates += _state_bodies(tree)
    best = max(candidates, key=len, default="")
    return best if len(read_words(best)) >= MIN_BODY_WORDS else ""


def read_markup(text: str) -> str:
    """Turn a string that may hold markup into paragraphs parted by blank lines."""
    if _MARKUP.search(text):
        tree = lxml.html.fragment_fromstring(text, create_parent="div", parser=lxml.html.HTMLParser(huge_tree=True))
        for element in tree.iter("p", "div", "h1", "h2", "h3", "h4", "li", "br", "blockquote", "tr"):
            element.tail = "\n\n" + (element.tail or "")
        text = str(tree.text_content())
    paragraphs = (" ".join(part.split()) for part in _BREAKS.split(text))
    return "\n\n".join(part for part in paragraphs if part)


def _state_bodies(tree: etree._Element) -> Iterator[str]:
    """Yield the joined prose of each place in the application state that holds some."""
    for script in _STATE(tree):
        text = script.text or ""
        if not MIN_BODY_WORDS < len(text) < MAX_STATE_CHARS:
            continue
        try:
            state = json.loads(text)
        except (ValueError, RecursionError):
            continue
        places: dict[tuple[str, ...], list[str]] = {}
        for path, value in _iter_strings(state):
            if len(value) >= PARAGRAPH_CHARS and _SENTENCE.search(value) and " " in value:
                places.setdefault(path, []).append(value)
        for values in places.values():
            yield "\n\n".join(read_markup(value) for value in dict.fromkeys(values))


def _iter_strings(state: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every string with the keys that lead to it, list places left out, in document order."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), state)]
    for _ in range(MAX_STATE_NODES):
        if not waiting:
            return
        path, value = waiting.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            waiting += [
                ((*path, key), inner) for key, inner in reversed(value.items()) if key.lower() not in OTHER_KEYS
            ]
        elif isinstance(value, list):
            waiting += [(path, inner) for inner in reversed(value)]
