"""Extractors on the same pages, in turn, in one process: what a page costs and what is found."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from lxml import html

from newsspider import __version__
from newsspider.extraction.trafilatura_extractor import extract_with_metadata
from newsspider.extraction.witness_policy import POLICIES, WitnessPolicy
from newsspider.inputs.reading import iter_pages
from newsspider.pages.html import decode_body
from newsspider.pages.raw_page import RawPage
from newsspider.pool import extract_raw
from newsspider.text import read_words
from newsspider.workshop.bench.extraction_rate import WARMING_PAGES, repeat_pages

MEDIAN = 50
TAIL = 95


@dataclass(frozen=True)
class Sample:
    """A page as bytes, and decoded for extractors that take a text, which costs them nothing."""

    raw: RawPage
    text: str


Extract = Callable[[Sample], str | None]


@dataclass(frozen=True)
class Extractor:
    """An extractor of text from pages.

    Attributes:
        name: as users know it.
        version: of its package.
        extract: returns a page's text.
    """

    name: str
    version: str
    extract: Extract


@dataclass(frozen=True)
class ExtractorFigures:
    """The result of one extractor on all pages.

    Attributes:
        name: of the extractor.
        version: of its package.
        pages: number of pages, with repetitions.
        mean: milliseconds of processor time per page.
        p50: the same at the median.
        p95: the same at the 95th percentile.
        words: per page, in the texts that were found.
        without_text: pages for which it found no text.
        failures: pages at which it raised an error.
    """

    name: str
    version: str
    pages: int
    mean: float
    p50: float
    p95: float
    words: float
    without_text: int
    failures: int


class _Tally:
    """The times and texts of one extractor."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.words = 0
        self.without_text = 0
        self.failures = 0

    def add(self, extract: Extract, sample: Sample) -> None:
        """Extract a page, and count its time and words."""
        text = None
        started = time.process_time()
        try:
            text = extract(sample)
        except Exception:  # foreign code, which may raise anything on a page
            self.failures += 1
        self.times.append(1000 * (time.process_time() - started))

        words = len(read_words(text or ""))
        self.words += words
        self.without_text += words == 0

    def figures(self, extractor: Extractor) -> ExtractorFigures:
        """Return the result."""
        times, pages = sorted(self.times), len(self.times)
        return ExtractorFigures(
            extractor.name,
            extractor.version,
            pages,
            mean=sum(times) / pages,
            p50=times[pages * MEDIAN // 100],
            p95=times[pages * TAIL // 100],
            words=self.words / pages,
            without_text=self.without_text,
            failures=self.failures,
        )


def compare_extractors(
    folder: Path, count: int, extractors: Sequence[Extractor]
) -> list[ExtractorFigures]:
    """Return the figures of each extractor for the pages of a folder, which is repeated if it has fewer.

    Each page is given to all extractors one after another. Another one is first at each page, since
    the first one finds the processor's caches without the page.
    """
    _run(repeat_pages(iter_pages, folder, min(count, WARMING_PAGES)), extractors)
    tallies = _run(repeat_pages(iter_pages, folder, count), extractors)
    return [
        tally.figures(extractor)
        for tally, extractor in zip(tallies, extractors, strict=True)
        if tally.times
    ]


def _run(pages: Iterable[RawPage], extractors: Sequence[Extractor]) -> list[_Tally]:
    tallies = [_Tally() for _ in extractors]
    for number, raw in enumerate(pages):
        sample = Sample(raw, decode_body(raw.body).text)
        for step in range(len(extractors)):
            turn = (number + step) % len(extractors)
            tallies[turn].add(extractors[turn].extract, sample)
    return tallies


def installed_extractors() -> list[Extractor]:
    """Return newsspider by each use of trafilatura, trafilatura, and the others that are installed."""
    found = [
        Extractor(f"newsspider ({policy})", __version__, _by_newsspider(policy))
        for policy in POLICIES
    ]
    for package, load in OTHERS.items():
        try:
            found.append(Extractor(package, version(package), load()))
        except (ImportError, PackageNotFoundError):
            continue  # not installed, or without a part that it needs
    return found


def _by_newsspider(policy: WitnessPolicy) -> Extract:
    return lambda sample: extract_raw(sample.raw, policy).body


def _load_trafilatura() -> Extract:
    return lambda sample: extract_with_metadata(sample.raw.body)


def _load_newspaper() -> Extract:
    newspaper: Any = import_module("newspaper")

    def extract(sample: Sample) -> str | None:
        article = newspaper.Article(sample.raw.url or "https://page.example/", fetch_images=False)
        article.download(input_html=sample.text)
        article.parse()
        return str(article.text)

    return extract


def _load_news_please() -> Extract:
    newsplease: Any = import_module("newsplease")

    def extract(sample: Sample) -> str | None:
        found = newsplease.NewsPlease.from_html(sample.text, url=sample.raw.url)
        return getattr(found, "maintext", None)

    return extract


def _load_readability() -> Extract:
    readability: Any = import_module("readability")

    def extract(sample: Sample) -> str | None:
        document = readability.Document(sample.text)
        document.title()
        return str(html.fromstring(document.summary()).text_content())

    return extract


def _load_resiliparse() -> Extract:
    html2text: Any = import_module("resiliparse.extract.html2text")
    return lambda sample: str(html2text.extract_plain_text(sample.text, main_content=True))


def _load_goose() -> Extract:
    goose: Any = import_module("goose3").Goose({"enable_image_fetching": False})
    return lambda sample: str(goose.extract(raw_html=sample.text).cleaned_text)


def _load_justext() -> Extract:
    justext: Any = import_module("justext")
    words = justext.get_stoplist("English")

    def extract(sample: Sample) -> str | None:
        paragraphs = justext.justext(sample.raw.body, words)
        return "\n".join(each.text for each in paragraphs if not each.is_boilerplate)

    return extract


# By the names of their packages, as people use them by default.
OTHERS: dict[str, Callable[[], Extract]] = {
    "trafilatura": _load_trafilatura,
    "newspaper4k": _load_newspaper,
    "news-please": _load_news_please,
    "readability-lxml": _load_readability,
    "resiliparse": _load_resiliparse,
    "goose3": _load_goose,
    "jusText": _load_justext,
}
