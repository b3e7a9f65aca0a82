"""Verdicts on a page's blocks by its site's memory: text that many other articles repeat is boilerplate.

Measured on pages that the model had not seen, see docs/explanation/site-memory.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from newsspider.extraction.evidence.gather import Evidence
from newsspider.extraction.rules.dropping import find_empty_headings
from newsspider.extraction.site_evidence.containers import Container, normalise
from newsspider.extraction.stripping import Stripped
from newsspider.extraction.verdicts import LIKE_BOILERPLATE, Verdict
from newsspider.site_memory.counting import ContainerUse, OtherArticles
from newsspider.site_memory.observations import hash_text

MIN_OTHERS = 5  # other articles that must agree before they count
# Of a text that the model is sure of, with this probability, most articles must agree, not only a few.
SURE = 0.9
MOST = 2 / 3  # of the articles that have the container
# Text that the model is sure of stays if it is as short, as "Our verdict", or of such a kind.
SMALL_WORDS = 4
PARTS = frozenset({"heading", "cell"})
# Of the words that the model is sure of, at most these are dropped: a memory that asks for more is wrong.
MAX_SURE_LOST = 1 / 3
MAX_SURE_WORDS = 120  # of them in all; prompts are shorter, an agency's text is longer
MAX_LOST = 0.5  # of the kept words, where other pages have other text
OTHER_SHARE = 0.1  # of a container's words are kept on other articles, at most: it holds other text
OTHER_WORDS = 30  # on each article, in such a container; a standfirst has fewer
BODY_SHARE = 0.97  # of a container's words are kept on other articles, at least: it holds the body
SHORT_WORDS = 120  # a body with fewer may lack a part
POSSIBLE = 0.2  # probability from which a block in the body's container is kept

Judged = list[Verdict]


@dataclass(frozen=True, slots=True)
class _Remembered:
    """A page beside its site's memory: of each block its container and words, and the other articles."""

    containers: Sequence[Container]
    words: Sequence[float]
    others: OtherArticles

    def repeats(self, verdict: Verdict) -> int:
        """Return how many other articles have a block's text in the same container."""
        container = self.containers[verdict.block.number]
        return self.others.count(hash_text(normalise(verdict.block.text)), container.number)

    def use(self, verdict: Verdict) -> ContainerUse:
        """Return how other articles use a block's container."""
        return self.others.use_of(self.containers[verdict.block.number].number)

    def words_of(self, verdicts: Iterable[Verdict]) -> float:
        """Return the words of blocks."""
        return sum(self.words[verdict.block.number] for verdict in verdicts)


def judge_by_memory(
    others: OtherArticles, stripped: Stripped, containers: Sequence[Container]
) -> tuple[Verdict, ...]:
    """Return a page's verdicts after its site's memory, unchanged where that says nothing.

    Args:
        others: the articles that the memory holds beside the page and its copies.
        stripped: the page's verdicts without it.
        containers: of its blocks.
    """
    evidence = stripped.evidence
    if evidence is None or others.number < MIN_OTHERS:
        return stripped.verdicts

    page = _Remembered(containers, evidence.wording.words.tolist(), others)
    verdicts = _drop_repeated(list(stripped.verdicts), page)
    verdicts = _drop_in_other_containers(verdicts, page)
    verdicts = _keep_in_body_containers(verdicts, page)

    if all(after is before for after, before in zip(verdicts, stripped.verdicts, strict=True)):
        return stripped.verdicts
    return tuple(_drop_empty_headings(verdicts, evidence))


def _drop_repeated(verdicts: Judged, page: _Remembered) -> Judged:
    """Drop texts that other articles have in the same container."""
    repeated = _find_repeated(verdicts, page)
    if _may_lose(verdicts, repeated, page):
        return _dropped(verdicts, repeated)

    doubtful = {each: why for each, why in repeated.items() if not _is_sure(verdicts[each])}
    return _dropped(verdicts, doubtful)


def _find_repeated(verdicts: Judged, page: _Remembered) -> dict[int, str]:
    """Return the kept blocks that other articles repeat as boilerplate, each with the reason."""
    repeated: dict[int, str] = {}
    for verdict in _kept(verdicts):
        articles = page.repeats(verdict)
        if articles >= MIN_OTHERS and _is_boilerplate(verdict, articles, page):
            repeated[verdict.block.number] = f"the same on {articles} other pages of this site"

    return repeated


def _is_boilerplate(verdict: Verdict, articles: int, page: _Remembered) -> bool:
    """Whether a repeated text is boilerplate even where the model is sure that it is not."""
    if not _is_sure(verdict):
        return True
    if verdict.block.kind in PARTS or page.words_of([verdict]) < SMALL_WORDS:
        return False
    return articles >= MOST * page.use(verdict).articles


def _may_lose(verdicts: Judged, numbers: Iterable[int], page: _Remembered) -> bool:
    """Whether an article can lose these blocks: not too many of the words that the model is sure of."""
    lost = page.words_of(filter(_is_sure, (verdicts[number] for number in numbers)))
    return lost <= min(MAX_SURE_LOST * page.words_of(filter(_is_sure, verdicts)), MAX_SURE_WORDS)


def _drop_in_other_containers(verdicts: Judged, page: _Remembered) -> Judged:
    """Drop blocks in containers that hold other text on other articles, unless most of the text would go."""
    found: dict[int, str] = {}
    for verdict in _kept(verdicts):
        use = page.use(verdict)
        if use.articles >= MIN_OTHERS and _holds_other_text(use):
            reason = f"where {use.articles} other pages of this site have other text"
            found[verdict.block.number] = reason

    lost = page.words_of(verdicts[number] for number in found)
    if lost > MAX_LOST * page.words_of(_kept(verdicts)):
        return verdicts
    return _dropped(verdicts, found)


def _holds_other_text(use: ContainerUse) -> bool:
    words = use.kept + use.dropped
    return use.kept_share <= OTHER_SHARE and words >= OTHER_WORDS * use.articles


def _keep_in_body_containers(verdicts: Judged, page: _Remembered) -> Judged:
    """Keep blocks in containers that hold the body on other articles, on a page with little text."""
    if page.words_of(_kept(verdicts)) >= SHORT_WORDS:
        return verdicts

    judged = []
    for verdict in verdicts:
        if _may_be_body(verdict) and _holds_body(page.use(verdict)) and not page.repeats(verdict):
            verdict = verdict._replace(
                kept=True, reason="where other pages of this site have their text"
            )
        judged.append(verdict)
    return judged


def _may_be_body(verdict: Verdict) -> bool:
    return not verdict.kept and verdict.chance >= POSSIBLE and verdict.reason == LIKE_BOILERPLATE


def _holds_body(use: ContainerUse) -> bool:
    return use.articles >= MIN_OTHERS and use.kept_share >= BODY_SHARE


def _drop_empty_headings(verdicts: Judged, evidence: Evidence) -> Judged:
    """Drop headings that head nothing any more."""
    chance = np.array([verdict.chance for verdict in verdicts])
    kept = np.array([verdict.kept for verdict in verdicts])
    empty = find_empty_headings(evidence, chance, kept)
    return _dropped(verdicts, dict.fromkeys(empty, "heads nothing that is kept"))


def _dropped(verdicts: Judged, reasons: dict[int, str]) -> Judged:
    """Return the verdicts, those with a reason dropped."""
    judged = list(verdicts)
    for number, reason in reasons.items():
        judged[number] = judged[number]._replace(kept=False, reason=reason)
    return judged


def _kept(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts if verdict.kept)


def _is_sure(verdict: Verdict) -> bool:
    """Whether the model is sure that a block is body."""
    return verdict.kept and verdict.chance >= SURE
