"""Cutting: which runs of text are blocks, in which order, and what each block knows."""

from pathlib import Path

import pytest
from lxml import etree

from newsspider.extraction.cutting.blocks import BREAK, Block, CutPage
from newsspider.extraction.cutting.cutter import LINE_CHARS, cut_page
from newsspider.pages.page import parse_page

FIXTURES = sorted((Path(__file__).parents[3] / "fixtures" / "pages").iterdir())
LINE = "The ferry sails again from the old harbour, said the harbour master, who had waited nine years for it. "
assert len(LINE) > LINE_CHARS


def cut(html: str) -> CutPage:
    return cut_page(parse_page(f"<html><body>{html}</body></html>".encode()).tree)


def blocks_of(html: str) -> list[Block]:
    return cut(html).blocks


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        pytest.param("<p>One<p>Two", ["One", "Two"], id="paragraphs"),
        pytest.param("<h1>One</h1><h2>Two</h2>Three", ["One", "Two", "Three"], id="headings"),
        pytest.param("<ul><li>One<li>Two<ul><li>Three</ul></ul>", ["One", "Two", "Three"], id="nested list"),
        pytest.param("<blockquote>One<p>Two</p>Three</blockquote>", ["One", "Two", "Three"], id="quote"),
        pytest.param("<table><tr><th>One<td>Two<tr><td>Three</table>", ["One", "Two", "Three"], id="table"),
        pytest.param("<table><caption>One</caption><tr><td><p>Two</table>", ["One", "Two"], id="table caption"),
        pytest.param("<pre>One\n  two\n\nthree</pre>", ["One\n  two\n\nthree"], id="preformatted text stays as it is"),
        pytest.param("<div>One<br><br>Two<br>\n<br/>Three</div>", ["One", "Two", "Three"], id="double line breaks"),
        pytest.param("<div>Main Street 1<br>Eddlesea</div>", ["Main Street 1\nEddlesea"], id="break in short lines"),
        pytest.param(f"<div>{LINE}<br>{LINE}</div>", [LINE.strip()] * 2, id="break after a long line"),
        pytest.param("One <div>two</div> three", ["One", "two", "three"], id="text around a block"),
        pytest.param("One <!-- no -->two<?no?> three", ["One two three"], id="comments and instructions"),
        pytest.param("One<b> <i>two</i></b> <a href=/>three</a>", ["One two three"], id="inline elements"),
        pytest.param("<p>One<script>no()</script> two<style>no</style>", ["One two"], id="scripts and styles"),
        pytest.param("<noscript>no</noscript><textarea>no</textarea><p>One", ["One"], id="what is never text"),
        pytest.param(
            "<my-story><my-line>One</my-line><my-line>two</my-line></my-story>", ["One", "two"], id="custom elements"
        ),
        pytest.param("<details><summary>One</summary>two<p>three</details>", ["One", "two", "three"], id="details"),
        pytest.param("<dl><dt>One<dd>two<dd>three</dl>", ["One", "two", "three"], id="definition list"),
        pytest.param("<figure><img src=x><figcaption>One</figcaption></figure>", ["One"], id="figure"),
        pytest.param("<p> \n\t\u00a0 <p>One\u00a0 \n two", ["One two"], id="white space"),
        pytest.param("<p>港务局长<b>说</b>。<p>周一", ["港务局长说。", "周一"], id="text without spaces"),
        pytest.param("<p></p><br><br><hr>", [], id="nothing"),
        pytest.param("<p>Har&shy;bour mas\u200bter&#8203;", ["Harbour master"], id="soft hyphens, zero-width spaces"),
        pytest.param("<p>\u200b<p>One", ["One"], id="paragraph of a zero-width space"),
    ],
)
def test_blocks_come_in_document_order(html: str, texts: list[str]) -> None:
    blocks = blocks_of(html)
    assert [block.text for block in blocks] == texts
    assert [block.number for block in blocks] == list(range(len(texts)))


@pytest.mark.parametrize(
    ("html", "kinds"),
    [
        pytest.param("<p>One<div>two", ["paragraph", "paragraph"], id="paragraph"),
        pytest.param("<h3>One <a href=/>two</a></h3>", ["heading"], id="heading with a link"),
        pytest.param("<ul><li><p>One</ul><dl><dt>two<dd>three</dl>", ["item"] * 3, id="items"),
        pytest.param("<blockquote><p>One</blockquote>", ["quote"], id="quote"),
        pytest.param("<table><tr><th>One<td><div>two</table>", ["cell", "cell"], id="cells"),
        pytest.param("<pre><code>One</code></pre>", ["preformatted"], id="preformatted"),
        pytest.param("<figure><figcaption>One</figcaption></figure>", ["caption"], id="caption"),
        pytest.param("<details><summary>One</summary>two</details>", ["heading", "paragraph"], id="summary"),
        pytest.param("<address>One</address>", ["address"], id="address"),
        pytest.param("<blockquote class='twitter-tweet'><p>One</p>— Ann</blockquote>", ["embed"] * 2, id="tweet"),
        pytest.param("<blockquote class='x instagram-media'><h2>One", ["embed"], id="heading inside a post"),
        pytest.param("<div class='twitter-tweet'>One</div>", ["paragraph"], id="a post is a blockquote"),
    ],
)
def test_kind_is_the_nearest_elements(html: str, kinds: list[str]) -> None:
    assert [block.kind for block in blocks_of(html)] == kinds


@pytest.mark.parametrize(
    ("html", "chars"),
    [
        pytest.param("<p>One", [0], id="no link"),
        pytest.param("<p>One <a href=/a>two</a>", [3], id="one link"),
        pytest.param("<p><a href=/a>One <b>two</b></a> <a href=/b>three</a>", [12], id="two links"),
        pytest.param("<a href=/a><p>One</p></a>", [3], id="link around the block"),
        pytest.param("<p><a>One</a>", [3], id="anchor without an address"),
        pytest.param("<p><a href=/a>One</a></p><p>two</p>", [3, 0], id="links end with their block"),
        pytest.param("<a href=/a><h3>One</h3><p>two</p></a>", [3, 3], id="link around several blocks"),
    ],
)
def test_link_characters_are_counted(html: str, chars: list[int]) -> None:
    assert [block.link_chars for block in blocks_of(html)] == chars


def test_bold_characters_are_counted() -> None:
    (block,) = blocks_of("<p><strong>One</strong> and <b>two</b>")
    assert block.bold_chars == 6


def test_scope_is_the_heading_over_a_block() -> None:
    blocks = blocks_of("<p>a<h1>B</h1><p>c<h2>D</h2><p>e<h3>F</h3><p>g<h2>H</h2><p>i<h4>J</h4><p>k")
    over = {block.text: "" if block.scope < 0 else blocks[block.scope].text for block in blocks}
    assert over == {
        "a": "", "B": "", "c": "B", "D": "B", "e": "D", "F": "D", "g": "F", "H": "B", "i": "H", "J": "H", "k": "J",
    }  # fmt: skip


def test_level_is_a_headings_own() -> None:
    assert [block.level for block in blocks_of("<h1>A</h1><h4><span>B</span></h4><p>c")] == [1, 4, 0]


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        pytest.param("<p>One", {"One": False}, id="seen"),
        pytest.param("<p hidden>One<p>two", {"One": True, "two": False}, id="attribute"),
        pytest.param("<div hidden><div><p>One</div></div>two", {"One": True, "two": False}, id="inside what is hidden"),
        pytest.param("<p style='color:red; display: none'>One", {"One": True}, id="style"),
        pytest.param("<p style='DISPLAY:NONE'>One", {"One": True}, id="style in capitals"),
        pytest.param("<p style='background: none; display: block'>One", {"One": False}, id="other styles"),
        pytest.param("<p hidden=until-found>One", {"One": False}, id="hidden until found"),
        pytest.param("<div hidden id='S:1'><p>One</div>", {"One": False}, id="streamed by React"),
        pytest.param("<p>One <span hidden>two</span> three", {"One three": False, "two": True}, id="inside a line"),
        pytest.param(
            "<p>See <a href=/a>the pier<span style='display:none'>Tip: built in 1911</span></a> now",
            {"See the pier now": False, "Tip: built in 1911": True},
            id="hover text inside a link",
        ),
        pytest.param("<p><span hidden>One</span></p><p>two", {"One": True, "two": False}, id="line with nothing else"),
    ],
)
def test_hidden_text_is_a_block_of_its_own(html: str, hidden: dict[str, bool]) -> None:
    assert {block.text: block.hidden for block in blocks_of(html)} == hidden


def test_images_are_noted_before_the_block_they_precede() -> None:
    assert cut("<p>One<p><img src=a>two<p>three<figure><video></video></figure>").images == [1, 3, 3]


def test_element_is_the_block_level_one() -> None:
    (block,) = blocks_of("<div><section><b><i>One</i></b></section></div>")
    assert block.element.tag == "section"


def test_element_knows_the_range_of_its_blocks() -> None:
    nodes = cut("<p>One<div id=x><p>two<p>three</div><p>four").nodes
    place = nodes.key.index("id=x")
    assert (nodes.tag[place], nodes.first[place], nodes.end[place]) == ("div", 1, 3)


def test_parents_come_before_their_children() -> None:
    nodes = cut("<div><p>One <b>two</b></p><ul><li>three</ul></div>").nodes
    assert all(parent < number for number, parent in enumerate(nodes.parent))
    assert all(
        nodes.depth[parent] + 1 == depth for parent, depth in zip(nodes.parent, nodes.depth, strict=True) if depth
    )


@pytest.mark.parametrize(
    ("html", "key"),
    [
        ("<p class='lead big'>One", "lead big"),
        ("<p id=a role=note>One", "id=a role=note"),
        ("<p data-type=teaser>One", "data-type=teaser"),
        (f"<p data-settings='{'x' * 60}'>One", ""),
        ("<p title=x lang=en>One", ""),
    ],
)
def test_key_holds_the_attributes_that_name_a_role(html: str, key: str) -> None:
    page = cut(html)
    assert page.nodes.key[page.blocks[0].owner] == key


def test_2000_nested_elements_are_cut() -> None:
    blocks = blocks_of("<div>" * 2_000 + "<p>One" + "</div>" * 2_000 + "<p>two")
    assert [block.text for block in blocks] == ["One", "two"]


def test_2000_nested_inline_elements_are_one_block() -> None:
    (block,) = blocks_of("<p>" + "<span>a " * 2_000)
    assert block.text == " ".join("a" * 2_000)


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_tree_is_read_and_not_changed(folder: Path) -> None:
    tree = parse_page((folder / "page.html").read_bytes()).tree
    before = etree.tostring(tree)
    first, second = cut_page(tree), cut_page(tree)
    assert etree.tostring(tree) == before
    assert first == second


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda folder: folder.name)
def test_pieces_of_the_blocks_are_their_words(folder: Path) -> None:
    for block in cut_page(parse_page((folder / "page.html").read_bytes()).tree).blocks:
        if "\n" not in block.text:  # a line break is an element, no piece of text
            assert "".join(piece.text for piece in block.pieces if piece.text != BREAK).split() == block.text.split()
