"""`newsspider train` and `newsspider evaluate`: the model made again, and measured."""

import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from newsspider.errors import OutputError, UsageError
from newsspider.training.boosting import FOLDS
from newsspider.training.evaluation import Evaluation
from newsspider.training.training import Trained, evaluate_all, train_and_describe, write_model

SHOWN_FIGURES = (
    "shingle_f1", "precision", "recall", "accuracy", "word_f1", "below_half", "must_have", "must_not_have",
)  # fmt: skip

TABLE_COLUMNS = 136  # what the figures need; narrower terminals break the lines, which beats cutting the figures
CORES = os.cpu_count() or 1

Gold = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD…", help="Folders with gold.jsonl(.gz) and pages/, or .jsonl files that `why --html` saved."
    ),
]
Folds = Annotated[int, typer.Option(min=3, max=20, help="Folds, made by site.")]
Processes = Annotated[int, typer.Option(min=1, help="Processes to work in.")]


def train(
    gold: Gold,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the model.")],
    folds: Folds = FOLDS,
    processes: Processes = CORES,
    credit: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Title, author and licence of the gold, for the card.")
    ] = None,
) -> None:
    """Train the model that tells body from boilerplate, and write it with its card.

    FOLDER/model.npz is the model, FOLDER/card.json says what it was trained on and how good it is out of fold by site.
    To use it: NEWSSPIDER_MODEL=FOLDER. Needs the extra: pip install 'newsspider[train]'

    Example: `newsspider train gold/news gold/blogs corrections.gold.jsonl -o model/`
    """
    _check_extra()
    console = Console(stderr=True)
    trained, card = train_and_describe(gold, folds, processes, credit or [], _teller(console))
    try:
        paths = write_model(trained, card, output)
    except OSError as error:
        raise OutputError(f"{output}: {error.strerror}") from error
    _print_evaluations(trained.evaluations)
    _print_reliability(trained)
    for path in paths:
        console.print(f"{path} ({path.stat().st_size / 1024:.0f} KiB)", highlight=False, soft_wrap=True)


def evaluate(
    gold: Gold,
    folds: Folds = FOLDS,
    worst: Annotated[int, typer.Option(min=0, help="List so many of the worst pages of each folder.")] = 10,
    processes: Processes = CORES,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as one JSON object.")] = False,
) -> None:
    """Measure bodies against gold: a freshly trained model out of fold by site, the shipped one, trafilatura alone.

    The shipped model is measured only on folders that its card does not name: it has seen the others. Needs the
    extra: pip install 'newsspider[train]'

    Example: `newsspider evaluate gold/news gold/blogs --worst 20`
    """
    _check_extra()
    trained, evaluations = evaluate_all(gold, folds, processes, _teller(Console(stderr=True)))
    if as_json:
        figures = [{"folder": each.folder, "by": each.name, **each.summary} for each in evaluations]
        sys.stdout.write(json.dumps({"figures": figures, "confidence": trained.reliability}) + "\n")
        return
    _print_evaluations(evaluations)
    _print_reliability(trained)
    console = Console()
    for each in evaluations[: len(gold)]:
        for score in each.scores[:worst]:
            console.print(f"  {each.folder}/{score.page}: word F1 {score.word_f1:.3f}", highlight=False)


def _check_extra() -> None:
    """Refuse to begin without what training needs.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    if importlib.util.find_spec("sklearn") is None:
        raise UsageError("training needs scikit-learn: pip install 'newsspider[train]'")


def _teller(console: Console) -> Callable[[str], None]:
    """Return what says each step of long work on standard error."""
    return lambda step: console.print(f"{step} …", highlight=False)


def _print_evaluations(evaluations: tuple[Evaluation, ...]) -> None:
    table = Table("folder", "by", *SHOWN_FIGURES, title="Bodies against gold", title_justify="left", box=None)
    for each in evaluations:
        table.add_row(each.folder, each.name, *(_figure(each.summary[name]) for name in SHOWN_FIGURES))
    console = Console()
    console.print(table, width=max(console.width, TABLE_COLUMNS))


def _print_reliability(trained: Trained) -> None:
    table = Table("confidence", "pages", "right (word F1 ≥ 0.9)", title="Confidence, out of fold", title_justify="left")
    for row in trained.reliability:
        table.add_row(f"{row['from']:.2f} to {row['to']:.2f}", str(row["pages"]), f"{row['right']:.2f}")
    Console().print(table)


def _figure(value: float) -> str:
    return "—" if value != value else f"{value:.4f}"  # nan: nothing to measure
