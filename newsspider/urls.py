"""Addresses: the sites they belong to, and the form in which they are compared."""

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from newsspider.domains import is_address, site_of_host
from newsspider.url_syntax import is_authority, is_normal, is_plain, join_plain

# Parameters that identify a reader's way to the page, but not the page. Prefixes end in "_"; names
# are whole.
#
# The list is short and our own because addresses are the keys of stores: two pages under one key
# are worse than one page under two keys, and each new name changes keys that are stored. Maintained
# lists were tried on the 43,461 links with parameters in the gold pages. courlan's also takes
# `cid`, `eid` and `gallery_id`, and detrack's takes `sid`, `pid` and `r`, which are the page on
# some sites: 16 and 22 articles got the address of another one. ClearURLs' global rules mix up
# none, but lack `cmp`, `ocid`, `ncid` and `xtor` of news sites, and join not one more pair of
# addresses. Other parameters of a site are learned from its pages, for that site
# (`revisiting/visitor_parameters.py`).
TRACKING_PREFIXES = tuple("utm_ at_ pk_ mtm_ hsa_ _hs oly_ vero_ stm_ itm_".split())
TRACKING_NAMES = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid
    mc_eid mkt_tok cmpid cmp ito ncid xtor ref_src ref_url __twitter_impression wt_mc wtmc s_cid
    _ga ocid smid smtyp sr_share spm""".split()
)
# Parameters that identify a visit, in the query or after a semicolon in the path. `sid` is the
# page on some sites.
SESSION_NAMES = frozenset(
    """phpsessid jsessionid aspsessionid sessionid session_id sessid oscsid zenid cfid
    cftoken""".split()
)
_SESSION_IN_PATH = re.compile(rf";(?:{'|'.join(sorted(SESSION_NAMES))})=[^/?#;]*", re.I)
CACHED_CHARS = 500  # longer addresses are rare, and data: URLs of megabytes must not be kept
MAX_KEY_BYTES = 2_000  # PostgreSQL's indexes take 2,704 a row; no real address is as long
KEY_HEAD_BYTES = 1_800
Result = TypeVar("Result")
_CUT_ESCAPE = re.compile("%[0-9A-Fa-f]?$")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
# Line ends and tabs in an address count for nothing
_CREDENTIALS = re.compile(r"(:[\t\r\n]*/[\t\r\n]*/)[^ /?#]*@")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def _cached(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Cache a function of an address: the same few addresses occur many times per page."""
    kept = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def ask(url: str) -> Result:
        return kept(url) if len(url) <= CACHED_CHARS else function(url)

    return ask


@_cached
def is_web_url(url: str) -> bool:
    """Whether this is an absolute http or https address with a host and a possible port.

    >>> is_web_url("https://herald.example/a"), is_web_url("file:///etc/hostname")
    (True, False)
    >>> is_web_url("http://[")
    False
    """
    if is_plain(url):
        return True

    try:
        parts = urlsplit(url)
        url.encode()  # half a character, from a broken escape, is not in any address
        port = parts.port  # raises ValueError for an impossible one
    except ValueError:
        return False

    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or port == 0:
        return False

    return is_authority(parts.netloc)


def check_url(value: str) -> str:
    """Return a web address as given; a bare host gets https.

    >>> check_url("herald.example")
    'https://herald.example'

    Raises:
        ValueError: it is not a web address; a single word needs its scheme.
    """
    url = value.strip()
    if "://" not in url:
        host = url.partition("/")[0]
        # A single word is more likely a mistake than a machine of the local network.
        is_word = "." not in host and not url.startswith("localhost")
        url = "" if is_word else f"https://{url}"

    if not is_web_url(url):
        raise ValueError(f"not a web address: {value!r} (expected https://…)")

    return url


def is_name(site: str) -> bool:
    """Whether a site is a registered name, and not the address of a machine.

    >>> is_name("herald.example"), is_name("127.0.0.1"), is_name("::1"), is_name("localhost")
    (True, False, False, False)
    """
    return "." in site and not is_address(site)


def without_credentials(text: str) -> str:
    """Return an address, or a text with addresses, without user names and passwords.

    >>> without_credentials("https://ann:secret@herald.example/a https://bo@herald.example/@b")
    'https://herald.example/a https://herald.example/@b'
    """
    return _CREDENTIALS.sub(r"\1", text) if "@" in text else text


def absolute_url(url: str | None, base: str | None) -> str | None:
    """Return the address made absolute, or None if it is missing or not a web address.

    >>> absolute_url("/a#top", "https://herald.example/b")
    'https://herald.example/a#top'
    """
    address = (url or "").strip()
    if not address:
        return None

    join = _join if len(address) <= CACHED_CHARS else _join.__wrapped__
    return join(base or "", address)


@lru_cache(maxsize=4096)  # a page's pictures and menus repeat
def _join(base: str, address: str) -> str | None:
    """Return an address joined to its base; None if that is not a web address."""
    if plain := join_plain(base, address):
        return plain

    try:
        joined = urljoin(base, address)
    except ValueError:
        return None

    return joined if is_web_url(joined) else None


def site_of(url: str | None) -> str | None:
    """Return the registered domain of an address.

    >>> site_of("https://www.news.herald.co.uk/a"), site_of("http://127.0.0.1:8000/")
    ('herald.co.uk', '127.0.0.1')
    """
    return _site_of(url) if url else None


@_cached
def _site_of(url: str) -> str | None:
    host = urlsplit(url).hostname if is_web_url(url) else None
    return site_of_host(host) if host else None


def is_tracking_parameter(name: str) -> bool:
    """Whether a query parameter only identifies a referrer or a visit."""
    lower = name.lower()
    return lower in TRACKING_NAMES or lower in SESSION_NAMES or lower.startswith(TRACKING_PREFIXES)


def without_tracking(url: str) -> str:
    """Return an address in the form in which it is fetched: without fragment and tracking.

    >>> without_tracking("https://herald.example/a;jsessionid=1F?utm_source=rss&id=7#top")
    'https://herald.example/a?id=7'
    """
    parts = urlsplit(url)
    path, query = _without_session(parts.path), _without_tracking(parts.query)
    return parts._replace(path=path, query=query, fragment="").geturl()


def _without_tracking(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair]
    kept = [pair for pair in pairs if not is_tracking_parameter(pair.partition("=")[0])]
    return "&".join(kept)


def _without_session(path: str) -> str:
    return _SESSION_IN_PATH.sub("", path) if ";" in path else path


@_cached
def normalise_url(url: str) -> str:
    """Return the form in which addresses are compared: equal for two of one page.

    Scheme and host are in lower case, without default port, fragment, tracking parameters and
    session. All other parameters stay, sorted, because on many sites `?id=` is the page. An address
    that can't be split (an impossible port, an open bracket) is returned as it is.

    >>> normalise_url("HTTPS://Herald.example:443/a?utm_source=x&id=7#top")
    'https://herald.example/a?id=7'
    >>> normalise_url("https://herald.example:x/a")
    'https://herald.example:x/a'
    """
    if is_normal(url):
        return shorten_key(url)

    try:
        parts = urlsplit(_canonicalised(url))
        port = parts.port
    except ValueError:
        return shorten_key(url)

    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS.get(parts.scheme):
        netloc += f":{port}"

    path = _without_session(parts.path) or "/"
    query = _without_tracking(parts.query)

    return shorten_key(urlunsplit((parts.scheme, netloc, path, query, "")))


def _canonicalised(url: str) -> str:
    """Return w3lib's canonical form, which a second call does not change."""
    from w3lib.url import canonicalize_url  # here: it loads an HTTP client

    canonical = canonicalize_url(url)

    if _LONE_PERCENT.search(url):
        # Decoding one escape can make another one: %8%62 is %8b is %8B.
        while (again := canonicalize_url(canonical)) != canonical:
            canonical = again

    return canonical


def shorten_key(key: str) -> str:
    """Return an address or path as a key of an index; a long one is cut and gets a hash.

    >>> shorten_key("https://herald.example/a")
    'https://herald.example/a'
    >>> len(shorten_key("https://herald.example/" + "a" * 9_000))
    1831
    """
    encoded = key.encode(errors="replace")
    if len(encoded) <= MAX_KEY_BYTES:
        return key
    head = _CUT_ESCAPE.sub("", encoded[:KEY_HEAD_BYTES].decode(errors="ignore"))
    return f"{head}{hashlib.blake2b(encoded, digest_size=15).hexdigest()}~"


def is_home(url: str) -> bool:
    """Whether the address is a site's front page.

    >>> is_home("https://herald.example/"), is_home("https://herald.example/a")
    (True, False)
    >>> is_home("https://herald.example/?p=12")
    False
    """
    parts = urlsplit(normalise_url(url))
    return parts.path in ("", "/") and not parse_qsl(parts.query)


def accepts_canonical(url: str | None, canonical: str | None) -> bool:
    """Whether a page's canonical URL may name its record.

    Only within the page's own site: a page that could speak for another site's addresses could
    overwrite its records, and copies on other sites are linked, not merged. The front door is a
    template's mistake, not a name.
    """
    if not canonical or (is_home(canonical) and not (url and is_home(url))):
        return False
    return url is None or site_of(url) == site_of(canonical)


def canonical_key(url: str | None, canonical: str | None) -> str | None:
    """Return the normalised address of a page's record, by its accepted canonical URL."""
    # The store asks for the key of each record ten times
    is_short = len(url or "") + len(canonical or "") <= CACHED_CHARS
    return _kept_key(url, canonical) if is_short else _make_key(url, canonical)


def _make_key(url: str | None, canonical: str | None) -> str | None:
    """Return the normalised address of a page's record."""
    chosen = canonical if accepts_canonical(url, canonical) else url
    return normalise_url(chosen) if chosen else None


_kept_key = lru_cache(maxsize=4096)(_make_key)
