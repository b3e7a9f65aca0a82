"""`newsspider watch`: saved searches, and where new matches are sent."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from newsspider.cli.commands import MARKUP, PlainCommand
from newsspider.cli.hints import command_line
from newsspider.cli.options.common import Database, open_existing
from newsspider.cli.watch_arguments import (
    check_day,
    check_language,
    check_name,
    check_words,
    read_site,
    read_targets,
)
from newsspider.cli.watch_view import print_watches, to_dict
from newsspider.errors import ExitCode, UsageError
from newsspider.notifying.targets import name_of
from newsspider.notifying.watching import preview, tell_watches
from newsspider.sites.sites_file import suggest
from newsspider.store.database_choice import choose_database
from newsspider.store.store import Store
from newsspider.store.watches import Watch
from newsspider.text import count_of

watch = typer.Typer(
    help="Save searches; after each crawl, new matches are sent to people or programs.",
    no_args_is_help=True,
    rich_markup_mode=MARKUP,
    add_completion=False,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the watch.")]


class Form(StrEnum):
    """The forms of a message."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


@watch.command(cls=PlainCommand)
def add(
    name: Name,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…", help='Words that must all occur; "in quotes" as a phrase.'
        ),
    ],
    to: Annotated[
        list[str],
        typer.Option(
            metavar="TARGET",
            help="Where to send: file:PATH, exec:COMMAND or an Apprise URL; repeatable.",
        ),
    ],
    site: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DOMAIN",
            help="Only this registered domain, such as herald.example; repeatable.",
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Only articles in this language, such as en; repeatable."
        ),
    ] = None,
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            metavar="text|markdown|json",
            help="Format of the messages: text and markdown for people, json for programs.",
        ),
    ] = Form.TEXT,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Send stored articles too that were published on this day or later.",
        ),
    ] = None,
    database: Database = None,
) -> None:
    """Save a search. After each crawl, its new matches are sent to the targets.

    WORDS work as in `newsspider search`. An article is new if it is stored after the watch was
    added. Each target gets each article once, in one message per run.

    A target is `file:PATH` (messages are appended), `exec:COMMAND` (a shell command that gets the
    message on standard input), or an Apprise URL: `mailto://…`, `slack://…`, `json://…` (a web
    hook) and about a hundred others.

    For example:

    ```
    newsspider watch add boats ferry harbour --to file:ferry.md
    newsspider watch add strike '"dock workers"' --to slack://TOKENS/#news
    newsspider watch add mail ferry --to 'exec:mail -s news desk@you.example'
    newsspider watch add hook ferry --to jsons://you.example --format json
    ```
    """
    made = Watch(
        name=check_name(name),
        words=check_words(words),
        targets=tuple(target.url for target in read_targets(to)),
        form=form.value,
        sites=tuple(map(read_site, site or ())),
        languages=tuple(map(check_language, language or ())),
        since=check_day(since) if since else None,
    )
    with Store(choose_database(database)) as store:
        if not store.add_watch(made):
            remove_it = command_line("watch", "remove", name, database=database)
            raise UsageError(f"watch {name} is there already; `{remove_it}` removes it")
        waiting = len(store.untold(_choose(store, name), made.targets[0])) if since else 0

    sys.stderr.write(
        f"watch {name}: sends to {', '.join(map(name_of, made.targets))} after each crawl\n"
    )
    if waiting:
        run = command_line("watch", "run", name, database=database)
        sys.stderr.write(
            f"{count_of(waiting, 'stored article')} will be sent too; `{run}` does it now\n"
        )


@watch.command("list", cls=PlainCommand)
def list_watches(
    database: Database = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the watches as JSON, one line per watch.")
    ] = False,
) -> None:
    """List the watches with their targets, without passwords, and the number of articles that each target got.

    For example:

    ```
    newsspider watch list
    newsspider watch list --json
    ```
    """
    with open_existing(database) as store:
        rows = [to_dict(store, each) for each in store.watches()]
        name = store.name

    if as_json:
        sys.stdout.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    elif not rows:
        sys.stderr.write(f"no watches in {name}; `newsspider watch add` makes one\n")
    else:
        print_watches(rows)


@watch.command(cls=PlainCommand)
def remove(name: Name, database: Database = None) -> None:
    """Remove a watch and its record of sent articles.

    For example:

    ```
    newsspider watch remove ferry
    ```
    """
    with open_existing(database) as store:
        _choose(store, name)
        store.remove_watch(name)
        sys.stderr.write(f"watch {name}: removed from {store.name}\n")


@watch.command(cls=PlainCommand)
def run(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only this watch.", show_default=False)
    ] = None,
    database: Database = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Print the messages instead of sending them; nothing counts as sent."
        ),
    ] = False,
    unsure: Annotated[
        bool,
        typer.Option(
            "--unsure",
            help="Send articles again that may not have arrived because a run was killed.",
        ),
    ] = False,
) -> None:
    """Send the new matches of all watches, or of one. Each crawl does this at its end.

    Run it after `newsspider extract -o news.db`, or to try a target again. The exit code is 1 if a
    target failed.

    For example:

    ```
    newsspider watch run
    newsspider watch run ferry --dry-run
    ```
    """
    with open_existing(database) as store:
        chosen = [_choose(store, name)] if name else store.watches()
        if dry_run:
            _print_messages(store, chosen)
            return

        failed = number = 0
        for told in tell_watches(store, chosen, send_unsure=unsure):
            sys.stderr.write(f"{told}\n")
            number += 1
            failed += not told.delivery.arrived

        if not number:
            sys.stderr.write(f"{count_of(len(chosen), 'watch', 'watches')}: nothing new\n")

    if failed:
        raise typer.Exit(int(ExitCode.SOME_PAGES_FAILED))


def _choose(store: Store, name: str) -> Watch:
    """Return the watch of a name.

    Raises:
        UsageError: there is no such watch.
    """
    known = {each.name: each for each in store.watches()}
    if name not in known:
        raise UsageError(
            f"no watch {name} in {store.name}; {suggest(name, known) if known else 'there are none'}"
        )
    return known[name]


def _print_messages(store: Store, chosen: Sequence[Watch]) -> None:
    """Print the messages that would be sent."""
    for each in chosen:
        message = preview(store, each)
        if message is None:
            sys.stderr.write(f"watch {each.name}: nothing new\n")
            continue
        sys.stderr.write(f"{message.title} → {', '.join(map(name_of, each.targets))}\n")
        sys.stdout.write(f"{message.body}\n")
