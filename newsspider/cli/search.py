"""`newsspider search`: articles that hold certain words."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from newsspider.cli.options.common import Database, open_existing
from newsspider.record import ArticleRecord
from newsspider.store.search.words import excerpt, join_words, words_pattern
from newsspider.text import show_text, squash

EXCERPT_CHARS = 160  # about two terminal lines


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…", help='Words that must all occur; "in quotes" as a phrase.'
        ),
    ],
    database: Database = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="Maximum number of results.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print whole records as JSON lines.")
    ] = False,
) -> None:
    """Print the articles whose title or body contain the words, best match first, in any script.

    For example:

    ```
    newsspider search harbour ferry
    newsspider search '"old harbour"'
    newsspider search 東京
    ```
    """
    asked = join_words(words)
    with open_existing(database) as store:
        found = store.search(asked, limit)

    console = Console()
    for record in found:
        if as_json:
            sys.stdout.write(record.to_json() + "\n")
        else:
            console.print(_lines_of(record, words_pattern(asked)), soft_wrap=True)

    if not found:
        sys.stderr.write(f"nothing in {store.name} holds all of: {' '.join(words)}\n")


def _lines_of(record: ArticleRecord, pattern: str) -> Text:
    """Return a match as lines: day and title, address, the first place where a word stands."""
    lines = Text.assemble(
        ((record.published or "undated")[:10], "cyan"), "  ", (show_text(record.title or "(no title)"), "bold"), "\n",
        (show_text(record.url or record.source or ""), "dim"), "\n",
    )  # fmt: skip
    shown = Text(show_text(excerpt(squash(record.body or ""), pattern, EXCERPT_CHARS)))
    shown.highlight_regex(f"(?i){pattern}", "yellow")
    return lines.append_text(shown).append("\n")
