"""Tables in Markdown."""

from collections.abc import Iterable, Sequence


def render_table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return a table in Markdown, with a line per row.

    >>> print(render_table(["key", "values"], [["`kind`", "a|b"]]), end="")
    | key | values |
    | --- | --- |
    | `kind` | a\|b |
    """
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(_escape(cell) for cell in cells)} |\n" for cells in lines)


def _escape(cell: str) -> str:
    return cell.replace("|", r"\|")
