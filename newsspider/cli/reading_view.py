"""Records on a terminal, as a person reads an article."""

from datetime import datetime
from types import TracebackType

from rich.console import Console
from rich.markdown import Markdown
from rich.rule import Rule
from rich.text import Text

from newsspider.kinds import FAILED_KINDS
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from newsspider.text import show_text

MAX_COLUMNS = 100  # longer lines are hard to read
PARTING = " · "
CLOCK_CHARS = len("06:12")


class ReadingView(RecordWriter):
    """Prints title, byline, date and text of each record.

    A page that gave nothing is left to the run's summary.
    """

    name = "the terminal"

    def __init__(self, console: Console | None = None) -> None:
        """Print on a console, by default on standard output."""
        self._console = console or Console(highlight=False)
        self._printed = False

    def write(self, record: ArticleRecord) -> None:
        """Print one record."""
        if record.kind in FAILED_KINDS:
            return

        width = min(self._console.width, MAX_COLUMNS)
        if self._printed:
            self._console.print(Rule(style="dim"), width=width)

        self._printed = True
        self._console.print(heading_of(record), width=width)
        if record.is_article:
            text = show_text(record.body_markdown or record.body or "")
            self._console.print(Markdown(text), "", width=width)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Have nothing to complete."""


def heading_of(record: ArticleRecord) -> Text:
    """Return the lines above the text: title, authors, date, site and notes for the reader."""
    authors = " and ".join(filter(None, (", ".join(record.authors[:-1]), *record.authors[-1:])))
    byline = PARTING.join(
        filter(None, (authors, show_date(record.published), record.publisher or record.site))
    )
    kind = (
        ""
        if record.kind == "article"
        else f"{record.kind}: {record.reason}"
        if record.reason
        else record.kind
    )
    title = record.title or record.url or record.source or "(no title)"
    lines = [
        (show_text(line), style)
        for line, style in ((title, "bold"), (byline, "dim"), (kind, "yellow"))
        if line
    ]
    return Text("\n").join([*(Text(line, style) for line, style in lines), Text()])


def show_date(published: str | None) -> str:
    """Return a record's date as a person writes it, with the time and zone if it has them.

    >>> show_date("2026-03-14T06:12:00+01:00"), show_date("2026-03-14"), show_date(None)
    ('14 March 2026, 06:12 +01:00', '14 March 2026', '')
    """
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:
        return published or ""

    day = f"{moment.day} {moment:%B %Y}"
    if "T" not in str(published):
        return day

    time = moment.isoformat(timespec="minutes").partition("T")[2]
    return f"{day}, {time[:CLOCK_CHARS]} {time[CLOCK_CHARS:]}".rstrip()
