"""An open file, as the readers of the formats take it."""

import io
from dataclasses import dataclass

from newsspider.inputs.streams import Compression, Reopen, decompress
from newsspider.inputs.table_columns import Columns
from newsspider.inputs.warc_revisits import Revisits


@dataclass(frozen=True)
class OpenFile:
    """A file that is read forwards.

    Attributes:
        stream: its bytes, from the first one on.
        compression: the stream's compression.
        source: the file, as records name it.
        reopen: opens the file again from its beginning; None if that is impossible.
        columns: the columns of tables.
        revisits: notes records that others may refer to, and those that refer.
    """

    stream: io.BufferedReader
    compression: Compression | None
    source: str
    reopen: Reopen | None
    columns: Columns
    revisits: Revisits

    def content(self) -> io.BufferedReader:
        """Return the file's content, decompressed."""
        return decompress(self.stream, self.compression)
