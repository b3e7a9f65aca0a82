"""Verdicts: probabilities first, then rules that make them agree over the page; each rule on a page where it decides.

The probabilities are made up by hand, so that nothing here depends on the model that is shipped.
"""

import json
from collections.abc import Mapping

import numpy as np
import pytest

from newsspider.extraction.evidence.witness import KEPT_SHARE, Witness
from newsspider.extraction.verdicts import LIKE_BOILERPLATE, RULES, Verdict, best_bar, judge, side_with_witness
from tests.stripping import weigh_html

TITLE = "Ferry to Gull Island sails again"
ONE = "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board."
TWO = "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free."
THREE = "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology."
SURE, UNSURE, UNLIKELY = 0.97, 0.6, 0.1


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def judge_page(
    html: str, chances: Mapping[str, float] | None = None, head: str = f"<title>{TITLE}</title>"
) -> dict[str, Verdict]:
    """Judge a page whose blocks are sure to be body but for those whose chance is given; keys are the texts' starts."""
    evidence, given = weigh_html(html, head), chances or {}
    starts = [next((start for start in given if block.text.startswith(start)), "") for block in evidence.page.blocks]
    verdicts = judge(evidence, np.array([given.get(start, SURE) for start in starts]))
    return {start or verdict.block.text: verdict for start, verdict in zip(starts, verdicts, strict=True)}


def reason_of(html: str, text: str, chance: float = SURE, head: str = f"<title>{TITLE}</title>") -> tuple[bool, str]:
    """Return whether the block that starts with a text is kept on a page that is else sure to be body, and why."""
    verdict = judge_page(html, {text: chance}, head)[text]
    return verdict.kept, verdict.reason


def test_without_a_rule_the_probability_decides() -> None:
    verdicts = judge_page(paragraphs(ONE, TWO, THREE), {"Its captain": UNLIKELY})
    assert [(verdict.kept, verdict.reason) for verdict in verdicts.values()] == [
        (True, "reads like the body"),
        (False, "reads like boilerplate"),
        (True, "reads like the body"),
    ]


@pytest.mark.parametrize(
    ("kept", "reason", "share", "expected"),
    [
        pytest.param(False, LIKE_BOILERPLATE, 1.0, True, id="the witness keeps it"),
        pytest.param(False, LIKE_BOILERPLATE, KEPT_SHARE, True, id="just enough of it"),
        pytest.param(False, LIKE_BOILERPLATE, KEPT_SHARE - 0.01, False, id="too little of it"),
        pytest.param(False, "a caption", 1.0, False, id="a rule has dropped it"),
        pytest.param(True, "reads like the body", 0.0, True, id="kept without the witness"),
    ],
)
def test_witness_brings_back_only_blocks_that_no_rule_has_dropped(
    kept: bool, reason: str, share: float, expected: bool
) -> None:
    block = weigh_html(paragraphs(ONE)).page.blocks[0]
    given = Verdict(block, kept, UNLIKELY, reason)
    (verdict,) = side_with_witness([given], Witness(ONE, np.array([share])))
    assert verdict.kept is expected
    assert verdict.reason == ("trafilatura keeps it" if expected and not kept else reason)


def test_verdicts_are_in_document_order_with_their_chances() -> None:
    verdicts = judge_page(paragraphs(ONE, TWO), {"Its captain": 0.8}).values()
    assert [(verdict.block.number, verdict.chance) for verdict in verdicts] == [(0, SURE), (1, 0.8)]


def test_page_of_boilerplate_is_not_kept() -> None:
    evidence = weigh_html(paragraphs(ONE, TWO))
    assert not any(verdict.kept for verdict in judge(evidence, np.array([0.02, 0.03])))


@pytest.mark.parametrize(
    ("chance", "words", "bar"),
    [
        pytest.param([1.0, 0.0], [10, 10], 0.5, id="a sure page"),
        pytest.param([0.5, 0.5], [10, 10], 1 / 3, id="all in doubt"),
        pytest.param([0.05, 0.01], [10, 10], 0.2, id="no article: the lowest bar"),
        pytest.param([1.0, 0.6], [1, 99], 60.4 / 160.4, id="long blocks decide"),
    ],
)
def test_bar_is_half_of_the_best_expected_f1(chance: list[float], words: list[float], bar: float) -> None:
    assert best_bar(np.array(chance), np.array(words, dtype=float)) == pytest.approx(bar, abs=1e-4)


@pytest.mark.parametrize(
    "line",
    [
        "Must read: Ten bridges that nobody crosses",
        "MUST READ | Ten bridges that nobody crosses",
        "Also read: Ten bridges that nobody crosses",
        "Read more: Ten bridges that nobody crosses",
        "Don’t miss – Ten bridges that nobody crosses",
        "» Read also: Ten bridges that nobody crosses",
        "Lesen Sie auch: Zehn Brücken, über die niemand geht",
        "Mehr zum Thema: Zehn Brücken, über die niemand geht",
        "LIRE AUSSI – Dix ponts que personne ne traverse",
        "À lire aussi : Dix ponts que personne ne traverse",
        "Lea también: Diez puentes que nadie cruza",
        "Leia também: Dez pontes que ninguém atravessa",
        "Leggi anche: Dieci ponti che nessuno attraversa",
        "Lees ook: Tien bruggen waar niemand over gaat",
        "Læs også: Ti broer, som ingen går over",
        "Läs också: Tio broar som ingen går över",
        "Czytaj także: Dziesięć mostów, po których nikt nie chodzi",
        "Читайте также: Десять мостов, по которым никто не ходит",
        "Читайте також: Десять мостів, якими ніхто не ходить",
        "Διαβάστε επίσης: Δέκα γέφυρες που κανείς δεν περνά",
        "Baca juga: Sepuluh jembatan yang tak dilewati siapa pun",
        "Xem thêm: Mười cây cầu không ai qua",
        "اقرأ أيضا: عشرة جسور لا يعبرها أحد",
        "بیشتر بخوانید: ده پل که کسی از آن نمی‌گذرد",
        "קראו גם: עשרה גשרים שאיש אינו חוצה",
        "Lea aquí: Diez puentes que nadie cruza",
        "İLGİLİ HABER: Kimsenin geçmediği on köprü",
        "関連記事：誰も渡らない十の橋",
        "相关阅读：无人走过的十座桥",
        "관련 기사: 아무도 건너지 않는 다리 열 개",
    ],
)
def test_teaser_line_goes_in_its_language(line: str) -> None:
    assert reason_of(paragraphs(ONE, line, TWO), line) == (False, "leads to another article")


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "- Advertisement -",
        "*** Advertisement ***",
        "ANZEIGE",
        "[Publicidad]",
        "Article continues below advertisement",
        "広告",
    ],
)
def test_line_that_announces_an_advertisement_goes(line: str) -> None:
    assert reason_of(paragraphs(ONE, line, TWO), line) == (False, "announces an advertisement")


def test_repeated_heading_that_announces_an_advertisement_goes() -> None:
    page = paragraphs(ONE) + "<h4>Advertisement</h4>" + paragraphs(TWO) + "<h4>Advertisement</h4>" + paragraphs(THREE)
    assert reason_of(page, "Advertisement") == (False, "announces an advertisement")


@pytest.mark.parametrize(
    "part",
    [
        "<h2>Advertising</h2>",
        "<p>Advertising paid for half of the new engine.</p>",
        "<table><tr><td>Advertising<td>£40<tr><td>Tickets<td>£90</table>",
    ],
)
def test_part_about_advertising_stays(part: str) -> None:
    assert reason_of(paragraphs(ONE) + part + paragraphs(TWO), "Advertising")[0]


@pytest.mark.parametrize(
    "line",
    [
        "Watch the river, the harbour master says, and you will see it turn.",
        "Read also the letters that nobody sent, says the curator, because they are the better ones.",
        "The most read book in the library: an almanac of tides.",
        "More than forty people came: fishermen, teachers and a dentist.",
        "Must read: " + "the council has to read all of it before it votes, " * 6,
    ],
)
def test_sentence_that_only_begins_like_a_teaser_stays(line: str) -> None:
    assert reason_of(paragraphs(ONE, line, TWO), line.strip()) == (True, "reads like the body")


@pytest.mark.parametrize(
    "line",
    [
        "<em>Click here to read our live blog on the storm.</em>",
        "<i>Have a story? Write to newsdesk@herald.example</i>",
        "<strong>This story was first told in our evening edition. Sign up here.</strong>",
        "<b>Folgen Sie uns auf Mastodon.</b>",
        "<a href=/letter>Abonnez-vous à notre lettre du soir</a>",
        "<em>Подпишитесь на наш канал</em>",
    ],
)
def test_request_that_is_set_apart_goes(line: str) -> None:
    text = line.partition(">")[2].partition("<")[0]
    assert reason_of(paragraphs(ONE, line, TWO), text) == (False, "asks to read on, subscribe or follow")


@pytest.mark.parametrize(
    "line",
    [
        "Follow the river to its end and you will find the mill, the miller and his forty cats.",
        "<em>The newspaper stopped its newsletter because nobody but her mother read it.</em>",
        "<strong>Share prices of the yard rose on Tuesday, and fell on Wednesday.</strong>",
        "<b>Del Valle gana la regata. Popular fue su victoria.</b>",
        "<em>Read more than one book a year</em> and you will be asked to judge the prize, says the librarian.",
    ],
)
def test_sentence_that_asks_nothing_of_the_reader_stays(line: str) -> None:
    assert all(verdict.kept for verdict in judge_page(paragraphs(ONE, line, TWO)).values())


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        pytest.param(f"<h1>{TITLE}</h1>" + paragraphs(ONE, TWO), False, id="headline"),
        pytest.param(paragraphs(TITLE, ONE, TWO), False, id="line above the first paragraph"),
        pytest.param(paragraphs(ONE) + f"<h1>{TITLE}</h1>" + paragraphs(TWO), True, id="headline below a paragraph"),
        pytest.param(f"<h2>{TITLE}</h2>" + paragraphs(ONE, TWO), True, id="lower heading"),
        pytest.param(paragraphs(ONE, f"{TITLE}.", TWO), True, id="line below a paragraph"),
    ],
)
def test_title_above_the_text_is_no_body(page: str, kept: bool) -> None:
    assert reason_of(page, TITLE) == (kept, "reads like the body" if kept else "the title")


def test_second_copy_of_a_run_goes_and_the_first_stays() -> None:
    verdicts = judge(weigh_html(paragraphs(ONE, TWO, THREE, "A word between.", ONE, TWO, THREE)), np.full(7, SURE))
    assert [verdict.kept for verdict in verdicts] == [True] * 4 + [False] * 3
    assert verdicts[-1].reason == "the same text stands above"


def test_copy_of_what_is_dropped_stays() -> None:
    evidence = weigh_html(paragraphs(ONE, TWO, THREE, "A word between.", ONE, TWO, THREE))
    verdicts = judge(evidence, np.array([0.01] * 3 + [SURE] * 4))
    assert [verdict.kept for verdict in verdicts] == [False] * 3 + [True] * 4


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("Why not?", ONE, "Why not?", TWO), id="a refrain"),
        pytest.param((ONE, TWO, ONE), id="one paragraph quoted again"),
        pytest.param((ONE, "One.", TWO, "Two.", "Three.", TWO, "One.", "Three."), id="in another order"),
    ],
)
def test_text_may_stand_twice(texts: tuple[str, ...]) -> None:
    evidence = weigh_html(paragraphs(*texts))
    assert all(verdict.kept for verdict in judge(evidence, np.full(len(texts), SURE)))


@pytest.mark.parametrize(
    ("chance", "kept", "reason"),
    [
        (0.3, True, "heads a part of the body"),
        (0.05, False, "reads like boilerplate"),
        (SURE, True, "reads like the body"),
    ],
)
def test_heading_between_kept_paragraphs_stays(chance: float, kept: bool, reason: str) -> None:
    page = paragraphs(ONE) + "<h2>A brass band</h2>" + paragraphs(THREE)
    assert reason_of(page, "A brass band", chance) == (kept, reason)


def test_first_heading_stays_where_others_of_its_build_do() -> None:
    page = "".join(
        f"<h2>{heading}</h2>{paragraphs(text)}" for heading, text in (("Tides", ONE), ("A brass band", THREE))
    )
    verdicts = judge_page(f"<p>By Ada Holm</p>{page}", {"By": 0.01, "Tides": 0.3})
    assert (verdicts["Tides"].kept, verdicts["Tides"].reason) == (True, "heads a part of the body")


@pytest.mark.parametrize(
    "standfirst",
    ["<h2>{}</h2>", "<p class=standfirst>{}</p>", "<div>{}</div>"],
)
def test_standfirst_stays_though_unlikely(standfirst: str) -> None:
    lead = "After nine years on the slip the old boat is back, and so is its captain"
    page = f"<h1>{TITLE}</h1>" + standfirst.format(lead) + paragraphs(ONE, TWO)
    head = f'<title>{TITLE}</title><meta name="description" content="{lead}">'
    assert reason_of(page, lead, UNLIKELY, head) == (True, "a standfirst")
    assert reason_of(page, lead, 0.001, head) == (False, "reads like boilerplate")
    assert reason_of(page, lead, UNLIKELY)[0] is False  # nothing says that it is the standfirst


def test_one_standfirst_is_enough() -> None:
    lead = "After nine years on the slip the old boat is back, and so is its captain"
    head = f'<meta name="description" content="{lead}">'
    evidence = weigh_html(f"<div>{lead}</div><h1>{TITLE}</h1><p>{lead}</p>" + paragraphs(ONE, TWO), head)
    verdicts = judge(evidence, np.array([UNLIKELY, 0.01, UNLIKELY, SURE, SURE]))
    assert [verdict.kept for verdict in verdicts] == [False, False, True, True, True]


COMMENT = "First! I crossed with my grandfather, who was sick over the rail, and I would not have missed it."


@pytest.mark.parametrize(
    "place",
    [
        "<div class=comments>{}</div>",
        "<section id=comments><ol><li>{}</ol></section>",
        "<div class='user-comments big'><div><div>{}</div></div></div>",
        "<div id=disqus_thread>{}</div>",
        "<div class=leser-kommentare>{}</div>",
        "<ul class=comment-list><li>{}</ul>",
    ],
)
def test_readers_comments_go(place: str) -> None:
    page = paragraphs(ONE, TWO, THREE) + place.format(f"<p>{COMMENT}</p>")
    assert reason_of(page, COMMENT) == (False, "a reader's comment")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"<div class=comment-by-editor><p>{COMMENT}</p></div>", id="another name"),
        pytest.param(f"<div class=comments><p>{COMMENT}</p>{paragraphs(ONE, TWO)}</div>", id="most of the page"),
        pytest.param(
            f"<section id=comments-by-the-mayor><h2>What the mayor says</h2><p>{COMMENT}</p></section>", id="a slug"
        ),
        pytest.param(f"<h2>Comment la ville a perdu son pont</h2><p>{COMMENT}</p>", id="French for how"),
    ],
)
def test_article_whose_place_only_sounds_like_comments_stays(page: str) -> None:
    assert reason_of(paragraphs(THREE) + page, COMMENT)[0]


NOTICE = "We use cookies. By going on you consent to our use of personal data, as our privacy policy says."


def test_notice_about_cookies_goes() -> None:
    verdict = judge_page(paragraphs(ONE, TWO, THREE, NOTICE), {NOTICE: UNSURE})[NOTICE]
    assert (verdict.kept, verdict.reason) == (False, "a notice about cookies or personal data")


def test_paragraph_about_personal_data_that_the_model_is_sure_of_stays() -> None:
    assert judge_page(paragraphs(ONE, TWO, THREE, NOTICE), {NOTICE: SURE})[NOTICE].kept


def test_article_about_cookies_keeps_its_notices() -> None:
    head = "<title>What privacy and cookie notices really say</title>"
    page = "<h1>What privacy and cookie notices really say</h1>" + paragraphs(ONE, NOTICE)
    assert reason_of(page, NOTICE, head=head) == (True, "reads like the body")


def test_article_without_such_a_title_but_full_of_such_words_keeps_them() -> None:
    other = "Cookies and consent were what the council argued about on Monday, privacy on Tuesday, lunch on both days."
    assert reason_of(paragraphs(ONE, NOTICE, other), NOTICE)[0]


CAPTION = "The ferry at the quay on Monday, with the band that the council had sent to say sorry."


@pytest.mark.parametrize(
    ("picture", "chance", "kept"),
    [
        pytest.param("<figure><img src=x><figcaption>{}</figcaption></figure>", UNSURE, False, id="figcaption"),
        pytest.param("<figure><img src=x><div>{}</div></figure>", UNSURE, False, id="text in a figure"),
        pytest.param("<img src=x><p class=caption>{}</p>", UNSURE, False, id="class"),
        pytest.param("<figure><img src=x><figcaption>{}</figcaption></figure>", SURE, True, id="model is sure"),
        pytest.param("<p class=caption>{}</p>", UNSURE, True, id="no picture near"),
        pytest.param("<img src=x><p>{}</p>", UNSURE, True, id="nothing names it a caption"),
    ],
)
def test_caption_goes_unless_the_model_is_sure(picture: str, chance: float, kept: bool) -> None:
    found = reason_of(paragraphs(ONE) + picture.format(CAPTION) + paragraphs(TWO, THREE), CAPTION, chance)
    assert found == (kept, "reads like the body" if kept else "a caption")


def test_numbered_caption_of_a_gallery_goes() -> None:
    page = paragraphs(ONE) + f"<img src=x><p>3/14 {CAPTION}</p>" + paragraphs(TWO, THREE)
    assert reason_of(page, "3/14", SURE) == (False, "a caption")


@pytest.mark.parametrize(
    "caption",
    [
        "The ferry at the quay on Monday (Photo: Ada Holm)",
        "Die Fähre am Montag am Kai. (Foto: Ada Holm)",
        "渡轮星期一停靠在老码头。晚报记者 孟小满 摄",
        "渡輪星期一停靠在老碼頭（記者孟小滿攝）",
    ],
)
def test_text_beside_a_picture_that_ends_with_a_credit_is_its_caption(caption: str) -> None:
    page = paragraphs(ONE) + f"<img src=x><p>{caption}</p>" + paragraphs(TWO, THREE)
    assert reason_of(page, caption, SURE) == (False, "a caption")
    assert reason_of(paragraphs(ONE, TWO, caption, THREE), caption, SURE)[0]  # there is no picture


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<p class=byline>By Ada Holm</p>", False),
        ("<p>Von Ada Holm und Nils Berg</p>", False),
        ("<p>By the sea</p>", True),
    ],
)
def test_byline_above_the_text_goes(line: str, kept: bool) -> None:
    head = '<meta name="author" content="Ada Holm">'
    text = line.partition(">")[2].partition("<")[0]
    reason = "reads like the body" if kept else "a byline"
    assert reason_of(line + paragraphs(ONE, TWO), text, head=head) == (kept, reason)
    assert reason_of(paragraphs(ONE) + line + paragraphs(TWO), text, head=head)[0]  # a part's heading, a quotation


BIOGRAPHY = "Ada Holm writes about harbours. She was a ferry captain before she learned to type."


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        pytest.param('<meta name="author" content="Ada Holm">', "", id="declared"),
        pytest.param("", "<p>By Ada Holm and Nils Berg</p>", id="byline"),
    ],
)
def test_last_paragraph_about_its_author_goes(head: str, byline: str) -> None:
    page = byline + paragraphs(ONE, TWO, THREE, BIOGRAPHY)
    assert reason_of(page, "Ada Holm", head=head) == (False, "about the author")


def test_paragraph_about_somebody_else_stays() -> None:
    assert reason_of("<p>By Nils Berg</p>" + paragraphs(ONE, TWO, THREE, BIOGRAPHY), "Ada Holm")[0]
    assert reason_of("<p>By Ada Holm</p>" + paragraphs(BIOGRAPHY, ONE, TWO, THREE), "Ada Holm writes")[0]


@pytest.mark.parametrize(
    ("component", "kept"),
    [
        pytest.param("<amp-iframe src=x><p placeholder>Loading poll</p></amp-iframe>", False, id="placeholder"),
        pytest.param("<amp-video><div fallback><p>Loading poll</p></div></amp-video>", False, id="fallback"),
        pytest.param("<amp-script><p>Loading poll</p></amp-script>", True, id="neither"),
    ],
)
def test_what_amp_shows_until_a_part_is_loaded_goes(component: str, kept: bool) -> None:
    reason = "reads like the body" if kept else "stands in for what is not loaded"
    assert reason_of(paragraphs(ONE) + component + paragraphs(TWO), "Loading poll") == (kept, reason)


def table(*cells: str) -> str:
    rows = (f"<tr><td>{year}</td><td>{cell}</td></tr>" for year, cell in enumerate(cells, start=2020))
    return f"<table><tr><th>Year</th><th>Event</th></tr>{''.join(rows)}</table>"


def test_table_of_which_most_is_kept_stays_whole() -> None:
    page = paragraphs(ONE) + table("Harbour closes", "Caretaker dies", "Ferry sails again") + paragraphs(TWO)
    assert reason_of(page, "Caretaker dies", 0.01) == (True, "in a table that is kept")


def test_table_of_which_most_is_dropped_goes() -> None:
    page = paragraphs(ONE) + table("Harbour closes", "Caretaker dies") + paragraphs(TWO)
    unlikely = dict.fromkeys(("Year", "Event", "2020", "2021", "Caretaker"), 0.01)
    assert not any(judge_page(page, unlikely)[text].kept for text in unlikely)


LIVE = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Flood"}</script>'
ENTRIES = (
    f"<h2>Band plays on</h2><p>Ada Holm</p>{paragraphs(ONE)}<p>All boats are in.</p>"
    f"<h2>Newsletter</h2><p>Sign up</p>{paragraphs(TWO)}"
)


@pytest.mark.parametrize(("head", "kept"), [(LIVE, True), ("", False)])
def test_parts_of_a_live_blog_stay(head: str, kept: bool) -> None:
    chances = {"Band": 0.02, "Ada Holm": 0.01, "All boats": 0.1, "Newsletter": 0.01, "Sign up": 0.01}
    verdicts = judge_page(paragraphs(THREE) + ENTRIES, chances, head)
    assert [verdicts[text].kept for text in ("Band", "All boats")] == [kept, kept]
    assert not verdicts["Ada Holm"].kept
    assert not verdicts["Sign up"].kept


def test_sibling_containers_of_a_body_are_all_kept() -> None:
    parts = "".join(
        f"<div class=part>{paragraphs(text)}</div><aside>Advertisement</aside>" for text in (ONE, TWO, THREE)
    )
    verdicts = judge_page(parts, {"Advertisement": 0.01})
    assert [verdicts[text].kept for text in (ONE, TWO, THREE)] == [True] * 3


@pytest.mark.parametrize(
    ("page", "chances", "headings"),
    [
        pytest.param("<h2>Tides</h2><p>Low 09:12</p>", {"Low": 0.01}, {"Tides": False}, id="all it heads is dropped"),
        pytest.param("<h2>Tides</h2>", {}, {"Tides": False}, id="last on the page"),
        pytest.param("<h2>Tides</h2><h2>Band</h2><p>{}", {}, {"Tides": False, "Band": True}, id="next heading as high"),
        pytest.param("<h2>Tides</h2><h3>Band</h3><p>{}", {}, {"Tides": True, "Band": True}, id="heads a lower one"),
        pytest.param("<h3>Tides</h3><h2>Band</h2><p>{}", {}, {"Tides": False, "Band": True}, id="next heading higher"),
        pytest.param("<h2>Tides</h2><h3>Band</h3>", {}, {"Tides": False, "Band": False}, id="heading over a heading"),
    ],
)
def test_heading_goes_when_all_it_heads_goes(page: str, chances: dict[str, float], headings: dict[str, bool]) -> None:
    unsure = {"Tides": UNSURE, "Band": UNSURE}
    verdicts = judge_page(paragraphs(ONE, TWO) + page.format(THREE), {**chances, **unsure})
    assert {text: verdicts[text].kept for text in headings} == headings
    assert all(verdicts[text].reason == "heads nothing that is kept" for text, kept in headings.items() if not kept)


POST = (
    "<blockquote class=twitter-tweet><p>Nine years. I have painted it four times.</p>"
    "— Captain (@gull) <a href=/>1 May</a></blockquote>"
)


def test_embedded_post_inside_the_body_stays_with_its_attribution() -> None:
    verdicts = judge_page(paragraphs(ONE) + POST + paragraphs(TWO), {"Nine years": UNLIKELY, "— Captain": 0.01})
    assert [(verdicts[text].kept, verdicts[text].reason) for text in ("Nine years", "— Captain")] == [
        (True, "a post quoted in the body")
    ] * 2


def test_embedded_post_outside_the_body_goes() -> None:
    verdicts = judge_page(paragraphs(ONE, TWO) + POST, {"Nine years": UNLIKELY, "— Captain": 0.01})
    assert not any(verdicts[text].kept for text in ("Nine years", "— Captain"))


@pytest.mark.parametrize(("reason", "rule"), RULES, ids=[reason for reason, _ in RULES])
def test_rule_has_nothing_to_say_where_nothing_is_kept(reason: str, rule: object) -> None:
    assert callable(rule)
    evidence = weigh_html(f"<h1>{TITLE}</h1><h2>More</h2>" + paragraphs(ONE) + POST)
    chance = np.zeros(len(evidence.page.blocks))
    assert rule(evidence, chance, chance > 0.5) == []


@pytest.mark.parametrize(("reason", "rule"), RULES, ids=[reason for reason, _ in RULES])
def test_rule_survives_a_page_of_one_block(reason: str, rule: object) -> None:
    assert callable(rule)
    for html in (f"<p>{ONE}", "<h1>One", POST[:60]):
        evidence = weigh_html(html, head=f'<script type="application/ld+json">{json.dumps({"headline": ONE})}</script>')
        chance = np.full(len(evidence.page.blocks), SURE)
        assert set(rule(evidence, chance, chance > 0.5)) <= set(range(len(chance)))


def test_judging_leaves_the_probabilities_as_they_are() -> None:
    evidence = weigh_html(paragraphs(ONE, "Must read: Ten bridges", TWO))
    chance = np.full(3, SURE)
    judge(evidence, chance)
    assert chance.tolist() == [SURE] * 3
