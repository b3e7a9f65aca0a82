"""Find the page's rights: license, copyright line, terms, reservations against robots."""

import re
from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.declared.metadata import Found, JsonNode, Metadata, as_list, as_text
from newsspider.pages.page import Page
from newsspider.pages.robots_directives import read_directives
from newsspider.record import Rights
from newsspider.text import squash
from newsspider.urls import absolute_url

MAX_CHARS = 500  # of a line; longer ones are a page's terms in full
_MARK = re.compile(r"(?:copyright\s*)?©", re.I)
MAX_WORDS_BEFORE = 2  # before the mark of a copyright line; more are links in the same line
_MARKED = etree.XPath("descendant-or-self::*[text()[contains(., '\u00a9')]]")
# Words of robots meta elements and X-Robots-Tag that reserve something.
RESERVING = frozenset(
    "noai noimageai noindex noarchive nocache nosnippet noimageindex notranslate noml".split()
)
NO_LIMIT = "max-snippet:-1"
ROBOTS_METAS = ("robots", "newsspider")
LICENSE_METAS = ("dcterms.license", "dc.license", "dc.rights.license", "license", "cc:license")
COPYRIGHT_METAS = (
    "copyright", "dc.rights", "dcterms.rights", "rights", "dc.copyright", "prism.copyright",
    "og:copyright", "dcterms.rightsholder", "copyrightholder",
)  # fmt: skip
TERMS_METAS = (
    "usage-terms",
    "usageterms",
    "dcterms.accessrights",
    "dc.accessrights",
    "rights-standard",
)
LAST_FRAMES = 3  # parts of the frame around the content, among which the page's foot is
SHOWN_BLOCKS = 12  # at the end of a page, among which its copyright line is
_LICENSE_ADDRESS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/", re.I
)

# Prints the year, where scripts run.
_SCRIPT = re.compile(r"document\.write\(.{0,60}?\)\)?;?(?=\s|$)")


def find_rights(page: Page, metadata: Metadata, cut: CutPage) -> Found | None:
    """Return the rights in JSON-LD, meta elements, links, headers and the last lines.

    None for none.
    """
    declared = _declared(metadata, LICENSE_METAS, "license") or _linked_license(page)
    copyright_line = _copyright(metadata)
    license_in_rights = None

    if copyright_line and _LICENSE_ADDRESS.match(copyright_line):
        license_in_rights = copyright_line

    rights = Rights(
        license=declared or license_in_rights,
        copyright=(None if license_in_rights else copyright_line) or _shown_copyright(cut),
        usage_terms=_declared(
            metadata, TERMS_METAS, "usageInfo", "conditionsOfAccess", "acquireLicensePage"
        ),
        robots=tuple(_reserving_words(page, metadata)),
        tdm_reservation=_tdm_reservation(page, metadata),
        tdm_policy=absolute_url(
            metadata.first_meta("tdm-policy") or page.headers.get("tdm-policy"), page.url
        ),
    )
    if not any(value not in (None, ()) for value in rights.values()):
        return None

    by_jsonld = any(
        name in _node(metadata)
        for name in ("license", "copyrightHolder", "copyrightNotice", "usageInfo")
    )
    by_markup = not metadata.meta.keys() & {
        *LICENSE_METAS,
        *COPYRIGHT_METAS,
        *ROBOTS_METAS,
        "tdm-reservation",
    }
    return Found(rights, "json-ld" if by_jsonld else "markup" if by_markup else "meta")


def _node(metadata: Metadata) -> JsonNode:
    return metadata.article or metadata.work


def _declared(metadata: Metadata, metas: tuple[str, ...], *names: str) -> str | None:
    """Return the first of some properties of JSON-LD, else of some meta elements."""
    node = _node(metadata)
    values = (_address_or_text(each) for name in names for each in as_list(node.get(name)))
    found = next(filter(None, values), None) or metadata.first_meta(*metas)

    if found:
        return found[:MAX_CHARS]

    return None


def _address_or_text(value: object) -> str | None:
    """Return an object's address, or its text."""
    if isinstance(value, dict):
        return as_text(value.get("url") or value.get("@id")) or as_text(value)

    return as_text(value)


def _linked_license(page: Page) -> str | None:
    """Return the address of a link with rel=license."""
    for link in (*page.elements["link"], *page.elements["a"]):
        rel = link.get("rel")
        if rel and "license" in rel.split():
            return absolute_url(link.get("href"), page.url)

    return None


def _copyright(metadata: Metadata) -> str | None:
    """Return the copyright line that JSON-LD or a meta element declares."""
    node = _node(metadata)
    if notice := as_text(node.get("copyrightNotice")):
        return notice[:MAX_CHARS]

    if holder := as_text(node.get("copyrightHolder")):
        year = node.get("copyrightYear")
        if isinstance(year, int | str) and year:
            return f"© {year} {holder}"

        return f"© {holder}"

    value = metadata.first_meta(*COPYRIGHT_METAS)
    if value and not value.isdigit():
        return value[:MAX_CHARS]

    return None


def _shown_copyright(cut: CutPage) -> str | None:
    """Return the last short line of the page with a copyright mark."""
    lines = [*_frame_lines(cut), *(squash(block.text) for block in cut.blocks[-SHOWN_BLOCKS:])]
    for line in reversed(lines):
        if "©" in line and 4 < len(line) <= MAX_CHARS:
            marked = next(part for part in line.split(" | ") if "©" in part)
            return _from_mark(squash(_SCRIPT.sub("", marked)))

    return None


def _from_mark(line: str) -> str:
    """Return a copyright line without the links before it.

    >>> (_from_mark("Terms of Service Privacy Copyright © 2026 The Herald"),
    ...  _from_mark("2026 © The Herald"))
    ('Copyright © 2026 The Herald', '2026 © The Herald')
    """
    mark = _MARK.search(line)
    if mark and len(line[: mark.start()].split()) > MAX_WORDS_BEFORE:
        return line[mark.start() :]

    return line


def _frame_lines(cut: CutPage) -> Iterator[str]:
    """Yield the lines with a copyright mark in the last part of the frame that has some."""
    for _, frame in cut.frames[: -1 - LAST_FRAMES : -1]:
        if frame.tag != "nav" and "©" in etree.tostring(frame, method="text", encoding="unicode"):
            for element in _MARKED(frame):
                yield squash("".join(element.itertext()))

            return


def _reserving_words(page: Page, metadata: Metadata) -> Iterator[str]:
    """Yield the robots directives that forbid something, sorted."""
    said = [page.headers.get("x-robots-tag", "")]
    for name in ROBOTS_METAS:
        said += metadata.meta.get(name, ())

    directives = read_directives([each[:MAX_CHARS] for each in said if each], b"")
    for word in sorted(directives):
        bare = word.replace(" ", "")
        if bare in RESERVING or (bare.startswith("max-snippet:") and bare != NO_LIMIT):
            yield bare


def _tdm_reservation(page: Page, metadata: Metadata) -> bool | None:
    """Return whether text and data mining is reserved; None where the page says nothing.

    Source:
        W3C Community Group, TDM Reservation Protocol: 1 reserves, 0 does not; in a header or a meta
        element.
    """
    said = page.headers.get("tdm-reservation") or metadata.first_meta("tdm-reservation")
    return {"1": True, "0": False}.get((said or "").strip())
