"""OPML subscription lists as sites: feed readers export them, and `--opml` reads them.

The outlines of one registered domain are one site, since delay, cookies and state are kept by
domain: their feeds together, the first front page as its `url`, the other ones as its sections.

Source:
    http://opml.org/spec2.opml, "Subscription lists".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from newsspider.errors import UsageError
from newsspider.sites.profile import Site
from newsspider.text import count_of, show_text, squash
from newsspider.urls import check_url, site_of

MAX_OPML_BYTES = 20_000_000  # some 80,000 feeds
MAX_NAME_CHARS = 200
SHOWN_PROBLEMS = 10


@dataclass(frozen=True)
class SiteList:
    """The sites of a list, and a line for each entry that can't be one."""

    sites: tuple[Site, ...]
    problems: tuple[str, ...] = ()

    def notes(self) -> Iterator[str]:
        """Yield the first problems and how many there are."""
        if self.problems:
            yield f"left out: {count_of(len(self.problems), 'entry', 'entries')} of the list, not valid"
        yield from self.problems[:SHOWN_PROBLEMS]
        if more := len(self.problems) - SHOWN_PROBLEMS:
            yield from [f"and {more} more"] * (more > 0)


@dataclass(frozen=True)
class _Entry:
    """A subscription: its name, front page and feed, as valid addresses."""

    name: str
    home: str
    feed: str | None


def read_opml(path: Path) -> SiteList:
    """Return the sites of a subscription list, in its order.

    Raises:
        UsageError: it can't be read, is not OPML, defines entities, or names no site.
    """
    entries: list[_Entry] = []
    problems: list[str] = []

    for outline in _read_outlines(path):
        addresses = {key.lower(): str(value) for key, value in outline.attrib.items() if str(value).strip()}
        if not _is_subscription(addresses):
            continue

        name = show_text(squash(addresses.get("title") or addresses.get("text") or ""))[:MAX_NAME_CHARS]
        try:
            entries.append(_read_entry(name, addresses))
        except ValueError as error:
            said = show_text(" ".join(str(error).split()))
            problems.append(f"{path}:{outline.sourceline}: {f'{name}: ' if name else ''}{said}")

    if not entries:
        why = f": {problems[0]}" if problems else ': expected <outline xmlUrl="https://…"/>'
        raise UsageError(f"{path}: contains no feed or site{why}")

    return SiteList(tuple(_join(entries)), tuple(problems))


def _read_outlines(path: Path) -> Iterator[etree._Element]:
    """Yield the outlines of a file, at any depth.

    Raises:
        UsageError: one line that names the file and what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            body = file.read(MAX_OPML_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error

    if len(body) > MAX_OPML_BYTES:
        raise UsageError(f"{path}: larger than {MAX_OPML_BYTES // 1_000_000} MB")

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.parse(BytesIO(body), parser)
    except etree.XMLSyntaxError as error:
        raise UsageError(f"{path}: invalid XML: {show_text(' '.join(str(error.msg).split()))}") from error

    dtd = tree.docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise UsageError(f"{path}: defines XML entities, which are not expanded")

    root = tree.getroot()
    if root.tag != "opml":
        raise UsageError(f"{path}: not OPML: it begins with <{show_text(str(root.tag))}>")

    return root.iter("outline")


def _is_subscription(addresses: Mapping[str, str]) -> bool:
    """Whether an outline means a feed or a site; others are folders and notes."""
    return bool({"xmlurl", "htmlurl"} & addresses.keys()) or addresses.get("type", "").lower() == "rss"


def _read_entry(name: str, addresses: Mapping[str, str]) -> _Entry:
    """Return an outline's subscription; the front page of a feed alone is the root of its host.

    Raises:
        ValueError: an address is missing or invalid.
    """
    feed, home = (_read_address(key, addresses) for key in ("xmlUrl", "htmlUrl"))
    if feed is None and home is None:
        raise ValueError("xmlUrl is missing")

    if home is None:
        parts = urlsplit(feed or "")
        home = f"{parts.scheme}://{parts.netloc}/"

    return _Entry(name, home, feed)


def _read_address(key: str, addresses: Mapping[str, str]) -> str | None:
    """Return an address of an outline, None where it has none.

    Raises:
        ValueError: it is not a web address.
    """
    value = addresses.get(key.lower())
    try:
        return check_url(value) if value else None
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _join(entries: Sequence[_Entry]) -> Iterator[Site]:
    """Yield a site for each domain; a name that another site has is followed by the domain."""
    of_domain: dict[str, list[_Entry]] = {}
    for entry in entries:
        of_domain.setdefault(site_of(entry.home) or "", []).append(entry)

    taken: set[str] = set()
    for domain, same in of_domain.items():
        name = same[0].name or domain
        name = name if name not in taken else f"{name} ({domain})"
        taken.add(name)
        home, *sections = dict.fromkeys(entry.home for entry in same)
        feeds = dict.fromkeys(entry.feed for entry in same if entry.feed)
        yield Site(name=name, url=home, sections=tuple(sections), feeds=tuple(feeds))
