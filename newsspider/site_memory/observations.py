"""The observation of one article page, small enough to be kept: hashes of texts, containers and values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

# Of a text's hash; five pages must agree before it counts, so that collisions do no harm
TEXT_BITS = 24
MAX_WORDS = 63  # words of a text are counted up to here
MAX_CONTAINER_WORDS = 255
EXCERPT_CHARS = 60


class SeenText(NamedTuple):
    """A block's text on one page.

    Attributes:
        text: hash of the normalised text.
        container: hash of its container's path.
        kept: whether the model kept it, without any memory.
        sure: whether the model was sure of that.
        words: number of words, at most MAX_WORDS.
        excerpt: the beginning of the normalised text; "" where it isn't known.
    """

    text: int
    container: int
    kept: bool
    sure: bool
    words: int
    excerpt: str = ""


class SeenContainer(NamedTuple):
    """A container on one page: the words kept and dropped in it, each at most MAX_CONTAINER_WORDS.

    `path` is its tags and names, such as "div.article-body > p"; "" where it isn't known.
    """

    container: int
    kept: int
    dropped: int
    path: str = ""


class SeenValue(NamedTuple):
    """A value of a record's field on one page: its hash, and its beginning ("" where it isn't known)."""

    field: str
    value: int
    excerpt: str = ""


_Seen = TypeVar("_Seen", SeenText, SeenContainer, SeenValue)


@dataclass(frozen=True, slots=True)
class Observation:
    """The knowledge from one article page about its site.

    Attributes:
        site: the registered domain.
        template: hash of the page's structure, 32 bits.
        article: hash of the article's address, 64 bits.
        day: days since 1970 of when it was fetched, else published; 0 where neither is known.
        texts: in document order, each pair of text and container once.
        containers: sorted by hash, each once.
        values: sorted, each once.
    """

    site: str
    template: int
    article: int
    day: int
    texts: tuple[SeenText, ...] = ()
    containers: tuple[SeenContainer, ...] = ()
    values: tuple[SeenValue, ...] = ()

    def with_excerpts(
        self, texts: Mapping[int, str], paths: Mapping[int, str], values: Mapping[int, str]
    ) -> "Observation":
        """Return the observation with the given excerpts by hash, and no others."""
        return Observation(
            self.site,
            self.template,
            self.article,
            self.day,
            tuple(_showing(each, texts.get(each.text, "")) for each in self.texts),
            tuple(_showing(each, paths.get(each.container, "")) for each in self.containers),
            tuple(_showing(each, values.get(each.value, "")) for each in self.values),
        )


def _showing(seen: _Seen, shown: str) -> _Seen:
    """Return a row with an excerpt or a path, its last value; most rows have it already.

    A memory has ten thousand rows, and `_replace` takes three times as long.
    """
    return seen if seen[-1] == shown else tuple.__new__(type(seen), (*seen[:-1], shown))


def hash_text(normalised: str) -> int:
    """Return the hash of a normalised text, TEXT_BITS long."""
    return _hash(normalised, TEXT_BITS // 8)


@lru_cache(maxsize=4096)
def hash_path(path: str) -> int:
    """Return the hash of a container's path, 32 bits."""
    return _hash(path, 4)


def hash_value(value: str) -> int:
    """Return the hash of a field's value, 32 bits."""
    return _hash(value, 4)


def hash_address(address: str) -> int:
    """Return the hash of an article's address, 64 bits: the `article` of its observation."""
    return _hash(address, 8)


def _hash(text: str, size: int) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=size).digest()
    return int.from_bytes(digest, "big")
