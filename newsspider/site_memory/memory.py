"""A site's memory: a sample of its articles, the same whatever the order in which they were learnt.

Source:
    Cormode, Shkapenyuk, Srivastava, Xu: Forward Decay: A Practical Time Decay Model for Streaming Systems, ICDE 2009.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from newsspider.site_memory.observations import Observation, SeenText
from newsspider.site_memory.packing import pack, pack_plain, unpack
from newsspider.site_memory.wrappers import Wrapper, induce_wrapper

TEMPLATE_ARTICLES = 24  # of a template that are remembered
SITE_ARTICLES = 120  # of all templates together
HALF_LIFE_DAYS = 30  # an article this much older is half as likely to be remembered
EXCERPT_ARTICLES = 3  # excerpts are kept of texts that stand on so many articles
COPY_SHARE = 0.5  # of the longer one's words that two copies share
PART_SHARE = 0.85  # of the shorter one's words, where the longer one holds it whole
_STEPS = 1_000_000  # of a rank's unit: whole numbers are the same on every machine


@dataclass(frozen=True)
class SiteMemory:
    """A sample of a site's articles.

    Attributes:
        site: the registered domain.
        articles: at most TEMPLATE_ARTICLES of a template and SITE_ARTICLES in all, sorted by template and rank.
    """

    site: str
    articles: tuple[Observation, ...]

    @cached_property
    def state(self) -> str:
        """A name of the content, 16 hexadecimal digits: the same articles have the same name."""
        return _name_of(self._plain)

    @cached_property
    def _plain(self) -> bytes:
        """The content without excerpts."""
        return pack_plain(self.site, self.articles)

    @cached_property
    def templates(self) -> dict[int, tuple[Observation, ...]]:
        """The remembered articles by template."""
        found: dict[int, list[Observation]] = {}
        for article in self.articles:
            found.setdefault(article.template, []).append(article)
        return {template: tuple(articles) for template, articles in found.items()}

    @cached_property
    def masks(self) -> dict[tuple[int, int], int]:
        """The articles that have a text in a container: by both hashes, bit n for article n."""
        found: dict[tuple[int, int], int] = {}
        for number, article in enumerate(self.articles):
            for text, container, *_ in article.texts:
                found[text, container] = found.get((text, container), 0) | 1 << number
        return found

    @cached_property
    def containers(self) -> dict[int, list[tuple[int, int, int]]]:
        """The articles that have a container: (number of the article, words kept in it, words dropped)."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for number, article in enumerate(self.articles):
            for container, kept, dropped, _ in article.containers:
                found.setdefault(container, []).append((number, kept, dropped))
        return found

    @cached_property
    def values(self) -> dict[tuple[str, int], int]:
        """The articles that have a value in a field: by the field's name and the value's hash, bit n for article n."""
        found: dict[tuple[str, int], int] = {}
        for number, article in enumerate(self.articles):
            for field, value, _ in article.values:
                found[field, value] = found.get((field, value), 0) | 1 << number
        return found

    @cached_property
    def sure_words(self) -> list[dict[int, int]]:
        """Of each article the texts that the model kept and was sure of, with their words."""
        return [sure_words(article.texts) for article in self.articles]

    @cached_property
    def sizes(self) -> list[int]:
        """Of each article the words of its sure texts."""
        return [sum(words.values()) for words in self.sure_words]

    @cached_property
    def having(self) -> dict[int, list[int]]:
        """Of each sure text the numbers of the articles that have it."""
        found: dict[int, list[int]] = {}
        for number, words in enumerate(self.sure_words):
            for text in words:
                found.setdefault(text, []).append(number)

        return found

    @cached_property
    def copies(self) -> list[int]:
        """Of each article those that are copies of it, a bit for each; itself too.

        Most pairs need no comparison: all of their texts that any other article has are too short.
        """
        sizes, having = self.sizes, self.having
        repeated = [
            sum(count for text, count in words.items() if len(having[text]) > 1)
            for words in self.sure_words
        ]
        found = [1 << number for number in range(len(sizes))]
        for number, other in combinations(range(len(sizes)), 2):
            most = min(repeated[number], repeated[other])
            if not is_copy(most, sizes[number], sizes[other]):
                continue

            shared = _shared_words(self.sure_words[number], self.sure_words[other])
            if is_copy(shared, sizes[number], sizes[other]):
                found[number] |= 1 << other
                found[other] |= 1 << number

        return found

    def copies_of(self, words: dict[int, int]) -> set[int]:
        """Return the numbers of the articles that are copies of a page, given its `sure_words`."""
        size = sum(words.values())
        shared: Counter[int] = Counter()
        for text, count in words.items():
            for number in self.having.get(text, ()):
                shared[number] += count

        return {
            number for number, count in shared.items() if is_copy(count, size, self.sizes[number])
        }

    @cached_property
    def wrapper(self) -> Wrapper:
        """The containers about which all remembered articles agree."""
        return induce_wrapper(self.articles)

    def to_bytes(self) -> bytes:
        """Return the memory in the form in which it is stored."""
        return pack(self._plain, self.articles)

    @classmethod
    def from_bytes(cls, content: bytes) -> "SiteMemory":
        """Return the memory that `to_bytes` wrote.

        Raises:
            SiteMemoryError: the bytes are damaged, or another version wrote them.
        """
        site, articles, plain = unpack(content)
        memory = cls(site, articles)
        vars(memory)["state"] = _name_of(plain)  # else the property would pack all of it again
        return memory

    def without(self, article: int) -> "SiteMemory":
        """Return the memory without an article, given the hash of its address."""
        return _remembering(self.site, [each for each in self.articles if each.article != article])


def learn(memory: SiteMemory | None, observations: Iterable[Observation]) -> SiteMemory:
    """Return a memory that knows these articles of its site too; the same in any order and in any batches.

    Of two readings of one article the later one counts.

    Raises:
        ValueError: the observations are of several sites, or there is nothing to remember.
    """
    known = memory.articles if memory else ()
    together = [*known, *observations]
    sites = {each.site for each in together}
    if memory:
        sites.add(memory.site)

    if len(sites) != 1:
        raise ValueError(f"observations of one site are needed, these are of {len(sites)}")

    (site,) = sites
    return _remembering(site, _latest(together))


def _latest(observations: Iterable[Observation]) -> Iterable[Observation]:
    """Return the latest reading of each article."""
    latest: dict[int, Observation] = {}
    for each in observations:
        other = latest.get(each.article, each)
        latest[each.article] = each if other is each else _later(each, other)

    return latest.values()


def _name_of(plain: bytes) -> str:
    """Return the state of a memory with these plain bytes."""
    return hashlib.blake2b(plain, digest_size=8).hexdigest()


def sure_words(texts: Iterable[SeenText]) -> dict[int, int]:
    """Return those of an article's texts that the model kept and was sure of, with their words."""
    return {each.text: each.words for each in texts if each.kept and each.sure}


def is_copy(shared: int, size: int, other_size: int) -> bool:
    """Whether two articles are the same one, given the words that they share and their own.

    They share more than COPY_SHARE of the longer one, or nearly all of the shorter one: another address of the same
    story, a live page at two times, the same agency's text. Only texts count that are surely theirs, since a site's
    boilerplate may be longer than its articles.
    """
    shorter, longer = sorted((size, other_size))
    return shared > COPY_SHARE * longer or shared > PART_SHARE * shorter


def _shared_words(one: dict[int, int], other: dict[int, int]) -> int:
    return sum(one[text] for text in one.keys() & other.keys())


def rank_of(article: int, day: int) -> int:
    """Return an article's rank in the sample, smallest first: by chance, and the later the smaller."""
    chance = ((article >> 12) + 0.5) / 2.0**52  # 52 bits: more would round to 1
    return round((math.log(-math.log(chance)) - day * math.log(2) / HALF_LIFE_DAYS) * _STEPS)


def _later(one: Observation, other: Observation) -> Observation:
    """Return the later of two readings of an article; of two on one day always the same one."""
    if one.day != other.day:
        return max(one, other, key=lambda each: each.day)
    return min(other, one, key=lambda each: pack_plain(each.site, [each]))


def _remembering(site: str, observations: Iterable[Observation]) -> SiteMemory:
    """Return the memory of the observations of the smallest ranks: of each template, then of the site."""
    chosen: list[Observation] = []
    of_template: Counter[int] = Counter()

    for each in sorted(observations, key=_rank_in_sample):
        has_room = len(chosen) < SITE_ARTICLES
        if has_room and of_template[each.template] < TEMPLATE_ARTICLES:
            of_template[each.template] += 1
            chosen.append(each)

    chosen.sort(key=lambda each: each.template)  # stable: by rank within a template
    return SiteMemory(site, tuple(_iter_with_excerpts(chosen)))


def _rank_in_sample(each: Observation) -> tuple[int, int]:
    return rank_of(each.article, each.day), each.article


def _iter_with_excerpts(observations: list[Observation]) -> Iterator[Observation]:
    """Yield the observations with excerpts of text on several articles, and no others."""
    texts, paths, values = _Excerpts(), _Excerpts(), _Excerpts()
    for article in observations:
        texts.add({each.text: each.excerpt for each in article.texts})
        paths.add({each.container: each.path for each in article.containers})
        values.add({each.value: each.excerpt for each in article.values})

    common = texts.common(), paths.common(), values.common()
    return (article.with_excerpts(*common) for article in observations)


class _Excerpts:
    """Excerpts by hash, and how many articles have each."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._excerpts: dict[int, str] = {}

    def add(self, article: dict[int, str]) -> None:
        """Take the excerpts of one article; of different ones with a hash, the first by alphabet counts."""
        self._counts.update(article.keys())
        for key, excerpt in article.items():
            if excerpt:
                self._excerpts[key] = min(self._excerpts.get(key, excerpt), excerpt)

    def common(self) -> dict[int, str]:
        """Return the excerpts that at least EXCERPT_ARTICLES articles have."""
        return {
            key: excerpt
            for key, excerpt in self._excerpts.items()
            if self._counts[key] >= EXCERPT_ARTICLES
        }
