"""A second whole article below the first, in the builds of endless pages; and what only looks like one."""

import numpy as np
import pytest

from newsspider.extraction.rules.second_article import find_second_articles
from tests.stripping import weigh_html

TITLE = "Ferry to Gull Island sails again"
FIRST = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
    "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology.",
    "Nobody was seasick but the conductor, who had never before left the mainland, and who says he never will again.",
)
SECOND = (
    "A lamp that lit the bay for ninety years was sold at auction on Friday, to a collector who lives in the hills.",
    "He means to hang it over his kitchen table, he said, and to bake under it whatever needs a great deal of light.",
    "The keeper's granddaughter bid as well, with all that the village had lent her, and was outbid in four seconds.",
)
HEADLINE = "Lighthouse lamp sold to a baker"


def texts(*lines: str) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def dropped(html: str) -> list[str]:
    """Return the starts of what the rule drops from a page that is kept whole."""
    evidence = weigh_html(f"<main>{html}</main>", f"<title>{TITLE}</title>")
    kept = np.ones(len(evidence.page.blocks), dtype=bool)
    return [evidence.page.blocks[index].text[:20] for index in find_second_articles(evidence, kept * 0.97, kept)]


def signed(tag: str, byline: str) -> str:
    """Return the second article with a byline, in an element of no special kind."""
    return f"<{tag}><h2>{HEADLINE}</h2>{texts(byline, *SECOND)}</{tag}>"


ARTICLE = f"<article><h1>{TITLE}</h1>{texts(*FIRST)}</article>"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(f"<article><h1>{HEADLINE}</h1>{texts(*SECOND)}</article>", id="article with h1"),
        pytest.param(f"<article class=next><h3>{HEADLINE}</h3>{texts(*SECOND)}</article>", id="article with h3"),
        pytest.param(
            f"<div class=next><div class=post><h2>{HEADLINE}</h2>{texts('By Ada Holm', *SECOND)}</div></div>",
            id="signed",
        ),
        pytest.param(
            f"<section><h2><a href=/lamp>{HEADLINE}</a></h2>{texts(*SECOND)}</section>", id="leads to its page"
        ),
        pytest.param(
            f"<div><p>Culture</p><h2>{HEADLINE}</h2>{texts('Von Ada Holm', *SECOND)}</div>", id="below its section"
        ),
    ],
)
def test_second_article_goes_with_all_below_it(second: str) -> None:
    found = dropped(f"{ARTICLE}{second}<p>A line below both of them.")
    assert HEADLINE[:20] in found
    assert found[-len(SECOND) - 1 :] == [line[:20] for line in (*SECOND, "A line below both of them.")]
    assert not {line[:20] for line in FIRST} & set(found)


def test_heading_between_the_two_heads_neither() -> None:
    second = f"<article><h2>{HEADLINE}</h2>{texts(*SECOND)}</article>"
    assert dropped(f"{ARTICLE}<h3>Read next</h3>{second}")[0] == "Read next"


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            f"<article><h1>{TITLE}</h1>{texts(*FIRST)}<section><h2>{HEADLINE}</h2>{texts('By Ada Holm', *SECOND)}"
            "</section></article>",
            id="a part of the first",
        ),
        pytest.param(
            f"<h1>{TITLE}</h1>"
            + "".join(f"<article><h2>{HEADLINE} {n}</h2>{texts('By Ada Holm', *SECOND)}</article>" for n in range(4)),
            id="entries of a live blog",
        ),
        pytest.param(f"{ARTICLE}<section><h2>{HEADLINE}</h2>{texts(*SECOND)}</section>", id="no sign of its own"),
        pytest.param(f"{ARTICLE}<article><h2>{HEADLINE}</h2>{texts(SECOND[0])}</article>", id="a tile in a list"),
        pytest.param(f"{ARTICLE}<article><h2>More</h2>{texts(*SECOND)}</article>", id="name of a part"),
        pytest.param(
            f"<article><h1>{TITLE}</h1>{texts(FIRST[0])}</article><article><h2>{HEADLINE}</h2>{texts(*SECOND)}</article>",
            id="no whole first one",
        ),
    ],
)
def test_what_is_no_second_article_stays(page: str) -> None:
    assert dropped(page) == []


def test_page_without_a_title_has_no_second_article() -> None:
    evidence = weigh_html(texts(*FIRST) + f"<article><h2>{HEADLINE}</h2>{texts(*SECOND)}</article>", "")
    kept = np.ones(len(evidence.page.blocks), dtype=bool)
    assert find_second_articles(evidence, kept * 0.97, kept) == []
