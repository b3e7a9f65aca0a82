"""`newsspider stats`: the numbers of records in the store."""

import json
import sys
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from newsspider.cli.hints import command_line
from newsspider.cli.options.common import Database, open_existing
from newsspider.kinds import count_kind
from newsspider.store.schema.tables import articles, quarantine
from newsspider.store.store import Store
from newsspider.text import count_of, split_words

SHOWN_ROWS = 15  # of each table; --json has all
MINUTE = len("2026-03-24T10:00")  # of a moment, UTC
SHOWN_FIELDS = (
    "title", "description", "authors", "published", "modified", "section", "tags", "language", "image", "publisher",
    "canonical_url", "is_free", "body",
)  # fmt: skip


def stats(
    database: Database = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all counts as one JSON object.")
    ] = False,
) -> None:
    """Print the number of records by site, kind and day, how many articles have each field, and the last runs.

    For example:

    ```
    newsspider stats
    newsspider stats --db archive.db --json
    ```
    """
    with open_existing(database) as store:
        counts = _count(store)
        word = _word_in(store)

    if as_json:
        sys.stdout.write(json.dumps(counts, ensure_ascii=False) + "\n")
        return

    console = Console()
    for title, columns, rows in _tables(counts):
        if not rows:
            continue
        table = Table(*columns, title=title, title_justify="left", title_style="bold")
        for row in rows[:SHOWN_ROWS]:
            table.add_row(*("—" if value is None else str(value) for value in row))
        console.print(table)
        if len(rows) > SHOWN_ROWS:
            console.print(f"… and {len(rows) - SHOWN_ROWS} more (--json has all)")

    console.print(
        f"\n{count_of(counts['articles'], 'article')} in {counts['database']}",
        highlight=False,
        soft_wrap=True,
    )
    for command in (("search", word), ("export", "-o", "articles.csv")):
        console.print(
            f"  {command_line(*command, database=database)}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def _count(store: Store) -> dict[str, Any]:
    """Return all counts of a store as JSON types."""
    by_site_kind = [
        {"table": table.name, "site": site, "kind": kind, "records": number}
        for table in (articles, quarantine)
        for (site, kind), number in store.count(table, "site", "kind").most_common()
    ]
    return {
        "database": store.name,
        "articles": store.count(articles).total(),
        "quarantine": store.count(quarantine).total(),
        "by_site_kind": by_site_kind,
        "by_day": dict(
            sorted(
                ((day or "undated", n) for (day,), n in store.count(articles, "day").items()),
                reverse=True,
            )
        ),
        "by_reason": {
            f"{kind}: {reason}": number
            for (kind, reason), number in store.count(quarantine, "kind", "reason").most_common()
        },
        "fields": store.count_fields(),
        "runs": store.read_runs(SHOWN_ROWS),
    }


def _word_in(store: Store) -> str:
    """Return a word to search for: the longest of some article's title."""
    first = next(store.read(), None)
    return max(split_words(first.title), key=len) if first and first.title else "WORDS"


def _tables(counts: dict[str, Any]) -> list[tuple[str, list[str], list[tuple[Any, ...]]]]:
    """Return the tables to show: title, columns, rows."""
    fields = [
        (name, counts["fields"][name], _share(counts["fields"][name], counts["articles"]))
        for name in SHOWN_FIELDS
    ]
    return [
        (
            "Records by site and kind",
            ["table", "site", "kind", "records"],
            [tuple(row.values()) for row in counts["by_site_kind"]],
        ),
        ("Articles by day", ["published", "articles"], list(counts["by_day"].items())),
        ("Quarantine by reason", ["kind: reason", "pages"], list(counts["by_reason"].items())),
        ("Fields found in articles", ["field", "articles", "share"], fields),
        (
            "Last runs",
            ["started", "took", "command", "pages", "exit"],
            [
                (
                    run["started_at"][:MINUTE],
                    _took(run),
                    run["command"],
                    _listed(run["counts"]),
                    run["exit_code"],
                )
                for run in counts["runs"]
            ],
        ),
    ]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "—"


def _took(run: dict[str, Any]) -> str | None:
    """Return how long a run took; None while it goes on, or if it was killed."""
    if not run["finished_at"]:
        return None
    took = datetime.fromisoformat(run["finished_at"]) - datetime.fromisoformat(run["started_at"])
    return str(timedelta(seconds=int(took.total_seconds())))


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(count_kind(number, name) for name, number in counts.items())
