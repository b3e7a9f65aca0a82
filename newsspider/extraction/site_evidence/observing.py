"""The observation of a page for its site: its texts and their places, as the model judged them without any memory."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from newsspider.clock import day_in
from newsspider.extraction.site_evidence.containers import Container, find_containers, normalise
from newsspider.extraction.site_evidence.site_values import value_text
from newsspider.extraction.stripping import Stripped
from newsspider.extraction.verdicts import Verdict
from newsspider.kinds import ARTICLE_KINDS
from newsspider.record import ArticleRecord
from newsspider.site_memory.observations import (
    EXCERPT_CHARS,
    MAX_CONTAINER_WORDS,
    MAX_WORDS,
    Observation,
    SeenContainer,
    SeenText,
    SeenValue,
    hash_address,
    hash_text,
    hash_value,
)
from newsspider.urls import canonical_key, site_of

MIN_CONFIDENCE = 0.05  # of a page that teaches; with less, hardly a block of it is judged well
PAGE_TEXTS = 128  # remembered of a page: those of the smallest hashes, which pages have in common
PAGE_CONTAINERS = 24  # those that hold body, then those with the most words
SURE = 0.9  # probability from which the model is sure of a kept block; of a dropped one 1 - SURE
POSSIBLE = 0.01  # a dropped block below it is never kept on another page
POSSIBLE_WORDS = 4  # of a dropped block that is remembered
OBSERVED_FIELDS = ("authors", "tags", "image", "section", "description")
EPOCH = 719_163  # the day number of 1970-01-01

Block = tuple[Verdict, Container, float]  # with the block's words


def observe(
    record: ArticleRecord, stripped: Stripped, containers: Sequence[Container] | None = None
) -> Observation | None:
    """Return a page's observation for its site; None if it is not an article, or its site is unknown.

    Args:
        record: the page's record, made without any memory.
        stripped: its verdicts, made without any memory.
        containers: of its blocks; None if they are still to be found.
    """
    key = canonical_key(record.url, record.canonical_url)
    site = site_of(key)
    if site is None or key is None or stripped.evidence is None or record.kind not in ARTICLE_KINDS:
        return None
    if record.confidence is None or record.confidence < MIN_CONFIDENCE:
        return None

    words = stripped.evidence.wording.words.tolist()
    places = containers or find_containers(stripped.evidence.page)
    blocks = list(zip(stripped.verdicts, places, words, strict=True))
    seen = _observe_containers(blocks)
    return Observation(
        site=site,
        template=max(seen, key=lambda each: (each.kept, each.container)).container,
        article=hash_address(key),
        day=_day_of(record),
        texts=observe_texts(blocks),
        containers=seen,
        values=tuple(sorted(set(_iter_values(record)))),
    )


def _day_of(record: ArticleRecord) -> int:
    """Return the day of the fetch, else of the publication, counted from 1970."""
    found = day_in(record.fetched_at) or day_in(record.published)
    return max(found.toordinal() - EPOCH, 0) if found else 0


def observe_texts(blocks: Sequence[Block]) -> tuple[SeenText, ...]:
    """Return the texts that are kept, or that might be kept on another page."""
    found: dict[tuple[int, int], SeenText] = {}
    for verdict, container, words in blocks:
        if not verdict.kept and (verdict.chance < POSSIBLE or words < POSSIBLE_WORDS):
            continue
        text = normalise(verdict.block.text)
        seen = SeenText(
            text=hash_text(text),
            container=container.number,
            kept=verdict.kept,
            sure=_is_sure(verdict),
            words=min(round(words), MAX_WORDS),
            excerpt=text[:EXCERPT_CHARS],
        )
        found.setdefault((seen.text, seen.container), seen)

    chosen = sorted(found)[:PAGE_TEXTS]
    limit = chosen[-1] if chosen else (0, 0)
    return tuple(each for key, each in found.items() if key <= limit)


def _is_sure(verdict: Verdict) -> bool:
    if verdict.kept:
        return verdict.chance >= SURE
    return verdict.chance <= 1 - SURE


def _observe_containers(blocks: Sequence[Block]) -> tuple[SeenContainer, ...]:
    """Return the containers that hold body, then those with the most words."""
    kept: dict[int, float] = defaultdict(float)
    dropped: dict[int, float] = defaultdict(float)
    paths: dict[int, str] = {}
    for verdict, container, words in blocks:
        side = kept if verdict.kept else dropped
        side[container.number] += words
        paths[container.number] = container.path

    def importance(each: int) -> tuple[bool, float, int]:
        return kept[each] == 0, -kept[each] - dropped[each], each

    most = sorted(paths, key=importance)[:PAGE_CONTAINERS]
    return tuple(
        SeenContainer(each, _capped(kept[each]), _capped(dropped[each]), paths[each])
        for each in sorted(most)
    )


def _capped(words: float) -> int:
    return min(round(words), MAX_CONTAINER_WORDS)


def _iter_values(record: ArticleRecord) -> Iterator[SeenValue]:
    for field in OBSERVED_FIELDS:
        text = value_text(record[field])
        if text:
            yield SeenValue(field, hash_value(text), text[:EXCERPT_CHARS])
