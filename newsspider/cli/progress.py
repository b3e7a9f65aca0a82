"""Progress bars on standard error, where somebody looks at it."""

from collections.abc import Callable
from threading import Thread
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from newsspider.inputs.paths import STANDARD_INPUT
from newsspider.inputs.reading import count_pages

REFRESH_SECONDS = 0.1


class PagesBar:
    """A bar of the pages of some paths with their rate and the time left; `with` shows it."""

    def __init__(self, paths: list[str]) -> None:
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
        self._task = self._bar.add_task("pages", total=None)

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


class StepsBar:
    """The steps of long work: one line each, or on a terminal a bar of the current step; `with` shows it.

    It has no thread of its own, unlike other bars of rich: training forks worker processes, and a fork while another
    thread holds a lock may leave that lock held in the worker for ever.
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
        """Begin a step of so many jobs, 0 for unknown; return the function to call for each finished job."""
        if not self._console.is_terminal:
            self._console.print(f"{step} ({jobs}) …" if jobs else f"{step} …", highlight=False, soft_wrap=True)
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
