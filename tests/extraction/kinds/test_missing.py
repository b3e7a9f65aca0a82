"""Pages without an article: gone, or yet to be filled by scripts."""

import pytest

from tests.extraction.kinds.pages import MENU, PARAGRAPHS, as_page, kind_of


@pytest.mark.parametrize(
    ("title", "heading", "text"),
    [
        ("Page not found - Herald", "Page not found", "The page you were looking for does not exist."),
        ("Herald", "404", "Sorry, we can’t find that page."),
        ("Seite nicht gefunden | Bote", "Fehler 404", "Die gesuchte Seite existiert nicht."),
        ("Erreur 404", "Oups !", "La page que vous cherchez n’existe plus."),
        ("Herald", "This story is no longer available", "It was removed at its agency's request."),
        ("Страница не найдена", "404", "Запрашиваемая страница была удалена."),
    ],
)
def test_page_that_says_it_is_not_there_is_missed(title: str, heading: str, text: str) -> None:
    assert kind_of(as_page(f"<h1>{heading}</h1><p>{text}</p>", title))[0] == "soft_404"


@pytest.mark.parametrize(
    "title", ["404: how links rot and what it costs", "Page not found, said the screen, and I laughed"]
)
def test_article_about_missing_pages_is_an_article(title: str) -> None:
    body = f"<article><h1>{title}</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>"
    assert kind_of(as_page(body, title))[0] == "article"


@pytest.mark.parametrize(
    "html",
    [
        "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "<app-root></app-root><noscript>Bitte aktivieren Sie JavaScript, um den Boten zu lesen.</noscript>",
        f"<div id='__nuxt'>{MENU}<main></main><footer>Mentions légales</footer></div>",
        "<noscript><p>Aby czytać serwis, włącz JavaScript w przeglądarce.</p></noscript><div id='app'></div>",
        "<script>start()</script>",
    ],
)
def test_shell_that_scripts_have_yet_to_fill_is_empty(html: str) -> None:
    assert kind_of(f"<html><head><title>Herald</title></head><body>{html}</body></html>")[0] == "empty"


def test_article_of_a_page_that_also_asks_for_scripts_is_an_article() -> None:
    text = "".join(f"<p>{each}</p>" for each in PARAGRAPHS)
    html = f"<div id=root><h1>The old ferry sails again</h1>{text}</div><noscript>Please enable JavaScript.</noscript>"
    assert kind_of(as_page(html))[0] == "article"
