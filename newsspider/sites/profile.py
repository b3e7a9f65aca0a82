"""A site's profile: start, wanted pages, and the manner of requests."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Annotated
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from newsspider.errors import UsageError
from newsspider.revisiting.schedule import parse_span
from newsspider.sites.credential_scope import Scope
from newsspider.urls import check_url, site_of

_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token; RFC 9110, 5.6.2


def _check_pattern(value: str) -> str:
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        # The last two: a huge {count}, too many parentheses
        raise ValueError(f"invalid regular expression: {error}") from error
    return value


def _check_selector(value: str) -> str:
    try:
        CSSSelector(value)
    except Exception as error:  # cssselect's and lxml's errors have no root of their own
        raise ValueError(f"invalid CSS selector: {error}") from error
    return value


def _check_span(value: object) -> timedelta | None:
    if value is None or isinstance(value, timedelta):
        return value
    try:
        return parse_span(value if isinstance(value, str) else repr(value))
    except UsageError as error:
        raise ValueError(str(error)) from error


def _check_headers(headers: Mapping[str, str]) -> Mapping[str, str]:
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a header name")
        if "\n" in value or "\r" in value:
            raise ValueError(f"the value of {name} has a line break")
    return headers


def _check_language(value: str) -> str:
    try:
        Locale.parse(value, sep="-")
    except (ValueError, UnknownLocaleError) as error:
        raise ValueError(f"{value!r} is not a language tag such as de or pt-BR") from error
    return value


def _check_proxy(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"{value!r} is not a proxy: expected http://host:port")
    return value


Url = Annotated[str, AfterValidator(check_url)]
# TOML has true and false; "no" in quotes would be a surprise
Truth = Annotated[bool, Field(strict=True)]
Urls = tuple[Url, ...]
Patterns = tuple[Annotated[str, AfterValidator(_check_pattern)], ...]
Selectors = tuple[Annotated[str, AfterValidator(_check_selector)], ...]


class Site(BaseModel):
    """One site; a table of `sites.toml` has these keys, and only `url` must be there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", exclude=True)
    url: Url = Field(description="the front page, where the crawl starts")
    feeds: Urls = Field(
        default=(), description="feeds to read, in addition to those that are found"
    )
    sitemaps: Urls = Field(
        default=(), description="sitemaps to read, in addition to those of robots.txt"
    )
    sections: Urls = Field(default=(), description="pages that list articles")
    discover: Truth = Field(default=True, description="false: read only lists that are named here")
    include: Patterns = Field(
        default=(), description="regular expressions; an article's address must match one"
    )
    exclude: Patterns = Field(
        default=(), description="regular expressions; matching addresses aren't fetched"
    )
    delay: float | None = Field(
        default=None, ge=0, le=3600, description="seconds between two requests"
    )
    concurrency: int | None = Field(
        default=None, ge=1, le=32, description="requests at the same time"
    )
    revisit: Annotated[timedelta | None, BeforeValidator(_check_span)] = Field(
        default=None,
        description="interval between visits to its lists, such as 30m; default: by their news",
    )
    language: Annotated[str, AfterValidator(_check_language)] | None = Field(
        default=None,
        description="such as de or pt-BR; for Accept-Language and pages that declare no language",
    )
    drop: Selectors = Field(
        default=(), description="CSS selectors of elements that are never part of an article"
    )
    keep: Selectors = Field(
        default=(), description="CSS selectors of elements that `drop` must not remove"
    )
    render: Truth = Field(
        default=False, description="true: its pages need a browser (extra: render)"
    )
    headers: Annotated[Mapping[str, str], AfterValidator(_check_headers)] = Field(
        default_factory=dict, description="sent with each request to the site"
    )
    cookies: Mapping[str, str] | bool = Field(
        default_factory=dict,
        description="cookies of a subscription; true: keep the site's own cookies for one run",
    )
    subdomains: Truth = Field(
        default=False,
        description="true: send headers and cookies to all hosts of the domain",
    )
    proxy: Annotated[str, AfterValidator(_check_proxy)] | None = Field(
        default=None, description="address of an HTTP proxy: http://host:port"
    )

    @property
    def domain(self) -> str:
        """The registered domain."""
        return site_of(self.url) or ""

    @cached_property
    def scope(self) -> Scope:
        """The origins that get its headers and cookies."""
        return Scope.of(self.url, subdomains=self.subdomains)

    @property
    def keeps_cookies(self) -> bool:
        """Whether the site's own cookies are kept for the run."""
        return self.cookies is True

    @property
    def seeds(self) -> tuple[str, ...]:
        """The pages to start from."""
        return tuple(dict.fromkeys([self.url, *self.sections]))

    def wants(self, url: str, *, is_article: bool) -> bool:
        """Whether an address is to be fetched, by `include` (for articles only) and `exclude`."""
        if any(pattern.search(url) for pattern in self._excluded):
            return False
        if not is_article or not self._included:
            return True
        return any(pattern.search(url) for pattern in self._included)

    @cached_property
    def _included(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.include))

    @cached_property
    def _excluded(self) -> tuple[re.Pattern[str], ...]:
        return tuple(map(re.compile, self.exclude))
