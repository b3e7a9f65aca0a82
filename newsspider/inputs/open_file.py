"""An open file as the readers of the formats take it."""

import io
from dataclasses import dataclass

from newsspider.inputs.saved import Columns
from newsspider.inputs.streams import Compression, Reopen, decompress
from newsspider.inputs.warc_revisits import Revisits


@dataclass(frozen=True)
class OpenFile:
    """A file that is read forwards.

    Attributes:
        stream: its bytes, none of which was taken.
        compression: of the stream.
        source: the file as records name it.
        reopen: opens the file again from its beginning; None where that can't be done.
        columns: of tables.
        revisits: takes note of what other records may refer to, and of those that refer.
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
