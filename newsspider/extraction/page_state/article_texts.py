"""Find articles in application state: typed paragraphs, strings with markup, similar strings."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsspider.extraction.evidence.phrases import is_teaser_line
from newsspider.extraction.markup_text import read_markup
from newsspider.extraction.page_state.decoding import decode_text
from newsspider.extraction.page_state.flight_data import items_of
from newsspider.extraction.page_state.rich_text import (
    BREAK,
    MIN_PARAGRAPHS,
    OTHER_PLACES,
    BlockReader,
    is_other,
    is_prose,
    words_of,
)

MAX_NODES = 200_000  # values of a state that are looked at
MAX_KEYS = 20  # of the keys that lead to a value; more of them don't distinguish places
HEADLINE_WORDS = 3
MANY_KEYS = 5  # an object with so many is an entity itself, and no reference to one
_HEADLINE_KEYS = ("headline", "title", "headlines")

_Found = tuple[tuple[str, ...], str, Any]  # keys, headline, value


class FoundText(NamedTuple):
    """A text in a state: its paragraphs, its headline ("" for none), whether it is whole."""

    paragraphs: tuple[str, ...]
    headline: str
    whole: bool


def find_texts(state: Any) -> Iterator[FoundText]:
    """Yield the texts that a state holds; the same paragraphs may be in several of them."""
    _link_entities(state)
    reader = BlockReader()
    lists: set[tuple[str, ...]] = set()
    places: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    for path, headline, value in _iter_values(state):
        if isinstance(value, list):
            if found := reader.read_list(value):
                lists.add(path)
                yield FoundText(_without_teasers(found), headline, True)
        elif is_prose(value):
            paragraphs = read_markup(value).split(BREAK)
            if len(paragraphs) >= MIN_PARAGRAPHS:
                yield FoundText(_without_teasers(paragraphs), headline, True)
            else:
                places.setdefault(path, []).append((headline, paragraphs[0]))

    for path, texts in places.items():
        if not _is_below(path, lists) and _are_of_one_article(texts):
            paragraphs = list(dict.fromkeys(text for _, text in texts))
            yield FoundText(_without_teasers(paragraphs), texts[0][0], False)


def _is_below(path: tuple[str, ...], lists: Collection[tuple[str, ...]]) -> bool:
    """Whether a place is in a list that is a text."""
    return any(path[:end] in lists for end in range(len(path) + 1))


def _are_of_one_article(texts: list[tuple[str, str]]) -> bool:
    """Whether strings in like places have few headlines; with more they are teasers."""
    headlines = {headline for headline, _ in texts}
    return len(headlines) <= max(1, len(texts) // 2)


def _iter_values(state: Any) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """Yield (keys, headline around it, value) of each string and list, in document order."""
    waiting: list[_Found] = [((), "", state)]
    seen: set[int] = set()

    for _ in range(MAX_NODES):
        if not waiting:
            return

        path, headline, value = waiting.pop()
        if isinstance(value, str):
            if decoded := decode_text(value):
                waiting.append((path, headline, decoded))
            else:
                yield path, headline, value
        elif isinstance(value, dict | list) and id(value) not in seen:
            seen.add(id(value))
            waiting += reversed(list(_iter_inner(path, headline, value)))
            if isinstance(value, list):
                yield path, headline, value


def _iter_inner(path: tuple[str, ...], headline: str, value: Any) -> Iterator[_Found]:
    """Yield the values in a list or dict, but not those of other parts of a page."""
    if isinstance(value, list):
        for inner in value:
            yield path, headline, inner
    elif not is_other(value, OTHER_PLACES):
        headline = _headline_of(value) or headline
        for key, inner in value.items():
            if words_of(key).isdisjoint(OTHER_PLACES):
                yield (*path[-MAX_KEYS:], key), headline, inner


def _link_entities(state: Any) -> None:
    """Put the entities of a normalised store (Apollo) in the places that refer to them."""
    holders, entities = _gather_entities(state)
    if not entities:
        return

    for holder in holders:
        for key, value in items_of(holder):
            target = _reference_in(value)
            if target in entities:
                holder[key] = entities[target]


def _reference_in(value: Any) -> str | None:
    """Return the key of the entity that a value refers to; None if it isn't a reference."""
    if not isinstance(value, dict) or len(value) >= MANY_KEYS:
        return None

    target = value.get("__ref") or value.get("id")
    is_bare = len(value) == 1 or value.get("type") == "id"
    if is_bare and isinstance(target, str):
        return target

    return None


def _gather_entities(state: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the lists and dicts of a state, and its entities by key, such as "Article:17"."""
    holders: dict[int, Any] = {}
    entities: dict[str, Any] = {}
    waiting = list(filter(_is_holder, (state,)))

    while waiting and len(holders) < MAX_NODES:
        holder = waiting.pop()
        if id(holder) in holders:
            continue

        holders[id(holder)] = holder
        if isinstance(holder, list):
            waiting += filter(_is_holder, holder)
        else:
            waiting += filter(_is_holder, holder.values())
            entities |= _entities_in(holder)

    return list(holders.values()), entities


def _entities_in(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the objects under keys such as "Article:17"."""
    return {key: each for key, each in value.items() if ":" in key and isinstance(each, dict)}


def _is_holder(value: Any) -> bool:
    return isinstance(value, dict | list)


def _headline_of(value: Mapping[str, Any]) -> str:
    """Return the headline of a value, "" for none."""
    texts = (_text_of(value.get(key)) for key in _HEADLINE_KEYS)
    return next((text for text in texts if len(text.split()) >= HEADLINE_WORDS), "")


def _text_of(value: Any) -> str:
    """Return a text, or the one that a content system's object holds; "" for none."""
    if isinstance(value, dict):
        value = value.get("basic") or value.get("rendered")

    if isinstance(value, str):
        return value

    return ""


def _without_teasers(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in paragraphs if text and not is_teaser_line(text))
