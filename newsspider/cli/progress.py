"""Progress bars on standard error, where somebody looks at it."""

from collections.abc import Callable
from threading import Thread
from time import monotonic

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from newsspider.inputs.paths import STANDARD_INPUT
from newsspider.inputs.reading import count_pages
from newsspider.text import count_of

REFRESH_SECONDS = 0.1
LINE_SECONDS = 60.0  # between the lines of a long run without a terminal


class PagesBar:
    """A bar of the pages of some paths with their rate and the time left; `with` shows it."""

    def __init__(self, paths: list[str], label: str = "pages") -> None:
        """Prepare the bar of these paths' pages, which are counted while the first are worked on."""
        self._paths = paths
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(label, total=None)

    def advance(self) -> None:
        """Count a page."""
        self._bar.advance(self._task)

    def __enter__(self) -> "PagesBar":
        """Show it."""
        self._bar.start()
        if STANDARD_INPUT not in self._paths:
            Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self._bar.stop()

    def _count(self) -> None:
        self._bar.update(self._task, total=count_pages(self._paths))


class PartsBar:
    """A bar of inputs, with the pages that all processes have done.

    Without a terminal, a line each minute.

    `with` shows it. Reports may come from several threads.
    """

    def __init__(self, inputs: int) -> None:
        """Prepare the bar of so many inputs."""
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]:,} pages"),
            _PagesRate(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("inputs", total=inputs, pages=0)
        self._inputs = inputs
        self._done = 0
        self._pages: dict[str, int] = {}
        self._told = monotonic()

    def note_pages(self, given: str, pages: int) -> None:
        """Take note of how many pages of an input are done; one that is begun again counts once."""
        before = self._pages.get(given, 0)
        if pages > before:
            self._pages[given] = pages
            self._bar.update(self._task, pages=self._bar.tasks[0].fields["pages"] + pages - before)
        self._tell()

    def note_input(self) -> None:
        """Take note that an input is done."""
        self._done += 1
        self._bar.advance(self._task)
        self._tell()

    def __enter__(self) -> "PartsBar":
        """Show it."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        self._bar.stop()

    def _tell(self) -> None:
        """Write a line where no bar is seen."""
        if self._console.is_terminal or monotonic() - self._told < LINE_SECONDS:
            return
        self._told = monotonic()
        pages = self._bar.tasks[0].fields["pages"]
        line = f"{self._done} of {count_of(self._inputs, 'input')}, {count_of(pages, 'page')}"
        self._console.print(line, highlight=False, soft_wrap=True)


class StepsBar:
    """The steps of long work: one line each, or on a terminal a bar of the current step.

    `with` shows it.

    It has no thread of its own, unlike other bars of rich: training forks worker processes, and a
    fork while another thread holds a lock may leave that lock held in the worker for ever.
    """

    def __init__(self) -> None:
        """Prepare the bar."""
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
            auto_refresh=False,
            disable=not self._console.is_terminal,
        )
        self._refreshed = 0.0

    def begin(self, step: str, jobs: int = 0, /) -> Callable[[], None]:
        """Begin a step of so many jobs, 0 for unknown.

        Return the function to call for each finished job.
        """
        if not self._console.is_terminal:
            self._console.print(
                f"{step} ({jobs}) …" if jobs else f"{step} …", highlight=False, soft_wrap=True
            )
            return lambda: None

        for task in self._bar.task_ids:
            self._bar.remove_task(task)

        current = self._bar.add_task(step, total=jobs or None)
        self._bar.refresh()

        def advance() -> None:
            self._bar.advance(current)
            if monotonic() - self._refreshed > REFRESH_SECONDS:
                self._bar.refresh()
                self._refreshed = monotonic()

        return advance

    def __enter__(self) -> "StepsBar":
        """Show it."""
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove it."""
        self._bar.stop()


class _Rate(ProgressColumn):
    """Pages a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before the first page."""
        return Text(f"{task.speed:.0f} pages/s" if task.speed else "")


class _PagesRate(ProgressColumn):
    """Pages a second since the start, of all processes."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before the first page."""
        pages = task.fields["pages"]
        return Text(f"{pages / task.elapsed:.0f} pages/s" if pages and task.elapsed else "")
