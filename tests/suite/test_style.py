"""The figures of `make check` count what they say."""

import ast
from pathlib import Path

import pytest

from tests.suite.style import CEILINGS, HABITS, Function, Source, count_branches, count_lines, find_worst, measure

CODE = '''
def choose(pages, best):
    """Return the best page.

    What a page is worth is no secret: it gives a point a link.
    """
    for page in pages:
        if page.kept and page.words:
            best = page if page > best else best
    return [link for page in pages for link in page if link]
'''


@pytest.fixture
def source(tmp_path: Path) -> Source:
    path = tmp_path / "code.py"
    path.write_text(CODE, encoding="utf-8")
    return Source.read(path)


def test_branches_are_ifs_loops_operators_and_comprehensions(source: Source) -> None:
    (function,) = source.functions()
    assert count_branches(function) == 1 + 2 + 1 + 1 + 2 + 1


def test_a_docstring_is_not_a_line_of_a_function(source: Source) -> None:
    (function,) = source.functions()
    assert count_lines(function) == 5


@pytest.mark.parametrize(
    ("habit", "text", "found"),
    [
        ("what", "return what was found", 1),
        ("no", "a year is no date, and no longer a rule", 1),
        ("one per one", "writes a file an article", 1),
        ("one per one", "writes a file per article", 0),
        ("vague verbs", "it stands where the page comes from", 2),
    ],
)
def test_habits_are_found_in_prose(habit: str, text: str, found: int) -> None:
    assert len(HABITS[habit].findall(text)) == found


def test_each_figure_has_a_ceiling_and_places_that_raise_it(source: Source) -> None:
    long_enough = CODE + "    # a line\n" * 5 + "    return None\n" * 4
    function = ast.parse(long_enough).body[0]
    assert isinstance(function, Function)
    padded = Source(source.path, long_enough, ast.parse(long_enough))
    assert measure([padded]).keys() == CEILINGS.keys()
    assert all(find_worst(name, [padded]) for name in CEILINGS)
