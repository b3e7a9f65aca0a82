"""Observations as bytes: whatever pages contain, they can be stored."""

from dataclasses import replace

import pytest

from newsspider.errors import SiteMemoryError
from newsspider.site_memory.memory import SiteMemory, learn
from newsspider.site_memory.observations import SeenContainer, SeenValue
from newsspider.site_memory.packing import STRING_CHARS
from tests.site_memory.made import article

HUGE = "div." + 100_000 * "name"


def test_names_without_end_and_characters_without_a_code_are_stored() -> None:
    hostile = [
        replace(
            article(number),
            containers=(SeenContainer(1, 255, 255, HUGE),),
            values=(SeenValue("section", 2, "half a pair: \ud800"),),
        )
        for number in range(5)
    ]
    memory = learn(None, hostile)
    content = memory.to_bytes()
    again = SiteMemory.from_bytes(content)
    assert len(content) < 5_000
    assert again.articles[0].containers[0].path == HUGE[:STRING_CHARS]
    assert again.articles[0].values[0].excerpt == "half a pair: ?"
    assert (again.state, again.to_bytes()) == (memory.state, content)
    assert learn(again, hostile).to_bytes() == content


@pytest.mark.parametrize("size", [0, 3, 4, 20, 200])
def test_bytes_that_end_early_are_an_error_of_ours(size: int) -> None:
    content = learn(None, map(article, range(9))).to_bytes()
    with pytest.raises(SiteMemoryError):
        SiteMemory.from_bytes(content[:size])
