"""A record as a small card in HTML, for notebooks."""

from collections.abc import Iterable
from html import escape

from newsspider.text import show_text
from newsspider.urls import is_web_url

SHOWN_PARAGRAPHS = 3


def render_card(
    *, title: str | None, url: str | None, byline: Iterable[str | None], notice: str | None, text: str | None
) -> str:
    """Return the card: a title that links to the page, a line of authors and dates, a notice, the text's beginning.

    Everything is escaped, and nothing is loaded: no pictures, styles or scripts from elsewhere.

    >>> render_card(title="<b>Ferry", url="javascript:x", byline=["Ann Lee", None], notice=None, text=None)
    '<article><strong>&lt;b&gt;Ferry</strong><br><small>Ann Lee</small></article>'
    """
    heading = _escaped(title or "(no title)")
    if url and is_web_url(url):
        heading = f'<a href="{_escaped(url)}" rel="noopener noreferrer">{heading}</a>'

    parts = [f"<strong>{heading}</strong>"]
    if told := " · ".join(_escaped(each) for each in byline if each):
        parts.append(f"<br><small>{told}</small>")
    if notice:
        parts.append(f"<br><em>{_escaped(notice)}</em>")

    paragraphs = text.split("\n\n") if text else []
    parts += [f"<p>{_escaped(paragraph)}</p>" for paragraph in paragraphs[:SHOWN_PARAGRAPHS]]
    if len(paragraphs) > SHOWN_PARAGRAPHS:
        parts.append(f"<p>… ({len(paragraphs) - SHOWN_PARAGRAPHS} more paragraphs)</p>")

    return f"<article>{''.join(parts)}</article>"


def _escaped(text: str) -> str:
    return escape(show_text(text))
