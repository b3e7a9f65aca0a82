"""`newsspider extract --part-per-input`: each input to a file of its own, on this machine or on a Dask cluster."""

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import NoReturn

from newsspider.cli.progress import PartsBar
from newsspider.errors import ClusterError, ExitCode, UsageError
from newsspider.exit_codes import code_for
from newsspider.inputs.paths import LOOKED_FOR
from newsspider.mending.parsers import load_parsers
from newsspider.outputs.writer_choice import STANDARD_OUTPUT, check_not_read
from newsspider.part_per_input import LOCAL
from newsspider.part_per_input.cluster import make_parts_on_cluster
from newsspider.part_per_input.destinations import open_parts
from newsspider.part_per_input.filesystems import is_url, local_path
from newsspider.part_per_input.inputs import list_inputs
from newsspider.part_per_input.make_part import Recipe
from newsspider.part_per_input.part_names import Input
from newsspider.part_per_input.parts import Parts
from newsspider.part_per_input.running import Outcome, Progress, make_parts_here
from newsspider.pool import check_model
from newsspider.text import count_of, show_text
from pipelines.count import Tally

SHOWN_PROBLEMS = 20  # inputs without a part that are named; the rest is counted


def extract_parts(
    paths: list[str], out: str, recipe: Recipe, *, resume: bool, dask: str | None
) -> NoReturn:
    """Make the part of each input and end the command.

    Raises:
        UsageError: an argument is wrong, or a part is there and may not be lost.
        OutputError: a part can't be written.
    """
    recipe.check()
    _check_output(out)
    inputs = list_inputs(paths, are_here=dask in (None, LOCAL))
    check_not_read(
        out, recipe.form, (each.location for each in inputs if not is_url(each.location))
    )
    check_model()
    load_parsers(recipe.limits.parsers)
    parts = open_parts(out, recipe.form)
    parts.sweep()
    run = _Run(parts.name)
    wanted = _without_existing(inputs, parts, run, resume=resume, replace=recipe.replace)

    with PartsBar(len(wanted)) as bar:
        try:
            with closing(_make_parts(wanted, out, parts, recipe, dask, bar)) as outcomes:
                for outcome in outcomes:
                    run.add(outcome)
        except KeyboardInterrupt:
            run.interrupted = True  # finished parts are kept
        except ClusterError as error:
            run.ended_by = str(error)

    if run.interrupted:
        parts.sweep()

    if (
        not run.problems
        and not run.interrupted
        and not run.there
        and not run.tally.kinds
        and not run.ended_by
    ):
        raise UsageError(f"{' '.join(paths)}: no pages in there ({LOOKED_FOR})")

    sys.stderr.writelines(f"{line}\n" for line in run.lines())
    sys.exit(run.exit_code)


def _check_output(out: str) -> None:
    """Refuse an output that is no folder.

    Raises:
        UsageError: one line that says why.
    """
    path = local_path(out)
    if out == STANDARD_OUTPUT:
        raise UsageError("--part-per-input writes a folder: name one with -o")
    if path is not None and path.exists() and not path.is_dir():
        raise UsageError(f"{out}: --part-per-input writes a folder, and this is a file")


def _without_existing(
    inputs: list[Input], parts: Parts, run: "_Run", *, resume: bool, replace: bool
) -> list[Input]:
    """Return the inputs whose parts are to be made; the others are counted.

    Raises:
        UsageError: a part exists, and neither --resume nor --replace was given.
    """
    if replace:
        return inputs

    wanted = []
    for given in inputs:
        files = parts.find(given.part_name)
        if not files:
            wanted.append(given)
        elif resume:
            run.there += 1
        else:
            raise UsageError(
                f"{files[0]}: already exists: --replace overwrites it, --resume skips it"
            )

    return wanted


def _make_parts(
    inputs: list[Input],
    out: str,
    parts: Parts,
    recipe: Recipe,
    dask: str | None,
    progress: Progress,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each input."""
    if dask is None or not inputs:
        yield from make_parts_here(inputs, parts, recipe, progress)
        return
    everywhere = out if is_url(out) else os.path.abspath(out)  # noqa: PTH100  # symbolic links stay as they are
    yield from make_parts_on_cluster(inputs, everywhere, recipe, dask, progress)


@dataclass
class _Run:
    """The progress of a run.

    Attributes:
        name: of the output.
        made: parts.
        there: parts that were there already.
        problems: why inputs have no part.
        tally: the records of the parts.
    """

    name: str
    made: int = 0
    there: int = 0
    problems: list[str] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    interrupted: bool = False
    ended_by: str | None = None

    def add(self, outcome: Outcome) -> None:
        """Take note of an outcome."""
        if outcome.part is None:
            self.problems.append(str(outcome.problem))
            return
        self.made += 1
        self.tally.merge(outcome.part.tally)

    @property
    def exit_code(self) -> ExitCode:
        """The exit code, as of `extract` without parts.

        An input without a part counts as a failed page.
        """
        if self.interrupted:
            return ExitCode.INTERRUPTED

        if self.problems or self.ended_by:
            return ExitCode.SOME_PAGES_FAILED

        return code_for(self.tally.kinds)

    def lines(self) -> Iterator[str]:
        """Yield the lines that end the run."""
        counts = [count_of(self.made, "part")]
        counts += [f"{self.there} there already"] if self.there else []
        counts += [f"{len(self.problems)} failed"] if self.problems else []
        yield from self.tally.lines(self.name)
        yield ", ".join(counts)
        yield from (show_text(f"  {problem}") for problem in self.problems[:SHOWN_PROBLEMS])
        if len(self.problems) > SHOWN_PROBLEMS:
            yield f"  and {len(self.problems) - SHOWN_PROBLEMS} more inputs without a part"

        if self.ended_by:
            yield f"{self.ended_by}: finished parts are kept; --resume makes the others"

        if self.interrupted:
            yield "interrupted: finished parts are kept; --resume makes the others"
