"""TEI documents: valid, and with the whole text of every block."""

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from newsspider.extraction.article import extract_article
from newsspider.outputs.tei import render_tei
from newsspider.pages.page import parse_page
from newsspider.record import ArticleRecord
from tests.outputs.tei_schema import faults_of

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
PAGES = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "pages").iterdir())
RECORD = ArticleRecord(
    url="https://herald.example/ferry",
    site="herald.example",
    title='Ferry: "back" #1',
    authors=("Ann Lee, Jr.", "Bo Ek"),
    section="Harbour",
    tags=("harbour: old", "yes"),
    published="2026-03-24T09:30:00+01:00",
    language="en-GB",
    publisher="The Herald",
)


def read_tei(record: ArticleRecord) -> etree._Element:
    """Return the document, which is valid."""
    root = etree.fromstring(render_tei(record).encode())
    assert faults_of(root) == []
    return root


def find(root: etree._Element, path: str) -> Any:
    return root.xpath(path, namespaces=TEI)


def body_of(markdown: str) -> str:
    """Return what the article's division holds, without namespace and indentation."""
    division = find(read_tei(ArticleRecord(body_markdown=markdown)), "t:text/t:body/t:div")[0]
    text = etree.tostring(division, encoding="unicode").replace(f' xmlns="{TEI["t"]}"', "")
    return "".join(line.strip(" ") for line in text.strip().removeprefix("<div>").removesuffix("</div>").split("\n"))


def test_header_says_where_the_text_is_from() -> None:
    root = read_tei(RECORD)
    assert find(root, "string(t:teiHeader/t:fileDesc/t:titleStmt/t:title)") == RECORD.title
    assert find(root, "t:teiHeader//t:titleStmt/t:author/text()") == list(RECORD.authors)
    assert find(root, "t:teiHeader//t:bibl/t:date/@when") == [RECORD.published]
    assert find(root, "t:teiHeader//t:bibl/t:publisher/text()") == [RECORD.publisher]
    assert find(root, "t:teiHeader//t:bibl/t:ptr/@target") == [RECORD.url]
    assert find(root, "t:teiHeader//t:term/text()") == [RECORD.section, *RECORD.tags]
    assert find(root, "@xml:lang") == ["en-GB"]
    assert find(root, "string(t:text/t:body/t:div/t:head)") == RECORD.title


def test_empty_record_is_a_valid_document() -> None:
    assert find(read_tei(ArticleRecord()), "string(t:teiHeader//t:titleStmt/t:title)") == "untitled"


@pytest.mark.parametrize(
    ("published", "attribute"),
    [
        ("2026-03-24", "when"),
        ("2026-03-24T09:30:00", "when"),
        ("2026-03-24T09:30:00.250Z", "when"),
        ("2026-03-24T09:30", "when-iso"),
        ("2026-03-24T09:30+01:00", "when-iso"),
    ],
)
def test_time_without_seconds_is_an_iso_date(published: str, attribute: str) -> None:
    (date,) = find(read_tei(ArticleRecord(published=published)), "//t:bibl/t:date")
    assert dict(date.attrib) == {attribute: published}
    assert date.text == published


@pytest.mark.parametrize(
    ("markdown", "body"),
    [
        ("One.\n\nTwo.", "<p>One.</p><p>Two.</p>"),
        ("Line one\nline two", "<p>Line one<lb/>line two</p>"),
        (
            r"It [sails \*now\*](https://herald.example/s?a=1&b=2), \[sic\].",
            '<p>It <ref target="https://herald.example/s?a=1&amp;b=2">sails *now*</ref>, [sic].</p>',
        ),
        (
            "[One](https://a.example/)[two](https://b.example/)",
            '<p><ref target="https://a.example/">One</ref><ref target="https://b.example/">two</ref></p>',
        ),
        ("[bad](javascript:x)", "<p>[bad](javascript:x)</p>"),
        (r"1 \< 2 \&amp; \<b>", "<p>1 &lt; 2 &amp;amp; &lt;b&gt;</p>"),
        ("- At six\n- At ten", '<list rend="bulleted"><item>At six</item><item>At ten</item></list>'),
        ("3. C\n4. D", '<list rend="numbered"><item n="3">C</item><item n="4">D</item></list>'),
        (
            "- A\n  1. B\n\n     C\n- D",
            '<list rend="bulleted"><item>A<list rend="numbered"><item n="1"><p>B</p><p>C</p></item></list></item>'
            "<item>D</item></list>",
        ),
        ("> Early.\n>\n> Late.", "<quote><p>Early.</p><p>Late.</p></quote>"),
        (
            "> ## When\n>\n> - Now\n>   > Then",
            '<quote><p rend="heading">When</p><list rend="bulleted"><item>Now<quote><p>Then</p></quote></item></list>'
            "</quote>",
        ),
        (
            "| A | [B](https://b.example/) |\n| --- | --- |\n| 1 \\| 2 | 3<br>\\<br> |\n| 4 |  |",
            '<table><row role="label"><cell>A</cell><cell><ref target="https://b.example/">B</ref></cell></row>'
            "<row><cell>1 | 2</cell><cell>3<lb/>&lt;br&gt;</cell></row><row><cell>4</cell><cell/></row></table>",
        ),
        (
            "![A ferry](https://herald.example/f.jpg)",
            '<p><graphic url="https://herald.example/f.jpg"><desc>A ferry</desc></graphic></p>',
        ),
        ("![](https://herald.example/f.jpg)", '<p><graphic url="https://herald.example/f.jpg"/></p>'),
        ("*A* **b** `c*`", '<p><hi rend="italic">A</hi> <hi rend="bold">b</hi> <hi rend="code">c*</hi></p>'),
        ("One\n\n---\n\nTwo", '<p>One</p><milestone unit="section" rend="rule"/><p>Two</p>'),
        ("## When", "<div><head>When</head></div>"),
        (
            "Lead.\n\n## A\n\na\n\n#### B\n\nb\n\n### C\n\nc\n\n## D\n\nd",
            "<p>Lead.</p><div><head>A</head><p>a</p><div><head>B</head><p>b</p></div><div><head>C</head><p>c</p></div>"
            "</div><div><head>D</head><p>d</p></div>",
        ),
        ("# A\n\na\n\n# B\n\nb", "<div><head>A</head><p>a</p></div><div><head>B</head><p>b</p></div>"),
    ],
)  # fmt: skip
def test_each_block_has_its_element(markdown: str, body: str) -> None:
    assert body_of(markdown) == body


def test_text_without_markdown_is_paragraphs() -> None:
    record = ArticleRecord(body="# It *sails*.\n\n1. One\ntwo <b>")
    assert find(read_tei(record), "//t:body//t:p[1]/text()") == ["# It *sails*."]
    assert find(read_tei(record), "//t:body//t:p[2]/text()") == ["1. One", "two <b>"]


@pytest.mark.parametrize("indent", ["", "> "], ids=["alone", "in a quotation"])
def test_code_that_shows_a_fence_is_one_block(indent: str) -> None:
    code = "one\n```\n\n## two\n\n  [x](javascript:1)"
    fenced = "\n".join(f"{indent}{line}".rstrip() for line in f"````\n{code}\n````".split("\n"))
    root = read_tei(ArticleRecord(body_markdown=f"Before.\n\n{fenced}\n\nAfter."))
    assert find(root, "//t:ab[@type='code']/text()") == [code]
    assert find(root, "//t:body//t:p/text()") == ["Before.", "After."]
    assert not find(root, "//t:ref")


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_document_of_every_fixture_is_valid_and_has_the_whole_text(page: Path) -> None:
    record = extract_article(parse_page((page / "page.html").read_bytes(), "https://herald.example/a"))
    text = "".join(find(read_tei(record), "//t:body")[0].itertext())
    assert "".join(text.split()) == "".join(f"{record.title or ''}{record.body or ''}".split())


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x0b",
        "\ud800",
        "<&>]]>",
        "\ufffe",
        "[](",
        "\\",
        "[a](b c)",
        "[" * 2000,
        "- \n-",
        "\n\n" + "> " * 60 + "deep",
        "> " * 5000,
        "```\n" * 500,
        "\n\n| a |\n| --- |",
        "[x](https://\x01\ud800.example/)",
    ],
)
def test_document_is_valid_whatever_the_text(text: str) -> None:
    record = ArticleRecord(title=text, body=text, body_markdown=f"a {text}", authors=(text,), tags=(text,))
    assert find(read_tei(record), "string(//t:body/t:div/t:*[not(self::t:head)][1])").strip().startswith("a")
