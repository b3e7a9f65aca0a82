"""Where a page's time goes, measured from outside: the functions that extraction calls, each under a clock."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from newsspider.extraction import article, stripping
from newsspider.extraction.model.reading import Model
from newsspider.pages import page
from newsspider.record import ArticleRecord

# Stage → its functions, by the names under which the modules of a page's way call them.
# tests/workshop/bench/test_stages.py
# reads these modules' source and fails when one calls anything that has no stage and is not known
# to cost nothing.
STAGES: dict[str, frozenset[str]] = {
    stage: frozenset(names.split())
    for stage, names in {
        "decode": "check_is_html check_is_text decode_body with_byte_order_mark",
        "parse": "parse_html",
        "metadata": "read_metadata",
        "blocks": "cut_page cut_text",
        "evidence": "find_hints gather_evidence gather_text_evidence",
        "trafilatura": "prune_page ask_trafilatura hear_witness",
        "model": "choose_reader needs_witness",  # and Model.read
        "verdicts": (
            "judge read_signs why_low _at_least_as_sure observe judge_by_memory read_by_wrapper find_containers"
        ),
        "body": (
            "join_blocks join_markdown iter_words read_words measure_body clean_value "
            "find_scripted_body with_verdicts"
        ),
        "fields": "judge_kind canonical_link drop_site_values",  # and every other find_… that `extract_article` calls
        "write": "",  # ArticleRecord.to_json
    }.items()
}
MODULES = (page, stripping, article)
METHODS = (("model", Model, "read"), ("write", ArticleRecord, "to_json"))


def stage_places() -> list[tuple[str, Any, str]]:
    """Return (stage, module or class, name) of every function that is clocked."""
    places = [
        (stage, module, name)
        for module in MODULES
        for name in vars(module)
        for stage in STAGES
        if name in STAGES[stage]
    ]
    named = {(module, name) for _, module, name in places}
    finders = [("fields", article, name) for name in vars(article) if name.startswith("find_")]
    return [*places, *(place for place in finders if place[1:] not in named), *METHODS]


class StageClock:
    """Processor seconds by stage.

    Time that a stage spends in the function of another stage counts there only.
    """

    def __init__(self) -> None:
        """Begin at zero."""
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._inner = 0.0

    def put_on(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, its time counted for the stage."""

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            outer, self._inner = self._inner, 0.0
            started = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                took = time.process_time() - started
                self.seconds[stage] += took - self._inner
                self.calls[stage] += 1
                self._inner = outer + took

        return timed


@contextmanager
def clocked_stages() -> Iterator[StageClock]:
    """Put a clock on every stage's functions while the block runs."""
    clock = StageClock()
    originals = [(owner, name, getattr(owner, name)) for _, owner, name in stage_places()]
    try:
        for stage, owner, name in stage_places():
            setattr(owner, name, clock.put_on(stage, getattr(owner, name)))
        yield clock
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
