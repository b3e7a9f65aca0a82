"""Whether the article may be read without paying."""

from newsspider.extraction.declared.metadata import Found, Metadata, as_text

_WORDS = {"true": True, "1": True, "false": False, "0": False}
_CLOSED = frozenset({"subscription", "registration"})  # in a news sitemap: not open to all
_TIERS = {"free": True, "metered": False, "locked": False}


def find_is_free(metadata: Metadata) -> Found | None:
    """Return whether the page declares to be free: in JSON-LD, content_tier, the news sitemap."""
    declared = metadata.article.get("isAccessibleForFree")
    free = _WORDS.get((as_text(declared) or "").lower().rsplit("/", 1)[-1])

    if isinstance(declared, bool):
        free = declared

    if free is not None:
        return Found(free, "json-ld")

    tier = _TIERS.get((metadata.first_meta("article:content_tier") or "").lower())
    if tier is not None:
        return Found(tier, "meta")

    entry = metadata.entry
    if entry and (entry.access or "").lower() in _CLOSED:
        return Found(False, entry.origin)

    return None
