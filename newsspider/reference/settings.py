"""The settings with defaults and reasons, from the source of `newsspider/settings.py`."""

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import NamedTuple

from newsspider.reference.markdown_tables import render_table

# Characters; a longer one is a table of components, which the source shows better
LONGEST_DEFAULT = 48
_HEADING = re.compile(r"# --- (.+?) -{3,}")


class Setting(NamedTuple):
    """A setting.

    Attributes:
        name: as `-s` takes it.
        default: in Python; empty if it is too long for a table.
        reason: the comments above and beside it.
    """

    name: str
    default: str
    reason: str


def render_settings() -> str:
    """Return a heading and a table per section of the module."""
    source = resources.files("newsspider").joinpath("settings.py").read_text("utf-8")
    sections: dict[str, list[Setting]] = {}
    for heading, setting in iter_settings(source):
        sections.setdefault(heading, []).append(setting)
    return "\n".join(_render_section(*section) for section in sections.items())


def _render_section(heading: str, settings: list[Setting]) -> str:
    table = render_table(["setting", "default", "why"], map(_row, settings))
    return f"### {heading}\n\n{table}"


def iter_settings(source: str) -> Iterator[tuple[str, Setting]]:
    r"""Yield a module's settings, each with the heading above it.

    >>> list(iter_settings("# --- Limits ---\n# Scrapy has 10.\nDEPTH = 3  # clicks"))
    [('Limits', Setting(name='DEPTH', default='3', reason='Scrapy has 10. clicks'))]
    """
    comments = list(_iter_comments(source))
    heading = "General"
    done = 0

    for node in ast.parse(source).body:
        last = node.end_lineno or node.lineno
        near = [comment for comment in comments if done < comment.line <= last]
        done = last

        headings = filter(None, (_HEADING.match(comment.text) for comment in near))
        heading = next((found[1] for found in headings), heading)

        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            reason = " ".join(_iter_reasons(near, node.value))
            yield heading, Setting(_name_of(node), _show(node.value), reason)


def _name_of(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
    return ast.unparse(target)


def _show(value: ast.expr) -> str:
    text = ast.unparse(value)
    return text if len(text) <= LONGEST_DEFAULT else ""


class _Comment(NamedTuple):
    line: int
    text: str


def _iter_comments(source: str) -> Iterator[_Comment]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield _Comment(token.start[0], token.string)


def _iter_reasons(near: Iterable[_Comment], value: ast.expr) -> Iterator[str]:
    """Yield the comments above and beside an assignment, but none inside of a table."""
    for comment in near:
        inside = isinstance(value, ast.Dict) and comment.line >= value.lineno
        if not inside and not _HEADING.match(comment.text):
            yield comment.text.lstrip("# ")


def _row(setting: Setting) -> list[str]:
    default = f"`{setting.default}`" if setting.default else "see `newsspider/settings.py`"
    reason = f"{setting.reason[:1].upper()}{setting.reason[1:]}"
    return [f"`{setting.name}`", default, reason]
