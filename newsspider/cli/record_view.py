"""A record for `why`: first what the page is, then its fields, each with the place that gave it."""

from collections.abc import Iterator

from rich.text import Text

from newsspider.record import ArticleRecord
from newsspider.text import show_text

# In reading order; the others are in the record that `extract` writes.
SHOWN_FIELDS = ("title", "alternative_title", "authors", "agencies", "published", "modified", "section", "publisher")
NAME_WIDTH = max(map(len, SHOWN_FIELDS)) + 2


def iter_lines(record: ArticleRecord) -> Iterator[Text]:
    """Yield the lines about a page: its kind with the reason or the confidence, its fields, its warnings."""
    yield Text.assemble((record.kind, "bold"), f": {_about(record)}")
    for name in SHOWN_FIELDS:
        value = record[name]
        if value:
            origin = record.provenance.get(name)
            shown = show_text(", ".join(value) if isinstance(value, tuple) else str(value))
            yield Text.assemble(f"{name:{NAME_WIDTH}}", shown, (f"  ({origin})" if origin else "", "dim"))
    for warning in record.warnings:
        yield Text(f"{'warning':{NAME_WIDTH}}{show_text(warning)}", "yellow")


def _about(record: ArticleRecord) -> str:
    """Return what is said of a page in the first line."""
    if record.reason:
        return show_text(record.reason)
    said = [f"{record.word_count or 0} words"]
    if record.confidence is not None:
        said.append(f"confidence {record.confidence:.2f}")
    if record.language:
        said.append(f"language {record.language}")
    return ", ".join(said)
