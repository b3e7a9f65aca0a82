"""The quotation marks of <q>."""

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.markdown.document import join_markdown
from newsspider.pages.page import parse_page


def texts_of(html: str) -> list[str]:
    return [block.text for block in cut_page(parse_page(html.encode()).tree).blocks]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>She said <q>we sail</q> twice.", "She said “we sail” twice.", id="in a line"),
        pytest.param("<p><q>We sail</q>", "“We sail”", id="alone"),
        pytest.param("<p><q>He said <q>no</q> and left</q>.", "“He said ‘no’ and left”.", id="inside another"),
        pytest.param("<p><q>a <q>b <q>c</q></q></q>", "“a ‘b “c”’”", id="three deep"),
        pytest.param("<p><q>We <b>sail</b></q>", "“We sail”", id="around bold text"),
        pytest.param("<p>One<br><br><q>two</q>", "One|“two”", id="after line breaks"),
        pytest.param("<p>One <q></q> two", "One two", id="empty"),
        pytest.param("<p><q>“We sail”</q>", "“We sail”", id="marks typed inside"),
        pytest.param("<p>„<q>Leinen los</q>“", "„Leinen los“", id="marks typed outside"),
        pytest.param("<q><p>One<p>two</q>", "One|two", id="around paragraphs"),
        pytest.param("<p lang=de>Er rief <q>ja <q>so</q></q>", "Er rief „ja ‚so‘“", id="German"),
        pytest.param("<p lang=de-AT><q>ja</q>", "„ja“", id="with a region"),
        pytest.param("<p lang=pt-PT><q>sim</q> <b lang=pt-BR><q>sim</q></b>", "«sim» “sim”", id="marks of a region"),
        pytest.param("<p lang=ja><q>はい</q>", "「はい」", id="Japanese"),
        pytest.param("<p lang=tlh><q>nuqneH</q>", "“nuqneH”", id="other language"),
        pytest.param("<p lang=pl>Napis <q lang=en>open</q>", "Napis „open”", id="marks are the line's"),
    ],
)
def test_quotation_brings_its_marks(html: str, text: str) -> None:
    assert "|".join(texts_of(html)) == text


def test_marks_are_in_the_markdown() -> None:
    page = parse_page(b"<p>She said <a href=/a><q>we sail</q></a> twice.")
    (block,) = cut_page(page.tree).blocks
    assert join_markdown([block], "http://a.example/") == "She said [“we sail”](http://a.example/a) twice."
