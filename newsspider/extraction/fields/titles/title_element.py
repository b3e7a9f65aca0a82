"""The element of a page's HTML that has the title of its record."""

from newsspider.extraction.fields.titles.site_names import plain
from newsspider.pages.page import Page

# Pages repeat the title in lower headings, and the title element has the site's name, too.
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "title")


def find_title_element(page: Page, title: str | None) -> str | None:
    """Return the tag of the heading or title element that has a title; None for another place.

    An element with the title alone is found before one with other text beside it.
    """
    letters = plain(title or "")
    if not letters:
        return None

    texts = [
        (tag, plain("".join(element.itertext())))
        for tag in HEADINGS
        for element in page.tree.iter(tag)
    ]
    alone = (tag for tag, text in texts if text == letters)
    beside = (tag for tag, text in texts if letters in text)

    return next(alone, None) or next(beside, None)
