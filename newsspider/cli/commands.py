"""The subcommands by name, each imported when it is called for: `extract` needs no database, `search` no extraction."""

from collections.abc import Iterator, Mapping
from copy import copy
from importlib import import_module
from typing import Any, Literal, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class Row(NamedTuple):
    """A subcommand.

    Attributes:
        module: its function, of its name, lies there, or its group of subcommands.
        group: under which the help lists it.
        about: its purpose, in one line of the help.
    """

    module: str
    group: str
    about: str


# In the order of the help, which imports none of them.
COMMANDS = {
    "crawl": Row(
        "newsspider.crawl_command.command",
        "Crawl",
        "Fetch what is new on news sites, strip it, store it.",
    ),
    "worker": Row(
        "newsspider.worker.command",
        "Crawl",
        "Crawl a list of sites for ever, beside other workers.",
    ),
    "queue": Row(
        "newsspider.cli.queue", "Crawl", "Show which worker crawls which site, and which are due."
    ),
    "probe": Row(
        "newsspider.cli.probe", "Crawl", "Examine a site and write its profile for sites.toml."
    ),
    "health": Row(
        "newsspider.cli.health",
        "Crawl",
        "Show the results of the last runs on each site, and problems.",
    ),
    "extract": Row(
        "newsspider.cli.extract", "Strip pages", "Turn saved pages into article records."
    ),
    "why": Row(
        "newsspider.cli.why",
        "Strip pages",
        "Show which blocks of a page are kept or dropped, and why.",
    ),
    "re-extract": Row(
        "newsspider.cli.re_extract",
        "Strip pages",
        "Extract the pages of a WARC again, with this version.",
    ),
    "report": Row(
        "newsspider.cli.report",
        "The store",
        "Write a page with plots about sites, runs and articles.",
    ),
    "serve": Row(
        "newsspider.cli.serve", "The store", "Show the store in a browser, and answer an HTTP API."
    ),
    "stats": Row("newsspider.cli.stats", "The store", "Count the records, and show the last runs."),
    "site": Row(
        "newsspider.cli.site", "The store", "Show what a site repeats on its pages, or forget it."
    ),
    "search": Row("newsspider.cli.search", "The store", "Find articles by their words."),
    "versions": Row("newsspider.cli.versions", "The store", "Show what changed in an article."),
    "duplicates": Row(
        "newsspider.cli.duplicates", "The store", "List articles with nearly the same text."
    ),
    "watch": Row(
        "newsspider.cli.watch", "The store", "Save searches; send what is new after each crawl."
    ),
    "datasette": Row(
        "newsspider.cli.datasette", "The store", "Look at the database in a browser with Datasette."
    ),
    "export": Row("newsspider.cli.export", "The store", "Write records to a file or a folder."),
    "forget": Row("newsspider.cli.forget", "The store", "Remove pages for good."),
    "backup": Row("newsspider.cli.backup", "The store", "Copy the store while it is in use."),
    "train": Row(
        "newsspider.cli.train", "The model", "Train the model that tells body from boilerplate."
    ),
    "evaluate": Row(
        "newsspider.cli.evaluate",
        "The model",
        "Measure bodies against gold, and compare trafilatura.",
    ),
    "bench": Row(
        "newsspider.cli.bench", "The model", "Measure the time that a page takes on this machine."
    ),
}
MARKUP: Literal["markdown"] = "markdown"  # of the help texts


class Commands(TyperGroup):
    """The group of all subcommands."""

    def __init__(self, **settings: Any) -> None:
        """Take the subcommands from COMMANDS."""
        super().__init__(**settings)
        self.commands: Any = _Listed()

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the subcommand that the arguments call for, imported, and what is left of them."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, _import_command(name) if name in COMMANDS else command, rest


class PlainCommand(TyperCommand):
    """A subcommand whose arguments are named as they are typed: WORDS…, not {WORDS…} <str>."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Make it as typer does, and hide the types of its arguments."""
        super().__init__(*arguments, **settings)
        for parameter in self.params:
            if parameter.param_type_name == "argument":
                parameter.type = copy(parameter.type)  # typer's types are shared
                parameter.type.get_metavar = _no_metavar  # type: ignore[method-assign]

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words after the command's name.

        Typer has required ones in braces, which look like a choice.
        """
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]


def _no_metavar(param: Any, ctx: Any) -> str:
    return ""


class _Listed(Mapping[str, Any]):
    """The subcommands as the help lists them."""

    def __getitem__(self, name: str) -> TyperCommand:
        row = COMMANDS[name]
        return TyperCommand(name, short_help=row.about, help=row.about, rich_help_panel=row.group)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


def _import_command(name: str) -> Any:
    """Return a subcommand."""
    function = getattr(import_module(COMMANDS[name].module), name.replace("-", "_"))
    if isinstance(function, typer.Typer):
        return typer.main.get_command(function)
    alone = typer.Typer(add_completion=False, rich_markup_mode=MARKUP)
    alone.command(name, cls=PlainCommand)(function)
    return typer.main.get_command(alone)
