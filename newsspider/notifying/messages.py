"""The messages of a watch: digests of new articles as text, Markdown or JSON.

Titles and texts were written by strangers. They must not move a cursor, become markup or call people in a chat.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from newsspider.markdown_text import escape, escape_openings
from newsspider.record import ArticleRecord
from newsspider.store.search.words import excerpt, words_pattern
from newsspider.store.watches import Watch
from newsspider.text import clean_text, count_of, show_text, squash
from newsspider.urls import is_web_url

Form = Literal["text", "markdown", "json"]
FORMS: tuple[Form, ...] = get_args(Form)
EXCERPT_CHARS = 200  # around the first match
LISTED = 50  # articles listed in a text or Markdown message; the others are counted
LISTED_JSON = 500  # articles in a JSON message; more articles make more messages
BLANK_LINE = "\n\n"
MINUTE = len("2026-03-24T10:00")
JSON_FIELDS = (
    "url", "site", "title", "description", "authors", "published", "modified", "first_seen", "section", "language",
    "publisher", "word_count", "is_free", "duplicate_of",
)  # fmt: skip
# Chat services notify everyone for @everyone or <!channel>; a word joiner makes them plain text.
_CALL = re.compile(r"(?<!\w)@(?=\w)|<(?=[@!#])")
_WORD_JOINER = "\u2060"
_NOT_IN_LINK = {ord(character): f"%{ord(character):02X}" for character in " <>()[]\\"}


@dataclass(frozen=True)
class Message:
    """A message to a target.

    Attributes:
        title: a line.
        body: in its form.
        form: text, markdown or json.
        is_alert: whether it reports a problem.
    """

    title: str
    body: str
    form: Form = "text"
    is_alert: bool = False


def most_listed(form: str) -> int:
    """Return the maximum number of articles in a message of a form."""
    return LISTED_JSON if form == "json" else LISTED


def write_message(
    watch: Watch, records: Sequence[ArticleRecord], number: int, max_chars: int
) -> Message:
    """Return the message about new articles.

    Args:
        watch: the watch that found them.
        records: the newest of them.
        number: number of new articles.
        max_chars: maximum length for the target; JSON is never cut.
    """
    title = f"{watch.name}: {count_of(number, 'new article')}"
    if watch.form == "json":
        return Message(title, _as_json(watch, records, number), "json")
    form: Form = "markdown" if watch.form == "markdown" else "text"
    pattern = words_pattern(watch.words)
    write = _as_markdown if form == "markdown" else _as_text
    entries = (write(record, pattern) for record in records)
    return Message(title, _join_entries(entries, number, max_chars), form)


def _join_entries(entries: Iterable[str], number: int, max_chars: int) -> str:
    """Return the entries that fit, at least a part of the first, and the number of the others."""
    room = max_chars - len(_more(number))
    kept: list[str] = []
    for entry in entries:
        shown = entry if kept else entry[: max(0, room)]
        room -= len(shown) + len(BLANK_LINE)
        if kept and room < 0:
            break
        kept.append(shown)
    left = number - len(kept)
    return BLANK_LINE.join([*kept, *([_more(left)] if left else [])])


def _more(number: int) -> str:
    """Return the line that counts the articles that are not listed."""
    return f"… and {number} more in the store"


def _as_text(record: ArticleRecord, pattern: str) -> str:
    """Return an article as lines: title, site and time, address, excerpt."""
    lines = (_title(record), _origin(record), _address(record), _excerpt(record, pattern))
    return "\n".join(line for line in lines if line)


def _as_markdown(record: ArticleRecord, pattern: str) -> str:
    """Return the same lines as Markdown, with the title as a link."""
    title, address = escape(_title(record)), _address(record)
    link = f"[{title}]({address.translate(_NOT_IN_LINK)})" if is_web_url(address) else title
    lines = (f"**{link}**", escape(_origin(record)), escape(_excerpt(record, pattern)))
    return escape_openings("  \n".join(line for line in lines if line))


def _as_json(watch: Watch, records: Sequence[ArticleRecord], number: int) -> str:
    """Return a JSON object on one line."""
    pattern = words_pattern(watch.words)
    rows = [
        {
            **_values(record),
            "excerpt": clean_text(excerpt(squash(record.body or ""), pattern, EXCERPT_CHARS)),
        }
        for record in records
    ]
    told = {"watch": watch.name, "words": watch.words, "new": number, "articles": rows}
    return json.dumps(told, ensure_ascii=False)


def _values(record: ArticleRecord) -> dict[str, Any]:
    """Return the values of JSON_FIELDS."""
    values = record.to_dict()
    return {name: values[name] for name in JSON_FIELDS}


def _title(record: ArticleRecord) -> str:
    return _plain(record.title or "(no title)")


def _origin(record: ArticleRecord) -> str:
    """Return where and when an article was published."""
    moment = (record.published or "")[:MINUTE].replace("T", " ")
    return ", ".join(_plain(each) for each in (record.site, moment) if each)


def _address(record: ArticleRecord) -> str:
    return show_text(squash(record.url or record.source or ""))


def _excerpt(record: ArticleRecord, pattern: str) -> str:
    return _plain(excerpt(squash(record.body or ""), pattern, EXCERPT_CHARS))


def _plain(text: str) -> str:
    r"""Return a stranger's text as one line without calls such as @everyone.

    >>> _plain("Ferry\nback @everyone <!channel> desk@you.example").replace("\u2060", "~")
    'Ferry back @~everyone <~!channel> desk@you.example'
    """
    return _CALL.sub(lambda found: found[0] + _WORD_JOINER, show_text(squash(text)))
