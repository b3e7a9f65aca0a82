"""Tags and categories that the page links under their own names, by rel=tag as blogs do."""

import re

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.fields.opening import is_inside_foreign, seen_element
from newsspider.text import squash

MAX_TERMS = 30  # more are a cloud of the site's tags
_CATEGORY_PATH = re.compile(
    r"/(?:category|categor[ií]as?|categorie|kategorie|kategori|rubrik|rubrique)/[^/?#]+", re.I
)


def linked_terms(page: CutPage, kind: str) -> tuple[str, ...]:
    """Return the tags ("tag") or categories ("category") of links with rel=tag, each once."""
    found: dict[str, None] = {}
    for node, tag in enumerate(page.nodes.tag):
        if tag != "a" or "rel=" not in page.nodes.key[node]:
            continue

        link = seen_element(page, node)
        if (
            link is None
            or "tag" not in (link.get("rel") or "").split()
            or is_inside_foreign(page, node)
        ):
            continue

        is_category = "category" in (link.get("rel") or "") or bool(
            _CATEGORY_PATH.search(link.get("href") or "")
        )
        if is_category == (kind == "category"):
            found[squash("".join(link.itertext())).lstrip("#")] = None

    found.pop("", None)
    if len(found) <= MAX_TERMS:
        return tuple(found)

    return ()
