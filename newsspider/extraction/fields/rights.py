"""Find the page's rights: license, copyright line, terms, reservations against robots."""

import re
from collections.abc import Iterator
from itertools import chain

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
RIGHTS_METAS = frozenset((*LICENSE_METAS, *COPYRIGHT_METAS, *ROBOTS_METAS, "tdm-reservation"))
RIGHTS_KEYS = frozenset({"license", "copyrightHolder", "copyrightNotice", "usageInfo"})
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
    notice = _copyright(metadata)
    license_in_notice = None
    if notice and _LICENSE_ADDRESS.match(notice):
        notice, license_in_notice = None, notice

    declared = _declared(metadata, LICENSE_METAS, "license") or _linked_license(page)
    policy = metadata.first_meta("tdm-policy") or page.headers.get("tdm-policy")
    rights = Rights(
        license=declared or license_in_notice,
        copyright=notice or _shown_copyright(cut),
        usage_terms=_declared(
            metadata, TERMS_METAS, "usageInfo", "conditionsOfAccess", "acquireLicensePage"
        ),
        robots=tuple(_reserving_words(page, metadata)),
        tdm_reservation=_tdm_reservation(page, metadata),
        tdm_policy=absolute_url(policy, page.url),
    )
    if all(value in (None, ()) for value in rights.values()):
        return None

    return Found(rights, _provenance(metadata))


def _provenance(metadata: Metadata) -> str:
    """Return the first place that states rights: JSON-LD, meta elements, else the markup."""
    if not RIGHTS_KEYS.isdisjoint(_node(metadata)):
        return "json-ld"

    return "markup" if RIGHTS_METAS.isdisjoint(metadata.meta) else "meta"


def _node(metadata: Metadata) -> JsonNode:
    return metadata.article or metadata.work


def _declared(metadata: Metadata, metas: tuple[str, ...], *names: str) -> str | None:
    """Return the first of some properties of JSON-LD, else of some meta elements."""
    node = _node(metadata)
    values = chain.from_iterable(as_list(node.get(name)) for name in names)
    stated = filter(None, map(_address_or_text, values))
    found = next(stated, None) or metadata.first_meta(*metas)
    return found[:MAX_CHARS] if found else None


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
        has_year = isinstance(year, int | str) and year
        return f"© {year} {holder}" if has_year else f"© {holder}"

    value = metadata.first_meta(*COPYRIGHT_METAS)
    if value and not value.isdigit():
        return value[:MAX_CHARS]

    return None


def _shown_copyright(cut: CutPage) -> str | None:
    """Return the last short line of the page with a copyright mark."""
    last_lines = map(squash, (block.text for block in cut.blocks[-SHOWN_BLOCKS:]))
    lines = list(filter(_is_copyright, (*_frame_lines(cut), *last_lines)))
    return next(map(_marked_part, reversed(lines)), None)


def _marked_part(line: str) -> str:
    """Return the part of a line with its copyright mark."""
    marked = next(part for part in line.split(" | ") if "©" in part)
    return _from_mark(squash(_SCRIPT.sub("", marked)))


def _is_copyright(line: str) -> bool:
    return "©" in line and len("© 26") < len(line) <= MAX_CHARS


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
    in_metas = chain.from_iterable(metadata.meta.get(name, ()) for name in ROBOTS_METAS)
    said = (each[:MAX_CHARS] for each in (page.headers.get("x-robots-tag", ""), *in_metas) if each)
    words = (word.replace(" ", "") for word in sorted(read_directives(said, b"")))
    return filter(_is_reserving, words)


def _is_reserving(word: str) -> bool:
    return word in RESERVING or (word.startswith("max-snippet:") and word != NO_LIMIT)


def _tdm_reservation(page: Page, metadata: Metadata) -> bool | None:
    """Return whether text and data mining is reserved; None where the page says nothing.

    Source:
        W3C Community Group, TDM Reservation Protocol: 1 reserves, 0 does not; in a header or a meta
        element.
    """
    said = page.headers.get("tdm-reservation") or metadata.first_meta("tdm-reservation")
    return {"1": True, "0": False}.get((said or "").strip())
