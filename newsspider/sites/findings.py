"""The findings of a probe, written as a profile for review: TOML with comments."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsspider.record import ArticleRecord
from newsspider.text import count_of


@dataclass(frozen=True)
class ListFound:
    """A feed or sitemap.

    Attributes:
        url: its address.
        said: its content in a few words, or why it has none.
        is_good: whether it has entries.
    """

    url: str
    said: str
    is_good: bool


@dataclass(frozen=True)
class Findings:
    """The findings of a probe of a site.

    Attributes:
        url: the front page's address, after redirects.
        name: the site's name.
        language: its language, BCP 47.
        delay: seconds that robots.txt asks for, or None.
        feeds, sitemaps: the lists that were found.
        sections: addresses of section pages.
        date_pattern: a regular expression of the day in articles' addresses, or None.
        dated: a sentence about dates in addresses.
        sample: records of some articles.
        shells: the number of pages, of front page and sample, that are empty without scripts.
        notes: other notes for the user.
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
    """Return a table of `sites.toml`; decisions for a person are comments."""
    return "\n".join(_iter_lines(found)) + "\n"


def _iter_lines(found: Findings) -> Iterator[str]:
    yield f"[{_quote(found.name)}]"
    yield from (f"# {note}" for note in found.notes)
    yield f"url = {_quote(found.url)}"
    yield from _iter_lists("feeds", found.feeds, "no feed was found")
    yield from _iter_lists("sitemaps", found.sitemaps, "no sitemap was found")

    yield ("# Pages that list articles. They are followed anyway: keep the best.")
    yield from (f"#   {_quote(section)}," for section in found.sections)
    yield "sections = []"
    yield f"# {found.dated}"

    if found.date_pattern:
        yield f"# include = ['{found.date_pattern}'] # only articles with a day in their address"

    yield "# exclude = ['/advertorial/']"

    yield from _iter_pace(found.delay)

    if found.language:
        yield f"language = {_quote(found.language)}"

    yield '# drop = [".promo"] # CSS selectors of elements that are never part of an article'
    yield "# keep = [] # CSS selectors of elements that `drop` must not remove"
    yield '# headers = { X-Reader = "7" }'
    yield '# cookies = { session = "…" } # of your own subscription'

    yield _render_line(found)
    yield '# proxy = "http://proxy.example:3128" # with -s NEWSSPIDER_TRUST_PROXY=1'
    yield from _iter_sample(found.sample)


def _iter_pace(delay: float | None) -> Iterator[str]:
    """Yield the keys that say how often the site is requested."""
    if delay:
        yield f"delay = {delay:g} # seconds; robots.txt asks for it"
    else:
        yield "# delay = 1.0 # seconds between two requests; robots.txt asks for none"
    yield "# concurrency = 1"
    yield ('# revisit = "30m" # interval between visits to its lists; default: by their news')


def _render_line(found: Findings) -> str:
    """Return the key that says whether the site's pages need a browser."""
    if not found.shells:
        return "# render = true # run the pages' scripts in a browser; not needed by the pages seen"
    pages = f"{found.shells} of {1 + len(found.sample)} pages are empty until their scripts run"
    return f"render = true # {pages}: a browser runs them (pip install 'newsspider[render]')"


def _iter_lists(key: str, lists: Sequence[ListFound], none: str) -> Iterator[str]:
    if not lists:
        yield f"# {none}"

    yield f"{key} = ["

    for each in lists:
        yield _list_line(each)

    yield "]"


def _list_line(each: ListFound) -> str:
    comment = "" if each.is_good else "# "
    return f"  {comment}{_quote(each.url)}, # {each.said}"


def _iter_sample(sample: Sequence[ArticleRecord]) -> Iterator[str]:
    yield "# Some articles; a wrong title or a short text means that the site needs a closer look:"
    if not sample:
        yield "#   none was found"

    for record in sample:
        yield f"#   {record.url}"
        yield f"#     {record.kind}, {_measures(record)}"
        yield _comment(f"    {' | '.join(_summary(record))}")

        if record.kind == "paywalled":
            yield "#     behind a paywall: cookies of a subscription would open it"


def _measures(record: ArticleRecord) -> str:
    words = count_of(record.word_count or 0, "word")
    return f"{words}, confidence {record.confidence or 0:.2f}"


def _summary(record: ArticleRecord) -> Iterator[str]:
    """Yield a record's title, authors and date."""
    yield record.title or "no title"
    yield ", ".join(record.authors) or "no author"
    yield record.published or "no date"


def _comment(text: str) -> str:
    return f"# {' '.join(text.splitlines())}"


def _quote(text: str) -> str:
    """Return a TOML string; JSON's strings are valid TOML, except for characters of no address."""
    return json.dumps(text, ensure_ascii=False)
