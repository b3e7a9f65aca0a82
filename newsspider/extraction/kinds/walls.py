"""Pages that stand in an article's place: a challenge, a refusal, a request for consent, an error, an empty shell.

Each function returns why a page is of its kind, or None. Signs count one point each, those that hardly another page
has two; what is counted against is one rule for all: a page with an article's text is an article.
"""

import re
from collections.abc import Iterable, Iterator

import numpy as np

from newsspider.extraction.kinds.clues import Clues, bare, is_label, phrases_in, plain
from newsspider.extraction.kinds.phrases import (
    BOT_TEXTS,
    BOT_TITLES,
    CONSENT_BUTTONS,
    CONSENT_TEXTS,
    CONSENT_TITLES,
    MISSING_TEXTS,
    MISSING_TITLES,
    SCRIPT_NEEDED,
)
from newsspider.extraction.kinds.vendors import has_captcha, vendor_in, vendor_of_headers
from newsspider.text import squash

MAX_WALL_WORDS = 400  # on a challenge page, its help texts included; none of the usual vendors' has 300
FEW_WORDS = 60  # with no more, a vendor's mark says enough
MAX_WALL_LINKS = 20  # a newspaper's menu has more
REFUSING = frozenset({202, 401, 403, 405, 406, 418, 429, 430, 444, 456, 498, 503, 520, 521, 999})
BOT_POINTS = 3
MAX_CONSENT_WORDS = 1500  # purposes and partners listed with it
CONSENT_SHARE = 0.5  # of the sentences' words that stand in blocks about consent
CONSENT_POINTS = 4
CONSENT_IN_BLOCK = (*CONSENT_TEXTS, "cookie", "consent")
MAX_OTHER_WORDS = 60  # of the body about something else: there is an article under the notice
MAX_ERROR_WORDS = 150  # in sentences; an error page may list the day's articles beside
ERROR_POINTS = 3
MAX_HEADING_CHARS = 60  # of a heading that is nothing but the message
MAX_SHELL_WORDS = 60  # of a page that a script has yet to fill
SHORTEST_TEXT = 12  # words; below it and without a sentence, a body is a label

_CONSENT_PLACE = re.compile(r"consent|privacygate|privacy-gate|cookiewall|cookie-wall|/cmp/|zustimmung|einwilligung")
_DIALOG = re.compile(
    r"role=[\"']?(?:alert)?dialog|aria-modal|\b(?:cmp|consent|cookie)[-_]?(?:wall|page|form|dialog|modal)"
)
_ERROR_PLACE = re.compile(r"/(?:error[-_/]?)?40[34](?:[./?-]|$)|not-?found|page-?error|/error(?:[./?]|$)")
_ERROR_NAMES = re.compile(r"error-?40[34]|page-?40[34]|not-?found|error-?page|page-?error|page_404|http-?error|\b404\b")
_ROOTS = re.compile(
    r"<(?:div|main|section)[^>]*\bid=[\"']?(?:root|app|__next|__nuxt|app-root|react-root|svelte|main-app)\b"
)
_APP_ROOT = re.compile(r"<app-root\b")


def why_bot_wall(clues: Clues) -> str | None:
    """Return what shows a challenge, a captcha or a refusal of robots."""
    if clues.page_words > MAX_WALL_WORDS or _links(clues) > MAX_WALL_LINKS or clues.declares_article:
        return None
    html = clues.page.html.lower()
    said = phrases_in(f"{clues.text}\n{clues.unscripted}", BOT_TEXTS)
    titled = _labelled(clues, BOT_TITLES) or next(
        (text for text in clues.headings if "captcha" in text and len(text) <= MAX_HEADING_CHARS), None
    )
    vendor = vendor_of_headers(clues.page.headers) or vendor_in(html)
    return _sum_up(
        BOT_POINTS,
        ((3 if clues.page_words <= FEW_WORDS else 2) * bool(vendor), f"marks of {vendor}"),
        (2 * bool(titled), f"titled “{titled}”"),
        (min(len(said), 2), f"says “{said[0]}”" if said else ""),
        (clues.page.status in REFUSING, f"status {clues.page.status}"),
        (has_captcha(html), "a captcha"),
    )


def why_refused(clues: Clues) -> str | None:
    """Return the HTTP status of a page that the server gave in place of the one asked for."""
    return f"HTTP {clues.page.status}" if clues.page.status >= 400 else None


def why_consent(clues: Clues) -> str | None:
    """Return what shows that a page only asks for consent to cookies."""
    if clues.page_words > MAX_CONSENT_WORDS or clues.declares_article:
        return None
    said = phrases_in(clues.text, CONSENT_TEXTS)
    if not said:
        return None
    about = np.array([bool(phrases_in(plain(block.text), CONSENT_IN_BLOCK)) for block in clues.blocks], dtype=bool)
    shown, body = clues.prose * clues.seen, clues.words * clues.kept
    if shown[about].sum() < CONSENT_SHARE * shown.sum() or body[~about].sum() > MAX_OTHER_WORDS:
        return None
    titled = _labelled(clues, CONSENT_TITLES)
    button = next((text for text in _buttons(clues) if is_label(plain(text), CONSENT_BUTTONS)), None)
    return _sum_up(
        CONSENT_POINTS,
        (min(len(said), 3), f"says “{said[0]}”" if said else ""),
        (bool(titled), f"titled “{titled}”"),
        (bool(button), f"asks to “{button}”"),
        (bool(_CONSENT_PLACE.search((clues.page.url or "").lower())), "an address for consent"),
        (bool(_DIALOG.search(clues.page.html)), "in a dialog"),
    )


def why_soft_404(clues: Clues) -> str | None:
    """Return what shows that the page says it is not there."""
    unlinked = float(clues.prose[clues.kept].sum()) if len(clues.blocks) else 0.0
    if min(unlinked, clues.page_prose) > MAX_ERROR_WORDS:
        return None
    titled = _labelled(clues, MISSING_TITLES) or next(
        (text for text in clues.headings if len(text) <= MAX_HEADING_CHARS and phrases_in(text, MISSING_TEXTS)), None
    )
    said = phrases_in(clues.text, MISSING_TEXTS)
    if not titled and not said:
        return None
    names = " ".join(filter(None, (clues.page.tree.get("class"), *_body_names(clues)))).lower()
    return _sum_up(
        ERROR_POINTS + 2 * clues.declares_article,
        (2 * bool(titled), f"titled “{titled}”"),
        (min(len(said), 2), f"says “{said[0]}”" if said else ""),
        (bool(_ERROR_PLACE.search(clues.path)), "an address for errors"),
        (bool(_ERROR_NAMES.search(names)), "named an error page"),
        ("noindex" in (clues.sources.first_meta("robots") or "").lower(), "not to be indexed"),
    )


def why_empty(clues: Clues) -> str | None:
    """Return what shows that there is no text to be had without running scripts."""
    if not clues.stripped.body:
        return "no article text found"
    small = clues.body_words <= MAX_SHELL_WORDS and clues.page_prose <= MAX_SHELL_WORDS
    if clues.page.flat or clues.stripped.source == "script" or not small:
        return None
    asked = phrases_in(f"{clues.text}\n{clues.unscripted}", SCRIPT_NEEDED)
    if asked and phrases_in(plain(clues.stripped.body), SCRIPT_NEEDED):
        return f"only asks for scripts (“{asked[0]}”)"
    if clues.body_words < SHORTEST_TEXT and (asked or _has_app_root(clues)):
        return "a shell that scripts have yet to fill"
    return None


def _sum_up(needed: int, *signs: tuple[int, str]) -> str | None:
    """Return the signs that were seen when their points suffice."""
    if sum(points for points, _ in signs) < needed:
        return None
    return ", ".join(sign for points, sign in signs if points)


def _labelled(clues: Clues, phrases: tuple[str, ...]) -> str | None:
    """Return the heading or the part of the title that is one of the phrases."""
    return next((bare(text) for text in clues.headings if is_label(text, phrases)), None)


def _buttons(clues: Clues) -> Iterator[str]:
    """Yield what stands on the page's buttons and on links made to look like them."""
    for element in clues.page.tree.iter("button", "input", "a"):
        text = element.get("value") if element.tag == "input" else "".join(element.itertext())
        if text and (squashed := squash(text)):
            yield squashed


def _links(clues: Clues) -> int:
    return sum(1 for _ in clues.page.tree.iter("a"))


def _body_names(clues: Clues) -> Iterable[str | None]:
    """Yield the class and id of the elements that name the whole page."""
    for element in clues.page.tree.iter("body", "main"):
        yield from (element.get("class"), element.get("id"))
        first = next((child for child in element if isinstance(child.tag, str)), None)
        if first is not None:
            yield from (first.get("class"), first.get("id"))


def _has_app_root(clues: Clues) -> bool:
    """Whether the page is built around an element that a script fills."""
    return bool(_ROOTS.search(clues.page.html) or _APP_ROOT.search(clues.page.html))
