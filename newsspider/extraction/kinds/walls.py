"""Pages in place of an article: a challenge or refusal of robots, a request for consent.

Each function returns why a page is of its kind, or None. Signs count one point each, those that
hardly another page has more. A page with an article's text is an article, whatever else is
there.
"""

import re

import numpy as np

from newsspider.extraction.kinds.gone_words import GEO_REFUSALS, GEO_TEXTS
from newsspider.extraction.kinds.matching import is_label, phrases_in, plain
from newsspider.extraction.kinds.page_facts import Flags, PageFacts
from newsspider.extraction.kinds.phrases import (
    BOT_TEXTS,
    BOT_TITLES,
    CONSENT_BUTTONS,
    CONSENT_TEXTS,
    CONSENT_TITLES,
    LOGIN_TITLES,
)
from newsspider.extraction.kinds.scoring import MAX_HEADING_CHARS, labelled, sum_up
from newsspider.extraction.kinds.vendors import has_captcha, vendor_in, vendor_of_headers
from newsspider.text import squash

# On a challenge page, its help texts included; none of the usual vendors' has 300
MAX_WALL_WORDS = 400
FEW_WORDS = 60  # with no more, a vendor's mark says enough
MAX_WALL_LINKS = 20  # a newspaper's menu has more
REFUSING = frozenset({202, 401, 403, 405, 406, 418, 429, 430, 444, 456, 498, 503, 520, 521, 999})
BOT_POINTS = 3
MAX_CONSENT_WORDS = 1500  # purposes and partners listed with it
CONSENT_SHARE = 0.5  # of the sentences' words that are in blocks about consent
CONSENT_POINTS = 4
CONSENT_IN_BLOCK = (*CONSENT_TEXTS, "cookie", "consent")
# Of the body's sentences about something else: there is an article under the notice
MAX_OTHER_WORDS = 60

MAX_LOGIN_WORDS = 80  # in sentences; login pages praise subscriptions beside
MAX_GEO_WORDS = 150  # in sentences of a page that is not shown in the reader's country
GEO_LINKS = 20  # a newspaper's menu has more
GEO_POINTS = 3
GEO_SHARE = 0.4  # of the sentences' words that are in blocks which say so
_LOGIN_PLACE = re.compile(
    r"/(?:log-?in|sign-?in|sso|auth|anmelden|connexion|inloggen|logowanie)(?:[./?]|$)"
)
_CONSENT_PLACE = re.compile(
    r"consent|privacygate|privacy-gate|cookiewall|cookie-wall|/cmp/|zustimmung|einwilligung"
)
_DIALOG = re.compile(
    r"role=[\"']?(?:alert)?dialog|aria-modal|\b(?:cmp|consent|cookie)[-_]?(?:wall|page|form|dialog|"
    r"modal)"
)


def why_bot_wall(facts: PageFacts) -> str | None:
    """Return the signs of a challenge, a captcha or a refusal of robots."""
    if facts.page_words > MAX_WALL_WORDS or _links(facts) > MAX_WALL_LINKS:
        return None

    if facts.declares_article:
        return None

    html = facts.page.html.lower()
    said = phrases_in(f"{facts.text}\n{facts.unscripted}", BOT_TEXTS)
    titled = _bot_title(facts)
    vendor = vendor_of_headers(facts.page.headers) or vendor_in(html)
    vendor_points = 3 if facts.page_words <= FEW_WORDS else 2

    return sum_up(
        BOT_POINTS,
        (vendor_points * bool(vendor), f"marks of {vendor}"),
        (2 * bool(titled), f"titled “{titled}”"),
        (min(len(said), 2), f"says “{''.join(said[:1])}”"),
        (facts.page.status in REFUSING, f"status {facts.page.status}"),
        (has_captcha(html), "a captcha"),
    )


def _bot_title(facts: PageFacts) -> str | None:
    """Return the heading or the part of the title that asks whether the reader is human."""
    short = (text for text in facts.headings if len(text) <= MAX_HEADING_CHARS)
    return labelled(facts, BOT_TITLES) or next((text for text in short if "captcha" in text), None)


def why_refused(facts: PageFacts) -> str | None:
    """Return why the server sent another page: its status, a login, the reader's country."""
    if facts.page.status >= 400:
        return f"HTTP {facts.page.status}"

    return _why_login(facts) or _why_geo_blocked(facts)


def _why_geo_blocked(facts: PageFacts) -> str | None:
    """Return that a page is not shown to readers in some country or region."""
    if max(facts.page_prose, facts.body_words) > MAX_GEO_WORDS:
        return None

    said = phrases_in(facts.text, GEO_TEXTS)
    if not said or not phrases_in(facts.text, GEO_REFUSALS):
        return None

    shown = facts.prose * facts.seen
    about = shown[_speaking_of(facts, GEO_TEXTS)].sum()
    if facts.page_prose > FEW_WORDS and about < GEO_SHARE * shown.sum():
        return None

    titled = _refusing_heading(facts)
    return sum_up(
        GEO_POINTS + 2 * facts.declares_article,
        (min(len(said), 2), f"says “{said[0]}”"),
        (bool(titled), f"titled “{titled}”"),
        (_links(facts) <= GEO_LINKS, "hardly a link"),
        ("451" in facts.title, "status 451 in the title"),
    )


def _refusing_heading(facts: PageFacts) -> str | None:
    """Return the first heading that says that the page is not shown."""
    return next((text for text in facts.headings if phrases_in(text, GEO_REFUSALS)), None)


def _speaking_of(facts: PageFacts, phrases: tuple[str, ...]) -> Flags:
    """Return which blocks have one of some phrases."""
    spoken = [phrases_in(plain(block.text), phrases) for block in facts.blocks]
    return np.array(list(map(bool, spoken)), dtype=bool)


def _why_login(facts: PageFacts) -> str | None:
    """Return that a page asks for a password, and for nothing else."""
    is_bare = max(facts.page_prose, facts.body_words) <= MAX_LOGIN_WORDS
    if not is_bare or facts.declares_article or "password" not in facts.field_types:
        return None

    is_named = labelled(facts, LOGIN_TITLES) or _LOGIN_PLACE.search(facts.path)
    return "asks to log in" if is_named else None


def why_consent(facts: PageFacts) -> str | None:
    """Return the signs that a page only asks for consent to cookies."""
    if facts.page_words > MAX_CONSENT_WORDS or facts.declares_article:
        return None

    said = phrases_in(facts.text, CONSENT_TEXTS)
    if not said or not _is_about_consent(facts):
        return None

    titled, button = labelled(facts, CONSENT_TITLES), _consent_button(facts)
    return sum_up(
        CONSENT_POINTS,
        (min(len(said), 3), f"says “{said[0]}”"),
        (bool(titled), f"titled “{titled}”"),
        (bool(button), f"asks to “{button}”"),
        (bool(_CONSENT_PLACE.search((facts.page.url or "").lower())), "an address for consent"),
        (bool(_DIALOG.search(facts.page.html)), "in a dialog"),
    )


def _consent_button(facts: PageFacts) -> str | None:
    """Return the first button that gives or refuses consent."""
    texts = map(squash, facts.iter_buttons())
    return next((text for text in texts if is_label(plain(text), CONSENT_BUTTONS)), None)


def _is_about_consent(facts: PageFacts) -> bool:
    """Whether the sentences are about consent, and no article is under the notice."""
    about = _speaking_of(facts, CONSENT_IN_BLOCK)
    shown, body = facts.prose * facts.seen, facts.prose * facts.kept
    if body[~about].sum() > MAX_OTHER_WORDS:
        return False

    return bool(shown[about].sum() >= CONSENT_SHARE * shown.sum())


def _links(facts: PageFacts) -> int:
    return len(facts.page.elements["a"])
