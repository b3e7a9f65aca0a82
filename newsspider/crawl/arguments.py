"""A spider's arguments: `-a name=value`, validated when the crawl starts."""

import re
from collections.abc import Mapping
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
    """Return the words of a string that lists several; a comma inside an address is part of it."""
    return (
        [word for word in _BETWEEN_URLS.split(value.strip(", \n")) if word]
        if isinstance(value, str)
        else value
    )


def _read_day(value: object) -> object:
    """Return the day of a string; others, which pydantic would read as seconds since 1970, are refused."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.strptime(value.strip(), "%Y-%m-%d").date()  # a day has no zone
    except ValueError:
        raise ValueError("expected a day, YYYY-MM-DD") from None


Day = Annotated[date, BeforeValidator(_read_day)]


class CrawlArguments(BaseModel):
    """What every spider of ours takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sites: Path | None = Field(default=None, description="a file of sites, TOML")
    opml: Path | None = Field(default=None, description="a list of feeds, OPML")
    site: str | None = Field(default=None, description="of these only the one of this name")
    max_pages: int | None = Field(default=None, ge=1, description="fetch at most so many pages")
    max_depth: int | None = Field(
        default=None, ge=0, description="follow links at most so many clicks from the start"
    )
    dry_run: bool = Field(
        default=False, description="show what would be fetched and the first records, store nothing"
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
        """Where the crawl starts, as far as the arguments say it."""
        return ()

    def check(self) -> None:
        """Refuse arguments that leave nothing to do, or that name a file which can't be read.

        Raises:
            UsageError: one line that says why.
        """
        read_profiles(self)


class NewsArguments(CrawlArguments):
    """What `scrapy crawl news` takes; one of `url`, `urls`, `urls_file` and `sites` must be given."""

    url: str | None = Field(default=None, description="where to start")
    urls: Annotated[tuple[str, ...], BeforeValidator(_split_words)] = Field(
        default=(), description="several, parted by spaces"
    )
    urls_file: Path | None = Field(
        default=None, description="a file of addresses, one a line, # for comments"
    )
    since: Day | None = Field(
        default=None, description="only what was published on this day or later, YYYY-MM-DD"
    )
    until: Day | None = Field(
        default=None, description="only what was published on this day or before"
    )
    undated: Literal["fetch", "skip"] = Field(
        default="fetch", description="with since or until: what has no date"
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
        """The days that are wanted."""
        return Period(self.since, self.until)

    @property
    def seeds(self) -> tuple[str, ...]:
        """Where the crawl starts, each address once."""
        given = [self.url] if self.url else []
        return tuple(dict.fromkeys([*given, *self.urls, *_read_urls(self.urls_file)]))

    def check(self) -> None:
        """Refuse arguments that name no site.

        Raises:
            UsageError: one line that says what to give.
        """
        if not read_profiles(self):
            raise UsageError(
                "nothing to crawl: give -a url=https://…, -a urls='https://…', -a urls_file=FILE, -a sites=FILE "
                "or -a opml=FILE"
            )


Arguments = TypeVar("Arguments", bound=CrawlArguments)


def read_arguments(given: Mapping[str, Any], model: type[Arguments]) -> Arguments:
    """Return the validated arguments; names that begin with `_` (Scrapyd's `_job`) are not ours and pass.

    Raises:
        UsageError: one line that names the argument and the mend.
    """
    own = {name: value for name, value in given.items() if not name.startswith("_")}
    for name in own.keys() - model.model_fields.keys():
        raise UsageError(f"unknown argument -a {name}=…; {suggest(name, model.model_fields)}")
    try:
        arguments = model(**own)
    except ValidationError as error:
        first = error.errors()[0]
        message = first["msg"].removeprefix("Value error, ")
        if not first["loc"]:
            raise UsageError(message) from error
        argument = str(first["loc"][0])
        raise UsageError(
            f"-a {argument}={own[argument]}: {message[:1].lower()}{message[1:]}"
        ) from error
    arguments.check()
    return arguments


def read_profiles(arguments: CrawlArguments) -> tuple[Site, ...]:
    """Return the sites to crawl: those of the file or the list, and one of its own for each seed.

    Raises:
        UsageError: the file can't be read, or a seed is no address.
    """
    named: tuple[Site, ...] = ()
    if arguments.sites:
        named = read_sites(arguments.sites)
    if arguments.opml:
        named = read_opml(arguments.opml).sites
    if arguments.site and (file := arguments.sites or arguments.opml):
        named = (choose_site(named, arguments.site, file),)
    return (*named, *(Site(name=url, url=url) for url in arguments.seeds))


def list_problems(arguments: CrawlArguments) -> tuple[str, ...]:
    """Return what is wrong with single entries of a list; the others are crawled.

    Raises:
        UsageError: the list can't be read.
    """
    return tuple(read_opml(arguments.opml).notes()) if arguments.opml else ()


def _read_urls(path: Path | None) -> list[str]:
    """Return the addresses of a file, without comments and blank lines.

    Raises:
        UsageError: the file can't be read, or a line holds no address.
    """
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"-a urls_file={path}: {getattr(error, 'strerror', None) or 'not UTF-8 text'}"
        ) from error
    urls = []
    for number, line in enumerate(lines, start=1):
        if (url := line.strip()) and not url.startswith("#"):
            try:
                urls.append(check_url(url))
            except ValueError as error:
                raise UsageError(f"-a urls_file={path}: line {number}: {error}") from error
    return urls
