"""The pages of a fictional newspaper: three templates with the prose that each repeats, one of them rebuilt half-way.

The prose reads like an article's: that is what a model alone can't tell from the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Any

from newsspider.extraction.article import ReadArticle, extract_article, read_article
from newsspider.pages.page import Page, parse_page
from newsspider.record import ArticleRecord
from newsspider.site_memory.memory import SiteMemory, learn

REBUILT = 40  # number of the first news article in the new template
TOWNS = "Lowmoor Ashby Tarn Kelsey Wick Dunmore Hale Orton Penhallow Skerry".split()
PEOPLE = "Ada Penhallow,Bo Ekström,Cara Inglis,Dov Marsh,Edda Rook,Finn Aldous".split(",")
THINGS = "pier tram library cannery orchard lighthouse theatre market bridge school".split()
SENTENCES = (
    "The {thing} in {town} will stay shut until {n} more beams have been replaced, {person} said on Tuesday.",
    "{person}, who has looked after the {thing} for {n} years, had warned the council of {town} twice.",
    "Repairs were put off in spring, when {town} spent its last {n} thousand crowns on the {thing}.",
    "About {n} people walked from {town} to the {thing} in the evening, most of them with lanterns.",
    "A letter that {person} sent to {town} in March lists {n} faults, from loose bolts to a missing door.",
    "Whether the {thing} can open by autumn depends on {n} oak boards, which {town} has ordered from Hale.",
    "{person} laughed when asked about the {thing}: nobody in {town} had counted the {n} steps before.",
)
# What the templates repeat below, above or between their paragraphs.
NEWS_ENDING = (
    "Our reporters go out in every weather to bring you the news of the coast, and they answer every letter.",
    "If you saw what happened, tell the desk about it, and we will call you back before the evening edition.",
)
NEW_ENDING = "The Herald has reported from the coast since 1894, and each of its readers owns a part of it."
OPINION_OPENING = "In this column our readers say what they think, and the paper does not always agree with them."
BRIEFS_NOTE = "These notes were put together by the night desk from what the harbour office told us by telephone."


def prose(number: int, paragraphs: int = 5) -> list[str]:
    """Return the paragraphs of an article, which no other has."""
    random = Random(number)
    found = []
    for _ in range(paragraphs):
        chosen = random.sample(SENTENCES, 2)
        found.append(" ".join(_filled(sentence, random) for sentence in chosen))
    return found


def _filled(sentence: str, random: Random) -> str:
    return sentence.format(
        thing=random.choice(THINGS),
        town=random.choice(TOWNS),
        person=random.choice(PEOPLE),
        n=random.randrange(11, 9_999),
    )


def news_page(number: int, own: Sequence[str] | None = None, related: Iterable[int] = ()) -> str:
    """Return a news article in the template of its time, with the beginnings of other articles beside it."""
    text = list(own or prose(number))
    links = "".join(f"<li><a href='/{each}'>{prose(each)[0]}</a></li>" for each in related)
    box = f"<ul class='related-stories'>{links}</ul>"
    if number < REBUILT:
        story = _paragraphs([*text, *NEWS_ENDING])
        return _page(number, f"<div class='story-body'>{story}</div><aside>{box}</aside>")
    story = _paragraphs([*text[:2], NEW_ENDING, *text[2:]])
    return _page(number, f"<section class='article__content'>{story}</section>{box}")


def opinion_page(number: int) -> str:
    """Return a column that begins with the same sentence every week."""
    story = _paragraphs([OPINION_OPENING, *prose(number)])
    return _page(number, f"<div class='column'><div class='column__text'>{story}</div></div>")


def briefs_page(number: int) -> str:
    """Return short notes, whose lines are parted by breaks."""
    lines = "<br><br>".join([*prose(number, 3), BRIEFS_NOTE])
    return _page(number, f"<div id='briefs' class='plain'>{lines}</div>")


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _page(number: int, content: str) -> str:
    headline = f"Notes from the coast, number {number}"
    menu = "<nav><a href='/news'>News</a> <a href='/opinion'>Opinion</a></nav>"
    return (
        f"<html><head><title>{headline}</title></head><body>{menu}"
        f"<main><article><h1>{headline}</h1>{content}</article></main>"
        "<footer>The Herald, Lowmoor</footer></body></html>"
    )


def parse(markup: str, number: int | str, site: str = "herald.example") -> Page:
    """Return a page of the newspaper, at an address of its own."""
    return parse_page(markup, f"https://{site}/{number}")


def read(markup: str, number: int | str, memory: SiteMemory | None = None) -> ReadArticle:
    """Return what a page gives and teaches."""
    return read_article(parse(markup, number), memory=memory)


def remembered(pages: Mapping[Any, str]) -> SiteMemory:
    """Return the memory of some pages by their addresses' ends."""
    observations = [read(markup, number).observation for number, markup in pages.items()]
    return learn(None, [each for each in observations if each])


def extracted(markup: str, number: int | str, memory: SiteMemory | None = None) -> ArticleRecord:
    """Return a page's record."""
    return extract_article(parse(markup, number), memory=memory)
