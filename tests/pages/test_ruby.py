"""Ruby annotations are not glued to their words."""

import pytest

from newsspider import extract
from newsspider.pages.page import parse_page


def text_of(markup: str) -> str:
    return str(parse_page(markup, "https://herald.example/ferry").tree.text_content())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p><ruby>港<rt>みなと</rt></ruby>に<ruby>船<rt>ふね</rt></ruby>が", "港に船が"),
        ("<p><ruby>港<rt>みなと</ruby>へ", "港へ"),  # the ends of tags may be left out
        ("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>へ", "港(みなと)へ"),
        ("<p><ruby>港<rp>(<rt>みなと<rp>)</ruby>へ", "港(みなと)へ"),
        ("<p><RUBY>港<RT>みなと</RT></RUBY>へ", "港へ"),
        ("<p><ruby><rb>港</rb><rtc><rt>みなと</rt></rtc></ruby>へ", "港へ"),
        ("<p><ruby>港<rt><span>みな</span>と</rt></ruby>へ", "港へ"),
        ("<p>港<rt>みなと</rt>", "港みなと"),  # around no word
        ("<p>no ruby", "no ruby"),
    ],
)
def test_readings_without_brackets_are_removed(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_annotation_that_never_ends_takes_nothing_with_it() -> None:
    assert text_of("<div><ruby>港<rt>みなと<div>船が出る</div><div>雨が降る</div>") == "港みなと船が出る雨が降る"


def test_deeply_nested_annotations_are_read_in_a_moment() -> None:
    assert text_of("<ruby>港<rt>" * 3_000 + "みなと" * 20_000).startswith("港港")


def test_title_and_body_have_each_word_once() -> None:
    line = "<ruby>船<rt>ふね</rt></ruby>は毎日二回、<ruby>港<rt>みなと</rt></ruby>を出ます。"
    paragraphs = "".join(f"<p>{day}、{line * 3}</p>" for day in "月火水木")
    markup = f"<title>船が港に</title><h1><ruby>船<rt>ふね</rt></ruby>が港に</h1>{paragraphs}"
    record = extract(markup, url="https://herald.example/ferry")
    assert record.title == "船が港に"
    assert record.body == "\n\n".join(f"{day}、{'船は毎日二回、港を出ます。' * 3}" for day in "月火水木")
