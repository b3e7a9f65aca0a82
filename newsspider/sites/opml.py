"""OPML subscription lists as sites: feed readers export them, and `--opml` reads them.

All outlines of one registered domain are one site, since delay, cookies and state belong to a
domain: it has all of their feeds, the first front page as its `url`, and the others as sections.

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
    """The sites of a list, and a line for each invalid entry."""

    sites: tuple[Site, ...]
    problems: tuple[str, ...] = ()

    def notes(self) -> Iterator[str]:
        """Yield the first problems and their number."""
        if not self.problems:
            return

        entries = count_of(len(self.problems), "entry", "entries")
        yield f"left out: {entries} of the list, not valid"

        yield from self.problems[:SHOWN_PROBLEMS]

        if (more := len(self.problems) - SHOWN_PROBLEMS) > 0:
            yield f"and {more} more"


@dataclass(frozen=True)
class _Entry:
    """A subscription: its name, front page and feed, as valid addresses."""

    name: str
    home: str
    feed: str | None


def _describe(error: ValueError, name: str) -> str:
    said = show_text(" ".join(str(error).split()))
    return f"{name}: {said}" if name else said


def read_opml(path: Path) -> SiteList:
    """Return the sites of a subscription list, in its order.

    Raises:
        UsageError: it can't be read, is not OPML, defines entities, or names no site.
    """
    entries: list[_Entry] = []
    problems: list[str] = []

    for outline in _read_outlines(path):
        addresses = _addresses_of(outline)
        if not _is_subscription(addresses):
            continue

        name = show_text(squash(addresses.get("title") or addresses.get("text") or ""))
        name = name[:MAX_NAME_CHARS]

        try:
            entries.append(_read_entry(name, addresses))
        except ValueError as error:
            problems.append(f"{path}:{outline.sourceline}: {_describe(error, name)}")

    if not entries:
        why = next(iter(problems), 'expected <outline xmlUrl="https://…"/>')
        raise UsageError(f"{path}: contains no feed or site: {why}")

    return SiteList(tuple(_join(entries)), tuple(problems))


def _addresses_of(outline: etree._Element) -> dict[str, str]:
    """Return an outline's attributes with a value, by their names in lower case."""
    values = {key.lower(): str(value) for key, value in outline.attrib.items()}
    return {key: value for key, value in values.items() if value.strip()}


def _read_outlines(path: Path) -> Iterator[etree._Element]:
    """Yield the outlines of a file, at any depth.

    Raises:
        UsageError: one line that names the file and its fault.
    """
    body = _read_file(path)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )

    try:
        tree = etree.parse(BytesIO(body), parser)
    except etree.XMLSyntaxError as error:
        said = show_text(" ".join(str(error.msg).split()))
        raise UsageError(f"{path}: invalid XML: {said}") from error

    dtd = tree.docinfo.internalDTD
    if dtd is not None and next(iter(dtd.iterentities()), None) is not None:
        raise UsageError(f"{path}: defines XML entities, which are not expanded")

    root = tree.getroot()
    if root.tag != "opml":
        raise UsageError(f"{path}: not OPML: it begins with <{show_text(str(root.tag))}>")

    return root.iter("outline")


def _read_file(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        UsageError: it can't be read, or is too large.
    """
    try:
        with path.open("rb") as file:
            body = file.read(MAX_OPML_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error

    if len(body) > MAX_OPML_BYTES:
        raise UsageError(f"{path}: larger than {MAX_OPML_BYTES // 1_000_000} MB")

    return body


def _is_subscription(addresses: Mapping[str, str]) -> bool:
    """Whether an outline is a feed or a site; others are folders and notes."""
    return (
        bool({"xmlurl", "htmlurl"} & addresses.keys()) or addresses.get("type", "").lower() == "rss"
    )


def _read_entry(name: str, addresses: Mapping[str, str]) -> _Entry:
    """Return an outline's subscription; a feed alone gets the root of its host as front page.

    Raises:
        ValueError: an address is missing or invalid.
    """
    feed = _read_address("xmlUrl", addresses)
    home = _read_address("htmlUrl", addresses)

    if home is None:
        if feed is None:
            raise ValueError("xmlUrl is missing")

        parts = urlsplit(feed)
        home = f"{parts.scheme}://{parts.netloc}/"

    return _Entry(name, home, feed)


def _read_address(key: str, addresses: Mapping[str, str]) -> str | None:
    """Return an address of an outline, or None.

    Raises:
        ValueError: it is not a web address.
    """
    value = addresses.get(key.lower())
    try:
        return check_url(value) if value else None
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def _join(entries: Sequence[_Entry]) -> Iterator[Site]:
    """Yield one site per domain; the domain is added to a name that another site has."""
    of_domain: dict[str, list[_Entry]] = {}

    for entry in entries:
        of_domain.setdefault(site_of(entry.home) or "", []).append(entry)

    taken: set[str] = set()

    for domain, same in of_domain.items():
        name = same[0].name or domain
        if name in taken:
            name = f"{name} ({domain})"

        taken.add(name)

        home, *sections = dict.fromkeys(entry.home for entry in same)
        feeds = dict.fromkeys(entry.feed for entry in same if entry.feed)
        yield Site(name=name, url=home, sections=tuple(sections), feeds=tuple(feeds))
