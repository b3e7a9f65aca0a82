"""Who reads a page: the version of the code and the options that decide which links are followed.

If these change, a page is fetched whole again: an answer "not modified" (304) would hide the parts
that the earlier reader left out.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from scrapy import Request
from scrapy.crawler import Crawler

from newsspider import __version__
from newsspider.crawl.crawl_context import crawl_of
from newsspider.crawl.request_context import role_of
from newsspider.crawl.turns import turn_of
from newsspider.extraction.version import listing_version
from newsspider.mending.mends import version_for
from newsspider.sites.profile import Site
from newsspider.urls import site_of

# Arguments that say where to begin, and not which links are followed.
STARTING = frozenset({"url", "urls", "urls_file", "site", "max_pages", "dry_run"})


@dataclass(frozen=True)
class Readers:
    """The readers of a crawl's pages.

    Attributes:
        followed: a digest of the arguments and profiles that decide which links are followed; empty
            if there are none.
        sites: the profiles by registered domain, which the spider fills when it starts. A browser
            is another reader.
    """

    followed: str
    sites: Mapping[str, Site]

    def of(self, request: Request) -> str:
        """Return the reader of a request's page."""
        parts = [__version__, version_for(request.url)]
        if role_of(request) != "article":
            parts[-1] += f".{listing_version()}"
            parts.append(self.followed)

        site = self.sites.get(site_of(request.url) or "")
        if site and site.render:
            parts.append("rendered")

        return " ".join(filter(None, parts))


def readers_of(crawler: Crawler) -> Readers:
    """Return the readers of a crawl."""
    crawl = crawl_of(crawler)
    followed: dict[str, str] = {}
    for name, value in crawl.given.items():
        if name not in STARTING and not name.startswith("_"):
            followed[name] = str(value)

    if profiles := _profiles_of(crawler, crawl.given):
        followed["sites"] = profiles

    if not followed:
        return Readers("", crawl.sites)

    text = repr(sorted(followed.items()))
    return Readers(hashlib.blake2b(text.encode(), digest_size=8).hexdigest(), crawl.sites)


def _profiles_of(crawler: Crawler, given: Mapping[str, object]) -> str:
    """Return the profiles as text: of the file in the arguments, else of the turn.

    Empty if none is set.
    """
    with suppress(OSError, KeyError):  # the spider reports a file that it can't read
        return Path(str(given["sites"])).read_text(encoding="utf-8", errors="replace")

    turn = turn_of(crawler)
    if turn is None:
        return ""

    profiles = [site.model_dump_json(exclude_defaults=True, exclude={"url"}) for site in turn.sites]
    is_set = any(profile != "{}" for profile in profiles)
    return "\n".join(profiles) if is_set else ""


def followed_by(reader: str) -> list[str]:
    """Return the part of a reader that decides which links are followed.

    >>> followed_by("0.1.0 5f0c2a11 8d3e rendered"), followed_by("0.1.0 5f0c2a11")
    (['8d3e', 'rendered'], [])
    """
    return reader.split()[2:]  # after the versions of the package and of extraction
