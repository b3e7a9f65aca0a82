"""One document per article: Markdown notes, TEI, text, JSON; in files of their own or joined."""

import hashlib
import re
import unicodedata
from contextlib import suppress
from itertools import chain, repeat
from pathlib import Path
from types import TracebackType
from typing import IO

from newsspider.errors import OutputError
from newsspider.files import PRIVATE_FOLDER, make_private, mode_of
from newsspider.outputs.encoders import Encoder, Render, WriteRecord
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord

NAME_BYTES = 100  # of a title in a file's name; file systems allow 255 in all, encrypted ones 143
# Of the key's hash, hexadecimal: a million articles of a site with one title collide once in a
# million
KEY_DIGITS = 10
PARTING = "\n\n"  # two empty lines; a body has one at most
_NOT_IN_NAMES = re.compile(r"[\W_]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def render_text(record: ArticleRecord) -> str:
    """Return the title, a blank line and the body."""
    return "\n\n".join(filter(None, (record.title, record.body))) + "\n"


def joined(render: Render) -> Encoder:
    """Return an encoder that writes one document after another, with PARTING between them."""

    def encode(stream: IO[str]) -> WriteRecord:
        partings = chain([""], repeat(PARTING))

        def write(record: ArticleRecord) -> None:
            stream.write(next(partings) + render(record))

        return write

    return encode


class FolderWriter(RecordWriter):
    """One file per article, in one folder per site; an article always goes to the same file."""

    def __init__(self, folder: Path, suffix: str, render: Render) -> None:
        """Create the folder.

        Raises:
            OutputError: it can't be created.
        """
        self.name = str(folder.absolute())
        self._folder = folder
        self._suffix = suffix
        self._render = render

        try:
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: {error.strerror}") from error

    def write(self, record: ArticleRecord) -> None:
        """Write the record's file; an existing file is always complete.

        Raises:
            OutputError: it can't be written.
        """
        path = self._folder / file_name(record, self._suffix)
        part = path.with_name(f"{path.name}.part")

        try:
            path.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            make_private(part)
            part.write_text(self._render(record), encoding="utf-8", errors="replace", newline="")
            part.chmod(mode_of(path))
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise OutputError(f"{path}: {error.strerror}") from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Do nothing: each file is complete."""


def file_name(record: ArticleRecord, suffix: str) -> str:
    """Return an article's path below the folder: site, day, title, and a hash of its key.

    Only letters and digits of names are kept, so that no page can name a file outside the folder.

    >>> page = "https://herald.example/a"
    >>> ferry = ArticleRecord(url=page, site="herald.example", title="../Ferry?")
    >>> file_name(ferry, ".md")
    'herald.example/ferry-fea4e1776a.md'
    """
    labels = map(_slug, (record.site or "").split("."))
    site = ".".join(filter(None, labels)) or "no-site"

    day = _DAY.match(record.published or "")
    key = hashlib.sha256(record.key.encode("utf-8", "backslashreplace")).hexdigest()[:KEY_DIGITS]
    parts = (day[0] if day else "", _slug(record.title or ""), key)

    return f"{site}/{'-'.join(filter(None, parts))}{suffix}"


def _slug(text: str) -> str:
    """Return the letters and digits of a text in lower case, joined by hyphens, shortened."""
    words = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", text).lower()).encode(
        "utf-8", "ignore"
    )
    return words[:NAME_BYTES].decode("utf-8", "ignore").strip("-")
