"""Records as notebooks show them: nothing of the page is markup."""

import pytest
from lxml import html

from newsspider.record import ArticleRecord

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)> \" ' & \u202e"


def test_nothing_of_a_page_is_markup() -> None:
    record = ArticleRecord(
        url='https://herald.example/a?x="><script>',
        title=EVIL,
        authors=(EVIL,),
        publisher=EVIL,
        published=EVIL,
        kind="index",
        reason=EVIL,
        body=f"{EVIL}\n\n{EVIL}",
    )
    card = html.fromstring(record._repr_html_())
    assert {element.tag for element in card.iter()} <= {"article", "strong", "br", "small", "em", "p", "a"}
    assert {name for element in card.iter() for name in element.attrib} <= {"href", "rel"}
    assert "<script>alert(1)</script>" in card.text_content()
    assert "\u202e" not in card.text_content()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/hostname", None])
def test_only_web_addresses_are_links(url: str | None) -> None:
    assert "<a " not in ArticleRecord(url=url, title="Ferry")._repr_html_()


def test_card_shows_the_beginning_of_the_text() -> None:
    body = "\n\n".join(f"Paragraph {number}." for number in range(9))
    card = html.fromstring(ArticleRecord(title="Ferry", body=body, published="2026-03-24")._repr_html_())
    assert card.xpath("//p/text()") == ["Paragraph 0.", "Paragraph 1.", "Paragraph 2.", "… (6 more paragraphs)"]
    assert "2026-03-24" in card.text_content()
