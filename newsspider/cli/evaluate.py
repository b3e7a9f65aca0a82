"""`newsspider evaluate`: bodies measured against gold, beside trafilatura."""

import json
import shlex
import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console

from newsspider.cli.figures import print_figures, print_reliability
from newsspider.cli.options.gold import CORES, Gold, Processes, check_extra
from newsspider.cli.options.witness import Witness
from newsspider.cli.progress import StepsBar
from newsspider.errors import ExitCode, UsageError
from newsspider.extraction.witness_policy import read_policy
from newsspider.workshop.training.boosting import FOLDS
from newsspider.workshop.training.comparison import (
    IN_USE,
    LEFT_OUT,
    TRAFILATURA,
    ComparedPage,
    Comparison,
    choose_foldings,
    compare,
    count_shared_sites,
    rows_of,
)
from newsspider.workshop.training.evaluation import Evaluation
from newsspider.workshop.training.scoring import Score
from newsspider.workshop.training.train_model import read_sets

TRAINED_ON_IT = "(trained on these pages)"
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

    policy_f1 is shingle_f1 without the blocks on which a folder's gold contradicts the body policy: list items that a
    publisher's selectors leave out, captions that were kept by hand.

    If the gold has no bodies, only must-have and must-not-have snippets are measured. A language with five pages or
    more has its own row. Pages that end empty or in quarantine are counted if trafilatura finds a body.

    Figures of a folder that the model was trained on are marked, because they are too good. For honest figures, train
    fresh models with --out-of-fold or --leave-out (needs the extra: pip install 'newsspider[train]').

    `--witness` applies to the model in use. Fresh models are measured with each of its values.

    Exit codes: 0 fine, 1 some pages could not be read (they count as empty), 2 wrong usage.

    For example:

    ```
    newsspider evaluate gold/news gold/blogs
    newsspider evaluate gold/news --worst 20
    newsspider evaluate gold/* --leave-out --json > figures.json
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
    if as_json:
        sys.stdout.write(json.dumps(_to_dict(comparison), ensure_ascii=False) + "\n")
    else:
        _print(comparison, worst)
    sys.exit(_report_failures(comparison))


def _print(comparison: Comparison, worst: int) -> None:
    main = comparison.names[0]
    console = Console(highlight=False, markup=False, soft_wrap=True)
    print_figures(
        rows_of(comparison),
        lambda row: f"{row.name} {TRAINED_ON_IT}" if _is_known(row, comparison) else row.name,
    )
    for by, rows in comparison.reliability.items():
        print_reliability(rows, by)
    if comparison.known and main == IN_USE:
        console.print(
            f"The model in use was trained on {', '.join(sorted(comparison.known))}: its figures there are too good. "
            "For honest ones: --out-of-fold or --leave-out."
        )
    if LEFT_OUT in comparison.reliability:
        for folder, shared in count_shared_sites(comparison).items():
            if shared:
                console.print(
                    f"{folder}: {shared} of its sites are in other folders too, so they are not left out."
                )
    for folder, pages in comparison.folders.items():
        missed = [page for page in pages if page.is_missed(main)]
        if missed:
            console.print(
                f"{folder}: empty or in quarantine, though trafilatura finds a body: {len(missed)}"
            )
        for page in missed if worst else ():
            console.print(f"  {page.quarantine or 'empty'}  {_look_at(page)}")
        graded = sorted(
            (page for page in pages if _grade(page, main) is not None),
            key=lambda page: _grade(page, main) or 0,
        )
        if worst and graded:
            console.print(f"{folder}: worst pages, {main}")
        for page in graded[:worst]:
            what = "snippets right" if page.scores[main].word_f1 is None else "word F1"
            ours, theirs = _grade(page, main), _grade(page, TRAFILATURA)
            console.print(f"  {what} {ours:.3f}, trafilatura {theirs:.3f}  {_look_at(page)}")
        if not graded:
            console.print(
                f"{folder}: its gold has neither bodies nor snippets, so nothing was measured"
            )


def _grade(page: ComparedPage, by: str) -> float | None:
    return page.scores[by].grade


def _look_at(page: ComparedPage) -> str:
    """Return the command that shows the page's blocks."""
    path = page.gold.path
    return (
        f"newsspider why {shlex.quote(str(path))}"
        if path
        else f"{page.gold.row['page']} (in the gold file)"
    )


def _is_known(row: Evaluation, comparison: Comparison) -> bool:
    return row.name == IN_USE and row.folder in comparison.known


def _to_dict(comparison: Comparison) -> dict[str, Any]:
    return {
        "figures": [
            {
                "folder": row.folder,
                "language": row.language,
                "by": row.name,
                "pages": len(row.scores),
                "trained_on_these_pages": _is_known(row, comparison),
                **{name: value if value == value else None for name, value in row.summary.items()},
            }
            for row in rows_of(comparison)
        ],
        "confidence": comparison.reliability,
        "sites_in_other_folders": count_shared_sites(comparison),
        "pages": [
            {
                "folder": page.gold.folder,
                "page": page.gold.row["page"],
                "path": str(page.gold.path) if page.gold.path else None,
                "site": page.gold.site,
                "language": page.language,
                "quarantine": page.quarantine,
                "failure": page.failure,
                "missed": page.is_missed(comparison.names[0]),
                "by": {by: _score_to_dict(score) for by, score in page.scores.items()},
            }
            for page in comparison.pages
        ],
    }


def _score_to_dict(score: Score) -> dict[str, Any]:
    return {name: value for name, value in asdict(score).items() if name != "page"}


def _report_failures(comparison: Comparison) -> ExitCode:
    """Name the pages that could not be read on standard error, and return the exit code."""
    failed = [page for page in comparison.pages if page.failure]
    if not failed:
        return ExitCode.FINE
    for page in failed[:SHOWN_FAILURES]:
        sys.stderr.write(f"{page.gold.place}: {page.failure}\n")
    sys.stderr.write(
        f"{len(failed)} of {len(comparison.pages)} pages could not be read and count as empty\n"
    )
    return ExitCode.SOME_PAGES_FAILED
