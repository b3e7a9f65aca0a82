"""`newsspider why`: how a page became its record, and why each block is kept or dropped."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace as replace_fields
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from newsspider.cli.block_search import describe_missing, find_blocks
from newsspider.cli.blocks_view import iter_block_lines
from newsspider.cli.extract import DEFAULTS
from newsspider.cli.options.deadline import Deadline
from newsspider.cli.options.output import Replace
from newsspider.cli.options.parsers import Parsers
from newsspider.cli.options.witness import Witness
from newsspider.cli.progress import PagesBar
from newsspider.cli.record_view import iter_lines
from newsspider.errors import ExitCode, PageError, UnreadableError, UsageError
from newsspider.inputs.fetching import fetch_pages
from newsspider.inputs.find_page import find_page
from newsspider.inputs.reading import is_single, iter_pages
from newsspider.inspector.writing import Inspected, write_inspector
from newsspider.mending.mends import Applied
from newsspider.mending.parsers import load_parsers
from newsspider.mending.warnings import mend_warning
from newsspider.outputs.output_locks import check_free
from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, Pool, check_model, read_limits
from newsspider.pool.inspect_job import Explained, explain_raw
from newsspider.site_memory.lookup import Making, Memories, open_memories
from newsspider.text import count_of, show_text
from newsspider.urls import is_web_url

LESS_OPTIONS = "-FRX"  # colours as colours, and no pager for what fits on the screen
PAGED_BLOCKS = 40  # more than fit on a screen go through the pager


def why(
    page: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL",
            help="A saved page, a record's source, `-` for standard input, or an address. With --html also a folder or "
            "an archive of pages.",
        ),
    ],
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.html",
            help="Write one self-contained page to look at and correct in a browser.",
        ),
    ] = None,
    replace: Replace = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show every dropped block; a long run is one line else.")
    ] = False,
    find: Annotated[
        str | None,
        typer.Option(
            metavar="WORDS",
            help="Show only the blocks that contain these words, with their whole text.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object per block, one per line.")
    ] = False,
    witness: Witness = DEFAULTS.witness,
    parsers: Parsers = None,
    deadline: Deadline = DEFAULTS.deadline,
    database: Annotated[
        str | None,
        typer.Option(
            "--db",
            metavar="PATH|URL",
            help="Use what this database remembers of the page's site, as the next crawl would.",
        ),
    ] = None,
) -> None:
    """Show how a page became its record: its kind, its fields, and why each block is kept or dropped.

    Each field has its source, and the different values that other places of the page have. Each
    block has a sign (+ is body, - is not), the probability that it is body, the reason, whether
    trafilatura keeps it, and the evidence that weighed most.

    --html writes a page for a browser. A button beside each block flips it, fields can be edited,
    and the corrections can be saved as gold rows for `newsspider train`. A folder or an archive
    makes a queue of its pages, the least sure first.

    With --db, a block that other articles of the site repeat says on how many of them it stands;
    five or more drop it.

    The last lines name your own corrections for the page's site (--parsers) and the fields that
    each changed. With --json and --html they go to standard error.

    For example:

    ```
    newsspider why page.html
    newsspider why page.html --find "words of the paragraph"
    newsspider why pages.zip#ferry.html
    newsspider why https://herald.example/ferry --html why.html
    newsspider why pages/ --html review.html
    newsspider why https://herald.example/ferry --db news.db
    ```
    """
    limits = read_limits(
        {"--witness": witness, "--parsers": parsers, "--deadline": deadline, "--workers": 1}
    )
    if html:
        _check_html(html, find, replace=replace)
    load_parsers(
        limits.parsers
    )  # a module that can't be loaded: the text says so before any page is read
    check_model()
    with open_memories(_copying(database)) as memories:
        if html and is_queue(page):
            _write_queue(html, page, limits, memories)
            return
        raw = _fetch(page) if is_web_url(page) else find_page(page)
        ((_, explained),) = _explain_all([(page, raw)], limits, memories)
    if isinstance(explained, PageError):
        raise explained
    mended = [_line_of_mend(done) for done in explained.mended]
    if explained.wrapper:
        mended.append(explained.wrapper)

    if find:
        explained = _only_with(explained, find)

    if html:
        write_inspector(html, [Inspected(_name_of(raw, explained), explained)])
        mended.insert(0, f"wrote {html}: open it in a browser")
    elif as_json:
        _write_json(explained)
    elif find:
        _print_blocks(explained)
    else:
        _print(explained, mended, fold=not every)
        return

    sys.stderr.writelines(f"{line}\n" for line in mended)


def _check_html(html: Path, find: str | None, *, replace: bool) -> None:
    """Refuse --html before any page is read.

    Raises:
        UsageError: the file would be lost, or another option does not fit.
    """
    if html.is_file() and not replace:
        check_free([html])
    if find:
        raise UsageError("--find: not with --html; the browser finds words in the page")


def _write_json(explained: Explained) -> None:
    for block in explained.blocks:
        sys.stdout.write(json.dumps(block.to_dict(), ensure_ascii=False) + "\n")


def _print_blocks(explained: Explained) -> None:
    """Print the blocks with their whole text."""
    console = Console()
    for line in iter_block_lines(explained.blocks, whole=True):
        console.print(line, soft_wrap=True)


def _only_with(explained: Explained, words: str) -> Explained:
    """Return a page with only the blocks that contain the words; standard error says if none does."""
    found = find_blocks(explained, words)
    if not found:
        sys.stderr.write(f"{describe_missing(explained, words)}\n")
    return replace_fields(explained, blocks=found)


def _copying(database: str | None) -> Making | None:
    """Return the function that copies the memories of a database; None without one."""
    if database is None:
        return None
    # Here: SQLAlchemy takes a tenth of a second.
    from newsspider.store.memory_files import copy_from

    return partial(copy_from, database)


def is_queue(place: str) -> bool:
    """Whether a place holds several pages: a folder or an archive."""
    return Path(place).exists() and not is_single([place])


def _write_queue(html: Path, place: str, limits: Limits, memories: Memories | None) -> None:
    """Write the pages of a folder or an archive; those that can't be read are named and counted.

    Raises:
        UsageError: none of them can be read.
    """
    inspected = []
    failed = 0
    named = ((str(raw.source or raw.url), raw) for raw in iter_pages([place]))
    with PagesBar([place]) if sys.stderr.isatty() else nullcontext() as bar:
        for raw, explained in _explain_all(named, limits, memories):
            if bar:
                bar.advance()
            if isinstance(explained, PageError):
                failed += 1
                sys.stderr.write(f"{show_text(str(explained))}\n")
            else:
                inspected.append(Inspected(raw.source or _name_of(raw, explained), explained))
    if not inspected:
        raise UsageError(f"{place}: no page that can be read")
    write_inspector(html, inspected)
    left = f"; {count_of(failed, 'page')} can't be read" if failed else ""
    sys.stderr.write(
        f"wrote {html} with {count_of(len(inspected), 'page')}, the least sure first{left}\n"
    )
    if failed:
        raise typer.Exit(int(ExitCode.SOME_PAGES_FAILED))


def _line_of_mend(done: Applied) -> str:
    """Return what a mend of the page's site changed, or why it failed."""
    if done.failure:
        return mend_warning(done.name, done.failure)
    return f"mend {done.name} changed {', '.join(done.changed) or 'nothing'}"


def _explain_all(
    named: Iterable[tuple[str, RawPage]], limits: Limits, memories: Memories | None
) -> Iterator[tuple[RawPage, Explained | PageError]]:
    """Yield pages with their explanation, made in a worker: a hostile page costs the deadline at most.

    A page that can't be parsed or takes too long is its error; the text names the page.
    """
    explain = partial(explain_raw, witness=limits.witness, memories=memories)
    with Pool(limits) as pool:
        for place, raw in named:
            try:
                explained = pool.submit(explain, raw).result()
            except PageError as error:
                explained = error
            if isinstance(explained, PageError):
                explained = type(explained)(f"{place}: {explained}")
            yield raw, explained


def _fetch(url: str) -> RawPage:
    """Fetch a page as a crawl would, robots.txt included.

    Raises:
        UnreadableError: it can't be fetched; the text says why.
    """
    (raw,) = fetch_pages([url])
    if raw.problem:
        raise UnreadableError(f"{url}: {raw.problem}")
    return raw


def _name_of(raw: RawPage, explained: Explained) -> str:
    """Return the name of a page for people and for gold rows."""
    return Path(raw.source or explained.url or "page").name or "page"


def _print(explained: Explained, mended: Sequence[str], *, fold: bool) -> None:
    """Print the record, its blocks with the reasons, the mends; long pages go through the pager."""
    console = Console()
    about = [*iter_lines(explained), Text("")]
    blocks = list(iter_block_lines(explained.blocks, fold=fold))
    lines = Text("\n").join([*about, *blocks, *map(Text, mended)])
    if console.is_terminal and len(blocks) > PAGED_BLOCKS:
        given = os.environ.get("LESS")
        # First: a prompt among the user's options takes all that follows.
        os.environ["LESS"] = LESS_OPTIONS if given is None else f"-R {given}"
        with console.pager(styles=True):
            console.print(lines)
    else:
        console.print(lines, soft_wrap=True)
