"""`newsspider queue`: which sites are due, who crawls which, and which are parked and why."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from newsspider.cli.options.common import Database, Site, open_existing
from newsspider.errors import ExitCode, UsageError
from newsspider.store.turn_queue import Place
from newsspider.text import count_of, show_text

SHOWN = 10  # sites of each state; --json has all
STATES = ("parked", "silent", "held", "due", "later")  # the worst first
UNPARK = "unpark"
_MEANINGS = "silent: its worker has not been heard of since its lease ended; the next free one takes the site"


def queue(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[unpark SITE…]", help="Let parked sites be crawled again.", show_default=False
        ),
    ] = None,
    database: Database = None,
    site: Site = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print all sites as JSON, one line per site.")
    ] = False,
) -> None:
    """Show the sites of `newsspider worker`: parked, held by a worker, due.

    The exit code is 3 if any site is parked.

    A site is parked after three workers in a row died while they crawled it. `newsspider queue
    unpark SITE` lets it be crawled again.

    For example:

    ```
    newsspider queue --db postgresql://crawler@db.example/news
    newsspider queue --site herald.example
    newsspider queue unpark herald.example
    ```
    """
    if words and words[0] != UNPARK:
        raise UsageError(f"unknown word {words[0]!r}: expected nothing, or unpark SITE…")
    if words == [UNPARK]:
        raise UsageError("unpark: give the sites, such as herald.example")

    with open_existing(database) as store:
        turns, name = store.turn_queue(), store.name
        if words:
            _unpark(words[1:], turns.unpark(words[1:]))
            return

        counts = turns.count()
        if as_json:
            for place in turns.read(site=site):
                sys.stdout.write(json.dumps(place.to_dict(), ensure_ascii=False) + "\n")
        else:
            _show(
                counts,
                [place for state in STATES for place in turns.read([state], site, SHOWN)],
                name,
                site,
            )

    if counts.get("parked"):
        raise typer.Exit(int(ExitCode.SOURCE_DARK))


def _unpark(asked: Sequence[str], freed: Sequence[str]) -> None:
    """Say which sites are taken again.

    Raises:
        UsageError: one of them was not parked.
    """
    for site in freed:
        sys.stdout.write(f"{show_text(site)} is due\n")
    if others := sorted({*asked} - {*freed}):
        raise UsageError(f"not parked: {', '.join(others)}")


def _show(counts: Mapping[str, int], places: Sequence[Place], name: str, site: str | None) -> None:
    """Print the numbers, and a table of the first sites of each state."""
    console = Console()
    told = ", ".join(f"{counts[state]} {state}" for state in STATES if counts.get(state))
    line = f"{count_of(sum(counts.values()), 'site')} in {name}{f': {told}' if told else ''}"
    console.print(line, highlight=False, soft_wrap=True, markup=False)

    if not places:
        if site:
            console.print(f"{site} is not among them", highlight=False, markup=False)
        return

    table = Table("site", "state", caption=_MEANINGS if counts.get("silent") else None)
    table.add_column("when", no_wrap=True)
    table.add_column("worker, reason or last account", ratio=1)

    for place in places:
        table.add_row(show_text(place.site), place.state, _when(place), show_text(_about(place)))

    console.print(table)


def _when(place: Place) -> str:
    """Return since when or until when a site is in its state."""
    span = describe_span(abs(place.seconds))
    match place.state:
        case "later":
            return f"in {span}"
        case "held":
            return f"for {describe_span(place.held_seconds or 0)}"
        case "parked":
            return "—"

    return f"since {span}"


def _about(place: Place) -> str:
    """Return other facts about a site."""
    deaths = (
        f"; {count_of(place.deaths, 'worker')} died with it"
        if place.deaths and not place.why
        else ""
    )
    return f"{place.why or place.holder or place.said or '—'}{deaths}"


def describe_span(seconds: float) -> str:
    """Return a span of time in its two largest units.

    >>> describe_span(7.4), describe_span(754), describe_span(2 * 86400 + 3 * 3600)
    ('7s', '12m 34s', '2d 3h')
    """
    whole = round(seconds)
    sizes = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
    first = next((place for place, (_, size) in enumerate(sizes) if whole >= size), len(sizes) - 1)
    parts = [
        f"{whole // size % (sizes[place - 1][1] // size if place else whole + 1)}{unit}"
        for place, (unit, size) in enumerate(sizes)
    ][first : first + 2]
    return " ".join(part for part in parts if not part.startswith("0")) or "0s"
