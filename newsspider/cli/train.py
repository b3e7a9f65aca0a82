"""`newsspider train`: the model made again from gold."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from newsspider.cli.options.gold import CORES, Gold, Processes, check_extra
from newsspider.cli.progress import StepsBar
from newsspider.cli.score_tables import print_figures, print_reliability
from newsspider.errors import OutputError
from newsspider.workshop.training.boosting import FOLDS
from newsspider.workshop.training.train_model import train_and_describe, write_model


def train(
    gold: Gold,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where to write the model.")
    ],
    folds: Annotated[
        int, typer.Option(metavar="N", min=3, max=20, help="Number of folds, made by site.")
    ] = FOLDS,
    processes: Processes = CORES,
    credit: Annotated[
        list[str] | None,
        typer.Option(metavar="TEXT", help="Title, author and licence of the gold, for the card."),
    ] = None,
) -> None:
    """Train the model that tells body from boilerplate, and write it to a folder.

    FOLDER/model.npz is the model. FOLDER/card.json describes its training data and its accuracy,
    measured out of fold by site. Set NEWSSPIDER_MODEL=FOLDER to use the model. Training needs an
    extra: pip install 'newsspider[train]'

    For example:

    ```
    newsspider train gold/news corrections.gold.jsonl -o model/
    ```
    """
    check_extra("training")
    with StepsBar() as steps:
        trained, card = train_and_describe(gold, folds, processes, credit or [], steps.begin)

    try:
        paths = write_model(trained, card, output)
    except OSError as error:
        raise OutputError(f"{output}: {error.strerror}") from error

    print_figures(trained.evaluations)
    print_reliability(trained.reliability)
    for path in paths:
        Console(stderr=True).print(
            f"{path} ({path.stat().st_size / 1024:.0f} KiB)", highlight=False, soft_wrap=True
        )
