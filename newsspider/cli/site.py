"""`newsspider site`: what the database remembers of a site's pages, and forgetting it."""

import json
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from newsspider.cli.options.common import Database, open_existing
from newsspider.errors import UsageError
from newsspider.site_memory.memory import SiteMemory
from newsspider.site_memory.telling import RepeatedText, RepeatedValue, Template, Told, tell
from newsspider.store.store import Store
from newsspider.text import count_of, show_text

FORGET = "forget"
SHOWN = 15  # texts and values; --json has all
INDENT = "  "


def site(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[forget] [SITE]",
            help="A registered domain, such as herald.example; with `forget`, delete its memory.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the memory as one JSON object.")
    ] = False,
) -> None:
    """Print what crawls have learnt of a site: the text that it repeats, and where its articles have their text.

    A crawl remembers a sample of a site's articles. The next crawl drops text that at least five
    other articles repeat in the same place, such as "Follow us on Telegram". Without a SITE, the
    command lists all sites that are remembered.

    After a redesign, the memory follows by itself. `newsspider site forget SITE` deletes it at
    once; the next crawl learns it anew. See docs/howto/site-memory.md.

    For example:

    ```
    newsspider site
    newsspider site herald.example
    newsspider site herald.example --json | jq '.texts[0]'
    newsspider site forget herald.example
    ```
    """
    forgets = bool(words) and words is not None and words[0] == FORGET
    names = list(words or ())[forgets:]
    if len(names) > 1 or (forgets and not names):
        raise UsageError(f"{' '.join(words or ())}: expected one site, such as herald.example")

    with open_existing(database) as store:
        if forgets:
            _forget(store, names[0])
        elif names:
            told = tell(_read(store, names[0]))
            line = json.dumps(told.to_dict(), ensure_ascii=False)
            sys.stdout.writelines(
                f"{each}\n" for each in ([line] if as_json else _iter_lines(told))
            )
        else:
            _list(store, as_json=as_json)


def _read(store: Store, name: str) -> SiteMemory:
    """Return a site's memory.

    Raises:
        UsageError: there is none.
        SiteMemoryError: it is damaged, or another version wrote it.
    """
    stored = store.site_memory(name)
    if stored is None:
        raise UsageError(
            f"{name}: {store.name} remembers nothing of it; `newsspider site` lists the sites"
        )
    return SiteMemory.from_bytes(stored.content)


def _forget(store: Store, name: str) -> None:
    """Delete a site's memory.

    Raises:
        UsageError: there is none.
    """
    if not store.forget_site(name):
        raise UsageError(f"{name}: {store.name} remembers nothing of it")
    sys.stderr.write(f"forgot what {show_text(name)} repeats; the next crawl learns it anew\n")


def _list(store: Store, *, as_json: bool) -> None:
    """Print the sites that are remembered."""
    is_empty = True
    for stored in store.site_memories():
        is_empty = False
        row = {
            "site": stored.site,
            "state": stored.state,
            "articles": stored.articles,
            "changed_at": stored.changed_at,
        }
        line = f"{stored.site}: {count_of(stored.articles, 'article')}, changed {stored.changed_at[:10]}"
        sys.stdout.write(f"{json.dumps(row) if as_json else show_text(line)}\n")

    if is_empty:
        sys.stderr.write(
            f"{store.name} remembers no site; crawls with NEWSSPIDER_SITE_MEMORY=1 learn\n"
        )


def _iter_lines(told: Told) -> Iterator[str]:
    """Yield the lines about a site."""
    yield f"{told.site}: {count_of(told.articles, 'article')} remembered (state {told.state})"
    yield "where articles have their text:"
    yield from (f"{INDENT}{_line_of_template(each)}" for each in told.templates)
    if told.texts:
        yield "text that repeats (articles; how many times it read like body):"

    yield from _first_lines([_line_of_text(each, told) for each in told.texts])
    if told.values:
        yield "values that repeat (articles):"

    yield from _first_lines([_line_of_value(each) for each in told.values])
    new = [each for each in told.templates if each.is_new]
    yield from (
        f"changed lately: since {each.first_day}, articles have their text in {each.container}"
        for each in new
    )


def _first_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the first lines, and how many there are beyond."""
    yield from (f"{INDENT}{show_text(line)}" for line in lines[:SHOWN])
    if more := len(lines) - SHOWN:
        yield from [f"{INDENT}({more} more: --json has all)"] * (more > 0)


def _line_of_template(template: Template) -> str:
    """Return a template in words."""
    days = f", {template.first_day} to {template.last_day}" if template.first_day else ""
    wrapper = ", nothing but body in nearly all (wrapper)" if template.has_wrapper else ""
    articles = count_of(template.articles, "article")
    return show_text(f"{template.container}: {articles}{days}{wrapper}")


def _line_of_text(repeated: RepeatedText, told: Told) -> str:
    """Return a repeated text in words."""
    return f"{repeated.articles:3} of {told.articles} ({repeated.kept})  {repeated.text!r} in {repeated.container}"


def _line_of_value(repeated: RepeatedValue) -> str:
    """Return a repeated value in words."""
    return f"{repeated.articles:3}  {repeated.field}: {repeated.value}"
