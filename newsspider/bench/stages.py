"""Where a page's time goes, measured from outside: the functions that extraction calls, each under a clock."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from newsspider import page
from newsspider.extraction import article, stripping
from newsspider.extraction.model.reading import Model
from newsspider.record import ArticleRecord

# Stage → the names under which its functions are called. tests/bench/test_stages.py reads the callers' source and
# fails when one of them calls anything that stands neither here nor among what is known to cost nothing.
STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "decode": ((page, "check_is_html"), (page, "check_is_text"), (page, "decode_body")),
    "parse": ((page, "parse_html"),),
    "sources": ((article, "read_sources"),),
    "blocks": ((stripping, "cut_page"), (stripping, "cut_text")),
    "evidence": ((stripping, "find_hints"), (stripping, "gather_evidence"), (stripping, "gather_text_evidence")),
    "model": ((stripping, "choose_reader"), (Model, "read")),
    "verdicts": ((stripping, "judge"), (stripping, "read_signs"), (stripping, "why_low")),
    "body": (
        (stripping, "join_blocks"),
        (stripping, "join_markdown"),
        (stripping, "read_words"),
        (stripping, "find_scripted_body"),
        (stripping, "ask_trafilatura"),
        (article, "split_words"),
        (article, "body_hash"),
    ),
    "fields": tuple(
        (article, name)
        for name in """judge_kind canonical_link find_title find_description find_section find_tags find_language
        find_image find_publisher find_authors find_published find_modified find_is_free""".split()
    ),
    "write": ((ArticleRecord, "to_json"),),
}


class StageClock:
    """Processor seconds by stage; what a stage spends in another stage's function counts there only."""

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
    """Put a clock on every stage's functions while the block runs.

    Raises:
        AttributeError: a function of STAGES is no more.
    """
    clock = StageClock()
    originals = [(owner, name, getattr(owner, name)) for places in STAGES.values() for owner, name in places]
    try:
        for stage, places in STAGES.items():
            for owner, name in places:
                setattr(owner, name, clock.put_on(stage, getattr(owner, name)))
        yield clock
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
