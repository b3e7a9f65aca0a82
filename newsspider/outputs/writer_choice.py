"""The writer for an output's name and format; names without a meaning are refused."""

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, NoReturn

from newsspider.errors import UsageError
from newsspider.outputs.encoders import Encoder, Render
from newsspider.outputs.feed_writer import FEED_ENTRIES, FeedWriter
from newsspider.outputs.folders import FolderWriter, joined
from newsspider.outputs.formats import (
    DEFAULT,
    DEFAULT_OF_SCHEMA,
    FORMAT_OF_SUFFIX,
    FORMATS,
    format_suffix,
    formats_of,
)
from newsspider.outputs.writers import FileWriter, RecordWriter, StreamWriter

STANDARD_OUTPUT = "-"
DATABASE_SUFFIXES = frozenset({".db", ".sqlite", ".sqlite3"})


def is_database(target: str) -> bool:
    """Whether an output's name is that of a database."""
    return "://" in target or Path(target).suffix.lower() in DATABASE_SUFFIXES


def check_not_read(target: str, form: str | None, read: Iterable[str]) -> None:
    """Refuse to overwrite an input, and to write texts into a folder that is read.

    Args:
        target: the output.
        form: its format, if the target's name does not tell it.
        read: the files and folders that are read.

    Raises:
        UsageError: one line that names both.
    """
    if target == STANDARD_OUTPUT or "://" in target:
        return

    form = form or FORMAT_OF_SUFFIX.get(format_suffix(target) or "", "")
    path = Path(target)

    for each in map(Path, read):
        for written in (path, quarantine_path(path, form)):
            if _is_same_file(each, written):
                problem = "it is an input and would be overwritten: name another output"
                raise UsageError(f"{written}: {problem}")

        if _is_read_as_pages(form) and each.is_dir() and _is_inside(path, each):
            place = "a folder" if is_folder(target) else "a file"
            raise UsageError(
                f"{path}: it is in {each}, which is an input: name {place} outside of it"
            )


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_read_as_pages(form: str) -> bool:
    return form in FORMATS and FORMATS[form].is_read_as_pages


def _is_inside(path: Path, folder: Path) -> bool:
    return path.absolute().is_relative_to(folder.absolute())


def is_folder(target: str) -> bool:
    """Whether an output is a folder: an existing one, or a name with a final slash or no suffix."""
    path = Path(target)
    return path.is_dir() or target.endswith("/") or not path.suffix


def open_writer(
    target: str,
    form: str,
    encode: Encoder | Render | None = None,
    *,
    anew: bool = True,
    entries: int = FEED_ENTRIES,
) -> RecordWriter:
    """Return a writer of all records to one target in a format.

    Args:
        target: `-`, a file, or for some formats a folder.
        form: from `choose_format`.
        encode: writes the records, instead of the format's own encoder; from `choose_encoder`.
        anew: whether a file is overwritten.
        entries: the maximum number of entries of a feed.

    Raises:
        UsageError: the format needs an extra that is not installed.
        OutputError: it can't be written.
    """
    row, path = FORMATS[form], Path(target)
    made: Any = encode or row.load()
    to_screen = target == STANDARD_OUTPUT

    if row.shape == "folder" and not to_screen and is_folder(target):
        return FolderWriter(path, row.suffix, made)

    if row.shape == "feed":
        return FeedWriter(target, made, entries)

    if not row.is_text:
        writer: RecordWriter = made(path, anew=anew)
        return writer

    encode = joined(made) if row.joins else made
    if to_screen:
        return StreamWriter(sys.stdout, "standard output", encode, row.end)

    return FileWriter(path, encode, anew=anew, begin=row.begin, end=row.end)


def choose_format(
    target: str, form: str | None, others: Collection[str] = (), schema: str | None = None
) -> str:
    """Return the given format, else the one that the target's name means.

    Args:
        target: the output.
        form: the given format.
        others: suffixes that mean something else to the caller, for the message.
        schema: another tool's field names; a folder then has one file of JSON per article.

    Raises:
        UsageError: there is none, or it does not fit the target.
    """
    if form is None and schema and _names_folder(target):
        return DEFAULT_OF_SCHEMA

    if form is None:
        return _format_of_name(target, others)

    if form not in FORMATS:
        raise UsageError(f"--format {form}: no such format; use one of {', '.join(FORMATS)}")

    if target == STANDARD_OUTPUT:
        if not FORMATS[form].can_stream:
            problem = "not on standard output; name a file or folder with -o"
            raise UsageError(f"--format {form}: {problem}")

        return form

    if is_database(target):
        problem = f"the name of a database: leave out --format {form}, or name another file"
        raise UsageError(f"{target}: {problem}")

    if _names_folder(target):
        form = FORMATS[form].in_folder or form

    if FORMATS[form].shape == "folder":
        _check_place(target, form)
        return form

    if _names_folder(target):
        file = f"{target.rstrip('/')}/articles{FORMATS[form].suffix}"
        raise UsageError(f"{target}: --format {form} writes one file: name one, such as {file}")

    meant = _meant_format(target)
    if meant not in (None, form) and not FORMATS[form].takes(target):
        raise UsageError(f"{target}: the name of a {meant} file: --format {form} does not fit it")

    return form


def _names_folder(target: str) -> bool:
    """Whether an output is an existing folder or has a final slash."""
    return target != STANDARD_OUTPUT and (target.endswith("/") or Path(target).is_dir())


def _format_of_name(target: str, others: Collection[str]) -> str:
    """Return the format that an output's name means.

    Raises:
        UsageError: it means none.
    """
    if target == STANDARD_OUTPUT:
        return DEFAULT
    return _meant_format(target) or _refuse(target, others)


def _meant_format(target: str) -> str | None:
    """Return the format that a file's name means; None for a folder."""
    if Path(target).is_dir():
        return None
    return FORMAT_OF_SUFFIX.get(format_suffix(target) or "")


def _check_place(target: str, form: str) -> None:
    """Refuse a place that a folder's format can't be written to.

    Raises:
        UsageError: it is neither a folder nor a file of the format.
    """
    if is_folder(target) and not Path(target).is_file():
        return

    if FORMAT_OF_SUFFIX.get(format_suffix(target) or "") == form:
        return

    row = FORMATS[form]
    file = f"a {row.suffix} file or " if row.joins else ""
    place = f"{file}a folder, whose name ends in a slash: {target}/"
    raise UsageError(f"{target}: --format {form} writes {place}")


def _refuse(target: str, others: Collection[str]) -> NoReturn:
    """List the names of outputs that have a meaning.

    Raises:
        UsageError: always.
    """
    if _names_folder(target):
        forms = " or ".join(formats_of("folder"))
        raise UsageError(f"{target}: say what goes into the folder: --format {forms}")

    known = ", ".join([*FORMAT_OF_SUFFIX, *sorted(others)])
    problem = f"no output format has this name; use one of {known}, or a folder with --format"
    raise UsageError(f"{target}: {problem}")


def quarantine_path(path: Path, form: str) -> Path:
    """Return the path of an output's quarantine; beside documents it is JSON lines.

    >>> str(quarantine_path(Path("x.jsonl.gz"), "jsonl"))
    'x.quarantine.jsonl.gz'
    >>> str(quarantine_path(Path("notes"), "markdown"))
    'notes/quarantine.jsonl'
    >>> str(quarantine_path(Path("x.md"), "markdown"))
    'x.quarantine.jsonl'
    """
    lines = FORMATS[DEFAULT].suffix
    if form in formats_of("folder") and is_folder(str(path)):
        return path / f"quarantine{lines}"

    stem = len(path.name) - len(format_suffix(path.name) or path.suffix)
    is_documents = form in FORMATS and FORMATS[form].is_documents
    suffix = lines if is_documents else path.name[stem:]

    return path.with_name(f"{path.name[:stem]}.quarantine{suffix}")
