"""A record as a Markdown note with YAML front matter, as Obsidian, Hugo and Quarto read it."""

import json
import re

from newsspider.markdown_text import escape, escape_closing, escape_openings
from newsspider.record import FIELDS, ArticleRecord

# In the order in which they stand at the top of a note; fields without a value are left out.
FRONT_MATTER = tuple(each.name for each in sorted(FIELDS, key=lambda each: each.note or 0) if each.note is not None)
# JSON's strings are YAML's but for what YAML takes as line ends or does not take at all.
_NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def render_markdown(record: ArticleRecord) -> str:
    """Return the note: front matter, the title as its heading, the body."""
    values = record.to_dict()
    lines = [f"{name}: {_as_yaml(values[name])}" for name in FRONT_MATTER if values[name] not in (None, [], {})]
    heading = f"# {escape_closing(escape(' '.join(record.title.split())))}\n\n" if record.title else ""
    body = record.body_markdown or escape_openings(escape(record.body or ""))
    return "\n".join(["---", *lines, "---", "", f"{heading}{body}".rstrip(), ""])


def _as_yaml(value: object) -> str:
    r"""Return a value in YAML's flow style, which JSON nearly is.

    >>> print(_as_yaml("Ferry: \"back\"\u2028"))
    "Ferry: \"back\"\u2028"
    """
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
