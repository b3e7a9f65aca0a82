"""Policy: a prompt to subscribe or log in for the rest of an article is never body."""

import re
from itertools import dropwhile

import numpy as np

from newsspider.extraction.cutting.blocks import Block
from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.dropping import Flags, Floats

PROMPT_TO_PAY = "a prompt to subscribe or log in"  # the verdicts' reason
PROMPT_CHARS = 400
LAST_BLOCKS = 8  # kept blocks at the body's end, among which such a prompt is

_MARKS = " >»*•-–—[("
# Beginnings of a prompt, in lower case
_BEGINNINGS = tuple(
    (
        "to continue reading|to keep reading|to read the full|to read the rest|"
        "to read this article|to read this story|to read this post|to view the full|"
        "to view this article|to view this story|to view this content|to see the full|"
        "to access the full|to access this article|to access this content|to access this story|"
        "to unlock this|please subscribe to|please log in to|please sign in to|"
        "subscribe to continue|subscribe to read|subscribe to keep|subscribe now to|"
        "sign in to read|sign in to continue|log in to read|log in to continue|register to read|"
        "register to continue|sign up to read|um weiterzulesen|um weiterlesen zu können|"
        "um diesen artikel zu lesen|um diesen artikel lesen|um diesen artikel weiter|"
        "jetzt weiterlesen|pour lire la suite|pour lire cet article|pour continuer à lire|"
        "para seguir leyendo|para continuar leyendo|para leer el artículo|"
        "per continuare a leggere|per leggere l'articolo|para continuar lendo|para ler a matéria|"
        "om verder te lezen|om dit artikel te lezen|for at læse videre|for å lese videre|"
        "för att läsa vidare|aby czytać dalej|чтобы читать дальше|чтобы прочитать полностью|"
        "devamını okumak için|untuk melanjutkan membaca"
    ).split("|")
)
_ASKS = re.compile(
    r"subscri|\blog ?in\b|\bsign ?(?:in|up)\b|\bregister|\babo\b|abonn|anmeld|registrier|connecte|"
    r"inscri|suscri|regístr|inicia sesión|abbonat|accedi\b|registrati|assin|cadastr|logga in|"
    r"logg inn|log ind|zaloguj|subskryb|prenumer|подпи|войдите|abone|giriş|berlangganan|masuk",
    re.IGNORECASE,
)
_OFFERS = re.compile(r"\bjoin\b|\brenew\b|\bmembers?(?:hip)?\b|\bunlimited\b", re.IGNORECASE)


def find_prompts_to_pay(evidence: Evidence, chance: Floats, kept: Flags) -> list[int]:
    """Find a kept prompt at the body's end, with the offers that follow it.

    If an article follows it, the prompt alone: readers who have paid see both.
    """
    last = [evidence.page.blocks[number] for number in np.flatnonzero(kept)[-LAST_BLOCKS:].tolist()]
    found = list(dropwhile(lambda block: not _is_prompt(block), last))
    if not all(_ASKS.search(block.text) or _OFFERS.search(block.text) for block in found):
        found = found[:1]

    return [block.number for block in found]


def _is_prompt(block: Block) -> bool:
    begins = block.text[:PROMPT_CHARS].lower().lstrip(_MARKS).startswith(_BEGINNINGS)
    return begins and len(block.text) <= PROMPT_CHARS and _ASKS.search(block.text) is not None
