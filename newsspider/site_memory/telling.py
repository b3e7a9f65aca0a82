"""A site's memory for people: its templates, the texts and values that repeat, and recent changes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from newsspider.site_memory.drift import SETTLED_ARTICLES, path_of
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.observations import Observation

REPEATED_ARTICLES = 5  # on which a text or value stands, before it is worth telling
NEW_DAYS = 7  # a template is new if its first page is at most so much older than the newest page
DAY_ZERO = date(1970, 1, 1)

Key = TypeVar("Key")


@dataclass(frozen=True)
class Template:
    """A template: the container that holds the text, how many remembered articles have it, and their days.

    Days are ISO 8601; None where the pages have none. `has_wrapper` says whether the articles
    agree, so that a crawl with NEWSSPIDER_WRAPPERS reads further ones by their layout.
    """

    container: str
    articles: int
    first_day: str | None
    last_day: str | None
    is_new: bool
    has_wrapper: bool


@dataclass(frozen=True)
class RepeatedText:
    """A text that stands on several articles: how it begins, its container, on how many it stands and was kept.

    `kept` counts the articles where the model kept it as body without knowing the others.
    """

    text: str
    container: str
    articles: int
    kept: int


@dataclass(frozen=True)
class RepeatedValue:
    """A value that a field of the record has on several articles."""

    field: str
    value: str
    articles: int


@dataclass(frozen=True)
class Told:
    """The content of a memory.

    Attributes:
        site: the registered domain.
        state: the memory's name, as records have it in `site_memory`.
        articles: how many are remembered.
        templates, texts, values: the most frequent first.
    """

    site: str
    state: str
    articles: int
    templates: tuple[Template, ...]
    texts: tuple[RepeatedText, ...]
    values: tuple[RepeatedValue, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON types."""
        return asdict(self)


def tell(memory: SiteMemory) -> Told:
    """Return the content of a memory."""
    return Told(
        site=memory.site,
        state=memory.state,
        articles=len(memory.articles),
        templates=tuple(
            sorted(_iter_templates(memory), key=lambda each: (-each.articles, each.container))
        ),
        texts=tuple(
            sorted(
                _iter_texts(memory), key=lambda each: (-each.articles, each.text, each.container)
            )
        ),
        values=tuple(
            sorted(_iter_values(memory), key=lambda each: (-each.articles, each.field, each.value))
        ),
    )


def _iter_templates(memory: SiteMemory) -> Iterator[Template]:
    """Yield the templates."""
    oldest, newest = _first_and_last(memory.articles)
    for number, articles in memory.templates.items():
        first, last = _first_and_last(articles)
        has_many = len(articles) >= SETTLED_ARTICLES
        yield Template(
            container=path_of(memory, number),
            articles=len(articles),
            first_day=_as_day(first),
            last_day=_as_day(last),
            is_new=first > oldest and first + NEW_DAYS >= newest,
            has_wrapper=has_many and number in memory.wrapper.body,
        )


def _first_and_last(articles: Iterable[Observation]) -> tuple[int, int]:
    """Return the first and the last known day of articles; 0 for none."""
    days = [article.day for article in articles if article.day]
    return min(days, default=0), max(days, default=0)


def _iter_texts(memory: SiteMemory) -> Iterator[RepeatedText]:
    """Yield the texts that repeat in one container."""
    counts: Counter[tuple[int, int]] = Counter()
    kept: Counter[tuple[int, int]] = Counter()
    excerpts: dict[int, str] = {}

    for article in memory.articles:
        for each in article.texts:
            counts[each.text, each.container] += 1
            kept[each.text, each.container] += each.kept
            excerpts[each.text] = each.excerpt or excerpts.get(each.text, "")

    for (text, container), articles in _iter_repeated(counts):
        path = path_of(memory, container)
        yield RepeatedText(excerpts[text], path, articles, kept[text, container])


def _iter_values(memory: SiteMemory) -> Iterator[RepeatedValue]:
    """Yield the values that repeat."""
    counts: Counter[tuple[str, int]] = Counter()
    excerpts: dict[int, str] = {}

    for article in memory.articles:
        counts.update((each.field, each.value) for each in article.values)
        excerpts.update((each.value, each.excerpt) for each in article.values if each.excerpt)

    for (field, value), articles in _iter_repeated(counts):
        yield RepeatedValue(field, excerpts.get(value, ""), articles)


def _iter_repeated(counts: Counter[Key]) -> Iterator[tuple[Key, int]]:
    """Yield the keys that enough articles have, each with their number."""
    for key, articles in counts.items():
        if articles >= REPEATED_ARTICLES:
            yield key, articles


def _as_day(day: int) -> str | None:
    """Return a day counted from 1970 in ISO 8601; None for an unknown one."""
    return (DAY_ZERO + timedelta(days=day)).isoformat() if day else None
