"""Flat arrays and typed pairs become the state that was packed in them."""

from typing import Any

import pytest

from newsspider.extraction.page_state.packed_states import unpack_island, unpack_state


@pytest.mark.parametrize(
    ("packed", "state"),
    [
        pytest.param([{"a": 1, "b": 2}, "One", [1, 3], "Two"], {"a": "One", "b": ["One", "Two"]}, id="places"),
        pytest.param([["Reactive", 1], {"a": 2}, ["Ref", 3], "One"], {"a": "One"}, id="wrapped"),
        pytest.param([{"a": 1, "b": -1}, ["Date", "2026-01-02"]], {"a": "2026-01-02", "b": None}, id="a date"),
        pytest.param([{"a": 1}, ["Set", 2, 3], "One", "Two"], {"a": ["One", "Two"]}, id="a set"),
        pytest.param([{"a": 1}, ["Map", 2, 3], "One", "Two"], {"a": {"One": "Two"}}, id="a map"),
        pytest.param([{"a": 1}, ["null", "x", 2], "One"], {"a": {"x": "One"}}, id="an object without a class"),
        pytest.param([{"a": 1}, []], {"a": []}, id="an empty list"),
        pytest.param([{"_1": 2}, "a", "One"], {"a": "One"}, id="keys are places as well"),
        pytest.param(
            [{"_1": 2, "_3": 4}, "a", [5], "b", {"_1": 5}, "One"], {"a": ["One"], "b": {"a": "One"}}, id="both"
        ),
    ],
)
def test_flat_array_is_unpacked(packed: Any, state: Any) -> None:
    assert unpack_state(packed) == state


@pytest.mark.parametrize(
    "state", [{"a": 1}, [], [{"a": "One"}, "Two"], ["One", "Two"], [{"a": 99}, 1], "One", [[1.5], 2]]
)
def test_other_state_stays_as_it_is(state: Any) -> None:
    assert unpack_state(state) == state


def test_value_in_itself_is_unpacked_once() -> None:
    state = unpack_state([{"a": 0, "b": 1}, "One"])
    assert state["a"] is state


@pytest.mark.parametrize("places", [["Ref", 0], ["Ref", 1]])
def test_wrapper_around_itself_is_nothing(places: list[Any]) -> None:
    assert unpack_state([places, ["Ref", 0]]) is None


def test_island_is_unpacked() -> None:
    packed = {"a": [0, {"b": [0, "One"], "c": [1, [[0, "Two"], [0, 3]]]}], "d": [3, "2026-01-02"]}
    assert unpack_island(packed) == {"a": {"b": "One", "c": ["Two", 3]}, "d": "2026-01-02"}
