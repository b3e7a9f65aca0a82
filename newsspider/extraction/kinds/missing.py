"""Pages without an article: error pages, and empty shells that scripts fill."""

import re
from collections.abc import Iterable

from newsspider.extraction.kinds.gone_words import GONE, MOVED_TITLES, NO_RESULTS, SEARCH_TITLES
from newsspider.extraction.kinds.matching import phrases_in, plain
from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.extraction.kinds.phrases import MISSING_TEXTS, MISSING_TITLES, SCRIPT_NEEDED
from newsspider.extraction.kinds.scoring import MAX_HEADING_CHARS, labelled, sum_up

MAX_ERROR_WORDS = 150  # in sentences; an error page may list the day's articles beside
ERROR_POINTS = 3
GONE_START = 24  # characters before a sentence that says that the page is gone: an apology
BARE_WORDS = 30  # in sentences of a page that says nothing but that it is gone
MAX_SHELL_WORDS = 60  # of a page that a script has yet to fill
SHELL = "a shell that scripts have yet to fill"
ASKS_FOR_SCRIPTS = "only asks for scripts"
SHORTEST_TEXT = 12  # words; below it and without a sentence, a body is a label

_SEARCH_PLACE = re.compile(
    r"/(?:search|suche|buscar|busca|busqueda|recherche|rechercher|cerca|ricerca|zoeken|sok|sog|"
    r"haku|szukaj|arama|poisk)(?:[/?.]|$)|[?&](?:s|q|query|search|suche|keyword|keywords|term|text|"
    r"word)="
)
_ERROR_PLACE = re.compile(
    r"/(?:error[-_/]?)?40[34](?:[./?-]|$)|not-?found|page-?error|/error(?:[./?]|$)"
)
_ERROR_NAMES = re.compile(
    r"error-?40[34]|page-?40[34]|not-?found|error-?page|page-?error|page_404|http-?error|\b404\b"
)
_ROOTS = re.compile(
    r"<(?:div|main|section)[^<>]*\bid=[\"']?(?:root|app|__next|__nuxt|app-root|react-root|svelte|"
    r"main-app)\b"
)
_APP_ROOT = re.compile(r"<app-root\b")


def why_soft_404(facts: PageFacts) -> str | None:
    """Return the reason why the page is an error page."""
    if min(facts.kept_prose, facts.page_prose) > MAX_ERROR_WORDS:
        return None

    if no_results := _why_no_results(facts):
        return no_results

    titled, said = _missing_title(facts), _missing_texts(facts)
    if not titled and not said:
        return None

    names = " ".join(filter(None, (facts.page.tree.get("class"), *_body_names(facts)))).lower()
    return sum_up(
        ERROR_POINTS + 2 * facts.declares_article,
        (2 * bool(titled), f"titled “{titled}”"),
        (min(len(said), 2), f"says “{''.join(said[:1])}”"),
        (2 * _begins_with_gone(facts), "says hardly anything else"),
        (bool(_ERROR_PLACE.search(facts.path)), "an address for errors"),
        (bool(_ERROR_NAMES.search(names)), "named an error page"),
        ("noindex" in (facts.metadata.first_meta("robots") or "").lower(), "not to be indexed"),
    )


def _missing_title(facts: PageFacts) -> str | None:
    """Return the heading or the part of the title that says that there is no such page."""
    if label := labelled(facts, MISSING_TITLES) or labelled(facts, MOVED_TITLES):
        return label

    short = (text for text in facts.headings if len(text) <= MAX_HEADING_CHARS)
    return next(filter(_says_missing, short), None)


def _missing_texts(facts: PageFacts) -> list[str]:
    """Return the phrases in the page's text that say so."""
    said = phrases_in(facts.text, MISSING_TEXTS)
    if gone := GONE.search(facts.text):
        said.append(gone[0])

    return said


def _begins_with_gone(facts: PageFacts) -> bool:
    """Whether a page of few sentences has a block that begins by saying that it is gone."""
    if facts.page_prose > BARE_WORDS:
        return False

    found = filter(None, map(GONE.search, facts.text.split("\n")))
    return any(match.start() <= GONE_START for match in found)


def _says_missing(heading: str) -> bool:
    return bool(phrases_in(heading, MISSING_TEXTS) or GONE.search(heading))


def _why_no_results(facts: PageFacts) -> str | None:
    """Return that a search found nothing."""
    is_search = not facts.declares_article and _is_search(facts)
    if is_search and (said := phrases_in(facts.text, NO_RESULTS)):
        return f"a search without results (“{said[0]}”)"

    return None


def _is_search(facts: PageFacts) -> bool:
    """Whether the page's address or heading says that it is a search."""
    return bool(_SEARCH_PLACE.search(facts.path) or labelled(facts, SEARCH_TITLES))


def why_empty(facts: PageFacts) -> str | None:
    """Return the reason why the page has no text unless scripts run."""
    body = facts.stripped.body
    if not body:
        return _why_bodiless(facts)

    if facts.page.flat or facts.stripped.source == "script" or not _is_small(facts):
        return None

    asked = phrases_in(f"{facts.text}\n{facts.unscripted}", SCRIPT_NEEDED)
    if asked and phrases_in(plain(body), SCRIPT_NEEDED):
        return f"{ASKS_FOR_SCRIPTS} (“{asked[0]}”)"

    is_shell = asked or _has_app_root(facts)
    if is_shell and facts.body_words < SHORTEST_TEXT:
        return SHELL

    return None


def _why_bodiless(facts: PageFacts) -> str:
    if facts.page_prose <= MAX_SHELL_WORDS and _has_app_root(facts):
        return SHELL

    return "no article text found"


def _is_small(facts: PageFacts) -> bool:
    """Whether the page has no more words than one that a script has yet to fill."""
    return max(facts.body_words, facts.page_prose) <= MAX_SHELL_WORDS


def is_unrendered(reason: str | None) -> bool:
    """Whether a page's reason for being empty is one that a browser would mend."""
    return (reason or "").startswith((SHELL, ASKS_FOR_SCRIPTS))


def _body_names(facts: PageFacts) -> Iterable[str | None]:
    """Yield the class and id of the elements that name the whole page."""
    for element in facts.page.tree.iter("body", "main"):
        yield from (element.get("class"), element.get("id"))
        first = next((child for child in element if isinstance(child.tag, str)), None)
        if first is not None:
            yield from (first.get("class"), first.get("id"))


def _has_app_root(facts: PageFacts) -> bool:
    """Whether the page is built around an element that a script fills."""
    return bool(_ROOTS.search(facts.page.html) or _APP_ROOT.search(facts.page.html))
