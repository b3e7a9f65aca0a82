"""A record for `why`: first what the page is, then its fields, each with its place and what other places say."""

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from newsspider.extraction.fields.statements import Statement
from newsspider.inspector.wording import about, origin_of
from newsspider.record import ArticleRecord
from newsspider.text import show_text, squash

# In reading order; the others are in the record that `extract` writes.
SHOWN_FIELDS = (
    "title",
    "alternative_title",
    "authors",
    "agencies",
    "published",
    "modified",
    "section",
    "publisher",
)
NAME_WIDTH = max(map(len, SHOWN_FIELDS)) + 2


def _origin_note(record: ArticleRecord, name: str) -> str:
    origin = origin_of(record, name)
    return f"  ({origin})" if origin else ""


def iter_lines(
    record: ArticleRecord, statements: Mapping[str, Sequence[Statement]]
) -> Iterator[Text]:
    """Yield the lines about a page: its kind with the reason or the confidence, its fields, its warnings."""
    yield Text.assemble((record.kind, "bold"), f": {show_text(about(record))}")
    for name in SHOWN_FIELDS:
        value = shown_value(record[name])
        if value:
            origin = (_origin_note(record, name), "dim")
            yield Text.assemble(f"{name:{NAME_WIDTH}}", show_text(value), origin)
        for each in other_statements(record, name, statements.get(name, ())):
            yield Text(f"{'':{NAME_WIDTH}}{each.place}: {show_text(each.value)}", "dim")

    yield from map(_warning_line, record.warnings)


def _warning_line(warning: str) -> Text:
    return Text(f"{'warning':{NAME_WIDTH}}{show_text(warning)}", "yellow")


def shown_value(value: object) -> str:
    """Return a field's value as a line; "" for none."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value or "")


def other_statements(
    record: ArticleRecord, name: str, statements: Sequence[Statement]
) -> list[Statement]:
    """Return the statements that differ from a field's value, each value once."""
    value = record[name]
    own = {_plain(each) for each in (value if isinstance(value, tuple) else (value or "",))}
    others = {_plain(each.value): each for each in reversed(statements)}
    return [each for plain, each in reversed(others.items()) if plain not in own]


def _plain(text: object) -> str:
    return squash(str(text)).casefold()
