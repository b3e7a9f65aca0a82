"""The errors of the project and the exit codes of its commands.

NewsspiderError
├── UsageError            the user asked for something that can't be done as asked
├── PageError             one page can't become an article record; the run goes on
│   ├── NotHtmlError      the body is another format: an image, a PDF, a feed
│   ├── EmptyPageError    there is nothing to read
│   ├── UnreadableError   the input is damaged: a broken archive, no permission
│   ├── ExtractionError   its worker process could not finish it: too long, too large, dead
│   ├── RenderError       a browser could not finish it
│   └── ListingError      not a feed or sitemap, or one that must not be read
├── WorkerError           a worker process died while it trained a model
├── ClusterError          the scheduler or the workers of a cluster are gone
├── SiteMemoryError       the stored memory of a site can't be read
├── MisfitError           a page can't be read by its site's wrapper; it is read in full
└── StoreError            records can't be stored
    ├── StoreLostError    temporarily: the database's server can't be reached
    ├── TurnLostError     another process may crawl the site by now
    └── OutputError       the same, where the output is a file
"""

from enum import IntEnum
from typing import ClassVar, Literal


class ExitCode(IntEnum):
    """The exit codes of all commands and of `scrapy crawl`."""

    FINE = 0
    SOME_PAGES_FAILED = 1
    WRONG_USAGE = 2
    SOURCE_DARK = 3
    STORE_UNUSABLE = 4
    ALREADY_RUNNING = 5  # another run is crawling all sites of this one
    CRASHED = 70  # a fault of newsspider's own, with a traceback; sysexits.h calls it EX_SOFTWARE
    INTERRUPTED = 130  # Ctrl-C or a request to end, as shells count it


# One sentence per code, for docs/reference/exit-codes.md.
EXIT_CODE_MEANINGS: dict[ExitCode, str] = {
    ExitCode.FINE: "The command finished.",
    ExitCode.SOME_PAGES_FAILED: "The command finished, but some pages or messages failed.",
    ExitCode.WRONG_USAGE: "An argument, a setting or an input file is wrong; nothing was done.",
    ExitCode.SOURCE_DARK: "A site went dark: no page could be read, or it is far below its past.",
    ExitCode.STORE_UNUSABLE: "The database or output file can't be used.",
    ExitCode.ALREADY_RUNNING: "Another run is already crawling all sites of this one.",
    ExitCode.CRASHED: "newsspider itself has an error; please report it with the traceback.",
    ExitCode.INTERRUPTED: "The command was interrupted (Ctrl-C, SIGTERM).",
}


class NewsspiderError(Exception):
    """The root of the project's errors; its text is one line for a person."""

    exit_code: ClassVar[ExitCode] = ExitCode.SOME_PAGES_FAILED


class UsageError(NewsspiderError):
    """The user asked for something that can't be done as asked."""

    exit_code = ExitCode.WRONG_USAGE


class PageError(NewsspiderError):
    """One page can't become an article; `kind` is the kind its quarantined record gets."""

    kind: ClassVar[Literal["failed", "not_html", "empty"]] = "failed"


class NotHtmlError(PageError):
    """The body is not HTML."""

    kind = "not_html"


class EmptyPageError(PageError):
    """The body contains nothing to read."""

    kind = "empty"


class UnreadableError(PageError):
    """The input is damaged or can't be opened."""


class ExtractionError(PageError):
    """The worker process could not finish the page."""


class RenderError(PageError):
    """A browser could not finish the page."""


class ListingError(PageError):
    """The content is not a feed or sitemap, or must not be read."""


class SiteMemoryError(NewsspiderError):
    """What is stored as a site's memory is damaged, or another version wrote it."""


class MisfitError(NewsspiderError):
    """A page does not fit its site's wrapper; the text says why."""


class WorkerError(NewsspiderError):
    """A worker process died; the text names its job."""


class ClusterError(NewsspiderError):
    """The scheduler or the workers of a cluster are gone, or a task was told to stop."""


class StoreError(NewsspiderError):
    """The store can't be opened, read or written."""

    exit_code = ExitCode.STORE_UNUSABLE


class StoreLostError(StoreError):
    """The database's server can't be reached; another try may succeed."""


class TurnLostError(StoreError):
    """A worker's lease on a site has ended, so it must not write about it any more."""


class OutputError(StoreError):
    """The output file can't be written."""
