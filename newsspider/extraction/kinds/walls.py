"""Pages in place of an article: a challenge or refusal of robots, a request for consent.

Each function returns why a page is of its kind, or None. Signs count one point each, those that
hardly another page has more. A page with an article's text is an article, whatever else is
there.
"""

import re
from collections.abc import Iterator

import numpy as np

from newsspider.extraction.kinds.gone_words import GEO_REFUSALS, GEO_TEXTS
from newsspider.extraction.kinds.matching import is_label, phrases_in, plain
from newsspider.extraction.kinds.page_facts import PageFacts
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

MAX_WALL_WORDS = (
    400  # on a challenge page, its help texts included; none of the usual vendors' has 300
)
FEW_WORDS = 60  # with no more, a vendor's mark says enough
MAX_WALL_LINKS = 20  # a newspaper's menu has more
REFUSING = frozenset({202, 401, 403, 405, 406, 418, 429, 430, 444, 456, 498, 503, 520, 521, 999})
BOT_POINTS = 3
MAX_CONSENT_WORDS = 1500  # purposes and partners listed with it
CONSENT_SHARE = 0.5  # of the sentences' words that are in blocks about consent
CONSENT_POINTS = 4
CONSENT_IN_BLOCK = (*CONSENT_TEXTS, "cookie", "consent")
MAX_OTHER_WORDS = (
    60  # of the body's sentences about something else: there is an article under the notice
)

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
    if (
        facts.page_words > MAX_WALL_WORDS
        or _links(facts) > MAX_WALL_LINKS
        or facts.declares_article
    ):
        return None

    html = facts.page.html.lower()
    said = phrases_in(f"{facts.text}\n{facts.unscripted}", BOT_TEXTS)
    titled = labelled(facts, BOT_TITLES) or next(
        (text for text in facts.headings if "captcha" in text and len(text) <= MAX_HEADING_CHARS),
        None,
    )
    vendor = vendor_of_headers(facts.page.headers) or vendor_in(html)

    return sum_up(
        BOT_POINTS,
        ((3 if facts.page_words <= FEW_WORDS else 2) * bool(vendor), f"marks of {vendor}"),
        (2 * bool(titled), f"titled “{titled}”"),
        (min(len(said), 2), f"says “{said[0]}”" if said else ""),
        (facts.page.status in REFUSING, f"status {facts.page.status}"),
        (has_captcha(html), "a captcha"),
    )


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

    about = np.array(
        [bool(phrases_in(plain(block.text), GEO_TEXTS)) for block in facts.blocks], dtype=bool
    )
    shown = facts.prose * facts.seen
    if facts.page_prose > FEW_WORDS and shown[about].sum() < GEO_SHARE * shown.sum():
        return None

    titled = next((text for text in facts.headings if phrases_in(text, GEO_REFUSALS)), None)
    return sum_up(
        GEO_POINTS + 2 * facts.declares_article,
        (min(len(said), 2), f"says “{said[0]}”"),
        (bool(titled), f"titled “{titled}”"),
        (_links(facts) <= GEO_LINKS, "hardly a link"),
        ("451" in facts.title, "status 451 in the title"),
    )


def _why_login(facts: PageFacts) -> str | None:
    """Return that a page asks for a password, and for nothing else."""
    if facts.declares_article or max(facts.page_prose, facts.body_words) > MAX_LOGIN_WORDS:
        return None

    has_field = any(
        field.get("type", "").lower() == "password" for field in facts.page.tree.iter("input")
    )
    named = labelled(facts, LOGIN_TITLES) or _LOGIN_PLACE.search(facts.path)
    if has_field and named:
        return "asks to log in"

    return None


def why_consent(facts: PageFacts) -> str | None:
    """Return the signs that a page only asks for consent to cookies."""
    if facts.page_words > MAX_CONSENT_WORDS or facts.declares_article:
        return None

    said = phrases_in(facts.text, CONSENT_TEXTS)
    if not said:
        return None

    about = np.array(
        [bool(phrases_in(plain(block.text), CONSENT_IN_BLOCK)) for block in facts.blocks],
        dtype=bool,
    )
    shown, body = facts.prose * facts.seen, facts.prose * facts.kept
    if shown[about].sum() < CONSENT_SHARE * shown.sum() or body[~about].sum() > MAX_OTHER_WORDS:
        return None

    titled = labelled(facts, CONSENT_TITLES)
    button = next(
        (text for text in _buttons(facts) if is_label(plain(text), CONSENT_BUTTONS)), None
    )
    return sum_up(
        CONSENT_POINTS,
        (min(len(said), 3), f"says “{said[0]}”" if said else ""),
        (bool(titled), f"titled “{titled}”"),
        (bool(button), f"asks to “{button}”"),
        (bool(_CONSENT_PLACE.search((facts.page.url or "").lower())), "an address for consent"),
        (bool(_DIALOG.search(facts.page.html)), "in a dialog"),
    )


def _buttons(facts: PageFacts) -> Iterator[str]:
    """Yield the texts of the page's buttons and of links that look like buttons."""
    for element in facts.page.tree.iter("button", "input", "a"):
        if element.tag == "input":
            text = element.get("value")
        else:
            text = "".join(element.itertext())

        if text and (squashed := squash(text)):
            yield squashed


def _links(facts: PageFacts) -> int:
    return len(facts.page.elements["a"])
