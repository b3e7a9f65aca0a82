"""The bench measures what extraction does: its table names every function that is called there."""

import ast
import builtins
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsspider.extraction import article, stripping
from newsspider.pages import page
from newsspider.pages.raw_page import RawPage
from newsspider.pool import extract_raw
from newsspider.workshop.bench.stages import STAGES, StageClock, clocked_stages, stage_places

FIXTURE = Path(__file__).parents[3] / "fixtures" / "pages" / "wordpress-block-editor" / "page.html"
# What a page goes through: its steps are the calls in these, each a stage's, or one of these, or known to cost nothing.
CALLERS: list[Callable[..., Any]] = [
    page.parse_raw,
    page.parse_page,
    page.parse_text,
    article.extract_article,
    article.read_article,
    article._read_by_wrapper,
    article._finish,
    article._make_record,
    stripping.strip_page,
    stripping.gather_page_evidence,
    stripping.ask_witness,
    stripping._strip,
    stripping._judge,
    stripping._join,
    stripping._is_outweighed,
    stripping._choose_body,
    stripping._write_markdown,
    stripping._count_words,
]
COSTLESS = {
    "_declared_url",
    "encode_markup",
    "absolute_url",
    "site_of",
    "_canonical_warnings",
    "read_policy",
    "load_readers",
    "side_with_witness",
    "_below_standfirst",
    "extraction_version",
    "_at_least_as_sure",
    "_of_site",
    "replace",
}


def called_names(function: Callable[..., Any]) -> set[str]:
    """Return the plain names that a function calls."""
    tree = ast.parse(inspect.getsource(function))
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@pytest.mark.parametrize("function", CALLERS, ids=lambda function: function.__name__)
def test_every_step_of_extraction_has_a_stage(function: Callable[..., Any]) -> None:
    module = inspect.getmodule(function)
    staged = {name for _, owner, name in stage_places() if owner is module}
    known = staged | COSTLESS | {caller.__name__ for caller in CALLERS}
    unknown = {
        name
        for name in called_names(function) - known
        if not hasattr(builtins, name) and not isinstance(getattr(module, name), type)
    }
    assert unknown == set(), "newsspider bench does not measure it: give it a stage in workshop/bench/stages.py"


def test_every_function_that_has_a_stage_is_called_by_a_page() -> None:
    assert set().union(*STAGES.values()) - {name for _, _, name in stage_places()} == set()


def test_every_stage_that_a_page_goes_through_is_counted_and_the_functions_are_put_back() -> None:
    originals = [getattr(owner, name) for _, owner, name in stage_places()]
    with clocked_stages() as clock:
        extract_raw(RawPage(body=FIXTURE.read_bytes(), url="https://herald.example/a")).to_json()
    assert {stage for stage in STAGES if not clock.calls[stage]} == set()
    assert originals == [getattr(owner, name) for _, owner, name in stage_places()]


def test_time_inside_another_stage_counts_there_only() -> None:
    clock = StageClock()
    inner = clock.put_on("inner", lambda: sum(range(300_000)))
    outer = clock.put_on("outer", inner)
    outer()
    assert clock.calls == {"inner": 1, "outer": 1}
    assert clock.seconds["outer"] < clock.seconds["inner"]
