"""Pages that are neither articles nor lists, and articles about the same things."""

import pytest

from newsspider.extraction.article import extract_article
from newsspider.pages.page import parse_page
from tests.extraction.kinds.pages import PARAGRAPHS, PROSE, STORY, URL, as_page, as_script, kind_of

HOST = "https://herald.example"
FEW = "<p>It was in the harbour this morning.</p>"
CHOICES = "".join(
    f"<li><p>Which pier is number {n}?</p>" + "".join(f"<label><input type=radio>{x}</label>" for x in "ABC") + "</li>"
    for n in range(4)
)
TABLE = (
    "<table>" + "".join(f"<tr><td>Day {n}</td><td>{n + 9}°C</td><td>{n * 7} %</td></tr>" for n in range(7)) + "</table>"
)
EMAIL = "<form><input type=email><button>OK</button></form>"
COMMENTS = "".join(f"<div class=comment><b>user{n}</b><p>{text}</p></div>" for n, text in enumerate(PARAGRAPHS))


@pytest.mark.parametrize(
    ("body", "path", "types", "title"),
    [
        pytest.param("<h1>Herald cup</h1><p>€8</p><p>Blue.</p>", "/x", "Product", "Herald cup", id="product"),
        pytest.param("<h1>Herald cup</h1><p>€8</p><button>In den Warenkorb</button>", "/x", "", "Cup", id="basket"),
        pytest.param(f"<h1>Deck hand</h1>{FEW}", "/karriere/deck-hand", "JobPosting", "Deck hand", id="job"),
        pytest.param(f"<h1>Harbour festival</h1>{FEW}", "/events/77", "MusicEvent", "Festival", id="event"),
        pytest.param(f"<h1>Wetter in Hafenstadt</h1>{TABLE}", "/wetter/hafenstadt", "", "Wetter", id="weather"),
        pytest.param(f"<h1>Rovers 2-1 Town</h1>{TABLE}", "/sport/match/88", "", "Rovers 2-1 Town", id="scores"),
        pytest.param(f"<h1>Herald Holdings</h1>{TABLE}", "/quotes/HRLD", "", "HRLD", id="prices"),
        pytest.param(
            f"<h1>Quiz: Do you know the port?</h1>{FEW}<ol>{CHOICES}</ol>", "/quiz/port", "", "Port", id="quiz"
        ),
        pytest.param(f"<h1>Datenschutz</h1>{PROSE}", "/datenschutz.html", "", "Datenschutz", id="privacy"),
        pytest.param(f"<h1>Politique de confidentialité</h1>{PROSE}", "/privacy-policy", "", "Herald", id="privacy fr"),
        pytest.param(f"<h1>About us</h1>{PROSE}", "/about", "AboutPage", "About us - Herald", id="about"),
        pytest.param(f"<h1>High Water</h1>{FEW}{EMAIL}", "/newsletters/high-water", "", "High Water", id="newsletter"),
        pytest.param(f"<h1>Ann Moss</h1>{PROSE}", "/author/ann-moss", "ProfilePage", "Ann Moss", id="author"),
        pytest.param(f"<h1>Ferry sails</h1><div>{COMMENTS}</div>", "/2026/ferry/comments", "", "Ferry", id="comments"),
    ],
)
def test_page_about_something_else_is_a_page(body: str, path: str, types: str, title: str) -> None:
    head = as_script({"@type": types, "name": "It"}) if types else ""
    assert kind_of(as_page(f"<main>{body}</main>", title, head), HOST + path)[0] == "page"


@pytest.mark.parametrize(
    ("body", "path", "head"),
    [
        pytest.param(STORY, "/events/2026/ferry-sails-again", "", id="under events"),
        pytest.param(STORY, "/weather/ferry-sails-again", "", id="under weather"),
        pytest.param(f"{STORY}<button>Buy now</button>", "/shop/ferry", "", id="with a button"),
        pytest.param(STORY, "/reviews/ferry", as_script({"@type": "Product", "name": "Ferry"}), id="review"),
        pytest.param(f"{STORY}<ol>{CHOICES}</ol>", "/news/ferry", "", id="with a quiz"),
        pytest.param(f"{STORY}{EMAIL}", "/newsletters/ferry", "", id="with a form"),
        pytest.param(f"<h1>Quiz night sinks the old ferry again</h1>{PROSE}", "/quiz/ferry", "", id="about a quiz"),
        pytest.param(
            f"<h1>Privacy policy of the harbour draws protests</h1>{PROSE}", "/privacy", "", id="about a policy"
        ),
        pytest.param(f"{STORY}{COMMENTS}", "/2026/ferry/comments", "", id="with comments"),
        pytest.param(
            f"<h1>Ferry sails</h1><p>{PARAGRAPHS[0]}</p>",
            "/sport/match/88",
            as_script({"@type": "NewsArticle"}),
            id="declared",
        ),
        pytest.param(f"<h1>Ferry cancelled</h1>{FEW}", "/news/ferry", "", id="short"),
    ],
)
def test_article_about_such_a_thing_is_an_article(body: str, path: str, head: str) -> None:
    assert kind_of(as_page(body, head=head), HOST + path)[0] == "article"


@pytest.mark.parametrize(
    ("html", "is_doubted"),
    [
        (as_page(f"<h1>Ferry cancelled</h1>{FEW}"), True),
        (as_page(f"<h1>Ferry cancelled</h1>{FEW}", head=as_script({"@type": "NewsArticle"})), False),
        (as_page(f"<h1>Ferry cancelled</h1><p>By Ann Moss</p><p>12 March 2026</p>{FEW}"), False),
        (as_page(STORY), False),
    ],
)
def test_short_page_that_nothing_calls_an_article_has_a_warning(html: str, is_doubted: bool) -> None:
    record = extract_article(parse_page(html.encode(), URL))
    assert record.kind == "article"
    assert any("nothing says that it is an article" in warning for warning in record.warnings) == is_doubted
