"""Find the lead picture and those in the body, with their captions and credits."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from lxml import etree

from newsspider.extraction.cutting.blocks import Block, CutPage, Image
from newsspider.extraction.declared.metadata import Found, JsonNode, Metadata, as_list, as_text
from newsspider.extraction.fields.opening import Opening, is_inside_foreign
from newsspider.extraction.fields.pictures.captions import (
    Caption,
    bare_credit,
    read_caption,
    split_credit,
)
from newsspider.extraction.fields.pictures.image_addresses import (
    image_address,
    is_no_picture,
    picture_key,
    same_picture,
)
from newsspider.pages.page import Page
from newsspider.record import Picture
from newsspider.text import squash
from newsspider.urls import absolute_url

MAX_PICTURES = 60  # of a page; the longest galleries have as many
LINES_ABOVE = 3  # blocks above the headline where its picture may be
LINES_BELOW = 12  # blocks between the headline and the text where it may be otherwise
LEAD_BLOCKS = 2  # of the body, that may be before the lead picture: standfirst and dateline
MAX_HOLDER_BLOCKS = 4  # of a figure: a caption, a credit, a button
MIN_SIZE = 100  # pixels of width or height; smaller ones are icons and portraits of authors
MAX_ALT_CHARS = 500
TEASER_LINKS = 0.5  # of a line's characters in links, from which it leads to another page
NOT_PICTURES = frozenset(
    "avatar author icon logo emoji byline profile gravatar badge share social rating".split()
)
FIGURE_TAGS = frozenset({"figure", "picture", "amp-img"})
FIGURE_NAMES = (
    "figure",
    "image",
    "img",
    "photo",
    "picture",
    "hero",
    "media",
    "thumbnail",
    "featured",
    "foto",
    "bild",
)
# Of an ImageObject.
CREDIT_NAMES = ("creditText", "copyrightNotice", "copyrightHolder", "creator", "author")
_TAG = re.compile(r"<[^<>]{1,200}>")
MAX_LEVELS = 5  # elements around an image that are looked at for its figure


class Shown(NamedTuple):
    """A picture that the page shows, and whether it is above the text."""

    picture: Picture
    leads: bool


def find_pictures(
    page: Page, metadata: Metadata, shown: Sequence[Shown], lead: Found | None
) -> Found | None:
    """Return the lead picture and those in the body, each once.

    Args:
        page: the page.
        metadata: its own metadata.
        shown: the pictures that it shows.
        lead: the record's image; used as the lead picture if the page doesn't show one.
    """
    found = _distinct(shown)
    if lead is None or is_no_picture(lead.value):
        return Found(tuple(found.values()), "markup") if found else None

    address: str = lead.value
    caption = _declared_caption(page, metadata, address)
    if leading := _leading_address(found, shown, address):
        found[leading] = _completed(found[leading], caption)
        return Found(tuple(found.values()), "markup")

    declared = Picture(
        url=address,
        caption=caption.text,
        credit=caption.credit,
        alt=_plain_alt(metadata.first_meta("og:image:alt")),
    )
    return Found((declared, *found.values()), "markup" if found else lead.provenance)


def _distinct(shown: Iterable[Shown]) -> dict[str, Picture]:
    """Return the pictures by address; of several sizes of one picture, the first."""
    once: dict[str, Picture] = {}
    for each in shown:
        once.setdefault(picture_key(each.picture["url"]), each.picture)

    return {picture["url"]: picture for picture in once.values()}


def _leading_address(found: Collection[str], shown: Iterable[Shown], address: str) -> str | None:
    """Return the address of the shown picture that is the record's image, or the lead."""
    same = (url for url in found if same_picture(url, address))
    leading = (each.picture["url"] for each in shown if each.leads)
    return next(chain(same, filter(found.__contains__, leading)), None)


def find_shown(
    page: Page, opening: Opening, kept: Sequence[Block], people: Sequence[str] = ()
) -> list[Shown]:
    """Return the pictures from the headline to the end of the body, in document order.

    Args:
        page: the page.
        opening: where its headline is.
        kept: the blocks of the body.
        people: the authors, whose portraits are left out.
    """
    authors = set(map(str.casefold, people))
    pictures = islice(_iter_shown(page, opening, kept), MAX_PICTURES)
    return [each for each in pictures if (each.picture["alt"] or "").casefold() not in authors]


def _iter_shown(page: Page, opening: Opening, kept: Sequence[Block]) -> Iterator[Shown]:
    cut, headline = opening.page, opening.headline
    numbers = {block.number for block in kept}
    first, last = (kept[0].number, kept[-1].number) if kept else (-1, -1)
    begun = last  # block up to which a picture in the body leads

    if len(kept) > LEAD_BLOCKS:
        begun = kept[LEAD_BLOCKS].number

    for image in cut.shown:
        near = headline - LINES_ABOVE <= image.before <= headline + LINES_BELOW
        leads = headline >= 0 and near and image.before <= first
        if not (leads or first < image.before <= last) or _is_small(image.element):
            continue

        holder, node = _holder_of(cut, image, numbers, headline)
        if _is_another(cut, node, image, numbers) or (leads and not _is_figure(cut, image)):
            continue

        if picture := _picture_of(image.element, holder, page.url):
            yield Shown(picture, leads or image.before <= begun)


def _picture_of(
    image: etree._Element, holder: etree._Element, page_url: str | None
) -> Picture | None:
    """Return an image with its address, alternative text, and the caption in its holder."""
    address = image_address(image, page_url)
    if not address or is_no_picture(address):
        return None

    caption = Caption(None, None)
    if holder is not image:
        caption = read_caption(holder)

    alt = _plain_alt(image.get("alt"))
    return Picture(url=address, caption=caption.text, credit=caption.credit, alt=alt)


def _plain_alt(written: str | None) -> str | None:
    """Return an image's alternative text, without the markup that some editors leave in it."""
    return squash(_TAG.sub(" ", (written or "")[:MAX_ALT_CHARS])) or None


def _is_small(image: etree._Element) -> bool:
    """Whether an image's attributes say that it is an icon or portrait."""
    for name in ("width", "height"):
        size = (image.get(name) or "").removesuffix("px")
        if size.isdecimal() and int(size) < MIN_SIZE:
            return True

    return False


def _holder_of(
    cut: CutPage, image: Image, kept: set[int], headline: int
) -> tuple[etree._Element, int]:
    """Return the largest element with only an image and its caption, and the element's number."""
    nodes = cut.nodes
    node, element = image.node, image.element

    for _ in range(MAX_LEVELS):
        above, around = nodes.parent[node], element.getparent()
        if above < 0 or around is None or nodes.tag[node] == "figure":
            break

        blocks = range(nodes.first[above], nodes.end[above])
        if len(blocks) > MAX_HOLDER_BLOCKS or headline in blocks or not kept.isdisjoint(blocks):
            break

        node, element = above, around

    return element, node


def _is_another(cut: CutPage, node: int, image: Image, kept: set[int]) -> bool:
    """Whether an image is in a teaser, or is an author's or the site's."""
    nodes = cut.nodes
    names = " ".join(nodes.key[each].lower() for each in _iter_up(cut, image.node, node))

    if any(word in names for word in NOT_PICTURES) and "figure" not in nodes.tag[node]:
        return True

    blocks = cut.blocks[nodes.first[node] : nodes.end[node]]
    if any(map(_is_teaser, blocks)) and blocks[0].number not in kept:
        return True

    return is_inside_foreign(cut, node)


def _is_teaser(block: Block) -> bool:
    """Whether a block is a heading or a linked line: the picture beside it leads elsewhere."""
    chars = len(block.text)
    return bool(block.level) or (block.link_chars > TEASER_LINKS * chars and chars > 20)


def _iter_up(cut: CutPage, node: int, last: int) -> Iterator[int]:
    while node > last:
        yield node
        node = cut.nodes.parent[node]

    yield last


def _is_figure(cut: CutPage, image: Image) -> bool:
    """Whether an image beside the headline is in a figure, <picture> or an element named so."""
    around = islice(_iter_around(cut, image.node), MAX_LEVELS)
    return any(_names_figure(cut.nodes.tag[node], cut.nodes.key[node]) for node in around)


def _iter_around(cut: CutPage, node: int) -> Iterator[int]:
    """Yield an element and those around it."""
    while node >= 0:
        yield node
        node = cut.nodes.parent[node]


def _names_figure(tag: str, key: str) -> bool:
    names = key.lower()
    return tag in FIGURE_TAGS or any(word in names for word in FIGURE_NAMES)


def _declared_caption(page: Page, metadata: Metadata, address: str) -> Caption:
    """Return the caption and credit of an image in JSON-LD."""
    declared = [each for each in as_list(metadata.article.get("image")) if isinstance(each, dict)]
    nodes = (*declared, *metadata.by_type.get("ImageObject", ()))
    same = (node for node in nodes if _is_picture_at(node, page, address))
    return next(map(_caption_in, same), Caption(None, None))


def _is_picture_at(node: JsonNode, page: Page, address: str) -> bool:
    """Whether an ImageObject is the picture at an address."""
    written = as_text(node.get("url")) or as_text(node.get("contentUrl"))
    url = absolute_url(written, page.url)
    return url is not None and same_picture(url, address)


def _caption_in(node: JsonNode) -> Caption:
    """Return the caption and credit of an ImageObject."""
    caption = split_credit(as_text(node.get("caption")) or "")
    credits_stated = filter(None, (as_text(node.get(name)) for name in CREDIT_NAMES))
    if credit := next(credits_stated, None):
        return Caption(caption.text, bare_credit(credit))

    return caption


def _completed(picture: Picture, caption: Caption) -> Picture:
    """Return a picture with JSON-LD's caption and credit if the page doesn't print them."""
    if not picture["caption"] and not picture["credit"]:
        return {**picture, "caption": caption.text, "credit": caption.credit}

    return picture
