"""The arguments of spiders (`-a name=value`), validated when the crawl starts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from newsspider.discovery.backfill import Period
from newsspider.errors import UsageError
from newsspider.sites.opml import read_opml
from newsspider.sites.profile import Site
from newsspider.sites.sites_file import choose_site, read_sites, suggest
from newsspider.urls import check_url

_BETWEEN_URLS = re.compile(r",?\s+|,(?=https?://)")


def _split_words(value: object) -> object:
    """Split a string into words. A comma inside a URL is part of the URL."""
    if not isinstance(value, str):
        return value
    return [word for word in _BETWEEN_URLS.split(value.strip(", \n")) if word]


def _read_day(value: object) -> object:
    """Return the day in a string. pydantic alone would read numbers as seconds since 1970."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # a day has no zone
    except ValueError:
        raise ValueError("expected a day, YYYY-MM-DD") from None


Day = Annotated[date, BeforeValidator(_read_day)]


class CrawlArguments(BaseModel):
    """The arguments of every newsspider spider."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sites: Path | None = Field(default=None, description="a TOML file of sites")
    opml: Path | None = Field(default=None, description="an OPML file of feeds")
    site: str | None = Field(
        default=None, description="crawl only the site of this name in the file"
    )
    max_pages: int | None = Field(default=None, ge=1, description="fetch at most this many pages")
    max_depth: int | None = Field(
        default=None, ge=0, description="follow links at most this many clicks from the start"
    )
    dry_run: bool = Field(
        default=False,
        description="show the pages that would be fetched and the first records; store nothing",
    )

    @model_validator(mode="after")
    def _check_site(self) -> Self:
        if self.site and not (self.sites or self.opml):
            raise ValueError("-a site=NAME needs -a sites=FILE or -a opml=FILE")
        if self.sites and self.opml:
            raise ValueError("-a sites=FILE and -a opml=FILE: give one of them")
        return self

    @property
    def seeds(self) -> tuple[str, ...]:
        """The start URLs in the arguments."""
        return ()

    def check(self) -> None:
        """Check that the arguments name something to crawl, and files that can be read.

        Raises:
            UsageError: one line that says why.
        """
        read_profiles(self)


class NewsArguments(CrawlArguments):
    """The arguments of `scrapy crawl news`.

    `url`, `urls`, `urls_file`, `sites` or `opml` is required.
    """

    url: str | None = Field(default=None, description="the start URL")
    urls: Annotated[tuple[str, ...], BeforeValidator(_split_words)] = Field(
        default=(), description="several start URLs, separated by spaces"
    )
    urls_file: Path | None = Field(
        default=None, description="a file with one URL per line, # for comments"
    )
    since: Day | None = Field(
        default=None, description="only articles published on this day or later, YYYY-MM-DD"
    )
    until: Day | None = Field(
        default=None, description="only articles published on this day or before"
    )
    undated: Literal["fetch", "skip"] = Field(
        default="fetch", description="with since or until: fetch or skip pages without a date"
    )

    @field_validator("url")
    @classmethod
    def _check_url(cls, value: str | None) -> str | None:
        return None if value is None else check_url(value)

    @field_validator("urls")
    @classmethod
    def _check_urls(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(check_url, values))

    @model_validator(mode="after")
    def _check_period(self) -> Self:
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"-a since={self.since} is after -a until={self.until}")
        return self

    @property
    def period(self) -> Period:
        """The wanted days."""
        return Period(self.since, self.until)

    @property
    def seeds(self) -> tuple[str, ...]:
        """The start URLs, without repetitions."""
        given = [self.url] if self.url else []
        return tuple(dict.fromkeys([*given, *self.urls, *_read_urls(self.urls_file)]))

    def check(self) -> None:
        """Check that the arguments name a site.

        Raises:
            UsageError: one line with the possible arguments.
        """
        if not read_profiles(self):
            raise UsageError(
                "nothing to crawl: give -a url=https://…, -a urls='https://…', -a urls_file=FILE, -a sites=FILE "
                "or -a opml=FILE"
            )


Arguments = TypeVar("Arguments", bound=CrawlArguments)


def read_arguments(given: Mapping[str, Any], model: type[Arguments]) -> Arguments:
    """Return the validated arguments. Names that begin with `_` (Scrapyd's `_job`) are ignored.

    Raises:
        UsageError: one line that names the argument and the fix.
    """
    own = {name: value for name, value in given.items() if not name.startswith("_")}
    for name in own.keys() - model.model_fields.keys():
        raise UsageError(f"unknown argument -a {name}=…; {suggest(name, model.model_fields)}")

    try:
        arguments = model(**own)
    except ValidationError as error:
        raise UsageError(_describe(error, own)) from error

    arguments.check()
    return arguments


def _describe(error: ValidationError, given: Mapping[str, Any]) -> str:
    """Return the first problem of a validation in one line."""
    first = error.errors()[0]
    message = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return message

    argument = str(first["loc"][0])
    return f"-a {argument}={given[argument]}: {message[:1].lower()}{message[1:]}"


def read_profiles(arguments: CrawlArguments) -> tuple[Site, ...]:
    """Return the profiles of the sites to crawl: those of the file or list, and one per seed.

    Raises:
        UsageError: the file can't be read, or a seed is not a URL.
    """
    own = tuple(Site(name=url, url=url) for url in arguments.seeds)
    file = arguments.opml or arguments.sites
    if file is None:
        return own

    named = read_opml(file).sites if arguments.opml else read_sites(file)
    if arguments.site:
        named = (choose_site(named, arguments.site, file),)

    return (*named, *own)


def list_problems(arguments: CrawlArguments) -> tuple[str, ...]:
    """Return the problems of single entries in an OPML list. The other entries are crawled.

    Raises:
        UsageError: the list can't be read.
    """
    return tuple(read_opml(arguments.opml).notes()) if arguments.opml else ()


def _read_urls(path: Path | None) -> list[str]:
    """Return the URLs in a file, without comments and blank lines.

    Raises:
        UsageError: the file can't be read, or a line is not a URL.
    """
    if path is None:
        return []

    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"-a urls_file={path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"-a urls_file={path}: not UTF-8 text") from error

    return list(_iter_urls(path, lines))


def _iter_urls(path: Path, lines: Iterable[str]) -> Iterator[str]:
    """Yield the URLs in the lines of a file.

    Raises:
        UsageError: a line is not a URL.
    """
    for number, line in enumerate(lines, start=1):
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        try:
            yield check_url(url)
        except ValueError as error:
            raise UsageError(f"-a urls_file={path}: line {number}: {error}") from error
