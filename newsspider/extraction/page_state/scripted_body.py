"""Find body text outside of the markup: in JSON-LD, application state, noscript or a textarea."""

from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.declared.metadata import Metadata
from newsspider.extraction.markup_text import read_markup
from newsspider.extraction.page_state.article_texts import FoundText, find_texts
from newsspider.extraction.page_state.decoding import iter_states
from newsspider.extraction.page_state.rich_text import BREAK
from newsspider.text import read_words, squash

MIN_BODY_WORDS = 80
MARKUP_CHARS = 200  # of a textarea's text, among which an article's first paragraph begins
# Of a headline's words that are in the page's title too: the text is the page's own
OWN_SHARE = 0.8
TITLE_SHARE = 0.5  # of the title's words in a paragraph that has no others
OWN_WEIGHT = 3.0  # how many times longer a text of another article must be to be taken instead
WHOLE_WEIGHT = 1.5  # the same for strings that are in like places, but not in one list
NOTICE_SHARE = 0.3  # of paragraphs about cookies and consent from which a text is a notice
_NOTICE_WORDS = (
    "cookie",
    "consent",
    "personal data",
    "datenschutz",
    "données personnelles",
    "datos personales",
)


def find_scripted_body(tree: etree._Element, metadata: Metadata) -> str:
    """Return the article in a page's scripts, as paragraphs, "" if none is long enough."""
    title = _title_words(metadata)
    best, best_weight = "", 0.0

    for found in _iter_candidates(tree, metadata):
        paragraphs = [text for text in found.paragraphs if not _is_title(text, title)]
        body = "\n\n".join(paragraphs)
        words = len(read_words(body))
        weight = words * _weight_of(found, title)

        if words >= MIN_BODY_WORDS and weight > best_weight and not _is_notice(paragraphs):
            best, best_weight = body, weight

    return best


def _weight_of(found: FoundText, title: set[str]) -> float:
    """Return what a word of a text counts: more in the page's own, and in one that is whole."""
    weight = 1.0
    if _is_own(found, title):
        weight *= OWN_WEIGHT

    if found.whole:
        weight *= WHOLE_WEIGHT

    return weight


def _iter_candidates(tree: etree._Element, metadata: Metadata) -> Iterator[FoundText]:
    """Yield the texts in JSON-LD, in the application state, and for readers without scripts."""
    for node in metadata.nodes:
        body, headline = node.get("articleBody"), node.get("headline")
        if isinstance(body, str):
            known = headline if isinstance(headline, str) else ""
            yield FoundText(tuple(read_markup(body).split(BREAK)), known, True)

    for state in iter_states(tree):
        yield from find_texts(state)

    yield from _iter_unscripted(tree)


def _iter_unscripted(tree: etree._Element) -> Iterator[FoundText]:
    """Yield the paragraphs in noscript elements, and in markup inside a textarea."""
    for noscript in tree.iter("noscript"):
        lines = (squash("".join(each.itertext())) for each in noscript.iter("p"))
        if paragraphs := tuple(filter(None, lines)):
            yield FoundText(paragraphs, "", True)

    texts = ("".join(area.itertext()) for area in tree.iter("textarea"))
    for text in texts:
        if "<p" in text[:MARKUP_CHARS]:
            yield FoundText(tuple(read_markup(text).split(BREAK)), "", True)


def _title_words(metadata: Metadata) -> set[str]:
    """Return the words of the page's headline."""
    headline = metadata.article.get("headline")
    declared = headline if isinstance(headline, str) else ""
    titles = (declared, metadata.first_meta("og:title"), metadata.title)
    return set(read_words(next(filter(None, titles), "")))


def _is_title(text: str, title: set[str]) -> bool:
    """Whether a paragraph is the page's title again.

    The title may have the site's name beside it.
    """
    words = set(read_words(text))
    return words <= title and len(words) > TITLE_SHARE * len(title)


def _is_own(found: FoundText, title: set[str]) -> bool:
    words = set(read_words(found.headline))
    return bool(words) and len(words & title) >= OWN_SHARE * len(words)


def _is_notice(paragraphs: list[str]) -> bool:
    notices = sum(any(word in text.lower() for word in _NOTICE_WORDS) for text in paragraphs)
    return notices > NOTICE_SHARE * len(paragraphs)
