"""Tables that show how good bodies are."""

import math
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.table import Table

from newsspider.workshop.training.evaluation import Evaluation

SHOWN_FIGURES = (
    "shingle_f1", "policy_f1", "precision", "recall", "accuracy", "word_f1", "below_half", "must_have", "must_not_have",
)  # fmt: skip
TABLE_COLUMNS = 161  # the figures need as many; lines that break in a narrow terminal are better than cut figures


def print_figures(
    rows: Iterable[Evaluation], name_of: Callable[[Evaluation], str] = lambda row: row.name
) -> None:
    """Print one row per evaluation; only the first row of a folder has its name."""
    table = Table(title="Bodies against gold", title_justify="left", box=None)
    for name in ("folder", "by"):
        table.add_column(name, no_wrap=True)

    for name in ("pages", *SHOWN_FIGURES):
        table.add_column(name, justify="right", no_wrap=True)

    before = None
    for row in rows:
        scope = f"{row.folder}: {row.language}" if row.language else row.folder
        figures = (_figure(row.summary[name]) for name in SHOWN_FIGURES)
        table.add_row(
            "" if scope == before else scope, name_of(row), str(len(row.scores)), *figures
        )
        before = scope

    Console(highlight=False, width=max(Console().width, TABLE_COLUMNS)).print(table)


def print_reliability(rows: Sequence[dict[str, float]], by: str = "out of fold") -> None:
    """Print how often bodies of each confidence are right."""
    table = Table(
        "confidence",
        "pages",
        "right (word F1 ≥ 0.9)",
        title=f"Confidence, {by}",
        title_justify="left",
    )
    for row in rows:
        table.add_row(
            f"{row['from']:.2f} to {row['to']:.2f}", str(row["pages"]), f"{row['right']:.2f}"
        )

    Console().print(table)


def _figure(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.4f}"  # nan: nothing to measure
