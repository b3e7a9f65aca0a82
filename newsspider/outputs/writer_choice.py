"""The writer that an output's name and format mean, and the names that mean none."""

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NoReturn

from newsspider.errors import UsageError
from newsspider.outputs.encoders import Encoder
from newsspider.outputs.feed_writer import FEED_ENTRIES, FeedWriter
from newsspider.outputs.folders import FolderWriter, joined
from newsspider.outputs.formats import DEFAULT, FORMAT_OF_SUFFIX, FORMATS, format_suffix, formats_of
from newsspider.outputs.writers import FileWriter, RecordWriter, StreamWriter

STANDARD_OUTPUT = "-"
DATABASE_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})


def is_database(target: str) -> bool:
    """Whether an output's name is a database's."""
    return "://" in target or Path(target).suffix.lower() in DATABASE_SUFFIXES


def check_not_read(target: str, form: str | None, read: Iterable[str]) -> None:
    """Refuse to write over what is read, which would be lost, and texts to where they would be read again.

    Args:
        target: the output.
        form: its format, where the target's name does not say it.
        read: the files and folders that are read.

    Raises:
        UsageError: one line that names both.
    """
    if target == STANDARD_OUTPUT or "://" in target:
        return

    path = Path(target)
    form = form or FORMAT_OF_SUFFIX.get(format_suffix(target) or "", "")
    beside = quarantine_path(path, form)
    is_read_as_pages = form in FORMATS and FORMATS[form].is_read_as_pages

    for each in map(Path, read):
        for written in (path, beside):
            if each.exists() and written.exists() and each.samefile(written):
                raise UsageError(f"{written}: it is an input and would be overwritten: name another output")

        if is_read_as_pages and each.is_dir() and path.absolute().is_relative_to(each.absolute()):
            place = "a folder" if is_folder(target) else "a file"
            raise UsageError(f"{path}: it is in {each}, which is an input: name {place} outside of it")


def is_folder(target: str) -> bool:
    """Whether an output's name is a folder's: one that is there, or ends in a slash, or has no suffix."""
    path = Path(target)
    return path.is_dir() or target.endswith("/") or not path.suffix


def open_writer(
    target: str, form: str, encode: Encoder | None = None, *, anew: bool = True, entries: int = FEED_ENTRIES
) -> RecordWriter:
    """Return a writer of all records to one target in a format.

    Args:
        target: `-`, a file, or for some formats a folder.
        form: from `choose_format`.
        encode: writes text instead of the format's own encoder.
        anew: whether a file is begun anew.
        entries: the largest number of entries of a feed.

    Raises:
        UsageError: the format needs an extra that is not installed.
        OutputError: it can't be written.
    """
    row, path = FORMATS[form], Path(target)
    made: Any = encode or row.load()
    if row.shape == "folder" and target != STANDARD_OUTPUT and is_folder(target):
        return FolderWriter(path, row.suffix, made)
    if row.shape == "feed":
        return FeedWriter(target, made, entries)

    if not row.is_text:
        writer: RecordWriter = made(path, anew=anew)
        return writer

    encode = joined(made) if row.joins else made
    if target == STANDARD_OUTPUT:
        return StreamWriter(sys.stdout, "standard output", encode, row.end)

    return FileWriter(path, encode, anew=anew, begin=row.begin, end=row.end)


def choose_format(target: str, form: str | None, others: Collection[str] = ()) -> str:
    """Return the format that is named, else the one that the target's name means.

    Args:
        target: the output.
        form: the format that is named.
        others: suffixes that mean something else to the caller, for the message.

    Raises:
        UsageError: there is none, or it does not fit the target.
    """
    if form is not None and form not in FORMATS:
        raise UsageError(f"--format {form}: no such format; use one of {', '.join(FORMATS)}")

    if target == STANDARD_OUTPUT:
        if form and not FORMATS[form].can_stream:
            raise UsageError(f"--format {form}: not on standard output; name a file or folder with -o")
        return form or DEFAULT

    if form and is_database(target):
        raise UsageError(f"{target}: the name of a database: leave out --format {form}, or name another file")

    if form and FORMATS[form].shape == "folder":
        _check_place(target, form)
        return form

    meant = None if Path(target).is_dir() else FORMAT_OF_SUFFIX.get(format_suffix(target) or "")
    if form and meant not in (None, form) and not FORMATS[form].takes(target):
        raise UsageError(f"{target}: the name of a {meant} file: --format {form} does not fit it")

    return form or meant or _refuse(target, others)


def _check_place(target: str, form: str) -> None:
    """Refuse a place that a folder's format can't go to.

    Raises:
        UsageError: it is neither a folder nor a file of the format.
    """
    if is_folder(target) and not Path(target).is_file():
        return
    if FORMAT_OF_SUFFIX.get(format_suffix(target) or "") == form:
        return
    file = f"a {FORMATS[form].suffix} file or " if FORMATS[form].joins else ""
    raise UsageError(f"{target}: --format {form} writes {file}a folder, whose name ends in a slash: {target}/")


def _refuse(target: str, others: Collection[str]) -> NoReturn:
    """Say which names of outputs mean a format.

    Raises:
        UsageError: always.
    """
    if target.endswith("/") or Path(target).is_dir():
        raise UsageError(f"{target}: say what goes into the folder: --format {' or '.join(formats_of('folder'))}")
    known = ", ".join([*FORMAT_OF_SUFFIX, *sorted(others)])
    raise UsageError(f"{target}: no output format has this name; use one of {known}, or a folder with --format")


def quarantine_path(path: Path, form: str) -> Path:
    """Return where the quarantine of an output lies; beside documents it is JSON lines.

    >>> quarantine_path(Path("out/x.jsonl.gz"), "jsonl").name, str(quarantine_path(Path("notes"), "markdown"))
    ('x.quarantine.jsonl.gz', 'notes/quarantine.jsonl')
    >>> quarantine_path(Path("x.md"), "markdown").name
    'x.quarantine.jsonl'
    """
    lines = FORMATS[DEFAULT].suffix
    is_documents = form in FORMATS and FORMATS[form].is_documents
    if form in formats_of("folder") and is_folder(str(path)):
        return path / f"quarantine{lines}"
    stem = len(path.name) - len(format_suffix(path.name) or path.suffix)
    return path.with_name(f"{path.name[:stem]}.quarantine{lines if is_documents else path.name[stem:]}")
