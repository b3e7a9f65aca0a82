"""Bodies with and without the memory of their sites: each page by what the other pages of its site teach."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from newsspider.errors import PageError
from newsspider.extraction.article import read_article
from newsspider.extraction.site_evidence.judging import MIN_OTHERS
from newsspider.extraction.witness_policy import WitnessPolicy
from newsspider.record import ArticleRecord
from newsspider.site_memory.memory import learn
from newsspider.site_memory.observations import Observation
from newsspider.workshop.training.evaluation import Evaluation, evaluation, score_body
from newsspider.workshop.training.gold import GoldPage
from newsspider.workshop.training.parallel import map_in_parallel
from newsspider.workshop.training.scoring import Score

WITHOUT, WITH = "without site memory", "with site memory"
REMEMBERED_FIELDS = ("description", "image", "tags", "section", "authors")


class Read(NamedTuple):
    """A gold page with its record and what it teaches about its site."""

    gold: GoldPage
    record: ArticleRecord
    observation: Observation | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page of a site with enough other pages, and its body's scores without and with their memory.

    `changed` has the fields that the memory changes, each with the value without it.
    """

    gold: GoldPage
    without: Score
    with_memory: Score
    changed: dict[str, object]

    @property
    def gain(self) -> float:
        """How much better the body is with the memory, in shingle F1."""
        return (self.with_memory.shingle_f1 or 0.0) - (self.without.shingle_f1 or 0.0)


def measure_with_memory(
    pages: Sequence[GoldPage],
    witness: WitnessPolicy,
    processes: int,
    begin: Callable[[str, int], Callable[[], None]],
) -> list[Remembered]:
    """Measure the pages of sites that have enough others, each with the memory of the others of its folder and site.

    Args:
        pages: the gold.
        witness: when trafilatura is asked.
        processes: to work in.
        begin: reports a step with a number of jobs, and returns the function to call for each.
    """
    groups = _groups_of(pages)

    def read(gold: GoldPage) -> Read | None:
        try:
            found = read_article(gold.parse(), witness)
        except PageError:
            return None
        return Read(gold, found.record, found.observation)

    advance = begin("reading pages of sites with several", sum(map(len, groups)))
    known = map_in_parallel(
        read, [page for group in groups for page in group], processes, advance=advance
    )
    sites: dict[tuple[str, str], list[Read]] = defaultdict(list)
    for each in known:
        if each:
            sites[each.gold.folder, each.gold.site].append(each)

    def remember(job: tuple[Read, list[Read]]) -> Remembered | None:
        return _remember(*job, witness)

    jobs = [(each, group) for group in sites.values() for each in group]
    advance = begin("reading them with site memory", len(jobs))
    return [each for each in map_in_parallel(remember, jobs, processes, advance=advance) if each]


def memory_rows(remembered: Sequence[Remembered]) -> list[Evaluation]:
    """Return the table's rows: each folder without and with memory."""
    rows = []
    for folder in dict.fromkeys(each.gold.folder for each in remembered):
        own = [each for each in remembered if each.gold.folder == folder]
        rows.append(evaluation(WITHOUT, folder, [each.without for each in own]))
        rows.append(evaluation(WITH, folder, [each.with_memory for each in own]))
    return rows


def _groups_of(pages: Sequence[GoldPage]) -> list[list[GoldPage]]:
    """Return the pages by folder and site, of sites with more than MIN_OTHERS."""
    groups: dict[tuple[str, str], list[GoldPage]] = defaultdict(list)
    for page in map(_addressed, pages):
        groups[page.folder, page.site].append(page)
    return [group for group in groups.values() if len(group) > MIN_OTHERS]


def _addressed(page: GoldPage) -> GoldPage:
    """Return the page with an address on its site, where the gold has none: without one it teaches nothing."""
    if page.row.get("url"):
        return page
    return replace(page, row={**page.row, "url": f"https://{page.site}/{page.row['page']}"})


def _remember(page: Read, group: list[Read], witness: WitnessPolicy) -> Remembered | None:
    """Read a page with what the others of its site teach; None where they teach nothing."""
    taught = [each.observation for each in group if each.gold != page.gold and each.observation]
    taught = [each for each in taught if each.site == page.record.site]
    if not taught:
        return None
    record = read_article(page.gold.parse(), witness, learn(None, taught)).record
    changed = {
        name: page.record[name] for name in REMEMBERED_FIELDS if record[name] != page.record[name]
    }
    return Remembered(
        page.gold,
        score_body(page.gold, page.record.body),
        score_body(page.gold, record.body),
        changed,
    )
