"""The figures of `newsspider evaluate` on the terminal."""

import shlex
from collections.abc import Iterator, Sequence
from functools import partial

from rich.console import Console

from newsspider.cli.score_tables import print_figures, print_reliability
from newsspider.text import count_of
from newsspider.workshop.training.comparison import (
    IN_USE,
    LEFT_OUT,
    TRAFILATURA,
    ComparedPage,
    Comparison,
    count_shared_sites,
    rows_of,
)
from newsspider.workshop.training.evaluation import Evaluation
from newsspider.workshop.training.remembering import Remembered, memory_rows

TRAINED_ON_IT = "(trained on these pages)"


def print_comparison(comparison: Comparison, worst: int) -> None:
    """Print the figures, then notes about them, then the worst pages of each folder.

    Args:
        comparison: the figures.
        worst: how many pages to name per folder.
    """
    print_figures(rows_of(comparison), partial(_name_of, comparison))
    for by, rows in comparison.reliability.items():
        print_reliability(rows, by)

    console = Console(highlight=False, markup=False, soft_wrap=True)
    for line in _iter_notes(comparison):
        console.print(line)

    main = comparison.names[0]
    for folder, pages in comparison.folders.items():
        for line in _iter_missed(folder, pages, main, is_named=worst > 0):
            console.print(line)
        for line in _iter_worst(folder, pages, main, worst):
            console.print(line)


def is_known(row: Evaluation, comparison: Comparison) -> bool:
    """Whether the evaluated model was trained on the folder."""
    return row.name == IN_USE and row.folder in comparison.known


def _name_of(comparison: Comparison, row: Evaluation) -> str:
    if is_known(row, comparison):
        return f"{row.name} {TRAINED_ON_IT}"
    return row.name


def _iter_notes(comparison: Comparison) -> Iterator[str]:
    """Yield why some figures are too good."""
    if _measures_training_pages(comparison):
        folders = ", ".join(sorted(comparison.known))
        yield (
            f"The model in use was trained on {folders}: its figures there are too good. "
            "For honest ones: --out-of-fold or --leave-out."
        )

    if LEFT_OUT not in comparison.reliability:
        return

    for folder, shared in count_shared_sites(comparison).items():
        if shared:
            yield (
                f"{folder}: {shared} of its sites are in other folders too, so they are not left out."
            )


def _measures_training_pages(comparison: Comparison) -> bool:
    """Whether the model in use is measured on pages that it was trained on."""
    return bool(comparison.known) and comparison.names[0] == IN_USE


def _iter_missed(
    folder: str, pages: Sequence[ComparedPage], main: str, *, is_named: bool
) -> Iterator[str]:
    """Yield how many pages have no body although trafilatura finds one, and the pages."""
    missed = [page for page in pages if page.is_missed(main)]
    if not missed:
        return

    yield f"{folder}: empty or in quarantine, though trafilatura finds a body: {len(missed)}"
    if is_named:
        yield from (f"  {page.quarantine or 'empty'}  {_command_for(page)}" for page in missed)


def _iter_worst(folder: str, pages: Sequence[ComparedPage], main: str, worst: int) -> Iterator[str]:
    """Yield the pages with the lowest grades."""
    grades = [(grade, page) for page in pages if (grade := page.scores[main].grade) is not None]
    if not grades:
        yield f"{folder}: its gold has neither bodies nor snippets, so nothing was measured"
        return

    if worst:
        yield f"{folder}: worst pages, {main}"

    for grade, page in sorted(grades, key=lambda each: each[0])[:worst]:
        measure = "snippets right" if page.scores[main].word_f1 is None else "word F1"
        theirs = page.scores[TRAFILATURA].grade
        yield f"  {measure} {grade:.3f}, trafilatura {theirs:.3f}  {_command_for(page)}"


def _command_for(page: ComparedPage) -> str:
    """Return the command that shows the blocks of a page."""
    path = page.gold.path
    if path:
        return f"newsspider why {shlex.quote(str(path))}"
    return f"{page.gold.row['page']} (in the gold file)"


def print_remembered(remembered: Sequence[Remembered]) -> None:
    """Print bodies without and with site memory, and the pages whose bodies are worse with it."""
    if not remembered:
        return

    print_figures(memory_rows(remembered))
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for folder in dict.fromkeys(each.gold.folder for each in remembered):
        gains = [each.gain for each in remembered if each.gold.folder == folder]
        better = count_of(sum(gain > 0 for gain in gains), "page")
        worse = sum(gain < 0 for gain in gains)
        console.print(f"{folder}: {better} better with site memory, {worse} worse")

    for each in sorted(remembered, key=lambda each: each.gain):
        if each.gain < 0:
            console.print(f"  {each.gain:+.3f}  {each.gold.place}")
