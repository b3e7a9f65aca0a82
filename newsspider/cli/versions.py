"""`newsspider versions`: the changes of an article, from version to version."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, open_existing
from newsspider.errors import UsageError
from newsspider.record import ArticleRecord
from newsspider.revisiting.changes import changed_fields, iter_difference
from newsspider.urls import is_web_url


def versions(
    url: Annotated[
        str,
        typer.Argument(help="The article's address, or another that leads to it.", metavar="URL"),
    ],
    database: Database = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per version, oldest first.")
    ] = False,
) -> None:
    """Print an article's versions and what changed from each to the next: + added, - removed.

    An article gets a new version when its text, title, description, authors or publication date
    change.

    For example:

    ```
    newsspider versions https://herald.example/ferry
    newsspider versions URL --json | jq .body
    ```
    """
    if not is_web_url(url):
        raise UsageError(f"not a web address: {url!r} (expected https://…)")

    with open_existing(database) as store:
        found = store.versions(url)
        if not found:
            raise UsageError(f"no article at {url} in {store.name}")

    lines = map(ArticleRecord.to_json, found) if as_json else _describe_versions(found)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _describe_change(earlier: ArticleRecord, later: ArticleRecord) -> str:
    """Return the heading of a version: when it was read, and the fields that changed."""
    changed = ", ".join(changed_fields(earlier, later)) or "nothing that counts"
    line = f"version {later.version}  {later.fetched_at}  changed: {changed}"
    if earlier.extraction_version != later.extraction_version:
        line += " (newsspider's rules changed too)"

    return line


def _describe_versions(found: Sequence[ArticleRecord]) -> list[str]:
    """Return a line for each version, and below it the lines that changed."""
    first = found[0]
    lines = [
        f"version {first.version}  {first.fetched_at or first.first_seen}  {first.title}",
        f"  {first.url}",
    ]
    for earlier, later in pairwise(found):
        lines += ["", _describe_change(earlier, later)]
        lines += map("  {}".format, iter_difference(earlier, later))

    return lines
