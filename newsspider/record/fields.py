"""A field of the record: its meaning, its type, its groups and its JSON schema.

`article_record.py` has one `Field` per attribute. The store, the outputs and the documentation read
everything from there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields, replace
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, is_typeddict

Shape = Literal[
    "text", "word", "texts", "entries", "object", "integer", "number", "boolean", "mapping"
]
_SHAPES: dict[Any, Shape] = {
    str: "text",
    tuple[str, ...]: "texts",
    tuple[str | None, ...]: "texts",  # beside another list; null if there is no value
    int: "integer",
    float: "number",
    bool: "boolean",
    dict[str, str]: "mapping",
}
# Shapes that may hold text from a page
_WITH_TEXT = frozenset({"text", "texts", "entries", "object"})
_JSON_TYPES: dict[Shape, str] = {
    "text": "string",
    "texts": "array",
    "entries": "array",
    "object": "object",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "mapping": "object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the record.

    Attributes:
        meaning: one sentence, for the JSON schema and the documentation.
        rules: keywords of JSON schema for its values, besides their type.
        prose: written to be read; break hints are removed from it.
        ours: text that we make, such as a hash; it needs no cleaning.
        of_store: kept from the stored record when the page is extracted again.
        versioned: a change of it makes a new version of the article.
        is_key: the SQL column holds keys of articles, compared by byte.
        note: place in the front matter of a Markdown note; None: not there.
        moment: Parquet column with the moment that the text names.
        day: Parquet column with the day that the text names.
        name: the attribute's name, filled in by `iter_fields`.
        type: the attribute's type, filled in by `iter_fields`.
    """

    meaning: str
    _: KW_ONLY
    rules: Mapping[str, Any] = field(default_factory=dict, hash=False)
    prose: bool = False
    ours: bool = False
    of_store: bool = False
    versioned: bool = False
    is_key: bool = False
    note: int | None = None
    moment: str | None = None
    day: str | None = None
    name: str = ""
    type: Any = str

    @property
    def shape(self) -> Shape:
        """The form of its values."""
        return shape_of(self.type)

    @property
    def is_text(self) -> bool:
        """Whether it may contain text from a page, which has to be cleaned."""
        return self.shape in _WITH_TEXT and not self.ours

    @property
    def entry(self) -> dict[str, Any]:
        """The names and types in its object or in each of its entries; empty for other shapes."""
        return (
            dict(_typed_dict(self.type).__annotations__)
            if self.shape in {"entries", "object"}
            else {}
        )

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema of its values."""
        return {"description": self.meaning, **_schema_of(self.type, least=1), **self.rules}


def iter_fields(record: type) -> Iterator[Field]:
    """Yield the fields of a dataclass whose attributes are `Annotated[type, Field(…)]`, in order.

    Raises:
        TypeError: a field has a type that the outputs don't know.
    """
    for each in fields(record):
        bare, *rest = get_args(each.type)
        named = replace(_field_among(rest), name=each.name, type=bare)

        try:
            shape_of(bare)
        except KeyError as error:
            raise TypeError(
                f"{each.name}: {bare} has no column type: see newsspider/record/fields.py"
            ) from error

        yield named


def shape_of(hint: Any) -> Shape:
    """Return the form of a type's values, None aside.

    >>> shape_of(str | None), shape_of(tuple[str, ...]), shape_of(int)
    ('text', 'texts', 'integer')
    """
    bare = _without_none(hint)
    if get_origin(bare) is Literal:
        return "word"
    if is_typeddict(_typed_dict(bare)):
        return "entries" if get_origin(bare) is tuple else "object"
    return _SHAPES[bare]


def _typed_dict(hint: Any) -> Any:
    """Return the type of a tuple's entries; any other type is returned as it is."""
    bare = _without_none(hint)
    return get_args(bare)[0] if get_origin(bare) is tuple else bare


def _without_none(hint: Any) -> Any:
    """Return `X` for `X | None`; any other type is returned as it is."""
    if not isinstance(hint, UnionType):
        return hint
    (bare,) = (each for each in get_args(hint) if each is not NoneType)
    return bare


def _field_among(annotations: Iterable[Any]) -> "Field":
    (found,) = (each for each in annotations if isinstance(each, Field))
    return found


def _schema_of(hint: Any, *, least: int) -> dict[str, Any]:
    """Return the JSON schema of a type; `least` is the minimum length of a text."""
    shape = shape_of(hint)
    if shape == "word":
        return {"enum": list(get_args(hint))}

    name = _JSON_TYPES[shape]
    is_optional = _without_none(hint) != hint
    schema: dict[str, Any] = {"type": [name, "null"] if is_optional else name}

    if shape == "text" and least:
        schema["minLength"] = least
    elif shape == "texts":
        schema["items"] = _schema_of(get_args(hint)[0], least=least)
    elif shape == "entries":
        schema["items"] = {"type": "object", **_names_schema(hint)}
    elif shape == "object":
        schema |= _names_schema(hint)

    return schema


def _names_schema(hint: Any) -> dict[str, Any]:
    """Return the part of a JSON schema that describes the names of an object or entry."""
    types = _typed_dict(hint).__annotations__
    return {
        "properties": {name: _schema_of(hint, least=0) for name, hint in types.items()},
        "required": list(types),
        "additionalProperties": False,
    }
