"""A small gold set of fictional sites, each with a design of its own, made the same every time."""

import json
from pathlib import Path
from random import Random
from typing import Any

from newsspider.workshop.training.gold import GoldPage

PLACES = "harbour chapel lighthouse market slipway school quay mill bridge cannery".split()
PEOPLE = "Ada Penhallow|Tom Pascoe|Morwenna Teasdale|Rhys Maddock|Oona Fairweather".split("|")
DEEDS = (
    "will open again in spring|has been sold to its tenants|is to be painted yellow|needs a new roof|"
    "was flooded twice last winter|gets forty thousand a year|has found a new keeper"
).split("|")
PROMPTS = ("Sign up for our newsletter", "Follow us on Facebook", "Share this article")
# What surrounds an article: (class of the body's container, its tag, whether the sidebar comes first).
DESIGNS = (
    ("story-body", "article", False), ("entry-content", "div", True), ("css-1x9k2", "div", False), ("", "main", True),
)  # fmt: skip


def sentence(random: Random) -> str:
    """Return a sentence about a place."""
    return (
        f"The {random.choice(PLACES)} {random.choice(DEEDS)}, said {random.choice(PEOPLE)}, and the "
        f"{random.choice(PLACES)} {random.choice(DEEDS)} as well."
    )


def make_row(site: int, number: int) -> dict[str, Any]:
    """Return a gold row that holds its page."""
    random = Random(100 * site + number)
    name, tag, sidebar_first = DESIGNS[site % len(DESIGNS)]
    title = f"The {random.choice(PLACES)} {random.choice(DEEDS)}"
    paragraphs = [" ".join(sentence(random) for _ in range(random.randint(1, 3))) for _ in range(random.randint(4, 9))]
    teasers = "".join(f"<li><a href=/{each}>{sentence(random)[:50]} …</a></li>" for each in range(random.randint(4, 9)))
    menu = "".join(f"<li><a href=/{place}>{place.title()}</a></li>" for place in PLACES)
    sidebar = f"<aside class=related><h3>Latest news</h3><ul>{teasers}</ul></aside>"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article = (
        f"<{tag} class='{name}'><h1>{title}</h1><p class=byline>By <a href=/author>{random.choice(PEOPLE)}</a>, "
        f"{random.randint(1, 28)} May 2026</p>{body}<p>{random.choice(PROMPTS)}</p></{tag}>"
    )
    middle = sidebar + article if sidebar_first else article + sidebar
    return {
        "page": f"site{site:02}-{number}.html",
        "url": f"https://site{site:02}.example/{number}",
        "body": "\n\n".join(paragraphs),
        "must_have": [paragraphs[0][:40]],
        "must_not_have": ["Latest news"],
        "html": f"<html><head><title>{title}</title></head><body><nav><ul>{menu}</ul></nav>{middle}"
        f"<footer><p>Copyright {2000 + site}. All rights reserved.</p></footer></body></html>",
    }


def make_gold(sites: int, pages: int, folder: str = "small") -> list[GoldPage]:
    """Return gold pages of so many sites, so many of each."""
    return [GoldPage(folder, make_row(site, number), None) for site in range(sites) for number in range(pages)]


def write_gold(path: Path, sites: int, pages: int, first: int = 0) -> Path:
    """Write a gold file whose rows hold their pages and return its path."""
    rows = [make_row(site, number) for site in range(first, first + sites) for number in range(pages)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
