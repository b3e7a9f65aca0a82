"""Containers have the names of a template, and none of an article."""

import pytest

from newsspider.extraction.site_evidence.containers import _step


@pytest.mark.parametrize(
    ("names", "step"),
    [
        ("post-content", "div.post-content"),
        ("post-copy", "div.post-copy"),
        ("author-bio", "div.author-bio"),
        ("tag-list", "div.tag-list"),
        ("tag-textiles", "div"),
        ("category-politics", "div"),
        ("post-1234 hentry", "div"),
        ("author-ann-lee story", "div.story"),
    ],
)
def test_names_of_parts_stay_and_names_of_subjects_go(names: str, step: str) -> None:
    assert _step("div", names)[0] == step
