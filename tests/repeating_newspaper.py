"""A newspaper whose templates repeat prose below its articles, and which can be redesigned.

Three templates: news, sport and letters. Each closes its articles with the same sentences, which read like body: only
other articles of the site tell that they are not.
"""

from pathlib import Path
from random import Random

NAMES = "Penhallow Trevose Marazion Lelant Zennor Mullion Gwithian Porthleven Cadgwith Landewednack".split()
THINGS = "ferry bridge market school theatre library orchard tram lighthouse cannery quay chapel".split()
DEEDS = "closed reopened moved grew waited returned burned sold settled began".split()
SENTENCES = (
    "The {a} at {n} {d} on Tuesday after {k} years, and {m} who had come to see it stayed until dark.",
    "Councillor {m} said that the {a} would cost {k} thousand pounds more than the {b} had.",
    "Nobody in {n} remembers a spring in which both the {a} and the {b} {d}.",
    "A clerk counted {k} signatures for the {a} and as many letters about the {b} of {n}.",
    "{m}, who keeps the {b}, shook her head and said that the {a} {d} long before she came.",
    "Engineers from {n} will look at the {a} next week, when the {b} has {d}.",
)
# What each template repeats: its section, the classes around the text before and after a redesign, the closing prose.
TEMPLATES = (
    (
        "news",
        ("story-body", "reader-text"),
        "Our reporters live in the towns they write about, and they pay for their own tickets when they travel there.",
    ),
    (
        "sport",
        ("match-report", "game-copy"),
        "The results of all matches of the county league are printed on Mondays in the paper edition of the Journal.",
    ),
    (
        "letters",
        ("letter-text", "post-copy"),
        "Letters are chosen by the editors, who shorten them without changing what the writers of them wanted to say.",
    ),
)


def closing_of(number: int) -> str:
    """Return the sentence that the template of an article repeats."""
    return TEMPLATES[number % len(TEMPLATES)][2]


def path_of(number: int) -> str:
    """Return where an article is."""
    section = TEMPLATES[number % len(TEMPLATES)][0]
    return f"/{section}/2026/03/{1 + number % 28:02}/{THINGS[number % len(THINGS)]}-in-town-{1000 + number}.html"


def make_article(number: int, host: str, *, is_redesigned: bool = False) -> str:
    """Return an article's page."""
    random = Random(number)
    section, classes, closing = TEMPLATES[number % len(TEMPLATES)]
    paragraphs = [_sentence(random) + " " + _sentence(random) for _ in range(5)]
    title = f"{random.choice(THINGS).title()} of {random.choice(NAMES)} {random.choice(DEEDS)} in week {number}"
    text = "".join(f"<p>{paragraph}</p>\n" for paragraph in [*paragraphs, closing])
    outer = f'<section class="{classes[1]}-wrap"><div class="{classes[1]}">' if is_redesigned else ""
    inner = outer or f'<main class="page"><article class="{classes[0]}">'
    ends = "</div></section>" if is_redesigned else "</article></main>"
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - County Journal</title>
<link rel="canonical" href="{host}{path_of(number)}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-{1 + number % 28:02}T08:00:00+00:00">
<meta name="description" content="News of the county, every day."></head><body>
<nav class="menu"><a href="/">Home</a> <a href="/{section}/">{section.title()}</a> <a href="/about/">About us</a></nav>
{inner}<h1>{title}</h1>
{text}{ends}
<footer class="foot"><p>County Journal, Harbour Street 4</p></footer></body></html>"""


def write_newspaper(
    folder: Path, numbers: range, host: str = "http://county-journal.example", *, is_redesigned: bool = False
) -> list[Path]:
    """Write a front page, and the articles of some numbers; return the articles' files."""
    links = "".join(
        f'<li><a href="{path_of(each)}">Article of the week {each} of the year</a></li>' for each in numbers
    )
    (folder / "index.html").write_text(
        f"<html lang=en><title>County Journal</title><body><h1>County Journal</h1><ul>{links}</ul></body></html>"
    )
    (folder / "site.toml").write_text(f'host = "{host}"\n')
    written = []
    for number in numbers:
        path = folder / path_of(number).removeprefix("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_article(number, host, is_redesigned=is_redesigned))
        written.append(path)
    return written


def _sentence(random: Random) -> str:
    things = random.sample(THINGS, 2)
    return random.choice(SENTENCES).format(
        a=things[0],
        b=things[1],
        n=random.choice(NAMES),
        m=random.choice(NAMES),
        d=random.choice(DEEDS),
        k=random.randrange(2, 999),
    )
