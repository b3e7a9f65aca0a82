"""The reading of `sites.toml`; each error is one line with file, line and key."""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from newsspider.errors import UsageError
from newsspider.sites.profile import Site
from newsspider.text import show_text

KEYS = tuple(name for name in Site.model_fields if name != "name")
_TABLE = re.compile(r"\s*\[\s*(?P<quote>[\"']?)(?P<name>.*?)(?P=quote)\s*\]\s*(?:#.*)?$")
_EXTRA = "extra_forbidden"
_EXAMPLE = "herald"
_TOML_WORDS = {"valid tuple": 'list: ["…"]', "valid dictionary": 'table: { name = "…" }'}


def read_sites(path: Path) -> tuple[Site, ...]:
    """Return the sites of a file, in its order: one table each, such as `[herald]`, with its keys.

    Raises:
        UsageError: one line that names the file, the line and the key.
    """
    try:
        return _read_sites(path)
    except UsageError as error:  # a name or pattern that is quoted in it may hold line breaks
        raise UsageError(" ".join(show_text(str(error)).splitlines())) from error


def choose_site(sites: tuple[Site, ...], name: str, path: Path) -> Site:
    """Return the site with a name.

    Raises:
        UsageError: there is none.
    """
    known = {site.name: site for site in sites}
    if name not in known:
        raise UsageError(f"-a site={name}: no such site in {path}; {suggest(name, known)}")
    return known[name]


def suggest(name: str, known: Iterable[str]) -> str:
    """Return the nearest known name, or all names.

    >>> suggest("feed", ["feeds", "url"]), suggest("x", ["feeds", "url"])
    ('did you mean feeds?', 'known are feeds, url')
    """
    names = list(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"


def _read_sites(path: Path) -> tuple[Site, ...]:
    """Return the sites of a file.

    Raises:
        UsageError: the message may quote line breaks of the file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UsageError(f"{path}: {problem}") from error
    except ValueError as error:  # of tomllib, or of a number with thousands of digits
        raise UsageError(f"{path}: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{path}: nested too deeply") from error

    if not tables:
        example = f'write [{_EXAMPLE}] and below it url = "https://{_EXAMPLE}.example"'
        raise UsageError(f"{path}: contains no site: {example}")

    lines = text.splitlines()
    sites = tuple(_read_site(path, lines, name, table) for name, table in tables.items())
    _check_domains(path, lines, sites)

    return sites


def _read_site(path: Path, lines: list[str], name: str, table: Any) -> Site:
    """Return a table's site.

    Raises:
        UsageError: it is not valid.
    """
    if not isinstance(table, dict):
        place = f"{path}:{_line_of(lines, None, name)}"
        problem = f"{name} is outside of a site's table: write [{_EXAMPLE}] above it"
        raise UsageError(f"{place}: {problem}")

    if "name" in table:
        place = f"{path}:{_line_of(lines, name, 'name')}: {name}"
        problem = f"leave out name; the table's own is the site's: [{name}]"
        raise UsageError(f"{place}: {problem}")

    try:
        return Site(**{**table, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        place = f"{path}:{_line_of(lines, name, key)}: {name}"
        problem = _describe_problem(first["type"], key, first["msg"], name, table)
        raise UsageError(f"{place}: {problem}") from error


def _describe_problem(kind: str, key: str, message: str, name: str, table: dict[str, Any]) -> str:
    """Return a key's problem, in the words of TOML."""
    if kind == _EXTRA:
        return f"unknown key {key}; {suggest(key, KEYS)}"

    if kind == "missing":
        below = next((inner for inner, value in table.items() if isinstance(value, dict)), None)
        mend = f': write ["{name}.{below}"] for a site of that name' if below else ""
        return f"{key} is missing{mend}"

    message = message.removeprefix("Value error, ")

    for theirs, toml in _TOML_WORDS.items():
        message = message.replace(theirs, toml)

    return f"{key}: {message[:1].lower()}{message[1:]}"


def _check_domains(path: Path, lines: list[str], sites: tuple[Site, ...]) -> None:
    """Refuse two tables of one domain: delay, cookies and state belong to a domain.

    Raises:
        UsageError: there are two.
    """
    first: dict[str, Site] = {}

    for site in sites:
        other = first.setdefault(site.domain, site)
        if other is site:
            continue

        place = f"{path}:{_line_of(lines, site.name, 'url')}: {site.name}"
        problem = f"{site.domain} already belongs to {other.name}; add the address to its sections"
        raise UsageError(f"{place}: url: {problem}")


def _line_of(lines: list[str], table: str | None, key: str) -> int:
    """Return the number, from 1, of the line with a key of a table, else that of the table."""
    assignment = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]")
    is_inside, begin = table is None, 1

    for number, line in enumerate(lines, start=1):
        if match := _TABLE.match(line):
            is_inside = match["name"] == table
            if is_inside:
                begin = number
        elif is_inside and assignment.match(line):
            return number

    return begin
