"""Prompts to subscribe or log in for the rest of an article, with the offers below them."""

import numpy as np
import pytest

from newsspider import extract
from newsspider.extraction.rules.prompts_to_pay import find_prompts_to_pay
from tests.stripping import weigh_html

PROSE = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
    "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology.",
)
PROMPT = "To view the full story, please subscribe to The Herald. A year is £60, a month £6."
OFFERS = (
    "When you join the Herald family, you get unlimited access to the news of the harbour.",
    "Already a subscriber? Log in for this story.",
)


def dropped(*texts: str) -> list[str]:
    """Return the texts that the rule drops from a page that is kept whole."""
    evidence = weigh_html("".join(f"<p>{text}</p>" for text in texts))
    kept = np.ones(len(evidence.page.blocks), dtype=bool)
    return [evidence.page.blocks[index].text for index in find_prompts_to_pay(evidence, kept * 0.97, kept)]


def test_prompt_goes_with_the_offers_below_it() -> None:
    assert dropped(*PROSE, PROMPT, *OFFERS) == [PROMPT, *OFFERS]


def test_prompt_above_the_rest_of_the_article_goes_alone() -> None:
    assert dropped(PROSE[0], PROMPT, *PROSE[1:]) == [PROMPT]


@pytest.mark.parametrize(
    "prompt",
    [
        "» Um weiterzulesen, melden Sie sich bitte an oder registrieren Sie sich.",
        "Pour lire la suite, abonnez-vous dès 1 € par mois.",
        "Para seguir leyendo, suscríbete o inicia sesión.",
        "Per continuare a leggere, accedi o abbonati.",
        "Чтобы читать дальше, оформите подписку или войдите.",
    ],
)
def test_prompts_are_known_in_other_languages(prompt: str) -> None:
    assert dropped(*PROSE, prompt) == [prompt]


@pytest.mark.parametrize(
    "text",
    [
        "To read this letter aloud took the mayor nine minutes.",
        "To keep reading is to join those who waited nine years for the ferry.",
        "Um diesen Artikel zu schreiben, haben wir uns bei sieben Fähren registriert.",
        "Subscribers only got the first half of the story, the editor says, and wrote letters about it for a week.",
    ],
)
def test_paragraph_that_asks_nothing_stays(text: str) -> None:
    assert dropped(*PROSE, text) == []


def test_page_with_such_a_prompt_is_paywalled() -> None:
    texts = "".join(f"<p>{text}</p>" for text in (*PROSE, PROMPT, *OFFERS))
    record = extract(
        f"<title>Ferry</title><meta property='og:type' content='article'><article><h1>Ferry</h1>{texts}</article>",
        url="https://herald.example/2026/03/24/ferry",
    )
    assert record.kind == "paywalled"
    assert record.body == "\n\n".join(PROSE)
