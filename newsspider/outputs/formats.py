"""The output formats: one row per format.

A new format is a row in `FORMATS` and a module in `outputs/` with its encoder, writer or renderer.
"""

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Literal

Shape = Literal["text", "file", "folder"]

COMPRESSIONS = (".gz", ".zst")  # text that was cut short in one of them takes nothing more


@dataclass(frozen=True)
class OutputFormat:
    """An output format.

    Attributes:
        shape: "text" can go to a text file, compressed or not, and to standard output; "file" is one file with a writer
            of its own; "folder" is a folder with one file per article.
        suffix: of the file, or of each file in the folder.
        place: "module:name" in `newsspider.outputs`, imported when the format is used. For text an `Encoder`; for a
            file a class that takes a path and `anew` and makes a `RecordWriter`; for a folder a function that returns a
            record's file.
        resuming: the module in `newsspider.outputs` that goes on with such a file; it has `mend_file`, `iter_sources`
            and `drop_retried`. None: `--resume` can't go on with it.
        is_read_as_pages: whether `extract` takes the folder's files for pages.
        joins: whether several of a folder's files can follow each other in one file and on standard output.
        end: text that completes a text file.
    """

    shape: Shape
    suffix: str
    place: str
    resuming: str | None = None
    is_read_as_pages: bool = False
    joins: bool = False
    end: str = ""

    @property
    def is_text(self) -> bool:
        """Whether records can go to one text file, and to standard output."""
        return self.shape == "text" or self.joins

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes that mean a file of the format; none where it fills folders only."""
        if self.shape == "folder" and not self.joins:
            return ()
        return (self.suffix, *(f"{self.suffix}{each}" for each in COMPRESSIONS if self.is_text))

    def load(self) -> Any:
        """Import what `place` names."""
        return resolve_name(f"{__package__}.{self.place}")

    def load_resuming(self) -> Any:
        """Import the module that `resuming` names."""
        return resolve_name(f"{__package__}.{self.resuming}")


DEFAULT = "jsonl"  # on standard output; a folder's quarantine has it too
FORMATS: dict[str, OutputFormat] = {
    "jsonl": OutputFormat("text", ".jsonl", "encoders:encode_json_lines", resuming="resuming"),
    "json": OutputFormat("text", ".json", "encoders:encode_json", end="\n]\n"),
    # It can't be resumed: a cell may hold line ends, so nobody can say which line is the last complete one.
    "csv": OutputFormat("text", ".csv", "encoders:encode_csv"),
    "parquet": OutputFormat("file", ".parquet", "parquet:ParquetWriter", resuming="parquet"),
    "markdown": OutputFormat("folder", ".md", "markdown_notes:render_markdown", joins=True),
    "tei": OutputFormat("folder", ".xml", "tei:render_tei"),
    "text": OutputFormat("folder", ".txt", "folders:render_text", is_read_as_pages=True, joins=True),
}

FORMAT_OF_SUFFIX: dict[str, str] = {suffix: name for name, row in FORMATS.items() for suffix in row.suffixes}


def formats_of(*shapes: Shape) -> dict[str, OutputFormat]:
    """Return the formats of these shapes.

    >>> list(formats_of("text", "file"))
    ['jsonl', 'json', 'csv', 'parquet']
    """
    return {name: row for name, row in FORMATS.items() if row.shape in shapes}


def format_suffix(name: str) -> str | None:
    """Return the format's suffix that a file's name ends in, or None.

    >>> format_suffix("news/Articles.JSONL.gz"), format_suffix("articles.doc")
    ('.jsonl.gz', None)
    """
    return next((suffix for suffix in sorted(FORMAT_OF_SUFFIX, key=len) if name.lower().endswith(suffix)), None)


def is_compressed(name: str) -> bool:
    """Whether a file's name says that it is compressed."""
    return name.lower().endswith(COMPRESSIONS)
