"""A record as a small card in HTML, for notebooks."""

from collections.abc import Iterable, Iterator
from html import escape

from newsspider.text import show_text
from newsspider.urls import is_web_url

SHOWN_PARAGRAPHS = 3


def _linked(heading: str, url: str | None) -> str:
    if url and is_web_url(url):
        return f'<a href="{_escaped(url)}" rel="noopener noreferrer">{heading}</a>'
    return heading


def render_card(
    *,
    title: str | None,
    url: str | None,
    byline: Iterable[str | None],
    notice: str | None,
    text: str | None,
) -> str:
    """Return the card: linked title, line of authors and dates, notice, beginning of the text.

    Everything is escaped, and nothing is loaded from elsewhere: no pictures, styles or scripts.

    >>> render_card(title="<b>Ferry", url="js:x", byline=["Ann Lee"], notice=None, text=None)
    '<article><strong>&lt;b&gt;Ferry</strong><br><small>Ann Lee</small></article>'
    """
    heading = _linked(_escaped(title or "(no title)"), url)
    parts = [f"<strong>{heading}</strong>"]

    line = " · ".join(_escaped(each) for each in byline if each)

    if line:
        parts.append(f"<br><small>{line}</small>")

    if notice:
        parts.append(f"<br><em>{_escaped(notice)}</em>")

    parts += _iter_paragraphs(text or "")
    return f"<article>{''.join(parts)}</article>"


def _iter_paragraphs(text: str) -> Iterator[str]:
    """Yield the first paragraphs of a text, and the number of the others."""
    paragraphs = text.split("\n\n") if text else []
    yield from (f"<p>{_escaped(each)}</p>" for each in paragraphs[:SHOWN_PARAGRAPHS])
    if (more := len(paragraphs) - SHOWN_PARAGRAPHS) > 0:
        yield f"<p>… ({more} more paragraphs)</p>"


def _escaped(text: str) -> str:
    return escape(show_text(text))
