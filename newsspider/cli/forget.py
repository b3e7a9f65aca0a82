"""`newsspider forget`: removes pages for good, for takedowns and retention."""

import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, open_existing
from newsspider.clock import as_text, now
from newsspider.errors import UsageError
from newsspider.inputs.warc_editing import expire_warc_files, forget_in_warc, iter_warc_files
from newsspider.revisiting.schedule import parse_span
from newsspider.store.forgetting import Removed
from newsspider.store.store import Store
from newsspider.text import count_of, show_text
from newsspider.urls import is_web_url

MOST_SHOWN = 20
ONE_OF = {
    "articles": "article",
    "addresses": "address",
    "aliases": "alias",
    "versions": "version",
    "parts": "part",
    "remembered pages": "remembered page",  # in sites' memories
}
ELSEWHERE = (
    "exports and feeds (JSON lines, CSV, Parquet, notes), the HTTP cache (.scrapy/httpcache), JOBDIR folders, backups;"
    " remove them or write them anew"
)


def forget(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL]…", help="Any address of the pages.", show_default=False),
    ] = None,
    older_than: Annotated[
        str | None,
        typer.Option(
            metavar="AGE", help="Instead of URLs: all pages first seen longer ago, such as 365d."
        ),
    ] = None,
    warc: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="WARC files of the crawls; else $NEWSSPIDER_WARC."),
    ] = None,
    with_copies: Annotated[
        bool, typer.Option("--copies", help="Forget near-duplicates under other addresses too.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="With --older-than: show how many pages would be removed; remove nothing.",
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --older-than: don't ask.")] = False,
    database: Database = None,
) -> None:
    """Remove pages from the store and the WARC files, with all their addresses, versions and parts.

    URLs that were removed are never fetched or stored again. Nothing of their text remains in an
    SQLite file. The command prints where other copies may be: near-duplicates under other
    addresses, the files that the pages were read from, exports, caches and backups.

    For example:

    ```
    newsspider forget https://herald.example/ferry --warc warc/
    newsspider forget --older-than 365d --dry-run
    ```
    """
    if bool(urls) == bool(older_than):
        raise UsageError("give the URLs of pages, or --older-than")

    for url in urls or ():
        if not is_web_url(url):
            raise UsageError(f"{url}: not a web address")

    folder = _warc_folder(warc)
    before = as_text(now() - parse_span(older_than)) if older_than else None

    with open_existing(database) as store:
        if before is None:
            removed = store.forget(urls or (), with_copies=with_copies)
        elif _is_sure(store, before, dry_run=dry_run, yes=yes):
            removed = store.expire(before)
        else:
            return
        sys.stderr.write(f"{_describe_counts(removed.rows)} from {store.name}\n")

    if folder:
        counted = _remove_from_warc(folder, removed, before)
        sys.stderr.write(f"{counted} from {folder.absolute()}\n")

    sys.stderr.writelines(
        f"{show_text(line)}\n" for line in _iter_left(removed, has_warc=folder is not None)
    )


def _warc_folder(given: Path | None) -> Path | None:
    """Return the folder of WARC files; None if there is none.

    Raises:
        UsageError: the folder doesn't exist.
    """
    name = given or os.environ.get("NEWSSPIDER_WARC")
    if not name:
        return None
    if not Path(name).is_dir():
        raise UsageError(f"--warc {name}: no such folder")
    return Path(name)


def _remove_from_warc(folder: Path, removed: Removed, before: str | None) -> str:
    """Remove pages from WARC files, and return how many files or records are gone.

    Args:
        folder: the folder of the files.
        removed: the pages that were removed from the store.
        before: if given, whole files written before this moment are removed.
    """
    if before:
        return count_of(len(expire_warc_files(folder, before)), "WARC file")
    records = sum(forget_in_warc(path, removed.addresses) for path in iter_warc_files(folder))
    return count_of(records, "WARC record")


def _is_sure(store: Store, before: str, *, dry_run: bool, yes: bool) -> bool:
    """Print how many pages are that old, and return whether to remove them.

    Raises:
        UsageError: nobody can be asked.
    """
    counts = _describe_counts(store.count_older(before))
    pages = f"{counts}, first seen before {before}, in {store.name}"
    if dry_run:
        sys.stderr.write(f"would remove {pages}\n")
        return False

    if yes:
        return True
    if not _is_terminal():
        raise UsageError(f"{pages}: add --yes to remove them for good")
    return typer.confirm(f"Remove {pages}, for good?", err=True)


def _is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty()


def _iter_left(removed: Removed, *, has_warc: bool) -> Iterator[str]:
    """Yield where copies of the pages may be, one line per place."""
    yield from removed.traces
    if removed.copies:
        yield "near-duplicates under other addresses are still there; this forgets them too:"
        yield f"  newsspider forget {shlex.join(removed.copies[:MOST_SHOWN])}"

    if left := len(removed.copies[MOST_SHOWN:]):
        yield f"  ({left} more)"

    if removed.sources:
        files = ", ".join(removed.sources[:MOST_SHOWN])
        left = len(removed.sources[MOST_SHOWN:])
        more = f" and {left} more" if left else ""
        yield f"the pages were read from, and are still in: {files}{more}"

    warc = "" if has_warc else "WARC files (--warc FOLDER), "
    yield f"not looked at: {warc}{ELSEWHERE}"


def _describe_counts(counts: Mapping[str, int]) -> str:
    """Return the numbers of rows by table, in words."""
    words = [
        count_of(counts[table], ONE_OF.get(table, table), table)
        for table in counts
        if counts[table]
    ]
    return ", ".join(words) or "nothing"
