"""The kept blocks as Markdown."""

import re

import pytest

from newsspider.extraction.cutting import cut_page
from newsspider.extraction.markdown import join_markdown
from newsspider.page import parse_page

URL = "https://herald.example/2026/ferry.html"


def markdown_of(html: str, url: str | None = URL) -> str:
    return join_markdown(cut_page(parse_page(f"<html><body>{html}</body></html>".encode()).tree).blocks, url)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("<p>One<p>Two", "One\n\nTwo", id="paragraphs"),
        pytest.param("<h2>One</h2><h3>Two</h3><p>three", "## One\n\n### Two\n\nthree", id="headings"),
        pytest.param("<h1>One</h1>", "## One", id="level 1 is the title's"),
        pytest.param("<h6>One</h6>", "###### One", id="lowest heading"),
        pytest.param("<details><summary>One</summary>two</details>", "#### One\n\ntwo", id="summary"),
        pytest.param("<ul><li>One<li>Two</ul>", "- One\n- Two", id="bullets"),
        pytest.param("<ol><li>One<li>Two</ol>", "1. One\n2. Two", id="numbers"),
        pytest.param("<dl><dt>One<dd>Two</dl>", "- One\n- Two", id="definitions"),
        pytest.param("<blockquote><p>One</p><p>Two</blockquote>", "> One\n>\n> Two", id="quote"),
        pytest.param("<blockquote>One<br>Two</blockquote>", "> One\n> Two", id="quote with a line break"),
        pytest.param(
            "<blockquote class=twitter-tweet><p>One</p>— Ann</blockquote>", "> One\n>\n> — Ann", id="embedded post"
        ),
        pytest.param("<pre>a *b*\n  c</pre>", "```\na *b*\n  c\n```", id="preformatted text is not escaped"),
        pytest.param(
            "<table><tr><th>Tide<th>Hour<tr><td>low<td>9</table>",
            "| Tide | Hour |\n| --- | --- |\n| low | 9 |",
            id="table",
        ),
        pytest.param(
            "<table><tr><th>Tide<tr><td>low<td>9</table>", "| Tide |  |\n| --- | --- |\n| low | 9 |", id="short row"
        ),
        pytest.param("<table><tr><th>a|b<td>c</table>", "| a\\|b | c |\n| --- | --- |", id="bar in a cell"),
        pytest.param(
            "<table><tr><th>a<td>b</table><table><tr><th>c<td>d</table>",
            "| a | b |\n| --- | --- |\n\n| c | d |\n| --- | --- |",
            id="two tables",
        ),
        pytest.param("<p>Main Street 1<br>Eddlesea", "Main Street 1\nEddlesea", id="lines"),
        pytest.param("<p>One<figure><figcaption>Two</figcaption></figure>", "One\n\nTwo", id="caption is a paragraph"),
    ],
)
def test_blocks_are_rendered_by_kind(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


def test_neighbours_of_a_kind_are_one_group() -> None:
    html = "<p>One<ul><li>Two<li>Three</ul><p>Four<blockquote>Five</blockquote><ul><li>Six</ul>"
    assert markdown_of(html) == "One\n\n- Two\n- Three\n\nFour\n\n> Five\n\n- Six"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("See <a href=/pier>the pier</a>.", "See [the pier](https://herald.example/pier).", id="root"),
        pytest.param("<a href=pier.html>Pier</a>", "[Pier](https://herald.example/2026/pier.html)", id="neighbour"),
        pytest.param("<a href='//gull.example/a?b=1'>Pier</a>", "[Pier](https://gull.example/a?b=1)", id="no scheme"),
        pytest.param("a <a href=/b> b </a> c", "a [b](https://herald.example/b) c", id="blanks in the link"),
        pytest.param("<a href=/b>a <i>b</i> c</a>", "[a b c](https://herald.example/b)", id="marked words in the link"),
        pytest.param("<i><a href=/b>a</a></i> b", "[a](https://herald.example/b) b", id="link in marked words"),
        pytest.param("<a href='/b(1) c'>a</a>", "[a](https://herald.example/b%281%29%20c)", id="brackets and blanks"),
        pytest.param("<a href=/b>a [1]</a>", "[a \\[1\\]](https://herald.example/b)", id="brackets in the words"),
        pytest.param("<a href='javascript:x()'>a</a> b", "a b", id="script"),
        pytest.param("<a>a</a> b", "a b", id="no address"),
        pytest.param("a<a href=/b></a>", "a", id="no words"),
        pytest.param("<a href=/b>a</a><a href=/c>d</a>", "[a](https://herald.example/b)[d](https://herald.example/c)",
                     id="link after link"),
    ],
)  # fmt: skip
def test_links_are_absolute(html: str, markdown: str) -> None:
    assert markdown_of(f"<p>{html}") == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<a href=/a>One</a> <a href=/b>two</a> <i>three</i> <b>four</b> five",
        "<b>One</b> <a href=/a>two</a>\n<a href=/b><i>three</i> <b>four</b></a> five",
        "<i>One <a href=/a>two</a></i> <span> <span>three</span> </span> <a href=/c> four</a> five",
    ],
)
def test_blanks_between_marked_words_stay(html: str) -> None:
    markdown = markdown_of(f"<p>{html}")
    assert re.sub(r"\[(.*?)\]\(.*?\)", r"\1", markdown) == "One two three four five"


def test_relative_link_of_a_page_without_address_is_its_words() -> None:
    assert (
        markdown_of("<p><a href=/b>a</a> <a href=https://gull.example/>b</a>", None) == "a [b](https://gull.example/)"
    )


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("2 * 3 * 4", "2 \\* 3 \\* 4"),
        ("snake_case", "snake\\_case"),
        ("[sic]", "\\[sic\\]"),
        ("a `b` c", "a \\`b\\` c"),
        ("back\\slash", "back\\\\slash"),
        ("1 &lt; 2", "1 \\< 2"),
        ("# one", "\\# one"),
        ("#one", "#one"),
        ("- one", "\\- one"),
        ("+ one", "\\+ one"),
        ("> one", "\\> one"),
        ("1. May", "1\\. May"),
        ("2026) one", "2026\\) one"),
        ("1.5 miles", "1.5 miles"),
        ("===", "\\==="),
        ("— one", "— one"),
    ],
)
def test_text_that_looks_like_markup_is_escaped(text: str, markdown: str) -> None:
    assert markdown_of(f"<p>{text}") == markdown


def test_no_blocks_are_no_text() -> None:
    assert join_markdown([], URL) == ""
