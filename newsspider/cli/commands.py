"""The subcommands by name, each imported when it is called for: `extract` needs no database, `search` no extraction."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Literal

import typer
from typer.core import TyperGroup

# name → the module whose function of that name it is, in the order of the help
MODULES = {
    "crawl": "newsspider.crawling.command",
    "probe": "newsspider.cli.probe",
    "extract": "newsspider.cli.extract",
    "why": "newsspider.cli.why",
    "stats": "newsspider.cli.stats",
    "health": "newsspider.cli.health",
    "versions": "newsspider.cli.versions",
    "search": "newsspider.cli.search",
    "duplicates": "newsspider.cli.duplicates",
    "export": "newsspider.cli.export",
    "re-extract": "newsspider.cli.re_extract",
    "forget": "newsspider.cli.forget",
    "backup": "newsspider.cli.backup",
    "train": "newsspider.cli.train",
    "evaluate": "newsspider.cli.evaluate",
    "bench": "newsspider.cli.bench",
}
MARKUP: Literal["markdown"] = "markdown"  # of the help texts


class Commands(TyperGroup):
    """The group of all subcommands."""

    def __init__(self, **settings: Any) -> None:
        """Take the subcommands from MODULES."""
        super().__init__(**settings)
        self.commands: Any = _Imported()


class _Imported(Mapping[str, Any]):
    """The subcommands, a read-only mapping that imports what it is asked for."""

    def __getitem__(self, name: str) -> Any:
        module, function = import_module(MODULES[name]), name.replace("-", "_")
        alone = typer.Typer(add_completion=False, rich_markup_mode=MARKUP)
        alone.command(name)(getattr(module, function))
        return typer.main.get_command(alone)

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)
