"""`sites.toml` read: every mistake in it said in one line with file, line and key."""

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
_TOML_WORDS = {"valid tuple": 'list: ["…"]', "valid dictionary": 'table: { name = "…" }'}


def read_sites(path: Path) -> tuple[Site, ...]:
    """Return the sites of a file, in its order: a table for each, `[herald]` and below it its keys.

    Raises:
        UsageError: one line that names the file, the line and the key.
    """
    try:
        return _read_sites(path)
    except UsageError as error:  # a name or pattern that is quoted in it may hold line breaks
        raise UsageError(" ".join(show_text(str(error)).splitlines())) from error


def choose_site(sites: tuple[Site, ...], name: str, path: Path) -> Site:
    """Return the site of a name.

    Raises:
        UsageError: there is none.
    """
    known = {site.name: site for site in sites}
    if name not in known:
        raise UsageError(f"-a site={name}: no such site in {path}; {suggest(name, known)}")
    return known[name]


def suggest(name: str, known: Iterable[str]) -> str:
    """Return the nearest known name, or all of them.

    >>> suggest("feed", ["feeds", "url"]), suggest("x", ["feeds", "url"])
    ('did you mean feeds?', 'known are feeds, url')
    """
    names = list(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}"


def _read_sites(path: Path) -> tuple[Site, ...]:
    """Return the sites of a file.

    Raises:
        UsageError: what is wrong with it, quoting it as it is.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        tables = tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}") from error
    except ValueError as error:  # of tomllib, or of a number with thousands of digits
        raise UsageError(f"{path}: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{path}: nested too deeply") from error

    if not tables:
        raise UsageError(f'{path}: contains no site: write [herald] and below it url = "https://herald.example"')

    lines = text.splitlines()
    sites = tuple(_read_site(path, lines, name, table) for name, table in tables.items())
    _check_domains(path, lines, sites)

    return sites


def _read_site(path: Path, lines: list[str], name: str, table: Any) -> Site:
    """Return a table's site.

    Raises:
        UsageError: it is none.
    """
    if not isinstance(table, dict):
        raise UsageError(
            f"{path}:{_line_of(lines, None, name)}: {name} is outside of a site's table: write [herald] above it"
        )

    if "name" in table:
        raise UsageError(
            f"{path}:{_line_of(lines, name, 'name')}: {name}: leave out name; the table's own is the site's: [{name}]"
        )

    try:
        return Site(**{**table, "name": name})
    except ValidationError as error:
        first = error.errors()[0]
        key = str(first["loc"][0])
        place = f"{path}:{_line_of(lines, name, key)}: {name}"

        if first["type"] == _EXTRA:
            raise UsageError(f"{place}: unknown key {key}; {suggest(key, KEYS)}") from error

        if first["type"] == "missing":
            below = next((inner for inner, value in table.items() if isinstance(value, dict)), None)
            mend = f': write ["{name}.{below}"] for a site of that name' if below else ""
            raise UsageError(f"{place}: {key} is missing{mend}") from error

        message = first["msg"].removeprefix("Value error, ")
        for theirs, toml in _TOML_WORDS.items():
            message = message.replace(theirs, toml)

        raise UsageError(f"{place}: {key}: {message[:1].lower()}{message[1:]}") from error


def _check_domains(path: Path, lines: list[str], sites: tuple[Site, ...]) -> None:
    """Refuse two tables of one domain: delay, cookies and state are kept by it.

    Raises:
        UsageError: there are two.
    """
    first: dict[str, Site] = {}
    for site in sites:
        other = first.setdefault(site.domain, site)
        if other is not site:
            place = f"{path}:{_line_of(lines, site.name, 'url')}: {site.name}"
            raise UsageError(
                f"{place}: url: {site.domain} already belongs to {other.name}; add the address to its sections"
            )


def _line_of(lines: list[str], table: str | None, key: str) -> int:
    """Return the number of the line where a key of a table stands, else that of the table, counted from 1."""
    inside, begin = table is None, 1
    for number, line in enumerate(lines, start=1):
        if match := _TABLE.match(line):
            inside = match["name"] == table
            begin = number if inside else begin
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
            return number

    return begin
