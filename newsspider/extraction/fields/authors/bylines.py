"""Find the byline that the page shows: near the headline, or the only author named elsewhere."""

from collections.abc import Iterable
from dataclasses import replace

from newsspider.extraction.fields.authors.author_elements import (
    Byline,
    as_byline,
    author_nodes,
    named_near,
    only_named,
)
from newsspider.extraction.fields.authors.author_links import (
    linked_near,
)
from newsspider.extraction.fields.authors.byline_lines import (
    MAX_BYLINE_CHARS,
    names_written_near,
    only_names_written,
)
from newsspider.extraction.fields.authors.name_checks import (
    is_outlet,
)
from newsspider.extraction.fields.authors.names_beside_dates import (
    names_beside_date,
)
from newsspider.extraction.fields.authors.signatures import signed_names
from newsspider.extraction.fields.opening import Opening


def find_byline(
    opening: Opening, outlets: Iterable[str], *, near_only: bool = False
) -> Byline | None:
    """Return the page's byline; None for none.

    Near the headline: elements named as the author's, links to authors' pages, lines that begin
    with "By", a name beside the date. Elsewhere, outside comments, teasers and such: the only
    author that an element or a line names, and the signature at the end.
    """
    publications = tuple(outlets)
    near = frozenset(line.block.number for line in opening.lines)
    nodes = list(author_nodes(opening.page, near if near_only else None))

    byline = _byline_near(opening, nodes, near, publications)
    if byline and (near_only or not _names_outlets(byline, publications)):
        return replace(byline, is_near=True, is_one_line=_is_one_line(opening, byline.names))

    if beside := _byline_of(names_beside_date(opening, publications)):
        return replace(beside, is_near=True, is_bare=True)

    if near_only:
        return None

    if elsewhere := _byline_elsewhere(opening, nodes, publications):
        return elsewhere

    return byline and replace(byline, is_near=True)


def _byline_near(
    opening: Opening, nodes: Iterable[int], near: frozenset[int], publications: tuple[str, ...]
) -> Byline | None:
    """Return the byline in these blocks: in named elements, links, or lines with "By"."""
    page = opening.page
    near_nodes = [node for node in nodes if page.nodes.first[node] in near]
    found = named_near(page, near_nodes, publications) or linked_near(page, near, publications)

    if found:
        return as_byline(found)

    return _byline_of(names_written_near(opening, publications))


def _byline_elsewhere(
    opening: Opening, nodes: list[int], publications: tuple[str, ...]
) -> Byline | None:
    """Return the page's only author outside of foreign parts, or the one who signed the text."""
    named = only_named(opening.page, nodes, publications)
    if named and not _names_outlets(named, publications):
        return named

    if written := _byline_of(only_names_written(opening.page, publications)):
        return written

    if named:
        return named

    signed = _byline_of(signed_names(opening, publications))
    return signed and replace(signed, is_bare=True)


def _byline_of(names: Iterable[str]) -> Byline | None:
    """Return the byline of names without addresses."""
    return as_byline([(name, "") for name in names])


def _names_outlets(byline: Byline, publications: tuple[str, ...]) -> bool:
    """Whether a byline names nobody but the publication."""
    return all(is_outlet(name, publications) for name in byline.names)


def _is_one_line(opening: Opening, names: tuple[str, ...]) -> bool:
    """Whether a line near the headline has all these names."""
    for line in opening.lines:
        text = line.block.text.split("\n")[0]
        if len(text) <= 2 * MAX_BYLINE_CHARS and all(name in text for name in names):
            return True

    return False
