"""A record for `why`: first what the page is, then its fields, each with its place and what other places say."""

from collections.abc import Iterator, Mapping, Sequence

from rich.text import Text

from newsspider.extraction.fields.statements import Statement
from newsspider.inspector.wording import about, origin_of
from newsspider.pool.inspect_job import Explained
from newsspider.record import FIELDS, ArticleRecord
from newsspider.text import show_text, squash

# They are in the line about the page, or are its blocks.
APART = frozenset({"language", "body", "body_markdown"})
# Objects and lists beside other lists; the record that `extract` writes has them.
NESTED = frozenset({"images", "author_urls", "live_updates"})
# In the order of a Markdown note's front matter, with the fields that it leaves out at the end
IN_ORDER = sorted(FIELDS, key=lambda each: (each.note is None, each.note))
NAME_WIDTH = len("alternative_title") + 2
NO_VALUE = "—"


def iter_lines(explained: Explained) -> Iterator[Text]:
    """Yield the lines about a page: its kind with the reason or the confidence, its fields, its warnings."""
    record = explained.record
    yield Text.assemble((record.kind, "bold"), f": {show_text(about(record))}")

    for name in fields_of(record, explained.statements):
        origin = origin_of(record, name, explained.title_element)
        note = (f"  ({origin})" if origin else "", "dim")
        value = show_text(shown_value(record[name])) or NO_VALUE
        yield Text.assemble(f"{name:{NAME_WIDTH}}", value, note)

        for each in other_statements(record, name, explained.statements.get(name, ())):
            yield Text(f"{'':{NAME_WIDTH}}{each.place}: {show_text(each.value)}", "dim")

    yield from map(_warning_line, record.warnings)


def fields_of(
    record: ArticleRecord, statements: Mapping[str, Sequence[Statement]]
) -> Iterator[str]:
    """Yield the names of the fields whose value has a place, or that the page states."""
    for each in IN_ORDER:
        has_place = each.name in record.provenance or each.name in statements
        if has_place and each.name not in APART and each.name not in NESTED:
            yield each.name


def _warning_line(warning: str) -> Text:
    return Text(f"{'warning':{NAME_WIDTH}}{show_text(warning)}", "yellow")


def shown_value(value: object) -> str:
    """Return a field's value as a line; "" for none.

    >>> shown_value(("Ann Lee", "Bo Rasmussen")), shown_value(False), shown_value(None)
    ('Ann Lee, Bo Rasmussen', 'no', '')
    >>> shown_value({"license": None, "copyright": "2026 Herald"})
    'copyright: 2026 Herald'
    """
    if isinstance(value, tuple):
        return ", ".join(map(str, value))

    if isinstance(value, dict):
        return ", ".join(f"{key}: {shown_value(each)}" for key, each in value.items() if each)

    if isinstance(value, bool):
        return "yes" if value else "no"

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
