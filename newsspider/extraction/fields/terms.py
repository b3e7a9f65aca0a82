"""Tags and categories that the page links under their own names, by rel=tag as blogs do."""

import re
from collections.abc import Iterator

from lxml import etree

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.opening import is_inside_foreign, seen_element
from newsspider.text import squash

MAX_TERMS = 30  # more are a cloud of the site's tags
_CATEGORY_PATH = re.compile(
    r"/(?:category|categor[ií]as?|categorie|kategorie|kategori|rubrik|rubrique)/[^/?#]+", re.I
)


def linked_terms(page: CutPage, kind: str) -> tuple[str, ...]:
    """Return the tags ("tag") or categories ("category") of links with rel=tag, each once."""
    links = (link for link in _iter_tag_links(page) if _is_category(link) == (kind == "category"))
    terms = (squash("".join(link.itertext())).lstrip("#") for link in links)
    found = tuple(dict.fromkeys(filter(None, terms)))
    return found if len(found) <= MAX_TERMS else ()


def _iter_tag_links(page: CutPage) -> Iterator[etree._Element]:
    """Yield the page's own links with rel=tag that a reader sees."""
    nodes = page.nodes
    for node, tag in enumerate(nodes.tag):
        if tag != "a" or "rel=" not in nodes.key[node]:
            continue

        link = seen_element(page, node)
        if link is None or "tag" not in link.get("rel", "").split():
            continue

        if not is_inside_foreign(page, node):
            yield link


def _is_category(link: etree._Element) -> bool:
    if "category" in link.get("rel", ""):
        return True

    return _CATEGORY_PATH.search(link.get("href", "")) is not None
