"""The kept blocks as Markdown."""

import random
import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.markdown.document import join_markdown
from newsspider.pages.page import parse_page

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
        pytest.param("<pre>a\n```\n[x](y)</pre>", "````\na\n```\n[x](y)\n````", id="a fence in code stays in it"),
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


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("<ol start=4><li>One<li>Two</ol>", "4. One\n5. Two", id="start"),
        pytest.param("<ol start=x><li>One<li>Two</ol>", "1. One\n2. Two", id="start that is not a number"),
        pytest.param("<ol start=-1><li>One<li>Two<li>Three</ol>", "0. One\n0. Two\n1. Three", id="start below zero"),
        pytest.param("<ol><li>One<li value=7>Two<li>Three</ol>", "1. One\n7. Two\n8. Three", id="value"),
        pytest.param("<ol reversed><li>One<li>Two<li>Three</ol>", "3. One\n2. Two\n1. Three", id="reversed"),
        pytest.param("<ol reversed start=9><li>One<li>Two</ol>", "9. One\n8. Two", id="reversed with a start"),
        pytest.param("<ol type=a><li>One<li>Two</ol>", "1. One\n2. Two", id="letters are numbers"),
        pytest.param("<ol><li>One</ol><ol start=2><li>Two</ol>", "1. One\n2. Two", id="list that goes on"),
        pytest.param("<ol><li>One</ol><p>or<ol start=2><li>Two</ol>", "1. One\n\nor\n\n2. Two", id="broken by text"),
        pytest.param("<ol><li>One</ol><ol><li>Two</ol>", "1. One\n\n1) Two", id="two lists"),
        pytest.param("<ul><li>One</ul><ul><li>Two</ul>", "- One\n- Two", id="two lists of bullets are one"),
        pytest.param("<ul><li>One</ul><ol><li>Two</ol>", "- One\n\n1. Two", id="bullets, then numbers"),
    ],
)
def test_list_keeps_its_numbers(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("<ul><li>One<ul><li>Two</ul><li>Three</ul>", "- One\n  - Two\n- Three", id="bullets"),
        pytest.param("<ol><li>One<ul><li>Two</ul><li>Three</ol>", "1. One\n   - Two\n2. Three", id="under a number"),
        pytest.param("<ol start=10><li>One<ol><li>Two</ol></ol>", "10. One\n    1. Two", id="under a wide number"),
        pytest.param("<ul><li>One<ol start=3><li>Two</ol></ul>", "- One\n\n  3. Two", id="number that needs a gap"),
        pytest.param("<ul><li><p>One<ul><li><p>Two</ul></ul>", "- One\n  - Two", id="paragraphs in items"),
        pytest.param("<ul><li>One<li>Two</li><ul><li>Three</ul></ul>", "- One\n- Two\n  - Three", id="list in a list"),
        pytest.param("<ul><li>One<ul><li>Two</ul>three</ul>", "- One\n  - Two\n\n  three", id="text after a list"),
        pytest.param("<ul><li><ul><li>One<li>Two</ul></ul>", "- - One\n  - Two", id="item without text of its own"),
        pytest.param("<ul><li><p>One<p>two<li>Three</ul>", "- One\n\n  two\n\n- Three", id="two paragraphs"),
        pytest.param("<ol><li><p>One<p>two</ol>", "1. One\n\n   two", id="two paragraphs under a number"),
        pytest.param("<ul><li>One<br>two</ul>", "- One\n  two", id="line break"),
        pytest.param("<ul><li>One<pre>a\n\n b</pre></ul>", "- One\n\n  ```\n  a\n\n   b\n  ```", id="code"),
        pytest.param("<ul><li>One<blockquote>two</blockquote></ul>", "- One\n\n  > two", id="quote"),
        pytest.param("<blockquote><ul><li>One<li>Two</ul></blockquote>", "> - One\n> - Two", id="list in a quote"),
        pytest.param("<blockquote>One<pre>a</pre></blockquote>", "> One\n>\n> ```\n> a\n> ```", id="code in a quote"),
        pytest.param("<blockquote>One</blockquote><blockquote>two</blockquote>", "> One\n\n> two", id="two quotes"),
        pytest.param(
            "<ul><li>One<table><tr><td>a<td>b</table></ul>",
            "- One\n\n  | a | b |\n  | --- | --- |",
            id="table in an item",
        ),
        pytest.param("<ul><li><h3>One</h3><p>two<li><h3>Three</h3></ul>", "### One\n\ntwo\n\n### Three", id="sections"),
        pytest.param(
            "<ul><li><p>One<p>two<p>three<p>four<p>five</ul>", "One\n\ntwo\n\nthree\n\nfour\n\nfive", id="a whole text"
        ),
        pytest.param("<li>One</li>", "- One", id="item without a list"),
    ],
)
def test_parts_of_an_item_stay_in_it(html: str, markdown: str) -> None:
    assert markdown_of(html) == markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        pytest.param("<td>a<td><p>b<p>c", "| a | b<br>c |", id="paragraphs"),
        pytest.param("<td>a<td>b<br>c", "| a | b<br>c |", id="line break"),
        pytest.param("<td>a<td><ul><li>b<li>c</ul>", "| a | b<br>c |", id="bullets"),
        pytest.param("<td>a<td><ol start=3><li>b<p>c<li>d</ol>", "| a | 3. b<br>c<br>4. d |", id="numbers"),
        pytest.param("<td>a<td><h3>b</h3>c", "| a | b<br>c |", id="heading"),
        pytest.param("<td>a<td><blockquote>b</blockquote>c", "| a | b<br>c |", id="quote"),
        pytest.param("<td>a<td><pre>b|\nc</pre>", "| a | b\\|<br>c |", id="code"),
        pytest.param("<td>a<td>b<table><tr><td>c<td>d</table>", "| a | b<br>c<br>d |", id="table"),
        pytest.param("<td>a<td>\\|", "| a | \\\\\\| |", id="backslash before a bar"),
        pytest.param(
            "<td>a<td><a href='/b|c'>b</a>", "| a | [b](https://herald.example/b\\|c) |", id="bar in an address"
        ),
    ],
)
def test_all_of_a_cell_stays_in_it(html: str, markdown: str) -> None:
    assert markdown_of(f"<table role=table><tr>{html}</table>") == f"{markdown}\n| --- | --- |"


@pytest.mark.parametrize(
    ("rows", "markdown"),
    [
        pytest.param("<td><td>a<td>b<tr><td>c<td>d<td>e", "|  | a | b |\n| --- | --- | --- |\n| c | d | e |",
                     id="empty cell"),
        pytest.param("<td colspan=2>a<td>b<tr><td>c<td>d<td>e", "| a |  | b |\n| --- | --- | --- |\n| c | d | e |",
                     id="spans columns"),
        pytest.param("<td rowspan=2>a<td>b<tr><td>c", "| a | b |\n| --- | --- |\n|  | c |", id="spans rows"),
        pytest.param("<td colspan=x>a<td rowspan=99999999>b", "| a | b |\n| --- | --- |", id="no numbers"),
        pytest.param("<td><td>a<tr><td><td>b", "| a |\n| --- |\n| b |", id="column without text"),
    ],
)  # fmt: skip
def test_cells_stay_in_their_column(rows: str, markdown: str) -> None:
    assert markdown_of(f"<table role=table><tr>{rows}</table>") == markdown


def test_long_row_does_not_widen_a_long_table() -> None:
    html = f"<table><tr>{'<td>a' * 2_000}{'<tr><td>b' * 2_000}</table>"
    assert len(markdown_of(html)) < 50 * len(html)


def test_deep_lists_are_not_indented_without_end() -> None:
    html = f"{'<ul><li>a' * 200}"
    assert max(map(len, markdown_of(html).split("\n"))) < 60


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
        ("1.", "1\\."),
        ("#", "\\#"),
        ("~~one~~", "\\~~one\\~~"),
        ("~ one", "~ one"),
        ("~~~", "\\~\\~~"),
        ("&amp;lt; &amp; R&amp;D;", "\\&lt; & R\\&D;"),
        ("one<br>- two", "one\n\\- two"),
        ("a | b<br>--- | ---", "a | b\n\\--- | ---"),
        ("a | b<br>|---|---|", "a | b\n\\|---|---|"),
        ("Wow!<a href=https://gull.example/>b</a>", "Wow\\![b](https://gull.example/)"),
        ("<ul><li>2. one</ul>", "- 2\\. one"),
        ("<h2>C #</h2>", "## C \\#"),
        ("<h2>One<br>two</h2>", "## One two"),
        ("<pre>```</pre>", "````\n```\n````"),
    ],
)
def test_text_that_looks_like_markup_is_escaped(text: str, markdown: str) -> None:
    assert markdown_of(f"<p>{text}") == markdown


def test_no_blocks_are_no_text() -> None:
    assert join_markdown([], URL) == ""


class Outline:
    """Random lists, quotes and tables as HTML, with the outline that a reader of Markdown should find in them."""

    def __init__(self, seed: int) -> None:
        """Begin a row of chances."""
        self.dice = random.Random(seed)
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"{self.dice.choice(['', '', '- ', '2. ', '# ', '> ', '*', '|', '`'])}w{self.count}"

    def paragraph(self) -> tuple[str, object]:
        word = self.word()
        return f"<p>{word.replace('>', '&gt;')}</p>", word

    def parts(self, depth: int) -> tuple[str, list[object]]:
        choices = [self.paragraph, self.paragraph, self.listed, self.table, self.quote] if depth else [self.paragraph]
        htmls, outline = zip(
            *(self.part(self.dice.choice(choices), depth) for _ in range(self.dice.randint(1, 3))), strict=True
        )
        return "<p>gap</p>".join(htmls), [each for part in outline for each in (part, "gap")][:-1]

    def part(self, make: object, depth: int) -> tuple[str, object]:
        return self.paragraph() if make == self.paragraph else make(depth - 1)  # type: ignore[operator]

    def listed(self, depth: int) -> tuple[str, object]:
        start = self.dice.choice([None, 1, 9, 42])
        htmls, items = zip(*(self.parts(depth) for _ in range(self.dice.randint(2, 3))), strict=True)
        inner = "".join(f"<li><p>first</p>{html}</li>" for html in htmls)
        html = f"<ul>{inner}</ul>" if start is None else f"<ol start={start}>{inner}</ol>"
        return html, ("list", start, [["first", *item] for item in items])

    def quote(self, depth: int) -> tuple[str, object]:
        html, parts = self.parts(depth)
        return f"<blockquote>{html}</blockquote>", ("quote", parts)

    def table(self, depth: int) -> tuple[str, object]:
        rows = [[self.word() for _ in range(2)] for _ in range(2)]
        cells = ["".join(f"<td>{word.replace('>', '&gt;')}</td>" for word in row) for row in rows]
        return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>", ("table", rows)


def outline_of(node: SyntaxTreeNode) -> list[object]:
    """Return what a reader of Markdown finds in it."""
    found: list[object] = []
    for child in node.children:
        if child.type == "paragraph":
            found.append("".join(leaf.content for leaf in child.children[0].children))
        elif child.type in ("bullet_list", "ordered_list"):
            start = child.attrs.get("start", 1) if child.type == "ordered_list" else None
            found.append(("list", start, [outline_of(item) for item in child.children]))
        elif child.type == "blockquote":
            found.append(("quote", outline_of(child)))
        elif child.type == "table":
            rows = [row for part in child.children for row in part.children]
            found.append(("table", [[str(cell.children[0].content) for cell in row.children] for row in rows]))
        else:
            found.append(child.type)
    return found


def without_backslashes(outline: object) -> object:
    """Return an outline whose words are compared as text: cells come as Markdown, escaped still."""
    if isinstance(outline, str):
        return outline.replace("\\", "")
    return [without_backslashes(each) for each in outline] if isinstance(outline, list | tuple) else outline


@pytest.mark.parametrize("seed", range(60))
def test_reader_of_markdown_finds_the_same_lists_quotes_and_tables(seed: int) -> None:
    html, outline = Outline(seed).parts(3)
    markdown = markdown_of(html)
    found = outline_of(SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown)))
    assert without_backslashes(found) == without_backslashes(outline), markdown
