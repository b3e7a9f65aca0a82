"""`newsspider duplicates`: articles that are near-duplicates of each other."""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from newsspider.cli.options.common import Database, Site, open_existing
from newsspider.record import ArticleRecord

SHOWN_CLUSTERS = 20


def duplicates(
    database: Database = None,
    site: Site = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="Maximum number of clusters.")
    ] = SHOWN_CLUSTERS,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json",
            help="Print all clusters as JSON, one line per cluster: the original and its duplicates.",
        ),
    ] = False,
) -> None:
    """List articles with nearly the same text, on any site.

    Under the earliest are the others, with their similarity.

    Such articles are wire copy and lightly edited reprints: half or more of their pairs of words
    are the same. They are linked when they are stored. NEWSSPIDER_DUPLICATES=drop doesn't store
    them, and =off doesn't look for them.

    For example:

    ```
    newsspider duplicates
    newsspider duplicates --site herald.example --json
    ```
    """
    with open_existing(database) as store:
        clusters = store.iter_clusters(site)
        if as_json:
            sys.stdout.writelines(
                f"{json.dumps(_as_dict(each), ensure_ascii=False)}\n" for each in clusters
            )
            return

        shown = list(islice(clusters, limit))
        more = (
            (sum(1 for _ in clusters) if site else store.count_clusters() - len(shown))
            if shown
            else 0
        )

    console = Console()
    if not shown:
        console.print(f"no near-duplicates in {store.name}", highlight=False, soft_wrap=True)
        return

    table = Table("alike", "published", "site", "title", "address")
    for cluster in shown:
        for row in _rows(cluster):
            table.add_row(*row)
        table.add_section()

    console.print(table)
    if more:
        console.print(f"… and {more} more (--json has all)")


def _rows(cluster: list[ArticleRecord]) -> Iterator[tuple[str, ...]]:
    """Yield a cluster's cells."""
    for record in cluster:
        alike = f"{100 * record.similarity:.0f} %" if record.similarity is not None else ""
        published = (record.published or "undated")[: len("2026-03-24T09:30")]
        yield (
            alike,
            published,
            record.site or "",
            record.title or "",
            record.url or record.source or "",
        )


def _as_dict(cluster: list[ArticleRecord]) -> dict[str, Any]:
    """Return a cluster as JSON types."""
    original, *others = cluster
    return {
        **_named(original),
        "duplicates": [
            {**_named(each), "duplicate_of": each.duplicate_of, "similarity": each.similarity}
            for each in others
        ],
    }


def _named(record: ArticleRecord) -> dict[str, Any]:
    names = ("key", "url", "site", "title", "published", "first_seen")
    return {name: getattr(record, name) for name in names}
