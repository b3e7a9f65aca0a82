"""Options that commands which crawl share."""

from pathlib import Path
from typing import Annotated

import typer

Sites = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Crawl the sites of a TOML file; `newsspider probe` writes one."
    ),
]
Opml = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Crawl the sites of a feed reader's subscription list."),
]
UrlsFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Addresses to start from, one per line; # begins a comment."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="NAME=VALUE",
        help="A setting of newsspider or Scrapy; can be repeated.",
    ),
]
