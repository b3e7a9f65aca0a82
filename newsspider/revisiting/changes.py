"""The changes between two versions of an article."""

from collections.abc import Iterator
from difflib import unified_diff

from newsspider.record import VERSIONED_FIELDS, ArticleRecord
from newsspider.text import body_hash, squash

MISSING_PART = "a part of the article is missing"
BY_MEMORY = frozenset({"site", "wrapper"})  # origins of values that a site's memory decided


def changed_fields(earlier: ArticleRecord, later: ArticleRecord) -> tuple[str, ...]:
    """Return the main fields that differ; white space and Unicode form don't count.

    >>> ferry = ArticleRecord(title="Ferry", body="At six.")
    >>> changed_fields(ferry, ArticleRecord(title="Ferry ", body="At seven."))
    ('body',)
    """
    return tuple(
        name for name in VERSIONED_FIELDS if _comparable(earlier, name) != _comparable(later, name)
    )


def supersedes(earlier: ArticleRecord, later: ArticleRecord) -> bool:
    """Whether a later version replaces the earlier one; the free part before a paywall doesn't."""
    is_walled = later.kind == "paywalled" and earlier.kind != "paywalled"
    return not is_walled or len(later.body or "") >= len(earlier.body or "")


def is_another_version(earlier: ArticleRecord, later: ArticleRecord) -> bool:
    """Whether the article itself changed, and not only the part of it that was read."""
    if earlier.pages != later.pages:
        return False

    if any(warning.startswith(MISSING_PART) for warning in earlier.warnings):
        return False

    changed = changed_fields(earlier, later)
    return not all(_is_by_memory(earlier, later, name) for name in changed)


def iter_difference(earlier: ArticleRecord, later: ArticleRecord) -> Iterator[str]:
    """Yield the changes as lines with + and -; of the body only the blocks that differ."""
    for name in changed_fields(earlier, later):
        old, new = _shown(earlier, name), _shown(later, name)
        if name == "body":
            blocks = old.split("\n\n"), new.split("\n\n")
            yield from unified_diff(*blocks, "body", "body", n=1, lineterm="")
            continue

        if old:
            yield f"{name}: - {old}"

        if new:
            yield f"{name}: + {new}"


def _is_by_memory(earlier: ArticleRecord, later: ArticleRecord, name: str) -> bool:
    """Whether a field differs only because the site's memory decided one of the two readings.

    The article itself did not change then. In a body, the memory only adds or removes blocks.
    """
    origins = {record.provenance.get(name) for record in (earlier, later)}
    if earlier.site_memory == later.site_memory or len(origins) == 1 or not origins & BY_MEMORY:
        return False

    if name != "body":
        return True

    shorter, longer = sorted(
        ((each.body or "").split("\n\n") for each in (earlier, later)), key=len
    )
    rest = iter(longer)

    return all(block in rest for block in shorter)  # in this order


def _comparable(record: ArticleRecord, name: str) -> object:
    value = getattr(record, name)
    if name == "body":
        return body_hash(value) if value else None
    return squash(value) if isinstance(value, str) else value


def _shown(record: ArticleRecord, name: str) -> str:
    value = getattr(record, name)
    return ", ".join(value) if isinstance(value, tuple) else value or ""
