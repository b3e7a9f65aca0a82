"""The output formats: one row per format.

A new format is a row in `FORMATS` and a module in `outputs/` with its encoder, writer or renderer.
"""

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any, Literal

Shape = Literal["text", "file", "feed", "folder"]

COMPRESSIONS = (".gz", ".zst")  # nothing can be appended to truncated text in one of them


@dataclass(frozen=True)
class OutputFormat:
    """An output format.

    Attributes:
        shape: "text" can go to a text file, compressed or not, and to standard output; "file" is
            one file with a writer of its own; "feed" is one text file of the newest articles, which
            needs all records before it can be written; "folder" is a folder with one file per
            article.
        suffix: the suffix of the file, or of each file in the folder.
        place: "module:name" in `newsspider.outputs`, imported when the format is used.
            text: an `Encoder`.
            file: a class that takes a path and `anew`, and makes a `RecordWriter`.
            feed: a function from several records to the text of the feed.
            folder: a `Render`, from a record to the text of its file.
        resuming: the module in `newsspider.outputs` that continues such a file; it has `mend_file`,
            `iter_sources` and `drop_retried`. None: `--resume` can't continue it.
        is_read_as_pages: whether `extract` takes the folder's files for pages.
        joins: whether several of a folder's files can follow each other in one file and on standard
            output.
        begin: text at the beginning of a text file, but not on standard output.
        end: text that completes a text file.
        also: another suffix that means the format.
        fits: a suffix that means another format, but may be one of this format's files when the
            format is named.
        in_folder: the format that is meant when this one is named for a folder.
    """

    shape: Shape
    suffix: str
    place: str
    resuming: str | None = None
    is_read_as_pages: bool = False
    joins: bool = False
    begin: str = ""
    end: str = ""
    also: str = ""
    fits: str = ""
    in_folder: str = ""

    @property
    def is_text(self) -> bool:
        """Whether records can go to one text file one by one, and to standard output."""
        return self.shape == "text" or self.joins

    @property
    def can_stream(self) -> bool:
        """Whether the format can go to standard output."""
        return self.is_text or self.shape == "feed"

    @property
    def is_documents(self) -> bool:
        """Whether it is for readers of articles; the quarantine is then JSON lines."""
        return self.shape in ("feed", "folder")

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes that mean a file of the format; none for a format of folders only."""
        if self.shape == "folder" and not self.joins:
            return ()
        compressed = [f"{self.suffix}{each}" for each in COMPRESSIONS if self.is_text]
        return (self.suffix, *compressed, *([self.also] if self.also else []))

    def takes(self, name: str) -> bool:
        """Whether a file of the format may have this name."""
        return name.lower().endswith((*self.suffixes, *([self.fits] if self.fits else [])))

    def load(self) -> Any:
        """Import the object that `place` names."""
        return resolve_name(f"{__package__}.{self.place}")

    def load_resuming(self) -> Any:
        """Import the module that `resuming` names."""
        return resolve_name(f"{__package__}.{self.resuming}")


DEFAULT = "jsonl"  # on standard output; a folder's quarantine has it too
DEFAULT_OF_SCHEMA = "json-files"  # in a folder
FORMATS: dict[str, OutputFormat] = {
    "jsonl": OutputFormat("text", ".jsonl", "encoders:encode_json_lines", resuming="resuming"),
    "json": OutputFormat(
        "text", ".json", "encoders:encode_json", end="\n]\n", in_folder="json-files"
    ),
    # It can't be resumed: a cell may hold line ends, so nobody can say which line is the last
    # complete one. The mark at its begin tells Excel that a file is UTF-8.
    "csv": OutputFormat("text", ".csv", "encoders:encode_csv", begin="\ufeff"),
    "rss": OutputFormat("feed", ".rss", "feeds:render_rss", also=".xml"),
    "atom": OutputFormat("feed", ".atom", "feeds:render_atom", fits=".xml"),
    # The name that the format's specification and its readers use; other .json files are arrays of
    # records.
    "jsonfeed": OutputFormat("feed", "feed.json", "feeds:render_json_feed", fits=".json"),
    "parquet": OutputFormat("file", ".parquet", "parquet:ParquetWriter", resuming="parquet"),
    "json-files": OutputFormat("folder", ".json", "encoders:render_json"),
    "markdown": OutputFormat("folder", ".md", "markdown_notes:render_markdown", joins=True),
    "tei": OutputFormat("folder", ".xml", "tei:render_tei"),
    "text": OutputFormat(
        "folder", ".txt", "folders:render_text", is_read_as_pages=True, joins=True
    ),
}

FORMAT_OF_SUFFIX: dict[str, str] = {
    suffix: name for name, row in FORMATS.items() for suffix in row.suffixes
}


def formats_of(*shapes: Shape) -> dict[str, OutputFormat]:
    """Return the formats of these shapes.

    >>> list(formats_of("text", "file"))
    ['jsonl', 'json', 'csv', 'parquet']
    """
    return {name: row for name, row in FORMATS.items() if row.shape in shapes}


def format_suffix(name: str) -> str | None:
    """Return the format's suffix at the end of a file's name, or None.

    >>> format_suffix("news/Articles.JSONL.gz"), format_suffix("articles.doc")
    ('.jsonl.gz', None)
    """
    longest_first = sorted(FORMAT_OF_SUFFIX, key=len, reverse=True)
    return next((suffix for suffix in longest_first if name.lower().endswith(suffix)), None)


def is_compressed(name: str) -> bool:
    """Whether a file's name says that it is compressed."""
    return name.lower().endswith(COMPRESSIONS)
