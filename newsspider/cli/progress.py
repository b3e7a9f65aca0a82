"""A progress bar on standard error, where somebody looks at it."""

from threading import Thread

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from newsspider.inputs.paths import STANDARD_INPUT
from newsspider.inputs.reading import count_pages


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


class _Rate(ProgressColumn):
    """Pages a second."""

    def render(self, task: Task) -> Text:
        """Return the rate, or nothing before the first page."""
        return Text(f"{task.speed:.0f} pages/s" if task.speed else "")
