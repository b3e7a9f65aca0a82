"""The arguments of `newsspider watch add`, checked."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from newsspider.errors import UsageError
from newsspider.notifying.targets import Target, read_target
from newsspider.store.search.tsvector import is_searchable
from newsspider.store.search.words import join_words
from newsspider.text import show_text
from newsspider.urls import check_url, site_of

NAME = re.compile(r"\w[\w .-]{0,59}")  # names are shown in lines and typed in commands
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")


def check_name(name: str) -> str:
    """Return the name of a watch.

    Raises:
        UsageError: it can't be shown in a line or typed in a command.
    """
    if not NAME.fullmatch(name):
        expected = "letters, digits, spaces, . - _; at most 60"
        raise UsageError(f"{show_text(name)!r}: not a name for a watch ({expected})")
    return name


def check_words(words: Sequence[str]) -> str:
    """Return the words of a search as one text.

    Raises:
        UsageError: they contain nothing to search for.
    """
    query = show_text(join_words(words)).strip()
    if not is_searchable(query):
        raise UsageError(f"{show_text(' '.join(words))!r}: no words to search for")
    return query


def read_targets(given: Sequence[str]) -> Iterator[Target]:
    """Yield the targets of a watch, without repetitions.

    Raises:
        UsageError: one of them is not a target, or names several recipients.
    """
    targets = {target.url: target for target in map(read_target, given)}
    for target in targets.values():
        if target.recipients > 1:
            raise UsageError(
                f"{target.name}: names {target.recipients} recipients; give each its own --to,"
                " so that a failure for one does not repeat the message to the others"
            )

    yield from targets.values()


def read_site(given: str) -> str:
    """Return the registered domain of a site.

    Raises:
        UsageError: it is not one.
    """
    try:
        site = site_of(check_url(given))
    except ValueError:
        site = None

    if not site:
        raise UsageError(f"--site {show_text(given)}: not a site (expected herald.example)")
    return site


def check_language(given: str) -> str:
    """Return the code of a language.

    Raises:
        UsageError: it is not one.
    """
    if not LANGUAGE.fullmatch(given):
        raise UsageError(f"--language {show_text(given)}: not a language code (expected en, pt-BR)")
    return given


def check_day(given: str) -> str:
    """Return a day as in records.

    Raises:
        UsageError: it is not YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise UsageError(f"{given}: not a day (expected YYYY-MM-DD)") from error
