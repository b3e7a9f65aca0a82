"""The inputs that a command line names: paths, patterns, URLs and lists of them; and their local copies."""

import gzip
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from glob import has_magic
from pathlib import Path, PurePosixPath
from typing import Any

from newsspider.errors import UnreadableError, UsageError
from newsspider.inputs.paths import STANDARD_INPUT, check_paths, expand_globs, source_of
from newsspider.part_per_input.filesystems import describe, is_url, local_path, open_filesystem
from newsspider.part_per_input.part_names import Input
from newsspider.part_per_input.scratch import temporary_folder
from newsspider.urls import is_web_url

LIST_SUFFIXES = (".paths", ".paths.gz")  # Common Crawl's own: warc.paths.gz


def list_inputs(names: Iterable[str], *, are_here: bool = True) -> list[Input]:
    """Return the inputs that names stand for, each once, in their order.

    Args:
        names: paths and URLs, patterns of both, and lists of them (`.paths`, `.paths.gz`).
        are_here: whether this machine sees the files, and refuses those that do not exist.

    Raises:
        UsageError: one can't become a part, or does not exist.
    """
    found = {each.location: each for name in names for each in _expand(name, are_here=are_here)}
    return list(found.values())


def make_input(name: str) -> Input:
    """Return the input that a path or URL names."""
    path = local_path(name)
    if path is None:
        return Input(name, name)
    return Input(source_of(path), os.path.abspath(path))  # noqa: PTH100  # symbolic links stay as they are


def _expand(name: str, *, are_here: bool) -> Iterator[Input]:
    """Yield the inputs that one name stands for.

    Raises:
        UsageError: it can't become a part, or does not exist.
    """
    _check(name)
    if name.endswith(LIST_SUFFIXES):
        for each in _read_list(name):
            yield from _expand(each, are_here=are_here)
        return
    path = local_path(name)
    if path is None:
        yield from map(make_input, _expand_url(name))
        return
    if are_here:
        check_paths([str(path)])
    found = list(expand_globs([str(path)]))
    if not found:
        raise UsageError(f"{name}: matches no file")
    yield from map(make_input, found)


def _check(name: str) -> None:
    """Refuse a name that can't become a part.

    Raises:
        UsageError: one line that says why.
    """
    if name == STANDARD_INPUT:
        raise UsageError(
            "standard input has no name for its part: give files, folders or URLs of archives"
        )
    if is_web_url(name):
        raise UsageError(
            f"{name}: pages of web addresses don't go to parts: give files, folders, s3:// or gs:// URLs"
        )


def _expand_url(url: str) -> list[str]:
    """Return a URL, or the URLs that its pattern matches.

    Raises:
        UsageError: it matches nothing, or the file system can't be listed.
    """
    if not has_magic(url):
        return [url]
    system, path = open_filesystem(url)
    try:
        found = sorted(system.unstrip_protocol(each) for each in system.glob(path))
    except Exception as error:  # the client library's own errors
        raise UsageError(f"{url}: can't be listed: {describe(error)}") from error
    if not found:
        raise UsageError(f"{url}: matches no file")
    return found


def _read_list(name: str) -> Iterator[str]:
    """Yield the names in a list, one per line; those that are relative belong to the list's own tree.

    Raises:
        UsageError: it can't be read.
    """
    folder, _, _ = name.rpartition("/")
    for line in _read_lines(name):
        entry = line.strip()
        if entry and not entry.startswith("#"):
            yield entry if is_url(entry) or entry.startswith("/") else _beside(folder, entry)


def _read_lines(name: str) -> list[str]:
    """Return the lines of a text file, compressed or not.

    Raises:
        UsageError: it can't be read.
    """
    path = local_path(name)
    try:
        if path is None:
            system, inner = open_filesystem(name)
            content = bytes(system.cat_file(inner))
        else:
            content = path.read_bytes()
        return (gzip.decompress(content) if name.endswith(".gz") else content).decode().splitlines()
    except UsageError:
        raise
    except Exception as error:  # the client library's own errors
        raise UsageError(f"{name}: the list can't be read: {describe(error)}") from error


def _beside(folder: str, entry: str) -> str:
    """Return an entry of a list as seen from the list's folder.

    Common Crawl's entries begin at the root of the tree in which the list is, and repeat the list's own folder.

    >>> _beside("s3://commoncrawl/crawl-data/CC-NEWS/2026/03", "crawl-data/CC-NEWS/2026/03/x.warc.gz")
    's3://commoncrawl/crawl-data/CC-NEWS/2026/03/x.warc.gz'
    >>> _beside("archives", "x.warc.gz"), _beside("", "2026/x.warc.gz")
    ('archives/x.warc.gz', '2026/x.warc.gz')
    """
    repeated = str(PurePosixPath(entry).parent)
    if folder == repeated:
        return entry
    root = folder.removesuffix(f"/{repeated}")
    return f"{root}/{entry}" if folder else entry


@contextmanager
def local_copy(given: Input) -> Iterator[Path]:
    """Yield a path of the input's file or folder; a remote file is copied whole before it is read.

    So an interrupted transfer is an error of its own, and can't be taken for a damaged archive.

    Raises:
        UsageError: its file system's package is not installed.
        UnreadableError: it does not exist, or can't be copied.
    """
    path = local_path(given.location)
    if path is not None:
        try:
            check_paths([str(path)])
        except UsageError as error:
            raise UnreadableError(str(error)) from error
        yield path
        return
    system, inner = open_filesystem(given.location)
    with temporary_folder(given.part_name) as folder:
        copy = folder / PurePosixPath(inner).name
        _fetch(system, inner, copy, given.source)
        yield copy


def _fetch(system: Any, inner: str, copy: Path, source: str) -> None:
    """Copy a remote file.

    Raises:
        UnreadableError: it does not exist, the copy failed, or it is shorter than the file.
    """
    try:
        system.get_file(inner, str(copy))
        size = system.size(inner)
    except FileNotFoundError as error:
        raise UnreadableError(f"{source}: no such file") from error
    except Exception as error:  # the client library's own errors
        raise UnreadableError(f"{source}: can't be copied: {describe(error)}") from error
    _check_size(copy, size, source)


def _check_size(copy: Path, size: int | None, source: str) -> None:
    copied = copy.stat().st_size
    if size is not None and copied != size:
        raise UnreadableError(f"{source}: can't be copied: {copied} of {size} bytes arrived")
