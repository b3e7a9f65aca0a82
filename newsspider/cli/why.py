"""`newsspider why`: a page's blocks, kept or dropped, and what decided."""

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from newsspider.cli.deadline_option import Deadline
from newsspider.cli.extract import DEFAULTS
from newsspider.cli.output_options import Replace
from newsspider.cli.parsers_option import Parsers
from newsspider.cli.record_view import iter_lines
from newsspider.cli.witness_option import Witness
from newsspider.errors import OutputError, PageError, UnreadableError, UsageError
from newsspider.extraction.explain import ExplainedBlock
from newsspider.files import make_private
from newsspider.inputs.fetching import fetch_pages
from newsspider.inputs.paths import check_paths
from newsspider.inputs.reading import is_single, iter_pages
from newsspider.mend_warnings import mend_warning
from newsspider.mending import Applied
from newsspider.outputs.claiming import check_free
from newsspider.parsers import load_parsers
from newsspider.pool import Limits, Pool, check_model, read_limits
from newsspider.pool.looking import Explained, explain_raw
from newsspider.raw_page import RawPage
from newsspider.text import show_text
from newsspider.urls import is_web_url

TEMPLATE = files("newsspider.cli").joinpath("why.html")
SHOWN_CHARS = 100  # of a block in the terminal, about one line
SHARES = {0: "drops it", 100: "keeps it"}  # by the percentage of the block that trafilatura keeps
LESS_OPTIONS = "-FRX"  # colours as colours, and no pager for what fits on the screen
PAGED_BLOCKS = 40  # more than fit on a screen go through the pager


def why(
    page: Annotated[
        str,
        typer.Argument(
            metavar="FILE|URL", help="A saved page, a record's source, `-` for standard input, or an address."
        ),
    ],
    html: Annotated[
        Path | None,
        typer.Option(metavar="OUT.html", help="Write one self-contained page to look at and correct in a browser."),
    ] = None,
    replace: Replace = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object per block, one per line.")] = False,
    witness: Witness = DEFAULTS.witness,
    parsers: Parsers = None,
    deadline: Deadline = DEFAULTS.deadline,
) -> None:
    """Show which blocks of a page are kept, which are dropped, and why.

    First it says what the page is, and where the record's fields come from. Each block has + or -, the probability that
    it is body, the reason, whether trafilatura keeps it, and the evidence that weighed most. In the page that --html
    writes, a click flips a block and a button saves the correction as a gold row for `newsspider train`.

    The last lines name the mends of the page's site (--parsers) and the fields that each changed; with --json and
    --html they go to standard error.

    For example:

    ```
    newsspider why page.html
    newsspider why pages.zip#ferry.html
    newsspider why https://herald.example/ferry --html why.html
    ```
    """
    limits = read_limits({"--witness": witness, "--parsers": parsers, "--deadline": deadline, "--workers": 1})
    if html and html.is_file() and not replace:
        check_free([html])
    load_parsers(limits.parsers)  # a module that can't be loaded: the text says so before any page is read
    check_model()
    raw = _fetch(page) if is_web_url(page) else _find(page)
    explained = _explain(page, raw, limits)
    blocks = explained.blocks
    mended = [_line_of_mend(done) for done in explained.mended]
    if html:
        _write_html(html, raw, explained)
        mended.insert(0, f"wrote {html}: open it in a browser")
    elif as_json:
        for block in blocks:
            sys.stdout.write(json.dumps(block.to_dict(), ensure_ascii=False) + "\n")
    else:
        _print(explained, mended)
        return
    sys.stderr.writelines(f"{line}\n" for line in mended)


def _line_of_mend(done: Applied) -> str:
    """Return what a mend of the page's site changed, or why it failed."""
    if done.failure:
        return mend_warning(done.name, done.failure)
    return f"mend {done.name} changed {', '.join(done.changed) or 'nothing'}"


def _explain(place: str, raw: RawPage, limits: Limits) -> Explained:
    """Return a page's blocks, explained in a worker: a hostile page costs the deadline at most.

    Raises:
        PageError: it can't be parsed or takes too long; the text names it.
    """
    try:
        with Pool(limits) as pool:
            explained = pool.submit(partial(explain_raw, witness=limits.witness), raw).result()
        if isinstance(explained, PageError):
            raise explained
    except PageError as error:
        raise type(error)(f"{place}: {error}") from error
    return explained


def _find(place: str) -> RawPage:
    """Return the page of a file, or of a place inside an archive as records name it in `source`.

    Raises:
        UsageError: there is no such file, no such place in it, or there are several pages.
    """
    archive, inside, _ = place.partition("#")
    if inside and not Path(place).exists():
        check_paths([archive])
        found = next(iter_pages([archive], skip=lambda source: source != place and source != archive), None)
        if found is None or found.source != place:
            raise UsageError(f"{place}: no such page in {archive}")
        return found
    check_paths([place])
    if not is_single([place]):
        raise UsageError(f"{place}: several pages; name one of them, in an archive as its record's source does")
    return next(iter_pages([place]))


def _fetch(url: str) -> RawPage:
    """Fetch a page as a crawl would, robots.txt included.

    Raises:
        UnreadableError: it can't be fetched; the text says why.
    """
    (raw,) = fetch_pages([url])
    if raw.problem:
        raise UnreadableError(f"{url}: {raw.problem}")
    return raw


def _print(explained: Explained, mended: Sequence[str]) -> None:
    """Print what the page is, its blocks with what decided about each, the mends; long pages through the pager."""
    console = Console()
    about = [*iter_lines(explained.record), Text("")]
    lines = Text("\n").join([*about, *map(_line_of, explained.blocks), *map(Text, mended)])
    if console.is_terminal and len(explained.blocks) > PAGED_BLOCKS:
        os.environ.setdefault("LESS", LESS_OPTIONS)
        with console.pager(styles=True):
            console.print(lines)
    else:
        console.print(lines, soft_wrap=True)


def _line_of(block: ExplainedBlock) -> Text:
    text = show_text(" ".join(block.text.split()))
    shown = text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]}…"
    evidence = ", ".join(f"{'+' if piece.weight > 0 else '-'} {piece.words}" for piece in block.evidence)
    return Text.assemble(
        (f"{'+' if block.kept else '-'} {100 * block.probability:3.0f} % ", "green" if block.kept else "red"),
        (shown, "bold" if block.kind == "heading" else "" if block.kept else "dim"),
        (f"\n        {': '.join(filter(None, (_reason_of(block), evidence)))}", "dim italic"),
    )


def _reason_of(block: ExplainedBlock) -> str:
    """Return the reason with trafilatura's verdict, where it was asked; why.html says the same."""
    if block.trafilatura is None:
        return block.reason
    share = round(100 * block.trafilatura)
    return f"{block.reason} (trafilatura {SHARES.get(share, f'keeps {share} %')})"


def _write_html(path: Path, raw: RawPage, explained: Explained) -> None:
    """Write the page for a browser.

    Raises:
        OutputError: the file can't be written.
    """
    name = Path(raw.source or explained.url or "page").name or "page"
    blocks = [block.to_dict() for block in explained.blocks]
    data = {"page": name, "url": explained.url, "html": explained.html, "blocks": blocks}
    # "<" must not end the script element, or begin a comment in it.
    embedded = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    title = name.replace("&", "&amp;").replace("<", "&lt;")
    try:
        make_private(path)
        path.write_text(Template(TEMPLATE.read_text(encoding="utf-8")).substitute(title=title, data=embedded), "utf-8")
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
