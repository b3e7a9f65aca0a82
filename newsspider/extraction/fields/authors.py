"""Who wrote it, as printed."""

import re
from collections.abc import Iterable

from newsspider.extraction.reference import ask_trafilatura_for_fields
from newsspider.extraction.sources import Found, Sources, as_list, as_text
from newsspider.page import Page
from newsspider.urls import is_web_url

_BY = re.compile(r"^(?:by|von|par|por|di|door|av|af)\s*:?\s+", re.I)


def find_authors(page: Page, sources: Sources) -> Found | None:
    """Return the authors' names in order: JSON-LD, meta elements, trafilatura's guess from the byline."""
    return (
        _named(map(as_text, as_list(sources.article.get("author"))), "json-ld")
        or _named(_authors_in_meta(sources), "meta")
        or _named(ask_trafilatura_for_fields(page).authors, "text")
    )


def _authors_in_meta(sources: Sources) -> tuple[str, ...]:
    names = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator")
    return next((sources.meta[name] for name in names if name in sources.meta), ())


def _named(names: Iterable[str | None], provenance: str) -> Found | None:
    """Return the names without "By", addresses and repetitions; None when none is left."""
    cleaned = (_BY.sub("", name) for name in names if name and not is_web_url(name) and "@" not in name)
    unique = tuple(dict.fromkeys(name for name in cleaned if name))
    return Found(unique, provenance) if unique else None
