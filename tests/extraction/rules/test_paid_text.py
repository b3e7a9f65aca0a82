"""Scrambled text of a page is dropped, unless an article quotes it, and the page is paywalled."""

import codecs
import random

import numpy as np
import pytest

from newsspider.extraction.article import extract_article
from newsspider.extraction.rules.paid_text import drops_scrambled, find_scrambled
from newsspider.pages.page import parse_page
from tests.stripping import weigh_html

LEAD = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
)
PAID = (
    "The council, which had twice voted against the line, sent a brass band, two cakes and a letter. It was read.",
    "Nobody on the island, the harbour master said, had believed that it would be signed. It was, and by all of them.",
    "The next boat leaves on Tuesday at a quarter past nine, when the tide allows it. It does not wait for anyone.",
)
SCRAMBLED = tuple(codecs.encode(text, "rot13") for text in PAID)
FILLER = (
    "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore.",
    "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat.",
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def shuffled(seed: int = 1) -> tuple[str, ...]:
    dice = random.Random(seed)
    return tuple(" ".join(dice.sample(words, len(words))) for words in (text.split() for text in PAID))


def mixed() -> tuple[str, ...]:
    dice = random.Random(1)
    return tuple(" ".join("".join(dice.sample(word, len(word))) for word in text.split()) for text in PAID)


def dropped(html: str, head: str = "") -> list[str]:
    """Return the texts of the blocks that are dropped on a page that is kept whole else."""
    evidence = weigh_html(html, head)
    kept = np.ones(len(evidence.page.blocks), dtype=bool)
    return [evidence.page.blocks[number].text for number in find_scrambled(evidence, kept.astype(float), kept)]


@pytest.mark.parametrize("scrambled", [SCRAMBLED, FILLER], ids=["shifted", "filler"])
@pytest.mark.parametrize("place", ["<div>", "<div class=paid>", "<section hidden>"])
def test_scrambled_text_is_dropped_wherever_it_is(place: str, scrambled: tuple[str, ...]) -> None:
    assert dropped(f"{paragraphs(*LEAD)}{place}{paragraphs(*scrambled)}") == list(scrambled)


def test_short_scrambled_blocks_go_with_their_neighbours() -> None:
    head = codecs.encode("A letter signed twice", "rot13")
    html = f"{paragraphs(*LEAD, SCRAMBLED[0])}<h2>{head}</h2>{paragraphs(*SCRAMBLED[1:])}"
    assert dropped(html) == [SCRAMBLED[0], head, *SCRAMBLED[1:]]


def test_prompt_after_scrambled_text_stays() -> None:
    prompt = "Subscribe now to read on and to get all of our articles for the price of a cake."
    assert dropped(paragraphs(*LEAD, *SCRAMBLED, prompt)) == list(SCRAMBLED)


@pytest.mark.parametrize("quoted", [SCRAMBLED[0], FILLER[0]], ids=["shifted", "filler"])
def test_article_about_scrambled_text_may_quote_it(quoted: str) -> None:
    assert dropped(paragraphs(*LEAD, *PAID, quoted, *LEAD, *PAID)) == []


@pytest.mark.parametrize("place", ["<div class=blurred>", "<div id=paywall-text>", "<div style='filter: blur(4px)'>"])
@pytest.mark.parametrize("scrambled", [shuffled(), mixed()], ids=["words", "letters"])
def test_shuffled_text_is_dropped_where_the_page_names_the_place(place: str, scrambled: tuple[str, ...]) -> None:
    assert dropped(f"{paragraphs(*LEAD)}{place}{paragraphs(*scrambled)}</div>") == list(scrambled)


@pytest.mark.parametrize("free", ["false", '"False"', '"https://schema.org/False"'])
def test_shuffled_text_is_dropped_where_json_ld_names_the_place(free: str) -> None:
    part = f'{{"@type":"WebPageElement","isAccessibleForFree":{free},"cssSelector":".x1"}}'
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"a","hasPart":{part}}}</script>'
    assert dropped(f"{paragraphs(*LEAD)}<div class='x1 y'>{paragraphs(*shuffled())}", head) == list(shuffled())


@pytest.mark.parametrize("place", ["<div class=blurred>", "<div class=premium>", "<div style='filter:blur(4px)'>"])
def test_sound_text_stays_in_a_paid_place(place: str) -> None:
    assert dropped(f"{paragraphs(*LEAD)}{place}{paragraphs(*PAID)}") == []


@pytest.mark.parametrize("place", ["<div>", "<div class=et_pb_blurb>"])
def test_shuffled_text_stays_where_no_name_tells_of_it(place: str) -> None:
    assert dropped(f"{paragraphs(*LEAD)}{place}{paragraphs(*shuffled())}") == []


def test_dropped_scrambled_text_shows_too() -> None:
    evidence = weigh_html(paragraphs(*LEAD, *SCRAMBLED))
    assert drops_scrambled(evidence, np.array([True, True, False, False, False]))
    assert not drops_scrambled(weigh_html(paragraphs(*LEAD, *PAID)), np.array([True, True, False, False, False]))


def test_page_with_scrambled_text_is_paywalled() -> None:
    html = f"<article><h1>Ferry sails</h1>{paragraphs(*LEAD)}<div>{paragraphs(*SCRAMBLED)}</div></article>"
    record = extract_article(parse_page(html.encode(), "https://herald.example/ferry"))
    assert (record.kind, record.reason) == ("paywalled", "the rest of the text is scrambled")
    assert SCRAMBLED[0] not in (record.body or "")
