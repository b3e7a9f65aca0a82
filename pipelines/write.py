"""The output of a crawl: the file, folder or database that NEWSSPIDER_OUTPUT names, and its quarantine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from newsspider.errors import NewsspiderError, OutputError, UsageError
from newsspider.outputs.encoders import choose_encoder
from newsspider.outputs.formats import FORMATS
from newsspider.outputs.output_locks import check_free
from newsspider.outputs.writer_choice import (
    STANDARD_OUTPUT,
    choose_format,
    quarantine_path,
)
from newsspider.outputs.writers import RecordWriter
from newsspider.record import ArticleRecord
from pipelines.ending import end_unkept
from pipelines.open_output import open_output


@dataclass(frozen=True)
class CrawlOutput:
    """The output of a crawl beside the store.

    Attributes:
        target: `-`, a file or a folder.
        form: its format, if its name does not tell it.
        schema: another tool's field names.
        replace: whether an existing file may be overwritten.
    """

    target: str
    form: str | None = None
    schema: str | None = None
    replace: bool = False

    def open(self) -> RecordWriter:
        """Return a writer to it.

        Raises:
            UsageError, StoreError: as `open_output`.
        """
        return open_output(self.target, self.form, schema=self.schema, replace=self.replace)


class WritePipeline:
    """Writes every record to the output that NEWSSPIDER_OUTPUT (`crawl -o`) names."""

    def __init__(self, crawler: Any, open_writer: Callable[[], RecordWriter]) -> None:
        self._crawler = crawler
        self._open = open_writer
        self._writer: RecordWriter | None = None
        self._gave_up = False

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        """Build it, if there is an output."""
        from scrapy.exceptions import NotConfigured

        output = output_in(crawler.settings)
        if output is None:
            raise NotConfigured
        return cls(crawler, output.open)

    def process_item(self, item: Any) -> Any:
        """Write a record and pass it on; other items are passed on as they are."""
        if not isinstance(item, ArticleRecord) or self._gave_up:
            return item

        try:
            self._writer = self._writer or self._open()
            self._writer.write(item)
        except (OutputError, UsageError) as error:  # also a file that another has written meanwhile
            self._give_up(error)

        return item

    def close_spider(self) -> None:
        """Complete the output."""
        try:
            if self._writer:
                self._writer.__exit__(None, None, None)
        except OutputError as error:
            self._give_up(error)

    def _give_up(self, error: NewsspiderError) -> None:
        """End a crawl whose records would be lost."""
        if not self._gave_up:
            self._gave_up = True
            end_unkept(self._crawler, error)


def output_in(settings: Any) -> CrawlOutput | None:
    """Return a crawl's output as Scrapy's settings name it, or None."""
    target = settings.get("NEWSSPIDER_OUTPUT")
    if not target:
        return None

    form = _text_setting(settings, "NEWSSPIDER_OUTPUT_FORMAT")
    schema = _text_setting(settings, "NEWSSPIDER_OUTPUT_SCHEMA")
    replace = settings.getbool("NEWSSPIDER_OUTPUT_REPLACE")

    return CrawlOutput(target, form, schema, replace=replace)


def _text_setting(settings: Any, name: str) -> str | None:
    return settings.get(name) or None


def check_output(output: CrawlOutput) -> None:
    """Refuse an output that can't be written, before anything is done for it.

    Raises:
        UsageError: name and format do not fit, its folder does not exist, or an earlier output
            does.
    """
    form = choose_format(output.target, output.form, schema=output.schema)
    choose_encoder(output.schema, form)
    path = Path(output.target)

    if output.target == STANDARD_OUTPUT:
        return

    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: there is no folder {path.parent}")

    if not _may_exist(output, form):
        check_free([path, quarantine_path(path, form)])


def _may_exist(output: CrawlOutput, form: str) -> bool:
    """Whether an earlier output is no obstacle: it is replaced, or it is a folder that is added to."""
    return output.replace or FORMATS[form].shape == "folder"
