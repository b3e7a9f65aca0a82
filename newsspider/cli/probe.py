"""`newsspider probe`: examines a site and writes its profile, for a person to review."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from newsspider.cli.extract import DEFAULTS
from newsspider.cli.options.deadline import Deadline
from newsspider.cli.probe_site import probe_site
from newsspider.errors import OutputError, PageError, UnreadableError, UsageError
from newsspider.pool import Limits, read_limits
from newsspider.sites.findings import write_profile
from newsspider.sites.opml import read_opml
from newsspider.sites.sites_file import read_sites
from newsspider.text import count_of
from newsspider.urls import check_url, site_of


def probe(
    url: Annotated[
        str | None, typer.Argument(metavar="URL", help="The site's front page.", show_default=False)
    ] = None,
    opml: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Probe the sites of a feed reader's subscription list."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="sites.toml", help="Add the profile to this file."),
    ] = None,
    deadline: Deadline = DEFAULTS.deadline,
) -> None:
    """Examine a site (feeds, sitemaps, sections, dates, delay, paywall, sample records) and write its profile.

    About twenty pages are fetched, in the same way as in a crawl. Review the profile, then run
    `newsspider crawl --sites sites.toml`.

    For example:

    ```
    newsspider probe herald.example
    newsspider probe https://herald.example -o sites.toml
    newsspider probe --opml subscriptions.opml -o sites.toml
    ```
    """
    limits = read_limits({"--deadline": deadline, "--workers": 1})
    if bool(url) == bool(opml):
        raise UsageError("give the URL of a site, or --opml FILE")

    if opml:
        _probe_list(opml, output, limits)
        return

    try:
        url = check_url(url or "")
    except ValueError as error:
        raise UsageError(str(error)) from error

    _probe_site(url, (), output, limits)
    if output:
        _name_next_command(output)


def _probe_list(opml: Path, output: Path | None, limits: Limits) -> None:
    """Write the profiles of a subscription list's sites.

    If a site can't be read, the others are probed all the same.

    Raises:
        UsageError: the list can't be read.
        OutputError: the file of profiles can't be written.
        UnreadableError: a site could not be probed; all others are written.
    """
    listed = read_opml(opml)
    for note in listed.notes():
        _report(note)

    failed = 0
    for site in listed.sites:
        try:
            _probe_site(site.url, site.feeds, output, limits)
        except UsageError as error:
            _report(f"left out: {error}")
        except PageError as error:
            _report(f"not probed: {error}")
            failed += 1

    if output and failed < len(listed.sites):
        _name_next_command(output)

    if failed:
        raise UnreadableError(f"{failed} of {count_of(len(listed.sites), 'site')} not probed")


def _probe_site(url: str, feeds: Sequence[str], output: Path | None, limits: Limits) -> None:
    """Write a site's profile, to standard output without a file.

    Raises:
        UsageError: the file has the site already.
        UnreadableError: the site's front page can't be read.
        OutputError: the file can't be written.
    """
    if output:
        _refuse_known(output, url)

    found = probe_site(url, limits, feeds)
    profile = write_profile(found)
    if output is None:
        sys.stdout.write(profile)
        return

    _refuse_known(output, found.url)  # which may be another site
    try:
        before = output.read_text(encoding="utf-8") if output.exists() else ""
        output.write_text(
            f"{before.rstrip()}\n\n{profile}" if before.strip() else profile, encoding="utf-8"
        )
    except OSError as error:
        raise OutputError(f"{output}: {error.strerror}") from error


def _report(line: str) -> None:
    """Write a line to standard error: the profile goes to standard output."""
    typer.echo(f"probe: {line}", err=True)


def _name_next_command(output: Path) -> None:
    """Name the next command."""
    typer.echo(f"{output}: review it, then newsspider crawl --sites {output}", err=True)


def _refuse_known(output: Path, url: str) -> None:
    """Refuse to add a site to a file that has it.

    Raises:
        UsageError: the file has the site, or it isn't a file of profiles.
    """
    known = read_sites(output) if output.exists() and output.stat().st_size else ()
    if site := next((site for site in known if site.domain == site_of(url)), None):
        raise UsageError(
            f"{output}: already contains {site.name}: edit it, or write to another file"
        )
