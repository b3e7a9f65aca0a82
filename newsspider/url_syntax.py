"""The syntax of web addresses: valid hosts, and the usual form of whole addresses.

Two thirds of a page's links have the usual form: nothing in them needs to be split, checked or
resolved. Python takes ten times as long to join or check an address.
"""

import re
import unicodedata

# Only runs of single characters are possessive: Python before 3.11.5 matches possessive groups
# wrongly.
_ORIGIN = r"https?://[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*"
# A path without "." and ".." as steps and without parameters, a query, a fragment
_PLACE = r"/(?!/)(?:[\w~%+,=@:!&$*()'-]++|(?<!/)\.|/)*(?:\?[!-\"$-~]++)?(?:#[!-~]++)?"
_ORIGIN_ALONE = re.compile(_ORIGIN)
_PLACE_ALONE = re.compile(_PLACE, re.ASCII)
_PLAIN = re.compile(f"{_ORIGIN}(?:{_PLACE})?", re.ASCII)
# In lower case up to the path, without query, fragment and characters that may be escaped
_NORMAL = re.compile(
    r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)*/(?!/)(?:[\w~-]++|(?<!/)\.|/)*", re.ASCII
)
# A user name, a host or an IPv6 address in brackets, a port.
_AUTHORITY = re.compile(
    r"(?:[^\s/?#@\\\[\]]*@)?"
    r"(?:\[[0-9a-fA-F:.]+\]|[^\x00-\x20\x7f\s/?#@\\\[\]:%]+)"
    r"(?::\d*)?"
)


def is_plain(url: str) -> bool:
    """Whether this is an absolute web address of the usual form.

    >>> is_plain("https://herald.example/a?b"), is_plain("https://herald.example:80/a")
    (True, False)
    """
    return _PLAIN.fullmatch(url) is not None


def join_plain(base: str, address: str) -> str | None:
    """Return an address joined to its base as `urljoin` does it; None if one is of another form.

    >>> join_plain("https://herald.example/a", "/b"), join_plain("https://herald.example/a", "b")
    ('https://herald.example/b', None)
    """
    if not is_plain(base):
        return None

    if is_plain(address):
        return address

    origin = _ORIGIN_ALONE.match(base)
    return origin[0] + address if origin and _PLACE_ALONE.fullmatch(address) else None


def is_normal(url: str) -> bool:
    """Whether an address of the usual form is equal to its canonical form.

    >>> is_normal("https://herald.example/a"), is_normal("https://herald.example/a?b")
    (True, False)
    """
    return _NORMAL.fullmatch(url) is not None


def is_authority(netloc: str) -> bool:
    """Whether the part between scheme and path is a valid host, with or without user and port."""
    # Letters outside ASCII may mean a space or a slash in a name look-up
    compatible = netloc if netloc.isascii() else unicodedata.normalize("NFKC", netloc)
    return _AUTHORITY.fullmatch(compatible) is not None
