"""A site's memory is a sample of its articles that depends neither on their order nor on how they come in batches."""

from dataclasses import replace
from random import Random

import pytest

from newsspider.errors import SiteMemoryError
from newsspider.site_memory.memory import SITE_ARTICLES, TEMPLATE_ARTICLES, SiteMemory, learn
from newsspider.site_memory.observations import Observation, hash_path, hash_text
from tests.site_memory.made import BODY, REPEATED, article

MANY = [article(number, day=19_000 + number % 90, template=number % 7) for number in range(400)]


def learnt_in_batches(observations: list[Observation], size: int) -> SiteMemory:
    memory = None
    for start in range(0, len(observations), size):
        memory = learn(memory, observations[start : start + size])
    assert memory
    return memory


@pytest.mark.parametrize("size", [1, 3, 50, 1_000])
@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_do_not_matter(seed: int, size: int) -> None:
    shuffled = Random(seed).sample(MANY, len(MANY))
    memory = learnt_in_batches(shuffled, size)
    assert memory.to_bytes() == learn(None, MANY).to_bytes()
    assert memory.state == learn(None, MANY).state


@pytest.mark.parametrize("seed", range(4))
def test_readings_of_one_article_in_any_order_give_the_latest(seed: int) -> None:
    readings = [replace(each, day=each.day + later) for each in MANY[:150] for later in (0, 5, 40)]
    shuffled = Random(seed).sample(readings, len(readings))
    latest = [replace(each, day=each.day + 40) for each in MANY[:150]]
    assert learnt_in_batches(shuffled, 7) == learn(None, latest)


def test_two_readings_on_one_day_give_the_same_one_in_both_orders() -> None:
    one, other = article(1, repeated="first reading"), article(1, repeated="second reading")
    assert learn(learn(None, [one]), [other]) == learn(learn(None, [other]), [one])


def test_learning_again_changes_nothing() -> None:
    memory = learn(None, MANY)
    assert learn(memory, MANY) == memory


def test_memory_is_bounded() -> None:
    memory = learn(None, MANY)
    assert len(memory.articles) <= SITE_ARTICLES
    assert max(map(len, memory.templates.values())) <= TEMPLATE_ARTICLES


def test_later_articles_take_the_place_of_earlier_ones() -> None:
    early = [article(number, day=10_000) for number in range(100)]
    late = [article(number, day=11_000) for number in range(100, 200)]
    assert {each.day for each in learn(learn(None, early), late).articles} == {11_000}


def test_bytes_give_the_memory_back() -> None:
    memory = learn(None, MANY)
    assert SiteMemory.from_bytes(memory.to_bytes()) == memory


@pytest.mark.parametrize("damage", [b"", b"NSM0rest", b"NSM1", b"NSM1rest"])
def test_bytes_that_are_no_memory_are_refused(damage: bytes) -> None:
    with pytest.raises(SiteMemoryError):
        SiteMemory.from_bytes(damage)


@pytest.mark.parametrize("place", range(5, 400, 23))
def test_damaged_bytes_are_refused(place: int) -> None:
    content = learn(None, MANY).to_bytes()
    with pytest.raises(SiteMemoryError):
        SiteMemory.from_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])


def test_shortened_bytes_are_refused() -> None:
    content = learn(None, MANY).to_bytes()
    with pytest.raises(SiteMemoryError):
        SiteMemory.from_bytes(content[: len(content) // 2])


def test_excerpts_are_kept_of_repeated_texts_alone() -> None:
    memory = learn(None, [article(number) for number in range(5)])
    excerpts = {each.excerpt for item in memory.articles for each in item.texts}
    assert excerpts == {"", REPEATED}


def test_a_forgotten_article_leaves_nothing() -> None:
    memory = learn(None, [article(number) for number in range(3)])
    left = memory.without(article(0).article)
    assert len(left.articles) == 2
    assert REPEATED.encode() not in left.to_bytes()
    assert {each.excerpt for item in left.articles for each in item.texts} == {""}


def test_masks_count_articles() -> None:
    memory = learn(None, [article(number) for number in range(9)])
    assert memory.masks[hash_text(REPEATED), hash_path(BODY)].bit_count() == 9


def test_articles_of_two_sites_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="one site"):
        learn(None, [article(1), replace(article(2), site="tribune.example")])
