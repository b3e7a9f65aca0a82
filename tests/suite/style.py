"""Measure how the code reads, and fail where a figure is over its ceiling (`make check`).

python -m tests.suite.style            # figures, ceilings, and the worst places of those that are over
python -m tests.suite.style PATH…      # the worst places of some files or folders, whatever their figures
"""

import ast
import io
import re
import statistics
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

MEASURED = ("newsspider", "pipelines")
SHOWN = 8  # worst places of a figure that is over its ceiling
LEAST_LINES = 8  # shorter functions say little about density
LONGEST_FILE = 300  # lines

Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)


class Ceiling(NamedTuple):
    """A figure's highest value, and what is counted."""

    value: float
    counted: str


CEILINGS = {
    "density": Ceiling(0.35, "median branches per line of functions of 8 lines or more"),
    "complexity": Ceiling(15, "branches of the worst function"),
    "ternaries": Ceiling(15, "per thousand lines of code"),
    "width": Ceiling(100, "columns of a line, 95th percentile"),
    "long files": Ceiling(0, f"files over {LONGEST_FILE} lines"),
    "what": Ceiling(1.5, "'what' per thousand words of docstrings and comments"),
    "no": Ceiling(4, "'no' per thousand words, as in 'is no article'"),
    "one per one": Ceiling(0.6, "'a file an article' per thousand words"),
    "vague verbs": Ceiling(4, "'stand', 'lie', 'come', 'give', 'tell' per thousand words"),
}
HABITS = {
    "what": re.compile(r"\bwhat\b", re.IGNORECASE),
    "no": re.compile(r"\bno\b(?! longer\b)", re.IGNORECASE),
    "one per one": re.compile(r"\ban? \w+ an? \w+", re.IGNORECASE),
    "vague verbs": re.compile(
        r"\b(?:stand|stands|stood|standing|lies?|lay|lying|comes?|came|coming|gives?|gave|giving|tells?|told|telling)\b",
        re.IGNORECASE,
    ),
}


class Place(NamedTuple):
    """Somewhere that raises a figure: the file and line, with the value there."""

    value: float
    where: str


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @classmethod
    def read(cls, path: Path) -> "Source":
        """Read and parse a file."""
        text = path.read_text(encoding="utf-8")
        return cls(path, text, ast.parse(text))

    def code_lines(self) -> list[str]:
        """Return the lines that are neither empty nor comments."""
        return [line for line in self.text.splitlines() if line.strip() and not line.strip().startswith("#")]

    def functions(self) -> Iterator[Function]:
        """Yield the functions and methods, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def prose(self) -> Iterator[tuple[int, str]]:
        """Yield each comment and docstring with its line."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string.lstrip("# ")

        for node in ast.walk(self.tree):
            if isinstance(node, Function | ast.ClassDef | ast.Module) and ast.get_docstring(node):
                yield node.body[0].lineno, re.sub(r"^\s*(>>>|\.\.\.).*$", "", ast.get_docstring(node) or "", flags=re.M)


def count_branches(function: Function) -> int:
    """Count the ways through a function: its branches, loops, boolean operators and comprehensions."""
    count = 1
    for node in ast.walk(function):
        if isinstance(node, BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            count += 1 + len(node.ifs)
    return count


def count_lines(function: Function) -> int:
    """Count a function's lines without its docstring."""
    lines = _span(function)
    return lines - _span(function.body[0]) if ast.get_docstring(function) else lines


def _span(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def measure(sources: list[Source]) -> dict[str, float]:
    """Return the figures of `CEILINGS`."""
    functions = [function for source in sources for function in source.functions()]
    dense = [count_branches(each) / count_lines(each) for each in functions if count_lines(each) >= LEAST_LINES]
    lines = [line for source in sources for line in source.code_lines()]
    widths = sorted(map(len, lines))
    ternaries = sum(isinstance(node, ast.IfExp) for source in sources for node in ast.walk(source.tree))

    prose = " ".join(text for source in sources for _, text in source.prose())
    words = len(re.findall(r"\w+", prose))
    habits = {name: 1000 * len(pattern.findall(prose)) / words for name, pattern in HABITS.items()}
    return {
        "density": statistics.median(dense),
        "complexity": max(map(count_branches, functions)),
        "ternaries": 1000 * ternaries / len(lines),
        "width": widths[int(0.95 * len(widths))],
        "long files": sum(len(source.text.splitlines()) > LONGEST_FILE for source in sources),
        **habits,
    }


def find_worst(name: str, sources: list[Source]) -> list[Place]:
    """Return the places that raise a figure most, the worst first."""
    places = [place for source in sources for place in _places(name, source)]
    return sorted(places, key=lambda place: -place.value)[:SHOWN]


def _places(name: str, source: Source) -> Iterator[Place]:
    if name in HABITS:
        for line, text in source.prose():
            if found := HABITS[name].findall(text):
                yield Place(len(found), f"{source.path}:{line} {' '.join(found)}")
    elif name in {"density", "complexity"}:
        yield from _dense_functions(name, source)
    elif name == "ternaries":
        count = sum(isinstance(node, ast.IfExp) for node in ast.walk(source.tree))
        yield Place(1000 * count / max(len(source.code_lines()), 1), str(source.path))
    elif name == "width":
        yield from (Place(len(line), f"{source.path}: {line.strip()[:60]}") for line in source.code_lines())
    else:
        yield Place(len(source.text.splitlines()), str(source.path))


def _dense_functions(name: str, source: Source) -> Iterator[Place]:
    for function in source.functions():
        branches, lines = count_branches(function), count_lines(function)
        where = f"{source.path}:{function.lineno} {function.name}"
        if name == "complexity":
            yield Place(branches, where)
        elif lines >= LEAST_LINES:
            yield Place(round(branches / lines, 2), where)


def main(arguments: list[str]) -> int:
    """Print the figures of the whole tree or of some files; return 1 if a figure is over its ceiling."""
    roots = [Path(each) for each in arguments or MEASURED]
    sources = [Source.read(path) for root in roots for path in _python_files(root)]
    figures = measure(sources)
    over = {name for name, value in figures.items() if value > CEILINGS[name].value}

    for name, value in figures.items():
        ceiling = CEILINGS[name]
        _print_line(f"{name:12} {value:7.2f}  at most {ceiling.value:g}  ({ceiling.counted})")
        if name in over or arguments:
            for place in find_worst(name, sources):
                _print_line(f"{'':14}{place.value:g} {place.where}")
    return 1 if over else 0


def _print_line(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _python_files(root: Path) -> list[Path]:
    return [root] if root.is_file() else sorted(root.rglob("*.py"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
