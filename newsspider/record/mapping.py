"""A record as a mapping of its fields, and in the forms of JSON."""

import json
from collections.abc import Mapping
from reprlib import Repr
from typing import Any, ClassVar, Self

from newsspider.record.values import NOTHING, as_json_type, as_tuples

SHOWN_CHARS = 45  # of a text in a terminal or a notebook; a body has thousands


def _shortener() -> Repr:
    """Return a function that shortens the values in a representation."""
    short = Repr()
    short.maxstring = short.maxother = SHOWN_CHARS
    return short


_SHORT = _shortener()


class RecordMapping:
    """The methods of a dataclass that make it a mapping of its fields."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    def keys(self) -> tuple[str, ...]:
        """Return the names of the fields, in the documented order."""
        return tuple(self.__dataclass_fields__)

    def __getitem__(self, name: str) -> Any:
        """Return a field's value.

        Raises:
            KeyError: there is no such field.
        """
        if name not in self.__dataclass_fields__:
            raise KeyError(name)
        return getattr(self, name)

    def __contains__(self, name: object) -> bool:
        """Whether there is a field of this name."""
        return name in self.__dataclass_fields__

    def __repr__(self) -> str:
        """Return the fields that the page gives, with long values shortened.

        >>> from newsspider.record import ArticleRecord
        >>> ArticleRecord(title="Ferry back")
        ArticleRecord(kind='article', title='Ferry back', version=1)
        """
        given = ((name, getattr(self, name)) for name in self.__dataclass_fields__)
        shown = [f"{name}={_SHORT.repr(value)}" for name, value in given if value not in NOTHING]
        return f"ArticleRecord({', '.join(shown)})"

    def _ipython_key_completions_(self) -> tuple[str, ...]:
        """Return the names that IPython and Jupyter complete after `record["`."""
        return tuple(self.__dataclass_fields__)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as JSON types: all fields in order, lists for tuples."""
        return {name: as_json_type(getattr(self, name)) for name in self.__dataclass_fields__}

    def to_json(self) -> str:
        """Return the record as one line of JSON, characters as they are."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Build a record from the form of `to_dict`; missing names get their defaults."""
        given = [name for name in cls.__dataclass_fields__ if values.get(name) is not None]
        return cls(**{name: as_tuples(values[name]) for name in given})
