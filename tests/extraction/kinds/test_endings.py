"""Texts that end before their end: at a link to the rest, where the file was cut."""

import pytest

from tests.extraction.kinds.pages import PARAGRAPHS, PROSE, STORY, as_page, as_script, kind_of

BROKEN = PARAGRAPHS[1].partition(", who had")[0]
NEWS = {"@type": "NewsArticle", "headline": "The old ferry sails again"}


@pytest.mark.parametrize("place", ["and a piano on board, the har", "rebuilt by the pu", "so that everybody"])
def test_file_cut_in_its_text_is_truncated(place: str) -> None:
    html = as_page(f"<div class='page'><div class='text'>{STORY}</div></div>")
    assert kind_of(html[: html.index(place) + 9])[0] == "truncated"


def test_file_cut_after_the_article_is_an_article() -> None:
    html = as_page(f"<div class='page'>{STORY}<ul><li><a href='/a'>Ten old bridges</a></li></ul></div>")
    assert kind_of(html[: html.index("</ul></div>")])[0] == "article"


@pytest.mark.parametrize(
    "link", ["Read more", "Continue reading at the Post", "Weiterlesen", "Lire la suite", "Devamını oku"]
)
def test_text_that_breaks_off_before_a_link_to_the_rest_is_truncated(link: str) -> None:
    assert (
        kind_of(
            as_page(
                f"<h1>Ferry sails</h1><p>{PARAGRAPHS[0]}</p><p>{BROKEN} …</p><a href='https://post.example/1'>{link}</a>"
            )
        )[0]
        == "truncated"
    )


def test_whole_text_before_such_a_link_is_an_article() -> None:
    assert kind_of(as_page(f"{STORY}<a href='/more'>Read more</a>"))[0] == "article"


@pytest.mark.parametrize(
    ("words", "kind"), [(900, "truncated"), ("900", "truncated"), (90, "article"), ("many", "article")]
)
def test_text_that_breaks_off_far_below_the_declared_words_is_truncated(words: object, kind: str) -> None:
    body = f"<article><h1>The old ferry sails again</h1>{PROSE}<p>{BROKEN}</p></article>"
    assert kind_of(as_page(body, head=as_script({**NEWS, "wordCount": words})))[0] == kind


def test_whole_text_below_the_declared_words_is_an_article() -> None:
    assert kind_of(as_page(STORY, head=as_script({**NEWS, "wordCount": 900})))[0] == "article"
