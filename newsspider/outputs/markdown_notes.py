"""A record as a Markdown note with YAML front matter, for Obsidian, Hugo and Quarto."""

import json
import re

from newsspider.markdown_text import escape, escape_closing, escape_openings
from newsspider.record import FIELDS, ArticleRecord

# In the order of a note's front matter; fields without a value are left out.
_NOTED = [each for each in FIELDS if each.note is not None]
FRONT_MATTER = tuple(each.name for each in sorted(_NOTED, key=lambda each: each.note or 0))
# JSON's strings are YAML's, except for YAML's other line ends and forbidden characters.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def render_markdown(record: ArticleRecord) -> str:
    """Return the note: front matter, the title as its heading, the body."""
    values = record.to_dict()
    given = [name for name in FRONT_MATTER if values[name] not in (None, [], {})]
    lines = [f"{name}: {_as_yaml(values[name])}" for name in given]

    body = record.body_markdown or escape_openings(escape(record.body or ""))

    if record.title:
        title = " ".join(record.title.split())
        body = f"# {escape_closing(escape(title))}\n\n{body}"

    return "\n".join(["---", *lines, "---", "", body.rstrip(), ""])


def _as_yaml(value: object) -> str:
    r"""Return a value in YAML's flow style, which is almost JSON.

    >>> print(_as_yaml("Ferry: \"back\"\u2028"))
    "Ferry: \"back\"\u2028"
    """
    return _NOT_IN_YAML.sub(
        lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False)
    )
