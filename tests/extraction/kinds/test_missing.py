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
        ("Herald", "This article has been removed", "The editors withdrew it in March at a reader's request."),
        ("Herald", "Herald", "This story was taken down."),
        ("Bote", "Hinweis", "Dieser Beitrag wurde aus rechtlichen Gründen gelöscht."),
        ("Avis", "Avis", "Cet article a été retiré à la demande de son auteur."),
        ("Herald", "We have moved", "This page has moved to a new address."),
        ("お知らせ", "お知らせ", "この記事は掲載を終了しました。"),
    ],
)
def test_page_that_says_it_is_not_there_is_missed(title: str, heading: str, text: str) -> None:
    assert kind_of(as_page(f"<h1>{heading}</h1><p>{text}</p>", title))[0] == "soft_404"


@pytest.mark.parametrize(
    ("heading", "url", "text"),
    [
        ("Search", "https://herald.example/search?q=gnu", "Your search for “gnu” returned no results."),
        ("Suche", "https://bote.example/?s=gnu", "Zu „gnu“ gibt es leider keine Treffer."),
        ("Résultats de recherche", "https://avis.example/x", "Aucun résultat pour « gnou »."),
        ("検索結果", "https://shimbun.example/x", "「ヌー」に一致する記事は見つかりませんでした。"),
    ],
)
def test_search_without_results_is_missed(heading: str, url: str, text: str) -> None:
    kind, reason = kind_of(as_page(f"<h1>{heading}</h1><p>{text}</p><form><input name=q></form>", heading), url)
    assert (kind, (reason or "")[:24]) == ("soft_404", "a search without results")


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Search for the ferry ends", "Divers found no results of the fire on board when they went down on Monday."),
        ("Statue has moved to the pier", "The statue was removed from the square on Monday, and the mayor was glad."),
        ("Paper sorry for report", "The report on the ferry was deleted from its site on Monday, the paper said."),
    ],
)
def test_short_news_of_something_gone_is_an_article(heading: str, text: str) -> None:
    body = f"<article><h1>{heading}</h1><p>{text}</p><p>{PARAGRAPHS[0]}</p></article>"
    assert kind_of(as_page(body, heading))[0] == "article"


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
