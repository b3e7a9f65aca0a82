"""A stream that is read forwards, with a look at its next bytes and a way to put bytes back."""

from newsspider.inputs.page_bytes import CHUNK_BYTES, Readable

LINE_BYTES = 1 << 20  # longer lines are not header lines


class Lookahead:
    """The rest of a stream.

    Attributes:
        position: the offset of the next byte from the stream's position at the beginning.
    """

    def __init__(self, stream: Readable, max_line: int = LINE_BYTES) -> None:
        """Read from a stream that stays open.

        Args:
            stream: the stream.
            max_line: the maximum number of bytes that `readline` returns.
        """
        self.position = 0
        self._max_line = max_line
        self._stream = stream
        self._ahead = b""
        self._at = 0  # of the next byte in _ahead

    def look(self, size: int) -> bytes:
        """Return a number of the next bytes without consuming them, fewer only at the end."""
        while len(self._ahead) - self._at < size:
            more = self._stream.read(max(CHUNK_BYTES, size))
            if not more:
                break

            self._ahead = self._ahead[self._at :] + more
            self._at = 0

        return self._ahead[self._at : self._at + size]

    def skip(self, size: int) -> None:
        """Skip bytes that `look` has returned."""
        self._at += size
        self.position += size

    def put_back(self, chunk: bytes) -> None:
        """Put back the last bytes that were read."""
        begin = max(0, self._at - len(chunk))
        if self._ahead[begin : self._at] == chunk:  # still there: nothing has to be copied
            self._at = begin
        else:
            self._ahead = chunk + self._ahead[self._at :]
            self._at = 0

        self.position -= len(chunk)

    def read(self, size: int, /) -> bytes:
        """Return a number of bytes, fewer only at the end."""
        chunk = self.look(size)
        self.skip(len(chunk))
        return chunk

    def readline(self, size: int | None = None, /) -> bytes:
        """Return the bytes up to the next line end, at most `size`."""
        most = self._max_line if size is None else min(size, self._max_line)
        looked = min(most, CHUNK_BYTES // 8)

        while b"\n" not in (line := self.look(looked)) and len(line) == looked < most:
            looked = min(most, looked * 8)

        end = line.find(b"\n")
        line = line[: end + 1] if end >= 0 else line
        self.skip(len(line))

        return line
