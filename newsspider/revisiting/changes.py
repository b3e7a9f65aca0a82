"""The changes between two versions of an article."""

from collections.abc import Iterator, Sequence
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
    if earlier.pages != later.pages or _lacks_a_part(earlier):
        return False

    changed = changed_fields(earlier, later)
    return not all(_is_by_memory(earlier, later, name) for name in changed)


def iter_difference(earlier: ArticleRecord, later: ArticleRecord) -> Iterator[str]:
    """Yield the changes as lines with + and -; of the body only the blocks that differ."""
    for name in changed_fields(earlier, later):
        old, new = _shown(earlier, name), _shown(later, name)
        if name == "body":
            yield from _diff_blocks(old, new)
        else:
            yield from _iter_values(name, old, new)


def _diff_blocks(old: str, new: str) -> Iterator[str]:
    blocks = old.split("\n\n"), new.split("\n\n")
    return unified_diff(*blocks, "body", "body", n=1, lineterm="")


def _iter_values(name: str, old: str, new: str) -> Iterator[str]:
    if old:
        yield f"{name}: - {old}"
    if new:
        yield f"{name}: + {new}"


def _lacks_a_part(record: ArticleRecord) -> bool:
    return any(warning.startswith(MISSING_PART) for warning in record.warnings)


def _is_by_memory(earlier: ArticleRecord, later: ArticleRecord, name: str) -> bool:
    """Whether a field differs only because the site's memory decided one of the two readings.

    The article itself did not change then. In a body, the memory only adds or removes blocks.
    """
    if earlier.site_memory == later.site_memory:
        return False

    if not _is_decided_once(earlier, later, name):
        return False

    return name != "body" or _is_extract(*sorted((_blocks_of(earlier), _blocks_of(later)), key=len))


def _is_decided_once(earlier: ArticleRecord, later: ArticleRecord, name: str) -> bool:
    """Whether the memory decided a field, but not in the same way in both records."""
    origins = {record.provenance.get(name) for record in (earlier, later)}
    return len(origins) > 1 and bool(origins & BY_MEMORY)


def _blocks_of(record: ArticleRecord) -> list[str]:
    return (record.body or "").split("\n\n")


def _is_extract(shorter: Sequence[str], longer: Sequence[str]) -> bool:
    """Whether the longer list has all blocks of the shorter one, in the same order."""
    rest = iter(longer)
    return all(block in rest for block in shorter)


def _comparable(record: ArticleRecord, name: str) -> object:
    value = getattr(record, name)
    if name == "body":
        return body_hash(value) if value else None
    return squash(value) if isinstance(value, str) else value


def _shown(record: ArticleRecord, name: str) -> str:
    value = getattr(record, name)
    return ", ".join(value) if isinstance(value, tuple) else value or ""
