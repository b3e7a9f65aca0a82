"""Bodies as blocks and as HTML."""

import pytest

from newsspider.outputs.body_markup import read_body, render_html
from newsspider.record import ArticleRecord


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\ntwo", "<p>One<br />\ntwo</p>\n"),
        (r"\<b> <i>", "<p>&lt;b&gt; &lt;i&gt;</p>\n"),
        ("[bad](data:text/html,x)", "<p>[bad](data:text/html,x)</p>\n"),
    ],
)
def test_html_has_line_breaks_and_no_tags_of_the_page(markdown: str, html: str) -> None:
    assert render_html(ArticleRecord(body_markdown=markdown)) == html


def test_lines_of_a_cell_are_lines() -> None:
    html = render_html(ArticleRecord(body_markdown="| A |\n| --- |\n| 1<br>2 \\<br> |"))
    assert "<td>1<br />\n2 &lt;br&gt;</td>" in html


def test_text_without_markdown_has_no_markup() -> None:
    assert render_html(ArticleRecord(body="# A *b*\nc\n\n- d")) == "<p># A *b*<br>\nc</p>\n<p>- d</p>\n"


def test_deeply_nested_text_is_not_left_out() -> None:
    block = read_body(ArticleRecord(body_markdown="> " * 60 + "deep"))
    while block.children:
        (block,) = block.children
    assert block.content == "deep"
