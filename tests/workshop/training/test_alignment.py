"""Labels: which blocks of a page hold the gold body."""

import pytest

from newsspider.workshop.training.alignment import label_blocks

ONE = "The ferry sailed from the old harbour on Monday morning, for the first time in nine years."
TWO = "Its captain, who had waited as long, said that the engine sounded better than she did."
THREE = "The council, which had twice voted against the line, sent a brass band and two cakes."
MENU, AD = "Home News Sport Culture", "Advertisement"
HAN, KANA = "港务局长说，第一班船周一早晨开出，票价不变。", "港の船は月曜日の朝に出ると町長が話した。"
THAI = "เรือลำแรกออกจากท่าเช้าวันจันทร์"


@pytest.mark.parametrize(
    ("blocks", "gold", "shares"),
    [
        pytest.param([MENU, ONE, AD, TWO], f"{ONE}\n\n{TWO}", [0, 1, 0, 1], id="in order"),
        pytest.param([ONE, TWO], ONE + TWO.upper().replace(",", " —"), [1, 1], id="other case and punctuation"),
        pytest.param([f"{ONE} {TWO}", THREE], f"{ONE}\n\n{TWO}", [1, 0], id="two paragraphs in a block"),
        pytest.param([ONE[:40], ONE[40:], AD], ONE, [1, 1, 0], id="a paragraph in two blocks"),
        pytest.param([HAN, AD, KANA], HAN + KANA, [1, 0, 1], id="Chinese and Japanese"),
        pytest.param([AD, THAI], THAI, [0, 1], id="Thai"),
        pytest.param([MENU, AD], ONE, [0, 0], id="another page's gold"),
        pytest.param([ONE, "", "…"], ONE, [1, 0, 0], id="blocks without words"),
        pytest.param([ONE], "", [0], id="no gold"),
        pytest.param([], ONE, [], id="no blocks"),
        pytest.param(["One", "two"], "One two", [1, 1], id="shorter than an anchor"),
    ],
)
def test_share_of_a_block_that_is_gold(blocks: list[str], gold: str, shares: list[float]) -> None:
    assert label_blocks(blocks, gold).share.tolist() == shares


@pytest.mark.parametrize("blocks", [[MENU, TWO, ONE, THREE], [THREE, TWO, AD, ONE], [TWO, THREE, MENU, ONE]])
def test_paragraphs_in_another_order_are_found(blocks: list[str]) -> None:
    share = label_blocks(blocks, f"{ONE}\n\n{TWO}\n\n{THREE}").share
    assert [text for text, each in zip(blocks, share, strict=True) if each > 0.9] == [
        text for text in blocks if text not in (MENU, AD)
    ]


def test_block_that_is_gold_in_part_has_the_part() -> None:
    labels = label_blocks([f"{ONE} Share this article now"], ONE)
    assert (labels.words.tolist(), labels.matched.tolist()) == ([21.0], [17.0])


def test_gold_that_stands_twice_on_the_page_is_found_once() -> None:
    assert sum(label_blocks([ONE, MENU, ONE], ONE).share) == 1


def test_gold_that_stands_twice_in_the_body_is_found_twice() -> None:
    assert label_blocks([ONE, MENU, ONE], f"{ONE}\n{ONE}").share.tolist() == [1, 0, 1]


def test_scattered_words_of_the_gold_are_not_a_match() -> None:
    labels = label_blocks([ONE, "nine years of the old band on Sunday, for the first cakes"], TWO + THREE)
    assert labels.share[0] < 0.5
    assert labels.share[1] < 0.5


def test_no_word_is_matched_more_often_than_the_gold_has_it() -> None:
    blocks = [ONE, TWO, ONE, THREE, TWO] * 3
    labels = label_blocks(blocks, f"{TWO} {ONE}")
    assert labels.matched.sum() == 33
    assert (labels.matched <= labels.words).all()
