"""Find the address of an img element; detect logos, icons and a site's default image."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from lxml import etree

from newsspider.urls import absolute_url

# Attributes of scripts that load images late; src then has a placeholder.
LATE_ATTRIBUTES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "data-img-src",
)
SET_ATTRIBUTES = ("srcset", "data-srcset", "data-lazy-srcset")
MAX_CHARS = 4_000  # of an attribute; longer ones hold the image itself
STAND_IN_WORDS = frozenset(
    "blank placeholder spacer transparent pixel lazy loading 1x1 empty".split()
)
# Words of a file's name that show that it isn't a picture of the article.
LOGO_WORDS = frozenset(
    """
    logo logos default placeholder fallback favicon noimage nopicture dummy avatar gravatar loader
    lightbox icon icons sprite spacer blank pixel emoji badge brand branding sitelogo touchicon
""".split()
)
DEFAULT_NAMES = re.compile(
    r"(?:og|opengraph|facebook|fb|twitter|social|site|share|sharing)[-_ ]?"
    r"(?:image|img|share|sharing|card|logo|default)?(?:[-_ ]?\d+(?:x\d*)?)?",
    re.I,
)
# Of readers' portraits and moods.
_FOLDERS = re.compile(r"/(?:avatars?|gravatar|smil(?:ies|eys)|emojis?|emoticons?)/")
MAX_LOGO_WORDS = 4  # of a logo's file name; "new-logo-on-the-tower-of-a-bank" is a picture
SMALL_SIDE = 200  # pixels of both sides in an address; smaller ones are portraits and icons
_SIDES = re.compile(r"(\d{2,4})x(\d{2,4})(?!\d)")
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN_CANDIDATES = re.compile(r",\s+|(?<=[wx]),")  # of a srcset
_SIZE = re.compile(r"\s(\d{1,5})(?:\.\d{1,4})?[wx]$")


def image_address(image: etree._Element, base: str | None) -> str | None:
    """Return an img element's absolute address: the late-loaded one, the largest of a set.

    Or None.
    """
    found = (absolute_url(each, base) for each in _iter_written(image) if len(each) <= MAX_CHARS)
    for each in found:
        if each and not _is_stand_in(each):
            return each

    return None


def _iter_written(image: etree._Element) -> Iterator[str]:
    """Yield the addresses that an img element and the sources beside it have."""
    for name in (*LATE_ATTRIBUTES, "src"):
        if written := image.get(name):
            yield (largest_of_set(written) or "") if _SIZE.search(written) else written

    above = image.getparent()
    candidates = [image]
    if above is not None and above.tag == "picture":
        candidates += above.iterchildren("source")

    for element in candidates:
        for name in SET_ATTRIBUTES:
            if largest := largest_of_set(element.get(name)):
                yield largest


def largest_of_set(written: str | None) -> str | None:
    """Return the address of the largest image of a srcset.

    >>> largest_of_set("/a.jpg 480w, /b.jpg 1200w, /c.jpg 800w")
    '/b.jpg'
    """
    if not written or len(written) > MAX_CHARS:
        return None

    candidates = filter(None, map(str.strip, _BETWEEN_CANDIDATES.split(written)))
    largest = max(candidates, key=_size_of, default="")
    return next(iter(largest.split()), None)


def _size_of(candidate: str) -> int:
    """Return the width or density of a srcset's candidate, 0 for none."""
    size = _SIZE.search(candidate)
    return int(size[1]) if size else 0


@lru_cache(maxsize=1024)
def is_no_picture(address: str) -> bool:
    """Whether a file's name says that it is a logo, an icon or the site's default image.

    >>> [is_no_picture(f"https://h.example/{name}")
    ...  for name in ("img/og_default.png", "logo-new.svg", "ferry.jpg")]
    [True, True, False]
    """
    name = file_name(address)
    stem, _, suffix = name.rpartition(".")
    words = [word.lower() for word in _WORDS.findall(_CAMEL.sub("-", stem)) if word.isalpha()]
    is_logo = (
        any(word in LOGO_WORDS or word.endswith("logo") for word in words)
        and len(words) <= MAX_LOGO_WORDS
    )
    sides = _SIDES.search(address[:MAX_CHARS])

    if sides:
        is_small = max(map(int, sides.groups())) <= SMALL_SIDE
    else:
        is_small = False

    is_of_reader = _FOLDERS.search(address, 0, MAX_CHARS) is not None
    return (
        suffix.lower() in ("svg", "ico")
        or is_of_reader
        or is_logo
        or is_small
        or bool(DEFAULT_NAMES.fullmatch(stem))
    )


@lru_cache(maxsize=1024)  # the same few addresses are compared with each other
def file_name(address: str) -> str:
    """Return the last part of an address's path."""
    try:
        return unquote(urlsplit(address).path.rstrip("/").rpartition("/")[2])
    except ValueError:
        return ""


def same_picture(one: str, other: str) -> bool:
    """Whether two addresses are probably of one picture: only size, host or query differ."""
    return one == other or (len(stem := _stem(one)) >= MIN_STEM and stem == _stem(other))


MIN_KEY = 16  # characters of a file's name, which no two pictures of an article share by chance
MIN_STEM = 6  # characters; "1.jpg" and "image.jpg" are many pictures
_SIZES_IN_NAME = re.compile(
    r"[-_]?\d{2,4}x\d{2,4}|[-_](?:scaled|large|medium|small|thumb|crop|w?\d{3,4})$", re.I
)


def picture_key(address: str) -> str:
    """Return the part that a picture's addresses share: a long file name, or all of it."""
    stem = _stem(address)
    if len(stem) >= MIN_KEY:
        return stem

    return address


def _stem(address: str) -> str:
    return _SIZES_IN_NAME.sub(
        "", file_name(address).rpartition(".")[0] or file_name(address)
    ).lower()


def _is_stand_in(address: str) -> bool:
    words: Iterator[str] = (word.lower() for word in _WORDS.findall(file_name(address)))
    return any(word in STAND_IN_WORDS for word in words)
