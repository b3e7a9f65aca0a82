"""Text as Markdown: a backslash before each character that would be markup."""

import re

# Most texts have none of them, and a class alone is found faster than the expression below.
_SPECIAL_CHARACTER = re.compile(r"[\\`*_\[\]<~&]")
_SPECIAL = re.compile(r"([\\`*_\[\]<]|~(?=~)|&(?=#?\w{1,31};))")
# The beginning of a line with a heading, list, quote, rule, fence or row of a table.
_OPENING = re.compile(
    r"^(#{1,6}(?=\s|$)|[-+>]|\d{1,9}(?=[.)](?:\s|$))|=+$|~~~|[|:](?=[\s:|-](?:[^\S\n]|[:|-])*+$))",
    re.MULTILINE,
)
_CLOSING = re.compile(r"(?<=\s)(#+)$")  # number signs that would end a heading


def escape(text: str) -> str:
    r"""Return text with a backslash before each character that would be markup.

    >>> print(escape("2 * 3 &lt; [7]"))
    2 \* 3 \&lt; \[7\]
    """
    if not _SPECIAL_CHARACTER.search(text):
        return text

    return _SPECIAL.sub(r"\\\1", text)


def escape_openings(markdown: str) -> str:
    r"""Return a paragraph's Markdown; no line of it begins a heading, list, quote or rule.

    >>> print(escape_openings("2026. A year."))
    2026\. A year.
    """
    if "\n" not in markdown and not _OPENING.match(markdown):
        return markdown

    return _OPENING.sub(_escaped_opening, markdown)


def escape_closing(markdown: str) -> str:
    r"""Return a heading's Markdown, the number signs at its end kept.

    >>> print(escape_closing("Written in C #"))
    Written in C \#
    """
    return _CLOSING.sub(r"\\\1", markdown)


def _escaped_opening(match: re.Match[str]) -> str:
    """Return the escaped beginning of a line that looks like a heading, list or rule."""
    opening = match[1]
    return f"{opening}\\" if opening[0].isdigit() else f"\\{opening}"
