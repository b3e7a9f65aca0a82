"""The subcommands with their arguments and options, as in their help."""

from collections.abc import Iterator
from typing import Any

import typer

from newsspider.cli.app import app
from newsspider.cli.commands import COMMANDS
from newsspider.reference.markdown_tables import render_table

# Their defaults depend on the machine.
_COMPUTED_DEFAULTS = {"workers": "one per core", "processes": "one per core"}


def render_commands() -> str:
    """Return a section per subcommand: usage, description, arguments and options."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("newsspider", [], resilient_parsing=True)
    found = ((name, group.resolve_command(context, [name])[1]) for name in COMMANDS)
    return "\n".join(
        section for name, command in found for section in _iter_sections(name, command, context)
    )


def _iter_sections(name: str, command: Any, parent: Any) -> Iterator[str]:
    """Yield the section of a subcommand, or of each command of a group."""
    if not hasattr(command, "commands"):
        yield _render_command(name, command, parent)
        return
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    for part, each in command.commands.items():
        yield from _iter_sections(f"{name} {part}", each, context)


def _render_command(name: str, command: Any, parent: Any) -> str:
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    usage = " ".join(command.collect_usage_pieces(context))
    rows = [
        _row(parameter, context)
        for parameter in command.get_params(context)
        if parameter.name != "help"
    ]
    table = render_table(["option", "argument", "meaning"], rows)

    return f"### newsspider {name}\n\n`newsspider {name} {usage}`\n\n{command.help}\n\n{table}"


def _row(parameter: Any, context: Any) -> list[str]:
    """Return a parameter's row: names, placeholder of its value, help and default."""
    is_option = parameter.param_type_name == "option"
    names = [*parameter.opts, *parameter.secondary_opts] if is_option else []
    placeholder = "" if is_option and parameter.is_flag else f"`{parameter.make_metavar(context)}`"
    return [", ".join(f"`{name}`" for name in names), placeholder, " ".join(_iter_help(parameter))]


def _iter_help(parameter: Any) -> Iterator[str]:
    yield parameter.help or ""

    default = parameter.default

    if parameter.name in _COMPUTED_DEFAULTS:
        yield f"Default: {_COMPUTED_DEFAULTS[parameter.name]}."
    elif default is True:
        yield f"Default: `{parameter.opts[0]}`."
    elif default not in (None, False, ()):
        yield f"Default: `{getattr(default, 'value', default)}`."
