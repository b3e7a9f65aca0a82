"""Notices of the site about its rights, earnings and opinions; and articles that only speak of such things."""

import numpy as np
import pytest

from newsspider.extraction.rules.notice_phrases import (
    SIGNS,
    is_earnings_notice,
    is_opinion_notice,
    is_rights_notice,
)
from newsspider.extraction.rules.site_notices import find_site_notices
from tests.stripping import weigh_html

TITLE = "Ferry to Gull Island sails again"
PROSE = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
    "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology.",
)
RIGHTS = "Copyright 2026 WREN-TV. All rights reserved."
EARNINGS = (
    "This post refers to products of our advertisers. We may receive compensation when you click on links to them."
)


def dropped(*texts: str, title: str = TITLE, tag: str = "p") -> list[str]:
    """Return the texts that the rule drops from a page that is kept whole."""
    html = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    evidence = weigh_html(f"<main><h1>{title}</h1>{html}</main>", f"<title>{title}</title>")
    kept = np.ones(len(evidence.page.blocks), dtype=bool)
    return [evidence.page.blocks[index].text for index in find_site_notices(evidence, kept * 0.97, kept)]


def test_notices_around_the_article_go() -> None:
    assert dropped(EARNINGS, *PROSE, RIGHTS) == [EARNINGS, RIGHTS]


def test_line_of_rights_within_the_article_stays() -> None:
    assert dropped(PROSE[0], RIGHTS, *PROSE[1:]) == []


def test_licence_in_code_stays() -> None:
    assert dropped(*PROSE, "(c) Copyright 1990 Wren Computers. All rights reserved.", tag="pre") == []


def test_article_about_such_notices_keeps_them() -> None:
    assert dropped(EARNINGS, *PROSE, title="How affiliate links pay for the news") == []


def test_page_of_nothing_else_keeps_them() -> None:
    assert dropped(EARNINGS) == []


@pytest.mark.parametrize(
    "line",
    [
        RIGHTS,
        "Copyright 2026 WREN. All rights reserved. This material may not be published, broadcast or rewritten.",
        "The-Wren-Wire ™ & © 2026 Wren News Network, Inc., a Gull company. All rights reserved.",
        "This material may not be published, broadcast, rewritten, or redistributed. ©2026 Wren",
        "© 2026 Wren Public Radio",
        "Copyright Wren Radio 2026",
        "© wpa-infocom, wpa:260428-99-487316/2",
        "<저작권자(c) 갈매기뉴스, 무단 전재-재배포 금지>",
        "本网站版权所有，未经许可不得转载 2026",
        "Wszelkie prawa zastrzeżone. © 2026",
        "Unauthorized reproduction is prohibited. Copyright (c) 2026 Herald",
    ],
)
def test_line_of_rights_is_known(line: str) -> None:
    assert any(sign in line.lower() for sign in SIGNS)
    assert is_rights_notice(line, is_end=True)


@pytest.mark.parametrize(
    "line",
    [
        EARNINGS,
        "If you buy something through a link in this story, the Herald may earn a commission.",
        "Some of the products below come from partners who compensate us.",
        "The Herald may receive a portion of sales from products that are purchased through our site.",
        "Disclosure: This post may contain affiliate links.",
        "As an Amazon Associate I earn from qualifying purchases.",
        "Dieser Artikel enthält Affiliate-Links.",
        "*Werbung. Dieser Beitrag enthält Werbung für Herald-Boote.",
        "This post is kindly sponsored by Herald Boats.",
        "Wenn Sie über diese Links kaufen, erhalten wir eine kleine Provision.",
        "Certains liens de cet article sont affiliés : nous pouvons toucher une commission.",
        "Este artículo contiene enlaces de afiliados. Podemos recibir una comisión.",
    ],
)
def test_line_of_earnings_is_known(line: str) -> None:
    assert any(sign in line.lower() for sign in SIGNS)
    assert is_earnings_notice(line)


@pytest.mark.parametrize(
    "line",
    [
        "Editorial note: Opinions expressed here are the author’s alone, not those of any bank or airline.",
        "The views expressed in this article are the author’s own and do not necessarily reflect the Herald’s.",
        "Der Kommentar gibt die Meinung des Autors wieder.",
    ],
)
def test_line_about_opinions_is_known(line: str) -> None:
    assert any(sign in line.lower() for sign in SIGNS)
    assert is_opinion_notice(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright 1976: the law that changed the harbour",
        "She holds the copyright to the song and said all rights reserved lines mean little today.",
        "From the book The Harbour by Ada Holm. Copyright © 2019 by Ada Holm. Reprinted by permission.",
        "The company said it would receive compensation from its partners for the delay.",
        "“We may earn a commission on each sale,” the broker told the court about its links with the bank.",
        "Bloggers who use affiliate links must say so, the regulator ruled on Friday.",
        "The agents earn a commission when people buy houses.",
        "The views expressed by residents at the meeting were not those of the board, its chair said.",
    ],
)
def test_sentence_of_an_article_is_no_notice(sentence: str) -> None:
    is_notice = is_rights_notice(sentence, is_end=True) or is_earnings_notice(sentence) or is_opinion_notice(sentence)
    assert not is_notice
