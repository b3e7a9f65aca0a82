"""Find articles in application state: typed paragraphs, strings with markup, similar strings."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from newsspider.extraction.evidence.phrases import is_teaser_line
from newsspider.extraction.markup_text import read_markup
from newsspider.extraction.page_state.decoding import decode_text
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
_HEADLINE_KEYS = ("headline", "title", "headlines")


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
        headlines = {headline for headline, _ in texts}
        if any(path[:end] in lists for end in range(len(path) + 1)):
            continue

        # More of them: descriptions of several articles.
        if len(headlines) <= max(1, len(texts) // 2):
            yield FoundText(
                _without_teasers(dict.fromkeys(text for _, text in texts)), texts[0][0], False
            )


def _iter_values(state: Any) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """Yield (keys, headline around it, value) of each string and list, in document order."""
    waiting: list[tuple[tuple[str, ...], str, Any]] = [((), "", state)]
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
        elif isinstance(value, dict | list):
            if id(value) in seen:
                continue

            seen.add(id(value))
            if isinstance(value, list):
                yield path, headline, value
                waiting += [(path, headline, inner) for inner in reversed(value)]
            elif not is_other(value, OTHER_PLACES):
                headline = _headline_of(value) or headline
                waiting += [
                    ((*path[-MAX_KEYS:], key), headline, inner)
                    for key, inner in reversed(value.items())
                    if words_of(key).isdisjoint(OTHER_PLACES)
                ]


def _link_entities(state: Any) -> None:
    """Put the entities of a normalised store (Apollo) in the places that refer to them."""
    holders, entities = _gather_entities(state)
    if not entities:
        return

    for holder in holders:
        items = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for key, value in list(items):
            target = _reference_in(value)
            if target in entities:
                holder[key] = entities[target]


def _reference_in(value: Any) -> str | None:
    """Return the key of the entity that a value refers to; None if it isn't a reference."""
    if not isinstance(value, dict) or len(value) >= 5:
        return None

    target = value.get("__ref") or value.get("id")
    if isinstance(target, str) and (len(value) == 1 or value.get("type") == "id"):
        return target

    return None


def _gather_entities(state: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the lists and dicts of a state, and its entities by key, such as "Article:17"."""
    holders: dict[int, Any] = {}
    entities: dict[str, Any] = {}
    waiting = [state] if isinstance(state, dict | list) else []

    while waiting and len(holders) < MAX_NODES:
        value = waiting.pop()
        if id(value) in holders:
            continue

        holders[id(value)] = value
        if isinstance(value, list):
            waiting += [each for each in value if isinstance(each, dict | list)]
            continue

        for key, each in value.items():
            if isinstance(each, dict | list):
                waiting.append(each)

            if ":" in key and isinstance(each, dict):
                entities[key] = each

    return list(holders.values()), entities


def _headline_of(value: Mapping[str, Any]) -> str:
    """Return the headline of a value, "" for none."""
    for key in _HEADLINE_KEYS:
        text = value.get(key)
        if isinstance(text, dict):
            text = text.get("basic") or text.get("rendered")

        if isinstance(text, str) and len(text.split()) >= HEADLINE_WORDS:
            return text

    return ""


def _without_teasers(paragraphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in paragraphs if text and not is_teaser_line(text))
