"""All fields of a page: each finder once, in the order in which one needs another's answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from newsspider.extraction.cutting.blocks import CutPage
from newsspider.extraction.declared.metadata import Found, Metadata
from newsspider.extraction.fields.about import (
    find_description,
    find_image,
    find_publisher,
    find_tags,
)
from newsspider.extraction.fields.access import find_is_free
from newsspider.extraction.fields.authors.agencies import find_agencies
from newsspider.extraction.fields.authors.page_authors import find_authors
from newsspider.extraction.fields.dates.page_dates import find_dates
from newsspider.extraction.fields.genre import find_genre
from newsspider.extraction.fields.language import find_language
from newsspider.extraction.fields.opening import find_opening
from newsspider.extraction.fields.pictures.page_pictures import find_pictures, find_shown
from newsspider.extraction.fields.rights import find_rights
from newsspider.extraction.fields.section import find_section
from newsspider.extraction.fields.titles.declared_titles import (
    find_alternative_title,
    read_declared_titles,
)
from newsspider.extraction.fields.titles.page_title import find_title, title_disagreement
from newsspider.extraction.verdicts import Verdict
from newsspider.pages.page import Page


@dataclass(frozen=True, slots=True)
class Fields:
    """What the finders found by the record's field names, and what a careful reader should know of it."""

    found: dict[str, Found]
    warnings: tuple[str, ...]


def find_fields(
    page: Page, metadata: Metadata, cut: CutPage, verdicts: Sequence[Verdict] = ()
) -> Fields:
    """Find every field of a page that was cut into blocks.

    Args:
        page: the page.
        metadata: what it says of itself.
        cut: its blocks.
        verdicts: which of them are the article's text; none where nothing was judged.
    """
    declared = read_declared_titles(page, metadata)
    title = find_title(page, metadata, cut, declared)
    headline = title.value if title else None
    kept = [verdict.block for verdict in verdicts if verdict.kept]
    language = find_language(page, metadata, cut)
    opening = find_opening(cut, headline)
    authors = find_authors(page, metadata, opening, headline)
    dates = find_dates(page, metadata, opening, language.value if language else None)
    people = authors.names.value if authors.names else ()
    section = find_section(page, metadata, opening, headline, people)
    shown = find_shown(page, opening, kept, people)
    image = find_image(page, metadata, [each.picture["url"] for each in shown])
    found = {
        "title": title,
        "alternative_title": find_alternative_title(declared, headline),
        "description": find_description(metadata),
        "section": section,
        "tags": find_tags(metadata, opening, headline),
        "language": language,
        "genre": find_genre(metadata, opening, title, section, kept),
        "image": image,
        "images": find_pictures(page, metadata, shown, image),
        "publisher": find_publisher(page, metadata, headline, declared.site),
        "rights": find_rights(page, metadata, cut),
        "authors": authors.names,
        "author_urls": authors.urls,
        "agencies": find_agencies(metadata, authors, verdicts, page.url),
        "published": dates.published,
        "modified": dates.modified,
        "is_free": find_is_free(metadata),
    }
    warnings = (*title_disagreement(headline, metadata), *dates.warnings)
    return Fields({name: value for name, value in found.items() if value is not None}, warnings)
