"""What a look at a site found, written as a profile that a person reviews: TOML with comments."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsspider.record import ArticleRecord
from newsspider.text import count_of


@dataclass(frozen=True)
class ListFound:
    """A feed or sitemap: its address, and in a few words what it holds or why it gave nothing."""

    url: str
    said: str
    is_good: bool


@dataclass(frozen=True)
class Findings:
    """What a look at a site found.

    Attributes:
        url: the front page's, after redirects.
        delay: seconds that robots.txt asks for; None for none.
        date_pattern: a regular expression of the day in articles' addresses; None where they have
            none.
        sample: records of some articles.
        shells: how many of the front page and the sample are nothing until their scripts have run.
        notes: what a person should know beside all that.
    """

    url: str
    name: str
    language: str | None
    delay: float | None
    feeds: Sequence[ListFound]
    sitemaps: Sequence[ListFound]
    sections: Sequence[str]
    date_pattern: str | None
    dated: str
    sample: Sequence[ArticleRecord]
    shells: int = 0
    notes: Sequence[str] = ()


def write_profile(found: Findings) -> str:
    """Return a table of `sites.toml`; what a person has to decide stands in it as a comment."""
    return "\n".join(_iter_lines(found)) + "\n"


def _iter_lines(found: Findings) -> Iterator[str]:
    yield f"[{_quote(found.name)}]"
    yield from (f"# {note}" for note in found.notes)
    yield f"url = {_quote(found.url)}"
    yield from _iter_lists("feeds", found.feeds, "no feed was found")
    yield from _iter_lists("sitemaps", found.sitemaps, "no sitemap was found")
    yield "# Pages that list articles, as the front page links them; it is followed to them anyway. Keep the best."
    yield from (f"#   {_quote(section)}," for section in found.sections)
    yield "sections = []"
    yield f"# {found.dated}"

    if found.date_pattern:
        yield f"# include = ['{found.date_pattern}'] # only articles with a day in their address"

    yield "# exclude = ['/advertorial/']"
    if found.delay:
        yield f"delay = {found.delay:g} # seconds; robots.txt asks for it"
    else:
        yield "# delay = 1.0 # seconds between two requests; robots.txt asks for none"

    yield "# concurrency = 1"
    yield '# revisit = "30m" # how often feeds, sitemaps and sections are looked at; else by how often they bring news'
    if found.language:
        yield f"language = {_quote(found.language)}"

    yield '# drop = [".promo"] # CSS selectors of what is never part of an article'
    yield "# keep = [] # … and of what in it is all the same"
    yield '# headers = { X-Reader = "7" }'
    yield '# cookies = { session = "…" } # of a subscription you have'

    if found.shells:
        pages = f"{found.shells} of {1 + len(found.sample)} pages are empty until their scripts run"
        yield f"render = true # {pages}: a browser runs them (pip install 'newsspider[render]')"
    else:
        yield "# render = true # a browser runs its pages' scripts; where the text stands in the pages, it only costs"

    yield '# proxy = "http://proxy.example:3128" # with -s NEWSSPIDER_TRUST_PROXY=1'
    yield from _iter_sample(found.sample)


def _iter_lists(key: str, lists: Sequence[ListFound], none: str) -> Iterator[str]:
    if not lists:
        yield f"# {none}"
    yield f"{key} = ["
    for each in lists:
        yield f"  {'' if each.is_good else '# '}{_quote(each.url)}, # {each.said}"
    yield "]"


def _iter_sample(sample: Sequence[ArticleRecord]) -> Iterator[str]:
    yield "# What came of some articles; a wrong title or a short text says that the site needs a look:"
    if not sample:
        yield "#   none was found"

    for record in sample:
        yield f"#   {record.url}"
        words = count_of(record.word_count or 0, "word")
        yield f"#     {record.kind}, {words}, confidence {record.confidence or 0:.2f}"
        authors = ", ".join(record.authors) or "no author"
        yield _comment(f"    {record.title or 'no title'} | {authors} | {record.published or 'no date'}")

        if record.kind == "paywalled":
            yield "#     behind a paywall: cookies of a subscription would open it"


def _comment(text: str) -> str:
    return f"# {' '.join(text.splitlines())}"


def _quote(text: str) -> str:
    """Return a TOML string; JSON's are such, but for what no address has."""
    return json.dumps(text, ensure_ascii=False)
