"""Text that has lost its markup: cut, weighed, judged and written like a page."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from newsspider.errors import EmptyPageError
from newsspider.extraction.article import extract_article, extract_text
from newsspider.extraction.flat_text import cut_text, flatten, gather_text_evidence
from newsspider.pages.page import parse_page, parse_text
from tests.crawls import PATIENCE_SECONDS

TITLE = "Eddlesea Council Talks With Gull Island to Bring the Old Ferry Back"
BODY = [
    "Eddlesea, 12 Mar – The harbour council has renewed its talks with Gull Island and with the owners of the yard, "
    "in an attempt to bring back the ferry that has not sailed for nine years, according to two people who have seen "
    "the plans.",
    "On Thursday, one of them told this newspaper: “The council wants a line that runs every day and that nobody can "
    "close with a letter. The talks have gone a long way, and there has been cake.”",
    "The island, the yard and the council all say that the old timetable was “impossible”, but it is likely that each "
    "of them means another part of it.",
    "At the moment nobody knows who would pay for the new engine, which has not been ordered either, but the council "
    "has been moving closer to the yard since its talks with the bus company came to nothing last autumn.",
    "The bus company is also said to be against the ferry, though it has never said so in public.",
    "The yard and the island",
    "The yard helped the island when most had turned away from it after the storm of 2017, and the island has not "
    "forgotten that. The help was timber, and later a crane.",
    "Tom Pascoe, who speaks for the island, said last week that the relationship with the yard was “excellent” and "
    "that nobody could blame the islanders for working with people who owned a crane.",
    "It is believed that both are now as close as they were before the quarrel about the slipway, in which the yard "
    "took the side of the lighthouse, something that the island did not like.",
    "Over the past few months the three have met four times, twice in the chapel and twice in the Pilchard, which has "
    "the better chairs.",
    "Ada Penhallow, who keeps the harbour's books, reported that the talks were “further along than ever”.",
]
ARTICLE = "\n\n".join(BODY)
TEASERS = """Latest news

The Lamp That Would Not Go Out, and Who Pays for It?

On the third day of the storm the keeper of the old lighthouse climbed up with a bucket and a...

Eddlesea: Dear Coal, Cheap Herring

A look at the prices that the traders of the market hall have been asking since the new...

Who Is Morwenna Teasdale, the Diver?

Last week it was announced that the bell of the chapel had been found again at the bottom of...

Brewery Feeds the Town

More than two months have passed since the brewery began to give its spent grain to the...

Must read

Gulls Learn to Ring

Eddlesea Herald, 20 Dec - The gulls of the north quay...

You might also likeRELATED
Recommended to you"""
BREADCRUMB = "Harbour NewsEddlesea Council Talks With Gull Island to..."
FLAT = f"{BREADCRUMB}\n\n{TITLE}\n\n\nEddlesea Herald\n\n{ARTICLE}\n\n{TEASERS}"


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        pytest.param("One\n\ntwo\n \t\nthree", ["One", "two", "three"], id="blank lines"),
        pytest.param("One\n\ntwo\nand a half", ["One", "two and a half"], id="line breaks inside paragraphs"),
        pytest.param("One\ntwo\nthree", ["One", "two", "three"], id="no blank line: a line is a paragraph"),
        pytest.param("One\r\n\r\ntwo\rthree", ["One", "two three"], id="other line ends"),
        pytest.param("\n\n One \n\n\n", ["One"], id="blanks around"),
        pytest.param("1 < 2 & <b>3</b>", ["1 < 2 & <b>3</b>"], id="no markup is read"),
        pytest.param("One\x00\x07 two\ud800\ufffe", ["One two\ufffd"], id="characters that no tree takes"),
        pytest.param("港务局长说。\n\n周一。", ["港务局长说。", "周一。"], id="without spaces"),
        pytest.param(" \n\n\t\n", [], id="nothing"),
        pytest.param("", [], id="empty"),
    ],
)
def test_text_is_cut_at_blank_lines(text: str, blocks: list[str]) -> None:
    assert [block.text for block in cut_text(text).blocks] == blocks


def test_line_that_heads_a_list_of_articles_is_a_heading() -> None:
    blocks = cut_text("One\n\nLatest news\n\nLamp sold\n\nMust read\n\nGulls ring").blocks
    assert [(block.text, block.level, block.scope) for block in blocks] == [
        ("One", 0, -1), ("Latest news", 2, -1), ("Lamp sold", 0, 1), ("Must read", 2, -1), ("Gulls ring", 0, 3),
    ]  # fmt: skip


def test_first_lines_stand_for_the_title() -> None:
    evidence = gather_text_evidence(cut_text(FLAT))
    assert evidence
    assert TITLE in evidence.hints.titles
    likeness = dict(zip((block.text for block in evidence.page.blocks), evidence.column("like_title"), strict=True))
    assert likeness[TITLE] == 1.0


def test_text_without_a_word_has_no_evidence() -> None:
    assert gather_text_evidence(cut_text(" \n ")) is None


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One<div>Two</div>", "One\n\nTwo"),
        ("<p>One <b>and</b> a half<br>two\nthree", "One and a half\n\ntwo\n\nthree"),
        ("<head><title>no</title></head><style>no</style><p>One<script>no</script>", "One"),
        ("<span>One</span><span>two</span>", "Onetwo"),
        ("<table><tr><td>One<td>two</table>", "One\n\ntwo"),
    ],
)
def test_page_is_flattened_as_a_naive_scraper_does(html: str, text: str) -> None:
    assert flatten(parse_page(html.encode()).tree) == text


def test_flattened_page_keeps_its_paragraphs_and_loses_what_stands_above() -> None:
    assert (extract_text(FLAT).body or "").startswith(ARTICLE)


@pytest.mark.xfail(reason="teasers below a text without markup read like its paragraphs to the model of texts")
def test_flattened_page_loses_the_teasers_below() -> None:
    assert extract_text(FLAT).body == ARTICLE


@pytest.mark.parametrize(
    "flat",
    [
        pytest.param(FLAT.replace("\n", "\r\n"), id="other line ends"),
        pytest.param(f"\ufeff\n\n{FLAT}\n\n\n", id="byte order mark"),
        pytest.param(FLAT.replace("\n\n", "\n \n"), id="blank lines with blanks"),
    ],
)
def test_how_the_text_was_saved_makes_no_difference(flat: str) -> None:
    assert extract_text(flat).body == extract_text(FLAT).body


def test_record_of_a_text_is_a_whole_record() -> None:
    record = extract_text(FLAT, "https://herald.example/ferry", "ferry.txt")
    assert (record.url, record.site, record.source) == ("https://herald.example/ferry", "herald.example", "ferry.txt")
    assert record.kind == "article"
    assert record.provenance["body"] == "model"
    assert record.confidence is not None
    assert record.body_markdown
    assert record.word_count


def test_library_function_and_file_give_the_same_record() -> None:
    assert extract_text(FLAT, source="a") == extract_article(parse_text(FLAT.encode(), source="a"))


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_empty_text_is_refused(text: str) -> None:
    with pytest.raises(EmptyPageError):
        extract_text(text)


@pytest.mark.parametrize("text", ["One", "\ud800", "<html>", "港", "a\x00b", "Latest news", "." * 100_000])
def test_any_text_gives_a_record(text: str) -> None:
    assert extract_text(text).kind


@pytest.mark.processes
def test_extract_command_takes_text_files(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.txt").write_text(FLAT, encoding="utf-8")
    (folder / "b.TXT.gz").write_bytes(gzip.compress(FLAT.encode()))
    (folder / "pages").mkdir()
    (folder / "pages" / "c.html").write_text(f"<p>{BODY[0]}</p>", encoding="utf-8")
    (folder / "pages" / "about.txt").write_text("A note beside a page, which is none.", encoding="utf-8")
    command: list[str | Path] = [Path(sys.executable).with_name("newsspider"), "extract", folder, "--workers", "0"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_SECONDS)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(record["source"]).name for record in records] == ["a.txt", "b.TXT.gz", "c.html"]
    assert [record["body"] for record in records] == [extract_text(FLAT).body] * 2 + [BODY[0]]
