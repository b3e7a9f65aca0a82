"""Paywalled is an article whose text is missing, and nothing else; a declaration alone doesn't make it so."""

import pytest

from newsspider.extraction.article import extract_article
from newsspider.pages.page import parse_page
from newsspider.record import ArticleRecord
from tests.extraction.kinds.pages import PARAGRAPHS, PROSE, STORY, URL, as_page, as_script, kind_of

NEWS = {"@type": "NewsArticle", "headline": "The old ferry sails again"}
PAID = {**NEWS, "isAccessibleForFree": False}
FREE = {**NEWS, "isAccessibleForFree": True}
HEADING = "<h1>The old ferry sails again</h1>"
BROKEN = PARAGRAPHS[1].partition(", who had")[0]
PART = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".rest"}


def story_with(box: str, text: str = PROSE, **json_ld: object) -> str:
    """Return an article's page with a box at the text's end."""
    return as_page(f"<main><article>{HEADING}{text}{box}</article></main>", head=as_script({**NEWS, **json_ld}))


def record_of(html: str) -> ArticleRecord:
    return extract_article(parse_page(html.encode(), URL))


@pytest.mark.parametrize(
    "prompt",
    [
        "Subscribe to continue reading",
        "This post is for paid subscribers",
        "Weiterlesen mit Plus",
        "La suite est réservée aux abonnés",
        "Para seguir leyendo, suscríbete",
        "Contenuto riservato agli abbonati",
        "Dit artikel is exclusief voor abonnees",
        "Только для подписчиков",
        "この記事は会員限定です",
        "The rest of this column is for Herald+ members",
        "Dieser Beitrag ist nur für unsere Mitglieder",
        "Cet article est réservé à nos abonnés",
        "Este reportaje es solo para socios",
    ],
)
def test_text_that_ends_in_a_prompt_is_paywalled(prompt: str) -> None:
    kind, reason = kind_of(as_page(f"<main><article>{HEADING}{PROSE}</article><div>{prompt}</div></main>"))
    assert kind == "paywalled"
    assert (reason or "").startswith("the text ends in a prompt")


@pytest.mark.parametrize(
    "box",
    [
        "Subscribe to our newsletter",
        "Sign up for the best of the week",
        "Abonnieren Sie uns",
        "Start your free trial today",
        "This article is for general information and is not advice to members of a crew.",
        "Bülten, akış üzerinden abonelere sunulan haberlerin özetidir; ayrıntılar için lütfen bize ulaşın.",
        "This story is free for all readers.",
    ],
)
def test_box_that_says_something_else_is_no_paywall(box: str) -> None:
    assert kind_of(as_page(f"{STORY}<div>{box}</div>"))[0] == "article"


@pytest.mark.parametrize(
    "place",
    [
        "<footer>{}</footer>",
        "<div role=dialog>{}</div>",
        "<div aria-hidden=true>{}</div>",
        "<div class='piano-regwall hide'>{}</div>",
        "<div class='ad sponsored'>{}</div>",
        "<aside class=sidebar>{}</aside>",
        "<section class='paywall comments'>{}</section>",
    ],
)
def test_prompt_in_another_place_is_no_paywall(place: str) -> None:
    assert kind_of(as_page(STORY + place.format("<p>Subscribe to continue reading</p>")))[0] == "article"


def test_prompt_in_an_aside_that_is_the_wall_counts() -> None:
    assert (
        kind_of(as_page(f"{STORY}<aside class=paywall><p>Subscribe to continue reading</p></aside>"))[0] == "paywalled"
    )


def test_prompt_below_an_article_that_is_declared_free_is_none() -> None:
    html = as_page(f"{STORY}<div>Subscribe to continue reading</div>", head=as_script(FREE))
    assert kind_of(html)[0] == "article"


def test_offer_in_other_words_counts_after_a_short_text_and_where_the_article_is_not_free() -> None:
    offer = "<div class=offer><p>Try Herald Gold for a month for £1, then £8 a month.</p></div>"
    assert kind_of(story_with(offer, f"<p>{PARAGRAPHS[0]}</p>"))[0] == "paywalled"
    long = PROSE + "".join(
        f"<p>On day {n} {word} came by train, and the old man had to count them all.</p>"
        for n, word in enumerate("guests pupils sailors bakers singers painters".split())
    )
    assert kind_of(story_with(offer, long))[0] == "article"
    assert kind_of(story_with(offer, long, isAccessibleForFree=False))[0] == "paywalled"


@pytest.mark.parametrize(
    ("box", "text", "more", "kind"),
    [
        ("", PROSE, {}, "article"),
        ("", f"{PROSE}<p>{BROKEN}</p>", {}, "paywalled"),
        ("", f"{PROSE}<p>{BROKEN} …</p>", {}, "paywalled"),
        ("<div class=rest></div>", PROSE, {"hasPart": PART}, "paywalled"),
        (f"<div class=rest>{PROSE}</div>", f"<p>{PARAGRAPHS[0]}</p>", {"hasPart": PART}, "article"),
        ("", PROSE, {"hasPart": PART}, "article"),
        ("", PROSE, {"wordCount": 400}, "paywalled"),
        ("", PROSE, {"wordCount": 85}, "article"),
        ("<p>Subscribe to continue reading</p>", PROSE, {"wordCount": 85}, "article"),
    ],
)
def test_article_that_is_not_free_is_paywalled_only_where_text_is_missing(
    box: str, text: str, more: dict[str, object], kind: str
) -> None:
    record = record_of(story_with(box, text, isAccessibleForFree=False, **more))
    assert (record.kind, record.is_free) == (kind, False)


def test_filler_of_a_hidden_template_is_no_paywall() -> None:
    filler = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore."
    assert kind_of(as_page(f"{STORY}<div style='display:none'><p>{filler}</p></div>"))[0] == "article"


@pytest.mark.parametrize(
    ("html", "complete"),
    [
        (as_page(STORY), None),
        (as_page(STORY, head=as_script(PAID)), None),
        (as_page(STORY, head=as_script({**NEWS, "wordCount": 88})), True),
        (as_page(f"{STORY}<div>Subscribe to continue reading</div>"), False),
        (story_with("", f"{PROSE}<p>{BROKEN}</p>", wordCount=900), False),
        (as_page(f"<main>{HEADING}<p>{BROKEN} …</p></main>", head=as_script(NEWS)), False),
        (as_page(f"<main>{HEADING}{PROSE}<p>{BROKEN} …</p></main>", head=as_script(NEWS)), None),
        (as_page("<h1>Sport</h1>"), None),
    ],
)
def test_record_says_whether_the_text_is_complete(html: str, complete: bool | None) -> None:
    assert record_of(html).is_complete is complete
