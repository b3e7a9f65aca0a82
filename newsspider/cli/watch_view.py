"""The list of watches, as a table or as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table

from newsspider.notifying.targets import name_of
from newsspider.store.store import Store
from newsspider.store.watches import TOLD, UNSURE, Watch

UNSURE_LEGEND = (
    "unsure: may not have arrived; `newsspider watch run NAME --unsure` sends them again"
)


def to_dict(store: Store, watch: Watch) -> dict[str, Any]:
    """Return a watch as JSON types, with targets without passwords."""
    counts = store.count_told(watch)
    targets = [
        {"target": name_of(url), "sent": counts[url, TOLD], "unsure": counts[url, UNSURE]}
        for url in watch.targets
    ]
    return {**asdict(watch), "targets": targets}


def print_watches(rows: Sequence[dict[str, Any]]) -> None:
    """Print a table of watches, one row per target."""
    columns = ["sent"]
    if any(target["unsure"] for row in rows for target in row["targets"]):
        columns.append("unsure")

    table = Table()
    for name in ("watch", "words", "target"):
        table.add_column(name, overflow="fold")

    for name in columns:
        table.add_column(name, justify="right")

    for row in rows:
        _add_rows(table, row, columns)

    Console().print(table, markup=False)
    if "unsure" in columns:
        Console().print(UNSURE_LEGEND, highlight=False, soft_wrap=True)


def _add_rows(table: Table, row: dict[str, Any], columns: Sequence[str]) -> None:
    """Add the targets of a watch. Its name and search are in the first row only."""
    limits = [*row["sites"], *row["languages"]]
    if row["since"]:
        limits.append(f"since {row['since']}")

    search = [row["name"], " · ".join([row["words"], *limits])]
    for target in row["targets"]:
        table.add_row(*search, target["target"], *(str(target[name]) for name in columns))
        search = ["", ""]
