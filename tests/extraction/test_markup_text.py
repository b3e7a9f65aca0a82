"""Strings that may hold markup become paragraphs."""

import pytest

from newsspider.extraction.markup_text import read_markup


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One", "One"),
        ("One\ntwo\n\nthree", "One\n\ntwo\n\nthree"),
        ("<p>One <b>and a half</b></p><p>two</p>", "One and a half\n\ntwo"),
        ("<h2>One</h2>two<br>three", "One\n\ntwo\n\nthree"),
        ("<ul><li>One</li><li>two</li></ul>", "One\n\ntwo"),
        ("<p>Fish &amp; chips</p>", "Fish & chips"),
        ("Fish &amp; chips&nbsp;twice", "Fish & chips twice"),
        ("One <a href='/a'>two</a> <em>three</em>", "One two three"),
        ("<p>One</p><figure><img src=a><figcaption>A pier</figcaption></figure><p>two</p>", "One\n\ntwo"),
        ("One<script>go()</script><p>two</p>", "One\n\ntwo"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("R&D and <unknown> names", "R&D and <unknown> names"),
        ("", ""),
    ],
)
def test_markup_in_a_string_becomes_paragraphs(text: str, paragraphs: str) -> None:
    assert read_markup(text) == paragraphs
