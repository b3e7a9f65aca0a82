"""Addresses: the site they belong to, and the form in which two of them are compared."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

# Parameters that say where a reader came from, not what the page is. Prefixes end in "_"; names are
# whole.
#
# The list is short and our own because addresses are the keys of stores: two pages under one key
# are worse than one page under two keys, and each new name changes keys that are stored. Maintained
# lists were tried on the 43,461 links with parameters in the gold pages. courlan's also takes
# `cid`, `eid` and `gallery_id`, and detrack's takes `sid`, `pid` and `r`, which are the page on
# some sites: 16 and 22 articles got the address of another one. ClearURLs' global rules mix up
# none, but lack `cmp`, `ocid`, `ncid` and `xtor` of news sites, and join not one more pair of
# addresses. What a site adds beyond this list is learnt from its pages, for that site
# (`revisiting/visitor_parameters.py`).
TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "hsa_", "_hs", "oly_", "vero_", "stm_", "itm_")
TRACKING_NAMES = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok
    cmpid cmp ito ncid xtor ref_src ref_url __twitter_impression wt_mc wtmc s_cid _ga ocid smid smtyp sr_share
    spm""".split()
)
# Parameters that say whose visit it is, in the query or after a semicolon in the path. `sid` is the
# page on some sites.
SESSION_NAMES = frozenset(
    "phpsessid jsessionid aspsessionid sessionid session_id sessid oscsid zenid cfid cftoken".split()
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
# A user name, a host or an IPv6 address in brackets, a port.
_AUTHORITY = re.compile(r"(?:[^\s/?#@\\\[\]]*@)?(?:\[[0-9a-fA-F:.]+\]|[^\x00-\x20\x7f\s/?#@\\\[\]:%]+)(?::\d*)?")


def _cached(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """Keep what a function says of an address: a page names its own, and its site's, some twenty times over."""
    kept = lru_cache(maxsize=4096)(function)

    @wraps(function)
    def ask(url: str) -> Result:
        return kept(url) if len(url) <= CACHED_CHARS else function(url)

    return ask


@_cached
def is_web_url(url: str) -> bool:
    """Whether this is an absolute http or https address with a host, and a port that can be one.

    >>> is_web_url("https://herald.example/a"), is_web_url("file:///etc/hostname"), is_web_url("http://[")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
        url.encode()  # half a character, from a broken escape, is in no address
        return (
            parts.scheme in _DEFAULT_PORTS
            and bool(parts.hostname and _AUTHORITY.fullmatch(_compatible(parts.netloc)))
            # Reading it raises ValueError for what is no port
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        return False


def check_url(value: str) -> str:
    """Return a web address as given; a bare host gets https.

    >>> check_url("herald.example")
    'https://herald.example'

    Raises:
        ValueError: it is none; a single word needs its scheme.
    """
    url = value.strip()
    if "://" not in url:
        url = f"https://{url}"
        if "." not in url.partition("//")[2].partition("/")[0] and not url.startswith("https://localhost"):
            url = ""  # a single word is rather a mistake than a machine of the local network

    if not is_web_url(url):
        raise ValueError(f"not a web address: {value!r} (expected https://…)")

    return url


def is_name(site: str) -> bool:
    """Whether a site is a registered name, and not the address of a machine.

    >>> is_name("herald.example"), is_name("127.0.0.1"), is_name("::1"), is_name("localhost")
    (True, False, False, False)
    """
    try:
        ip_address(site)
    except ValueError:
        return "." in site
    return False


def without_credentials(text: str) -> str:
    """Return an address, or a text with addresses in it, without user names and passwords.

    >>> without_credentials("https://ann:secret@herald.example/a https://bo@herald.example/@b")
    'https://herald.example/a https://herald.example/@b'
    """
    return _CREDENTIALS.sub(r"\1", text) if "@" in text else text


def _compatible(authority: str) -> str:
    """Return the form in which a name is looked up: letters outside ASCII may stand for a space or a slash."""
    return authority if authority.isascii() else unicodedata.normalize("NFKC", authority)


def absolute_url(url: str | None, base: str | None) -> str | None:
    """Return the address made absolute, or None where there is none or it is no web address.

    >>> absolute_url("/a#top", "https://herald.example/b")
    'https://herald.example/a#top'
    """
    address = (url or "").strip()
    try:
        joined = urljoin(base or "", address) if address else ""
    except ValueError:
        return None
    return joined if is_web_url(joined) else None


@cache
def _domain_finder(*, punycode: bool) -> Callable[[str], str | None]:
    """Return what finds registered domains, by the public suffix list that its package bundles: no network.

    Reading it takes 15 ms, and another 25 if its names in other scripts are wanted as `xn--` as
    well.
    """
    from publicsuffixlist import PSLFILE, PublicSuffixList  # here: most commands ask for no domain

    official = Path(PSLFILE).read_text(encoding="utf-8").partition("// ===END ICANN DOMAINS===")[0]
    rules = [line for line in official.splitlines() if line and not line.startswith("//")]
    return PublicSuffixList(rules, accept_encoded_idn=punycode).privatesuffix


@cache
def _every_suffix() -> Callable[[str], bool]:
    """Return what tells public suffixes, those of companies that give names away (github.io) among them."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList().is_public


def is_public_suffix(domain: str) -> bool:
    """Whether anybody can have a name under a domain, so that what is set for all of it is set for strangers.

    >>> [is_public_suffix(domain) for domain in ("co.uk", "github.io", "herald.co.uk", "127.0.0.1")]
    [True, True, False, False]
    """
    return not _is_address(domain) and _every_suffix()(domain)


@lru_cache(maxsize=4096)
def site_of_host(host: str) -> str:
    """Return the registered domain of a host; the host itself where it has none (an IP address, localhost).

    Under a top-level domain that the public suffix list does not know, its default rule holds: the
    last two labels.
    """
    return host if _is_address(host) else _domain_finder(punycode="xn--" in host)(host) or host


def _is_address(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def site_of(url: str | None) -> str | None:
    """Return the registered domain of an address.

    >>> site_of("https://www.news.herald.co.uk/a"), site_of("http://127.0.0.1:8000/"), site_of(None)
    ('herald.co.uk', '127.0.0.1', None)
    """
    host = urlsplit(url).hostname if url and is_web_url(url) else None
    return site_of_host(host) if host else None


def is_tracking_parameter(name: str) -> bool:
    """Whether a query parameter only says where the reader came from, or whose visit it is."""
    lower = name.lower()
    return lower in TRACKING_NAMES or lower in SESSION_NAMES or lower.startswith(TRACKING_PREFIXES)


def without_tracking(url: str) -> str:
    """Return an address as it is fetched: without fragment, and without what only says where the reader came from.

    >>> without_tracking("https://herald.example/a;jsessionid=1F?utm_source=rss&id=7#top")
    'https://herald.example/a?id=7'
    """
    parts = urlsplit(url)
    return parts._replace(path=_without_session(parts.path), query=_without_tracking(parts.query), fragment="").geturl()


@_cached
def normalise_url(url: str) -> str:
    """Return the form in which addresses are compared: two of one page should give one form.

    Scheme and host in lower case, no default port, no fragment, no tracking parameters, no session;
    all other parameters stay, in sorted order, because on many sites `?id=` is the page.

    >>> normalise_url("HTTPS://Herald.example:443/a?utm_source=x&id=7#top")
    'https://herald.example/a?id=7'
    """
    # Here: it loads an HTTP client, and who only reads files compares none
    from w3lib.url import canonicalize_url

    canonical = canonicalize_url(url)

    # What is undone of one escape can make another: %8%62 is %8b is %8B
    if _LONE_PERCENT.search(url):
        while (again := canonicalize_url(canonical)) != canonical:
            canonical = again

    parts = urlsplit(canonical)
    host = parts.hostname or ""
    netloc = f"[{host}]" if ":" in host else host

    if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme):
        netloc += f":{parts.port}"

    path = _without_session(parts.path) or "/"
    return shorten_key(urlunsplit((parts.scheme, netloc, path, _without_tracking(parts.query), "")))


def _without_tracking(query: str) -> str:
    pairs = [pair for pair in query.split("&") if pair and not is_tracking_parameter(pair.partition("=")[0])]
    return "&".join(pairs)


def _without_session(path: str) -> str:
    return _SESSION_IN_PATH.sub("", path) if ";" in path else path


def shorten_key(key: str) -> str:
    """Return what stands for an address or a path in an index: of those longer than one takes, a part and a hash.

    >>> shorten_key("https://herald.example/a"), len(shorten_key("https://herald.example/" + "a" * 9_000))
    ('https://herald.example/a', 1831)
    """
    encoded = key.encode(errors="replace")
    if len(encoded) <= MAX_KEY_BYTES:
        return key
    head = _CUT_ESCAPE.sub("", encoded[:KEY_HEAD_BYTES].decode(errors="ignore"))
    return f"{head}{hashlib.blake2b(encoded, digest_size=15).hexdigest()}~"


def is_home(url: str) -> bool:
    """Whether the address is a site's front door.

    >>> is_home("https://herald.example/"), is_home("https://herald.example/?p=12"), is_home("https://herald.example/a")
    (True, False, False)
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
    """Return the normalised address under which a page is kept: its accepted canonical URL, else its own."""
    chosen = canonical if accepts_canonical(url, canonical) else url
    return normalise_url(chosen) if chosen else None
