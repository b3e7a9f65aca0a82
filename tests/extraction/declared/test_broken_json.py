"""Broken JSON: what can be mended, what is left out, and what it costs."""

import time
from typing import Any

import pytest

from newsspider.extraction.declared.broken_json import MAX_MENDED_CHARS, read_broken_json
from newsspider.extraction.declared.json_ld import decode_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "b", // written by a plug-in\n "c": 1}', {"a": "b", "c": 1}),
        ('{"a": "https://herald.example/x" /* own */, "c": 1}', {"a": "https://herald.example/x", "c": 1}),
        ('{"a": "the "old" ferry", "c": 1}', {"a": 'the "old" ferry', "c": 1}),
        ('{"a": "he said "no", and left"}', {"a": 'he said "no", and left'}),
        ('{"a": ""Never" is long"}', {"a": '"Never" is long'}),
        ('{"a": ["the "old" ferry", "quay"]}', {"a": ['the "old" ferry', "quay"]}),
        ('{"a": "<a href="/x">x</a>"}', {"a": '<a href="/x">x</a>'}),
        ('{"a": {"b": 1}', {"a": {"b": 1}}),
        ('{"a": {"b": [1}, "c": 2}', {"a": {"b": [1]}, "c": 2}),
        ('{"a": "b"\n "cc": 1}', {"a": "b", "cc": 1}),
        ('{"a": undefined, "c": NaN}', {"a": None, "c": None}),
        ('{"a": 1, "cut": "The fer', {"a": 1, "cut": None}),
        ('{"a": 1, "cu', {"a": 1}),
        ('{"a": 1}}]', {"a": 1}),
    ],
)
def test_object_is_read_as_far_as_it_goes(text: str, value: dict[str, Any]) -> None:
    assert decode_json(text) == value


def test_values_one_after_another_are_all_read() -> None:
    assert decode_json('{"a": 1}\n{"b": 2},[3]') == [{"a": 1}, {"b": 2}, [3]]


def test_string_whose_end_nobody_knows_is_no_value() -> None:
    assert decode_json('{"a": 1, "headline": "Ferry, "author": "Ann"}') == {"a": 1, "headline": None}


@pytest.mark.parametrize("text", ["", "Ferry back", "{{ article.json }}", "{'a': 'b'}", '"', "[" * 1000])
def test_what_is_no_json_gives_nothing(text: str) -> None:
    assert not decode_json(text)


@pytest.mark.parametrize(
    "part",
    ['{"a":"', '"x ', '" ', "{", '{"a":', "/*", '", "x ', '"\n', "{<!-", '{"a":"' + " " * 70 + '"', "[1,", '"\\"'],
)
def test_time_grows_with_the_length_only(part: str) -> None:
    text = '{"a":"' + part * (MAX_MENDED_CHARS // len(part) - 8)
    started = time.process_time()
    read_broken_json(text)
    assert time.process_time() - started < 3  # 0.3 on an idle core; what is quadratic takes minutes
