"""The modules that define mends: the names that the user gives, and their import."""

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from newsspider.errors import UsageError

ENVIRONMENT_VARIABLE = "NEWSSPIDER_PARSERS"
# Their lines say nothing about a mistake in the user's module
_OUR_FOLDERS = (str(Path(__file__).parents[1]), str(Path(importlib.__file__).parent))


def read_parsers(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the modules that an option or setting names, else those of the environment variable.

    >>> read_parsers("parsers.herald, extra/lantern.py")
    ('parsers.herald', 'extra/lantern.py')
    """
    named = given or os.environ.get(ENVIRONMENT_VARIABLE) or ()
    lists = [named] if isinstance(named, str) else named
    return tuple(name.strip() for each in lists for name in each.split(",") if name.strip())


def load_parsers(names: Sequence[str]) -> None:
    """Import modules with mends, each once per process.

    Args:
        names: dotted names of modules, also from the current folder, or paths of .py files.

    Raises:
        UsageError: one can't be imported or defines no mend; the message names it and the place.
    """
    for name in names:
        _load(name)


def _import(name: str) -> ModuleType:
    if name.endswith(".py"):
        return _import_file(Path(name))
    return _import_named(name)


@cache
def _load(name: str) -> None:
    # Here: it loads the parser, and few runs have mends
    from newsspider.mending.mends import list_mends

    before = len(list_mends())

    try:
        module = _import(name)
    except (Exception, SystemExit) as error:  # the user's own code: it may raise anything
        raise UsageError(f"can't import parsers {name}: {_describe(error)}") from error

    has_new = len(list_mends()) > before
    if not has_new and not _defines_mends(module):
        raise UsageError(f"parsers {name}: defines no mend (a function with @for_site)")


def _import_named(name: str) -> ModuleType:
    _add_folder(Path.cwd())
    return importlib.import_module(name)


def _import_file(path: Path) -> ModuleType:
    """Import a file under its own name.

    Raises:
        FileNotFoundError: it does not exist.
    """
    spec = spec_from_file_location(path.stem, path.resolve())
    assert spec is not None  # the name ends in .py
    assert spec.loader is not None
    module = module_from_spec(spec)
    # Dataclasses look there; a module of the same name stays what it is
    sys.modules.setdefault(path.stem, module)
    _add_folder(path.resolve().parent)
    spec.loader.exec_module(module)

    return module


def _add_folder(folder: Path) -> None:
    """Make modules of a folder importable, after all others: no file hides an installed module."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def _defines_mends(module: ModuleType) -> bool:
    """Whether an earlier import has registered mends of a module or of its submodules."""
    from newsspider.mending.mends import list_mends

    return any(
        f"{mend.function.__module__}.".startswith(f"{module.__name__}.") for mend in list_mends()
    )


def _describe(error: BaseException) -> str:
    """Return an error in one line, with the place in the user's code."""
    place = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if not frame.filename.startswith((*_OUR_FOLDERS, "<frozen")):
            place = f"{frame.filename}:{frame.lineno}: "
    return " ".join(f"{place}{type(error).__name__}: {error}".split())
