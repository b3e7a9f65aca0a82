"""Layout tables and data tables."""

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.markdown.document import join_markdown
from newsspider.pages.page import parse_page

SENTENCE = (
    "The harbour board will lend the ferry company two pilots until the new ones have learnt the channel by heart."
)
OTHER = (
    "Fares stay as they are, said the chair, although the price of fuel has risen by a third since the line was closed."
)
MENU = "<a href=/a>Harbour</a><br><a href=/b>Town hall</a>"


def kinds_of(html: str) -> list[str]:
    return [block.kind for block in cut_page(parse_page(f"<html><body>{html}".encode()).tree).blocks]


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>", id="its role says so"),
        pytest.param("<table role=NONE><tr><th>a<td>b</table>", id="role none"),
        pytest.param("<table datatable=0><tr><td>a<td>b<tr><td>c<td>d</table>", id="old attribute"),
        pytest.param("<table><tr><td>a</table>", id="one cell"),
        pytest.param("<table><tr><th>a</table>", id="one header cell"),
        pytest.param(f"<table><tr><td>{SENTENCE}<tr><td>{OTHER}</table>", id="a paragraph per row"),
        pytest.param(f"<table><tr><td>&nbsp;<td>{SENTENCE}<tr><td><td>{OTHER}</table>", id="empty cells at the side"),
        pytest.param(f"<table><tr><td><img src=a.jpg><td>{SENTENCE}</table>", id="photo beside text"),
        pytest.param(f"<table><tr><td>{MENU}<td><p>{SENTENCE}<p>{OTHER}</table>", id="menu and unclosed paragraphs"),
        pytest.param(f"<table><tr><td>{MENU}<td>{SENTENCE}<br><br>{OTHER}</table>", id="menu and line breaks"),
        pytest.param(
            "<table><tr><td><a href=/>首页</a><td><p>渡轮重新起航。<p>船票不涨价。</table>", id="short paragraphs"
        ),
        pytest.param(f"<table><tr><td>{MENU}<td><h1>Pilots lent</h1>{SENTENCE}</table>", id="headline"),
        pytest.param(f"<table><tr><td>{MENU}<td><article>{SENTENCE}</article></table>", id="article"),
        pytest.param(
            f"<table><tr><td>{MENU}<td>Monday<tr><td>{MENU}<td><p>{SENTENCE}<p>{OTHER}</table>", id="text in a grid"
        ),
        pytest.param("<table><tr><td>a<td><table><tr><td>b</table></table>", id="table in a table"),
        pytest.param("<table><tr><td>a<td><script>f()</script><!-- c --></table>", id="script and comment in a cell"),
    ],
)
def test_cells_of_a_layout_table_are_text(html: str) -> None:
    assert "cell" not in kinds_of(html)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<table><tr><td>a<td>b</table>", id="two values"),
        pytest.param("<table><tr><td>low<td>3.10<tr><td>high<td>9.20</table>", id="rows of values"),
        pytest.param("<table><tr><th>Tide<tr><td>3.10</table>", id="header over a column"),
        pytest.param("<table><caption>Tides</caption><tr><td>3.10</table>", id="caption"),
        pytest.param("<table><thead><tr><td>Tide</thead><tr><td>3.10</table>", id="head"),
        pytest.param("<table role=table><tr><td>3.10</table>", id="its role says so"),
        pytest.param(
            f"<table><tr><td>1998<td><p>{SENTENCE}<tr><td>2004<td><p>{OTHER}</table>", id="sentences as values"
        ),
        pytest.param(
            f"<table><tr><th>Year<th>Event<tr><td>1998<td><p>{SENTENCE}<p>{OTHER}</table>",
            id="paragraphs below headers",
        ),
        pytest.param(
            "".join(f"<tr><td>{year}<td><p>{SENTENCE}<p>{OTHER}" for year in (1998, 2004, 2009)).join(
                ("<table>", "</table>")
            ),
            id="paragraphs in every row",
        ),
        pytest.param(
            "<table><tr><td>Monday<td><a href=/a>Hull</a><tr><td>Friday<td><a href=/b>Ymuiden</a></table>", id="links"
        ),
    ],
)
def test_cells_of_a_data_table_are_values(html: str) -> None:
    assert set(kinds_of(html)) - {"caption"} == {"cell"}


def test_layout_table_has_headings_lists_and_quotes() -> None:
    html = f"<table><tr><td>{MENU}<td><h1>A</h1><p>b<h2>C</h2><ul><li>d</ul><blockquote><p>e</blockquote></table>"
    assert kinds_of(html)[1:] == ["heading", "paragraph", "heading", "item", "quote"]


def test_data_table_stays_one_inside_a_layout_table() -> None:
    html = "<table><tr><td><p>One</p><table><tr><th>Tide<th>Hour<tr><td>low<td>3.10</table></table>"
    assert kinds_of(html) == ["paragraph", "cell", "cell", "cell", "cell"]


def test_layout_table_in_an_unclosed_heading_is_no_heading() -> None:
    assert kinds_of("<h2>One<table><tr><td>two</table>") == ["heading", "paragraph"]


def test_layout_table_is_no_table_in_markdown() -> None:
    page = parse_page(f"<html><body><table><tr><td>{MENU}<td><h2>Pilots</h2><p>{SENTENCE}<p>{OTHER}</table>".encode())
    blocks = cut_page(page.tree).blocks[1:]
    assert join_markdown(blocks, None) == f"## Pilots\n\n{SENTENCE}\n\n{OTHER}"
