"""`newsspider export`: any selection of the store to a file."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, Site, open_existing, read_day
from newsspider.cli.options.output import OUTPUT_HELP, Format, Replace, Schema
from newsspider.errors import UsageError
from newsspider.kinds import ARTICLE_KINDS, KINDS
from newsspider.outputs.encoders import choose_encoder
from newsspider.outputs.feed_writer import FEED_ENTRIES
from newsspider.outputs.formats import FORMATS
from newsspider.outputs.output_locks import claim_output
from newsspider.outputs.writer_choice import check_not_read, choose_format, is_database, open_writer
from newsspider.store.schema.tables import articles, quarantine
from newsspider.text import count_of


class What(StrEnum):
    """The tables that can be exported."""

    ARTICLES = "articles"
    QUARANTINE = "quarantine"


TABLES = {What.ARTICLES: articles, What.QUARANTINE: quarantine}


def export(
    database: Database = None,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="OUT", help=f"Write to {OUTPUT_HELP}")
    ] = "-",
    what: Annotated[
        What,
        typer.Option(
            metavar="articles|quarantine", help="Articles, or the pages that aren't articles."
        ),
    ] = What.ARTICLES,
    site: Site = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help=f"Only one kind: {', '.join(KINDS)}.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Only articles published on this day or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Only articles published on this day or earlier."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help=f"Only the N newest, newest first. A feed has {FEED_ENTRIES} by default.",
        ),
    ] = None,
    form: Format = None,
    schema: Schema = None,
    replace: Replace = False,
) -> None:
    """Write the store's records, or a selection of them, to a file or a folder.

    For example:

    ```
    newsspider export -o articles.csv
    newsspider export --site herald.example --since 2026-03-01
    newsspider export -o notes/ --format markdown
    newsspider export --what quarantine --kind failed
    newsspider export -o feed.xml --replace
    newsspider export --schema newsarticle
    newsspider export --schema ninjs -o ninjs/
    ```
    """
    if is_database(output):
        raise UsageError(
            f"{output}: export does not write databases; `newsspider backup` copies the whole one"
        )

    if kind:
        _check_kind(kind, what)

    since, until = (read_day(day).isoformat() if day else None for day in (since, until))
    form = choose_format(output, form, schema=schema)
    encode = choose_encoder(schema, form)
    is_feed = FORMATS[form].shape == "feed"
    if is_feed and what is What.QUARANTINE:
        raise UsageError(f"--format {form}: a feed contains articles only; leave out --what {what}")

    entries = limit or FEED_ENTRIES
    written = 0
    with open_existing(database) as store:
        check_not_read(output, form, [store.file] if store.file else [])
        with (
            claim_output(output, form, replace=replace),
            open_writer(output, form, encode, entries=entries) as writer,
        ):
            records = store.read(
                TABLES[what],
                site=site,
                kind=kind,
                since=since,
                until=until,
                newest=entries if is_feed else limit,
                has_url=is_feed,
            )
            for record in records:
                writer.write(record)
                written += 1

    sys.stderr.write(f"{count_of(written, 'record')} of {store.name} → {writer.name}\n")


def _check_kind(kind: str, what: What) -> None:
    """Check that a kind exists in a table.

    Raises:
        UsageError: one line that names the kinds or the table.
    """
    if kind not in KINDS:
        raise UsageError(f"--kind {kind}: no such kind; use one of {', '.join(KINDS)}")
    there = What.ARTICLES if kind in ARTICLE_KINDS else What.QUARANTINE
    if there is not what:
        raise UsageError(f"--kind {kind}: add --what {there}, where such pages are")
