"""A field's type says what it looks like in each output."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypedDict

import pytest
from jsonschema import Draft202012Validator

from newsspider.record import FIELDS
from newsspider.record.fields import Field, iter_fields


class Picture(TypedDict):
    """An entry with values of several types."""

    url: str
    width: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Everything:
    """A field of each type."""

    text: Annotated[str | None, Field("A text.", prose=True)] = None
    word: Annotated[Literal["one", "two"], Field("A word.")] = "one"
    texts: Annotated[tuple[str, ...], Field("Texts.")] = ()
    gaps: Annotated[tuple[str | None, ...], Field("Texts beside others.")] = ()
    entries: Annotated[tuple[Picture, ...], Field("Pictures.")] = ()
    object: Annotated[Picture | None, Field("A picture.")] = None
    integer: Annotated[int, Field("A number.", rules={"minimum": 1})] = 1
    number: Annotated[float | None, Field("A share.")] = None
    boolean: Annotated[bool | None, Field("Yes or no.")] = None
    mapping: Annotated[dict[str, str] | None, Field("Names.")] = None


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """A field of a type that no database has."""

    moment: Annotated[complex | None, Field("A moment.")] = None


EVERYTHING = {each.name: each for each in iter_fields(Everything)}


@pytest.mark.parametrize("name", EVERYTHING)
def test_shape_follows_from_the_type(name: str) -> None:
    assert EVERYTHING[name].shape == {"gaps": "texts"}.get(name, name)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("text", [None, "a"], ["", 1]),
        ("word", ["one"], [None, "three"]),
        ("texts", [[], ["a"]], [None, [""]]),
        ("gaps", [[], ["a", None]], [None, [""]]),
        ("entries", [[{"url": "a", "width": None, "names": []}]], [[{"url": "a"}], [{"url": "a", "width": "1"}]]),
        (
            "object",
            [None, {"url": "a", "width": 1, "names": ["b"]}],
            [{"url": "a"}, [], {"url": 1, "width": 1, "names": []}],
        ),
        ("integer", [1], [None, 0, "1"]),
        ("number", [None, 0.5], ["0.5"]),
        ("boolean", [None, True], ["true"]),
        ("mapping", [None, {"a": "b"}], [[]]),
    ],
)
def test_schema_takes_values_of_the_type_only(name: str, good: list[object], bad: list[object]) -> None:
    validator = Draft202012Validator(EVERYTHING[name].schema())
    assert [each for each in good if not validator.is_valid(each)] == []
    assert [each for each in bad if validator.is_valid(each)] == []


def test_type_without_a_column_is_refused() -> None:
    with pytest.raises(TypeError, match=r"moment: .*complex.* has no column type"):
        list(iter_fields(Unknown))


def test_every_field_of_the_record_has_a_sentence() -> None:
    assert [each.name for each in FIELDS if not each.meaning.endswith(".")] == []


def test_places_in_the_front_matter_differ() -> None:
    places = [each.note for each in FIELDS if each.note is not None]
    assert len(set(places)) == len(places)
