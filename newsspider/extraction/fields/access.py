"""Whether the article may be read without paying."""

from collections.abc import Iterator

from newsspider.extraction.declared.metadata import Found, Metadata, as_text

_WORDS = {"true": True, "1": True, "false": False, "0": False}
_ACCESS = {"subscription": False, "registration": False}  # in a news sitemap: not open to all
_TIERS = {"free": True, "metered": False, "locked": False}


def find_is_free(metadata: Metadata) -> Found | None:
    """Return whether the page declares to be free: in JSON-LD, content_tier, the news sitemap."""
    for free, provenance in _iter_declared(metadata):
        if free is not None:
            return Found(free, provenance)

    return None


def _iter_declared(metadata: Metadata) -> Iterator[tuple[bool | None, str]]:
    """Yield the answer of each source with its provenance, None for none."""
    yield _is_free_in_jsonld(metadata.article.get("isAccessibleForFree")), "json-ld"

    tier = metadata.first_meta("article:content_tier") or ""
    yield _TIERS.get(tier.lower()), "meta"

    if metadata.entry:
        yield _ACCESS.get((metadata.entry.access or "").lower()), metadata.entry.origin


def _is_free_in_jsonld(declared: object) -> bool | None:
    if isinstance(declared, bool):
        return declared

    return _WORDS.get((as_text(declared) or "").lower().rsplit("/", 1)[-1])
