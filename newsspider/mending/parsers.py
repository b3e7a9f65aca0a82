"""The modules that define mends: their names as the user gives them, and their import, once a process."""

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


def read_parsers(given: str | Sequence[str] | None) -> tuple[str, ...]:
    """Return the modules that an option or setting names, else those of the environment.

    >>> read_parsers("parsers.herald, extra/lantern.py")
    ('parsers.herald', 'extra/lantern.py')
    """
    named = given or os.environ.get(ENVIRONMENT_VARIABLE) or ()
    lists = [named] if isinstance(named, str) else named
    return tuple(name.strip() for each in lists for name in each.split(",") if name.strip())


def load_parsers(names: Sequence[str]) -> None:
    """Import modules with mends, each once a process.

    Args:
        names: dotted names of modules, found in the current folder too, or paths of .py files.

    Raises:
        UsageError: one can't be imported or defines no mend; one line that names it and the place.
    """
    for name in names:
        _load(name)


@cache
def _load(name: str) -> None:
    # Here: most runs have no mends, and it loads the parser
    from newsspider.mending.mends import list_mends

    before = len(list_mends())

    try:
        module = _import_file(Path(name)) if name.endswith(".py") else _import_named(name)
    except (Exception, SystemExit) as error:  # the user's own code: it may raise anything
        raise UsageError(f"can't import parsers {name}: {_describe(error)}") from error

    if len(list_mends()) == before and not _defines_mends(module):
        raise UsageError(f"parsers {name}: defines no mend (a function with @for_site)")


def _import_named(name: str) -> ModuleType:
    _add_folder(Path.cwd())
    return importlib.import_module(name)


def _import_file(path: Path) -> ModuleType:
    """Import a file under its own name.

    Raises:
        FileNotFoundError: there is none.
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
    """Let modules of a folder be imported, after all others: a file there must not hide an installed module."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def _defines_mends(module: ModuleType) -> bool:
    """Whether mends of a module, or of its submodules, were registered when something else imported it before."""
    from newsspider.mending.mends import list_mends

    return any(f"{mend.function.__module__}.".startswith(f"{module.__name__}.") for mend in list_mends())


def _describe(error: BaseException) -> str:
    """Return an error in one line, with the place in the user's code."""
    ours = (__file__, importlib.__file__)
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if each.filename not in ours and not each.filename.startswith("<frozen")]
    place = f"{own[-1].filename}:{own[-1].lineno}: " if own else ""
    return " ".join(f"{place}{type(error).__name__}: {error}".split())
