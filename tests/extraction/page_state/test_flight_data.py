"""React's flight data: rows of text become values, elements become dicts, references are put in."""

import json

import pytest

from newsspider.extraction.page_state.flight_data import COMPONENT, read_flight

ELEMENT = {"tagName": "p", "children": "One"}
PARAGRAPH = ["$", "p", None, {"children": "One"}]


def pushed(*chunks: str) -> list[str]:
    """Return the scripts that push these pieces of text."""
    return [
        "(self.__next_f=self.__next_f||[]).push([0])",
        *(f"self.__next_f.push({json.dumps([1, c])})" for c in chunks),
    ]


def row(name: str, value: object) -> str:
    return f"{name}:{json.dumps(value, ensure_ascii=False)}\n"


def text_row(name: str, text: str) -> str:
    return f"{name}:T{len(text.encode()):x},{text}"


@pytest.mark.parametrize(
    ("flight", "values"),
    [
        pytest.param(row("0", {"a": 1}), [{"a": 1}], id="an object"),
        pytest.param(row("0", PARAGRAPH), [{"tagName": "p", "children": "One"}], id="an element"),
        pytest.param(row("0", ["$", "$L1", None, {"a": 1}]), [{"tagName": COMPONENT, "a": 1}], id="a component"),
        pytest.param(row("0", ["$", "p", None, "One"]), [{"tagName": "p", "children": "One"}], id="no properties"),
        pytest.param(text_row("0", "Größe\n1:{}") + row("1", [2]), ["Größe\n1:{}", [2]], id="text by its bytes"),
        pytest.param(text_row("0", "$100 fine") + row("1", ["$0"]), ["$100 fine", ["$100 fine"]], id="text like an id"),
        pytest.param(row("0", ["$$5 each"]), [["$5 each"]], id="a dollar sign"),
        pytest.param(row("0", ["$L1"]) + row("1", PARAGRAPH), [[ELEMENT], ELEMENT], id="a row to come"),
        pytest.param(row("0", ["$9"]), [[None]], id="a row that never comes"),
        pytest.param(row("0", ["$1:props:children"]) + row("1", PARAGRAPH), [["One"], ELEMENT], id="a part of a row"),
        pytest.param('0:I[1,"a.js"]\n:HL["a.css"]\n' + row("1", [2]), [[2]], id="code and styles"),
        pytest.param('0:{"a"\n' + row("1", [2]), [[2]], id="a broken row"),
        pytest.param("0:Tfffff,One", ["One"], id="a text that is cut off"),
        pytest.param("no rows", [], id="no rows"),
    ],
)  # fmt: skip
def test_rows_become_values(flight: str, values: list[object]) -> None:
    assert read_flight(pushed(flight)) == values


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_rows_go_on_from_one_piece_to_the_next(size: int) -> None:
    flight = row("0", ["$1"]) + text_row("1", "Größe " * 9) + row("2", PARAGRAPH)
    pieces = [flight[at : at + size] for at in range(0, len(flight), size)]
    assert read_flight(pushed(*pieces)) == read_flight(pushed(flight))


def test_pieces_that_are_pushed_as_plain_text_are_read() -> None:
    script = f"(self.__FLIGHT_DATA||=[]).push({json.dumps(row('0', {'a': 1}))})"
    assert read_flight([script]) == [{"a": 1}]


def test_rows_in_a_circle_end() -> None:
    first, second = read_flight(pushed(row("0", {"a": "$1"}) + row("1", {"b": "$0"}) + row("2", "$2")))[:2]
    assert first["a"] is second
    assert second["b"] is first


def test_text_that_is_not_flight_data_gives_nothing() -> None:
    assert read_flight(["self.__next_f.push([1,", "self.__next_f.push([2,{}])", "push([1,'a'])"]) == []
