"""JavaScript literals: wider than JSON, never run."""

import time
from typing import Any

import pytest

from newsspider.extraction.page_state.js_literals import MAX_LEVELS, LiteralError, read_literal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", {}),
        ("[1,'a',\"b\"]", ["1", "a", "b"]),
        ("{a:'b','c':\"d\",3:[]}", {"a": "b", "c": "d", "3": []}),
        ("{a:{b:[{c:'d'}]}}", {"a": {"b": [{"c": "d"}]}}),
        ("[true,false,null,undefined,NaN,void 0,!0,!1]", [True, False, None, None, None, None, True, False]),
        ("{a:'b',}", {"a": "b"}),
        ("{ /* one */ a : 'b' // two\n }", {"a": "b"}),
        (r"['it\'s', 'A\u002FB\x41', '\u{1F6A2}', '\ud83d\udea2', 'a\nb']", ["it's", "A/BA", "🚢", "🚢", "a\nb"]),
        ("[`a\nb`]", ["a\nb"]),
        ("{a:new Date('2026-01-02'),b:Object.freeze({c:'d'})}", {"a": "2026-01-02", "b": {"c": "d"}}),
        ("[JSON.parse('{\"a\":[1]}')]", [{"a": [1]}]),
        ("[-1.5e3,.5,0x1F]", ["-1.5e3", ".5", "0x1F"]),
        ("({a:'b'})", {"a": "b"}),
        ("(function(a,b){return {x:a,y:[b,a]}}('One',null))", {"x": "One", "y": [None, "One"]}),
        ("(function(a){return {a}})('One')", {"a": "One"}),
        ("(function(a,b){a.x=b;a[\"y\"]='Two';return {z:[a]};}({},'One'))", {"z": [{"x": "One", "y": "Two"}]}),
        ("(function(a){a[0]='One';a[1]='Two';return a}([]))", ["One", "Two"]),
    ],
)
def test_literal_is_read(text: str, value: Any) -> None:
    assert read_literal(f"x={text};y", 2) == (value, len(text) + 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{a:",
        "{a 'b'}",
        "[1 2]",
        "'open",
        "`${a}`",
        "{a:function(){}}",
        "(function(){go();return 1}())",
        "(function(){return (function(){return 1}())}())",
        "[" * (MAX_LEVELS + 2),
        "*",
    ],
)
def test_code_is_not_read(text: str) -> None:
    with pytest.raises(LiteralError):
        read_literal(text, 0)


@pytest.mark.parametrize(
    "text", ["[" + "'a'," * 100_000, "{" + "a:1," * 100_000, "'" + "\\'" * 200_000, "[" + "/*" * 200_000]
)
def test_long_text_that_is_no_literal_takes_no_longer_than_it_is_long(text: str) -> None:
    start = time.process_time()
    with pytest.raises(LiteralError):
        read_literal(text, 0)
    assert time.process_time() - start < 3
