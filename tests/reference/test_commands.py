"""Commands as the reference shows them."""

import os

from newsspider.cli.commands import COMMANDS
from newsspider.reference.commands import render_commands

RENDERED = render_commands()


def test_each_command_has_a_section() -> None:
    names = [line.split()[2] for line in RENDERED.splitlines() if line.startswith("### newsspider ")]
    assert list(dict.fromkeys(names)) == list(COMMANDS)


def test_each_command_of_a_group_has_a_section() -> None:
    assert all(f"### newsspider watch {name}\n" in RENDERED for name in ("add", "list", "remove", "run"))


def test_default_that_depends_on_the_machine_is_described() -> None:
    (line, *_) = [line for line in RENDERED.splitlines() if line.startswith("| `--workers`")]
    assert line.endswith("Default: one per core. |")
    assert f"`{os.cpu_count()}`" not in line


def test_switch_shows_the_name_of_its_default() -> None:
    (line,) = [line for line in RENDERED.splitlines() if line.startswith("| `--check`, `--no-check`")]
    assert line.endswith("Default: `--check`. |")
    assert "`<boolean>`" not in RENDERED
