"""What features say in a reader's words."""

import re

import pytest

from newsspider.extraction.feature_meanings import describe
from tests.extraction.test_explain import feature_names


@pytest.mark.parametrize("value", [0.0, 1.0, -3.0])
@pytest.mark.parametrize("feature", feature_names())
def test_every_feature_has_words(feature: str, value: float) -> None:
    words = describe(feature, value)
    assert "_" not in words
    assert words != feature.replace("_", " ")
    assert not re.search(r"[+{}]", words)


@pytest.mark.parametrize(
    ("feature", "value", "words"),
    [
        ("says_newsletter", 2.0, "has words of the group newsletter"),
        ("says_newsletter", 0.0, "has no words of the group newsletter"),
        ("in_tag_aside", 1.0, "inside <aside>"),
        ("in_tag_aside", 0.0, "not inside <aside>"),
        ("in_comment", 0.0, "its element's class or id says comment"),
        ("in_comment", 5.0, "a class or id around it says comment"),
        ("in_comment", 12.0, "no class or id around it says comment"),
        ("in_article_body", 1.0, "in the page's JSON-LD articleBody"),
        ("link_density", 0.85, "85 % of its text is links"),
        ("link_density", 0.0, "no links in it"),
        ("link_density_2", 0.3, "30 % of its container is links"),
        ("outside_50", 0.0, "inside the part with most prose"),
        ("outside_50", -9.0, "outside the part with most prose"),
        ("outside_70", 4.0, "outside the part with most prose"),
        ("climb_50", 1.0, "directly in the part with most prose"),
        ("climb_50", 4.0, "not directly in the part with most prose"),
        ("ends_stop", 1.0, "ends like a sentence"),
        ("witness", 1.0, "trafilatura keeps 100 % of it"),
        ("witness", 0.0, "trafilatura drops it"),
        ("witness_of_page", 0.4, "trafilatura keeps 40 % of the page"),
        ("witness_-2", 0.0, "trafilatura drops the block above it"),
        ("witness_in_3", 0.5, "trafilatura keeps 50 % of its container"),
        ("prose_2", 0.3, "its container has 30 % of the page's prose"),
        ("prose_blocks_2", 0.5, "50 % of the blocks in its container are prose"),
        ("prose_before", 4.1, "prose above it"),
        ("from_first_prose", -2.0, "above the first paragraph"),
    ],
)
def test_value_decides_the_words(feature: str, value: float, words: str) -> None:
    assert describe(feature, value) == words
