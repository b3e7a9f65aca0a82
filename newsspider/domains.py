"""Registered domains, by the public suffix list that a package contains: no network is needed."""

from collections.abc import Callable
from functools import cache, lru_cache
from ipaddress import ip_address
from pathlib import Path


@cache
def _domain_finder(*, punycode: bool) -> Callable[[str], str | None]:
    """Return a function that finds registered domains by the public suffix list of a package.

    It needs no network. Reading the list takes 15 ms, and another 25 if its names in other scripts
    are also needed as `xn--`.
    """
    from publicsuffixlist import PSLFILE, PublicSuffixList  # here: most commands need no domain

    official = Path(PSLFILE).read_text(encoding="utf-8").partition("// ===END ICANN DOMAINS===")[0]
    rules = [line for line in official.splitlines() if line and not line.startswith("//")]
    return PublicSuffixList(rules, accept_encoded_idn=punycode).privatesuffix


@cache
def _every_suffix() -> Callable[[str], bool]:
    """Return a check for public suffixes, also those of companies such as github.io."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList().is_public


def is_public_suffix(domain: str) -> bool:
    """Whether anybody can have a name under a domain, which a cookie must not cover.

    >>> [is_public_suffix(domain) for domain in ("co.uk", "github.io", "herald.co.uk", "127.0.0.1")]
    [True, True, False, False]
    """
    return not is_address(domain) and _every_suffix()(domain)


@lru_cache(maxsize=4096)
def site_of_host(host: str) -> str:
    """Return the registered domain of a host, or the host itself (an IP address, localhost).

    Under a top-level domain that is not in the public suffix list, its default rule applies: the
    last two labels.
    """
    return host if is_address(host) else _domain_finder(punycode="xn--" in host)(host) or host


def is_address(host: str) -> bool:
    """Whether a host is an IP address."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
