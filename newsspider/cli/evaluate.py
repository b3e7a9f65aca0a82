"""`newsspider evaluate`: bodies measured against gold, beside trafilatura."""

import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from newsspider.cli.evaluate_view import is_known, print_comparison, print_remembered
from newsspider.cli.options.gold import CORES, Gold, Processes, check_extra
from newsspider.cli.options.witness import Witness
from newsspider.cli.progress import StepsBar
from newsspider.errors import ExitCode, UsageError
from newsspider.extraction.witness_policy import read_policy
from newsspider.workshop.training.boosting import FOLDS
from newsspider.workshop.training.comparison import (
    ComparedPage,
    Comparison,
    choose_foldings,
    compare,
    count_shared_sites,
    rows_of,
)
from newsspider.workshop.training.evaluation import Evaluation
from newsspider.workshop.training.remembering import Remembered, measure_with_memory
from newsspider.workshop.training.scoring import Score
from newsspider.workshop.training.train_model import read_sets

SHOWN_FAILURES = 5  # pages named on standard error; --json has all


def evaluate(
    gold: Gold,
    worst: Annotated[
        int, typer.Option(min=0, help="List the N worst pages of each folder.", metavar="N")
    ] = 0,
    out_of_fold: Annotated[
        bool,
        typer.Option(
            "--out-of-fold",
            help="Also train fresh models, with folds by site. Takes minutes to an hour.",
        ),
    ] = False,
    leave_out: Annotated[
        bool,
        typer.Option(
            "--leave-out",
            help="Also measure each folder with a model trained on all other folders.",
        ),
    ] = False,
    folds: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=3,
            max=20,
            help=f"Number of folds for --out-of-fold; {FOLDS} by default.",
        ),
    ] = None,
    site_memory: Annotated[
        bool,
        typer.Option(
            "--site-memory",
            help="Also measure pages of sites with six or more, each with the memory of the others.",
        ),
    ] = False,
    witness: Witness = "always",
    processes: Processes = CORES,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print one JSON object: figures by folder and language, and each page."
        ),
    ] = False,
) -> None:
    """Measure bodies against gold, for the model in use and for trafilatura, by folder and by language.

    policy_f1 is shingle_f1 without the blocks on which a folder's gold contradicts the body policy:
    list items that a publisher's selectors leave out, captions that were kept by hand.

    If the gold has no bodies, only must-have and must-not-have snippets are measured. A language
    with five pages or more has its own row. Pages that end empty or in quarantine are counted if
    trafilatura finds a body.

    Figures of a folder that the model was trained on are marked, because they are too good. For
    honest figures, train fresh models with --out-of-fold or --leave-out (needs the extra: pip
    install 'newsspider[train]').

    `--witness` applies to the model in use. Fresh models are measured with each of its values.

    Exit codes: 0 fine, 1 some pages could not be read (they count as empty), 2 wrong usage.

    For example:

    ```
    newsspider evaluate gold/news gold/blogs
    newsspider evaluate gold/news --worst 20
    newsspider evaluate gold/* --leave-out --json > figures.json
    newsspider evaluate gold/news --site-memory
    NEWSSPIDER_MODEL=model/ newsspider evaluate gold/news
    ```
    """
    policy = read_policy(witness, "--witness")
    if folds is not None and not out_of_fold:
        raise UsageError("--folds is for --out-of-fold: give both")

    if out_of_fold or leave_out:
        check_extra("a fresh model (--out-of-fold, --leave-out)")

    sets = read_sets(gold)
    foldings = choose_foldings(sets, (folds or FOLDS) if out_of_fold else None, leave_out=leave_out)
    with StepsBar() as steps:
        comparison = compare(sets, foldings, processes, steps.begin, policy)
        pages = [page for pages in sets for page in pages] if site_memory else []
        remembered = measure_with_memory(pages, policy, processes, steps.begin)

    if as_json:
        sys.stdout.write(json.dumps(_to_dict(comparison, remembered), ensure_ascii=False) + "\n")
    else:
        print_comparison(comparison, worst)
        print_remembered(remembered)

    sys.exit(_report_failures(comparison))


def _to_dict(comparison: Comparison, remembered: Sequence[Remembered]) -> dict[str, Any]:
    """Return all figures as JSON types."""
    main = comparison.names[0]
    return {
        "figures": [_row_to_dict(row, comparison) for row in rows_of(comparison)],
        "confidence": comparison.reliability,
        "sites_in_other_folders": count_shared_sites(comparison),
        "pages": [_page_to_dict(page, main) for page in comparison.pages],
        "site_memory": [_remembered_to_dict(each) for each in remembered],
    }


def _remembered_to_dict(each: Remembered) -> dict[str, Any]:
    return {
        "folder": each.gold.folder,
        "page": each.gold.row["page"],
        "site": each.gold.site,
        "without": _score_to_dict(each.without),
        "with": _score_to_dict(each.with_memory),
        "changed_fields": each.changed,
    }


def _row_to_dict(row: Evaluation, comparison: Comparison) -> dict[str, Any]:
    figures = {name: None if math.isnan(value) else value for name, value in row.summary.items()}
    return {
        "folder": row.folder,
        "language": row.language,
        "by": row.name,
        "pages": len(row.scores),
        "trained_on_these_pages": is_known(row, comparison),
        **figures,
    }


def _page_to_dict(page: ComparedPage, main: str) -> dict[str, Any]:
    return {
        "folder": page.gold.folder,
        "page": page.gold.row["page"],
        "path": str(page.gold.path) if page.gold.path else None,
        "site": page.gold.site,
        "language": page.language,
        "quarantine": page.quarantine,
        "failure": page.failure,
        "missed": page.is_missed(main),
        "by": {by: _score_to_dict(score) for by, score in page.scores.items()},
    }


def _score_to_dict(score: Score) -> dict[str, Any]:
    return {name: value for name, value in asdict(score).items() if name != "page"}


def _failed_pages(comparison: Comparison) -> list[ComparedPage]:
    return [page for page in comparison.pages if page.failure]


def _report_failures(comparison: Comparison) -> ExitCode:
    """Name the pages that could not be read on standard error, and return the exit code."""
    failed = _failed_pages(comparison)
    if not failed:
        return ExitCode.FINE

    for page in failed[:SHOWN_FAILURES]:
        sys.stderr.write(f"{page.gold.place}: {page.failure}\n")

    sys.stderr.write(
        f"{len(failed)} of {len(comparison.pages)} pages could not be read and count as empty\n"
    )
    return ExitCode.SOME_PAGES_FAILED
