"""Judge a page's kind: the judges of `newsspider.kinds`, in the order of its rows."""

from collections.abc import Callable
from importlib import import_module

from newsspider.extraction.kinds.page_facts import PageFacts
from newsspider.kinds import KIND_ROWS, Kind

Judge = Callable[[PageFacts], str | None]


def load_judge(place: str) -> Judge:
    """Return the judge at "module:function" in this package."""
    module, _, function = place.partition(":")
    judge: Judge = getattr(import_module(f"{__package__}.{module}"), function)

    return judge


# Loaded with this module and not with the first page: the server of workers does it once for all.
JUDGES: tuple[tuple[Kind, Judge], ...] = tuple(
    (row.name, load_judge(row.judge)) for row in KIND_ROWS if row.judge
)


def judge_kind(facts: PageFacts) -> tuple[Kind, str | None]:
    """Return (kind, reason); the reason is None for a plain article.

    Articles have priority: a page is anything else only on evidence of more than one sort.
    """
    found = ((kind, reason) for kind, why in JUDGES if (reason := why(facts)))
    return next(found, ("article", None))
