"""Score bodies against gold bodies: the definitions of gold/score.py."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean

from newsspider.text import read_words

SHINGLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Score:
    """One page: shingle precision and recall (None where undefined), same words in order, word F1, snippets found.

    Where the gold has no body, all four are None: nothing is known of the body but the snippets.
    `empty`: no body was found. `by_policy` is precision and recall without the blocks on which gold
    and body policy contradict.
    """

    page: str
    precision: float | None
    recall: float | None
    exact: bool | None
    word_f1: float | None
    must_have: tuple[bool, ...]
    must_not_have: tuple[bool, ...]
    empty: bool
    by_policy: tuple[float | None, float | None] = (None, None)

    @property
    def shingle_f1(self) -> float | None:
        """Return the F1 of precision and recall; None where there is no gold body."""
        if self.recall is None:
            return None
        return _f1(self.precision or 0.0, self.recall)

    @property
    def grade(self) -> float | None:
        """Return how good the body is, 0.0 to 1.0: its word F1, else the share of snippets that are as wanted.

        None where the gold has neither body nor snippets.
        """
        if self.word_f1 is not None:
            return self.word_f1
        wanted = [*self.must_have, *(not found for found in self.must_not_have)]
        return sum(wanted) / len(wanted) if wanted else None


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the four-word runs of a text; a shorter text is one run."""
    words = read_words(text)
    runs = range(max(1, len(words) - SHINGLE_WORDS + 1)) if words else range(0)
    return Counter(tuple(words[start : start + SHINGLE_WORDS]) for start in runs)


def score_page(
    page: str,
    gold: str,
    found: str,
    must_have: Iterable[str] = (),
    must_not_have: Iterable[str] = (),
    contradicting: Iterable[str] = (),
) -> Score:
    """Score one page's body.

    `contradicting` are texts on which the gold contradicts the body policy.
    """
    lowered = _spaced(found)
    precision, recall = _precision_recall(shingles(gold), shingles(found)) if gold else (None, None)
    return Score(
        page=page,
        precision=precision,
        recall=recall,
        exact=read_words(gold) == read_words(found) if gold else None,
        word_f1=word_f1(gold, found) if gold else None,
        must_have=tuple(_spaced(snippet) in lowered for snippet in must_have),
        must_not_have=tuple(_spaced(snippet) in lowered for snippet in must_not_have),
        empty=not found.strip(),
        by_policy=_by_policy(gold, found, contradicting) if gold else (None, None),
    )


def word_f1(gold: str, found: str) -> float:
    """Return the F1 of the words as bags; 1.0 when both are empty."""
    wanted, given = Counter(read_words(gold)), Counter(read_words(found))
    if not wanted or not given:
        return float(not wanted and not given)
    both = (wanted & given).total()
    return 2 * both / (wanted.total() + given.total())


def summarise(scores: list[Score]) -> dict[str, float]:
    """Average over pages, under the names of gold/score.py.

    Nan where nothing was to be measured.
    """
    precision, recall = _averages((s.precision, s.recall) for s in scores)
    return {
        "shingle_f1": _f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "policy_f1": _f1(*_averages(s.by_policy for s in scores)),
        "accuracy": _mean(float(s.exact) for s in scores if s.exact is not None),
        "word_f1": _mean(s.word_f1 for s in scores if s.word_f1 is not None),
        "below_half": _mean(float(s.word_f1 < 0.5) for s in scores if s.word_f1 is not None),
        "must_have": _mean(float(found) for s in scores for found in s.must_have),
        "must_not_have": _mean(float(found) for s in scores for found in s.must_not_have),
    }


def _averages(rates: Iterable[tuple[float | None, float | None]]) -> tuple[float, float]:
    """Return mean precision and mean recall, each over the pages where it is defined."""
    rates = list(rates)
    return _mean(each for each, _ in rates if each is not None), _mean(
        each for _, each in rates if each is not None
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if recall else 0.0


def _by_policy(
    gold: str, found: str, contradicting: Iterable[str]
) -> tuple[float | None, float | None]:
    wanted, given = (f" {' '.join(read_words(text))} " for text in (gold, found))
    for text in contradicting:
        run = f" {' '.join(read_words(text))} "
        wanted, given = wanted.replace(run, " ", 1), given.replace(run, " ", 1)
    return _precision_recall(shingles(wanted), shingles(given))


def _precision_recall(
    gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]
) -> tuple[float | None, float | None]:
    if gold == found:
        return 1.0, 1.0
    both = (gold & found).total()
    precision = both / found.total() if found else None
    recall = both / gold.total() if gold else None
    return precision, recall


def _spaced(text: str) -> str:
    return " ".join(text.lower().split())


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return mean(values) if values else float("nan")
