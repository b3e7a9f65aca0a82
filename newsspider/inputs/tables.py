"""Tables with one page per row: JSON lines and Parquet, as other crawlers and corpora use them."""

import codecs
import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from newsspider.errors import UsageError
from newsspider.inputs.lookahead import Lookahead
from newsspider.inputs.open_file import OpenFile
from newsspider.inputs.page_bytes import MAX_PAGE_BYTES, broken_page, make_page
from newsspider.inputs.streams import READ_ERRORS
from newsspider.inputs.table_columns import Columns
from newsspider.pages.raw_page import RawPage, SavedPage
from newsspider.urls import is_web_url

# The usual names of these columns; the first that a table has is used.
HTML_COLUMNS = tuple("html raw_html html_content page_html raw_content content body page".split())
URL_COLUMNS = ("url", "link", "uri", "target_uri", "warc_target_uri", "page_url")
LINE_BYTES = 2 * MAX_PAGE_BYTES  # JSON writes some characters as two
BATCH_ROWS = 16  # of a Parquet file in memory at a time: pages are large


def iter_json_lines(file: OpenFile) -> Iterator[SavedPage]:
    """Yield the page of each line, named by the line's number."""
    lines = Lookahead(file.content(), max_line=LINE_BYTES + 1)
    number = 0

    try:
        while line := lines.readline():
            number += 1
            name = f"{file.source}#{number}"

            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)

            if len(line) > LINE_BYTES:
                _skip_line(lines, line)
                yield broken_page(name, f"a line larger than {LINE_BYTES >> 20} MiB")
            elif line.strip():
                yield SavedPage(name, partial(_page_of_line, line, name, file.columns))
    except READ_ERRORS as error:
        yield broken_page(file.source, f"can't be read after line {number}: {error}")


def _skip_line(lines: Lookahead, line: bytes) -> None:
    """Skip the rest of a line that has begun."""
    while line and not line.endswith(b"\n"):
        line = lines.readline()


def iter_parquet(file: OpenFile) -> Iterator[SavedPage]:
    """Yield the page of each row, named by the row's number from 1.

    Raises:
        UsageError: pyarrow is not installed.
    """
    source = file.source

    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        needed = "reading Parquet needs the extra: pip install 'newsspider[parquet]'"
        raise UsageError(f"{source}: {needed}") from error

    number = 0

    try:
        table = parquet.ParquetFile(file.stream)
        html, url = _choose(table.schema_arrow.names, file.columns)
        columns = [html, url] if url else [html]

        # Without threads: the workers have the cores.
        for batch in table.iter_batches(BATCH_ROWS, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                name = f"{source}#{number}"
                yield SavedPage(name, partial(_page_of_row, row, name, html, url))
    except (pyarrow.ArrowException, *READ_ERRORS, ValueError) as error:
        after = f" after row {number}" if number else ""
        yield broken_page(source, f"can't be read{after}: {str(error).splitlines()[0]}")


def _page_of_line(line: bytes, name: str, columns: Columns) -> RawPage:
    """Return a line's page."""
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError("a line that is not a JSON object")

        html, url = _choose(row, columns)
    except (ValueError, RecursionError) as error:
        return RawPage(body=b"", source=name, problem=f"can't be read: {error}")

    return _page_of_row(row, name, html, url)


def _page_of_row(row: dict[str, Any], name: str, html: str, url: str | None) -> RawPage:
    """Return a row's page; text is used as UTF-8, bytes are decoded like any page's."""
    content = row.get(html)
    address = _address_in(row, url)
    headers = {}

    if isinstance(content, str):
        # The charset that the page declares does not apply to decoded text.
        content = content.encode("utf-8", "replace")
        headers = {"content-type": "text/html; charset=utf-8"}

    if content is not None and not isinstance(content, bytes):
        problem = f"can't be read: the column {html} contains {type(content).__name__}, not pages"
        return RawPage(body=b"", url=address, source=name, problem=problem)

    page = make_page(content or b"", name, address)
    return RawPage(body=page.body, url=address, source=name, headers=headers, problem=page.problem)


def _address_in(row: dict[str, Any], url: str | None) -> str | None:
    """Return the web address in a row, or None."""
    address = row.get(url) if url else None
    is_address = isinstance(address, str) and is_web_url(address)
    return address if is_address else None


def _choose(names: Iterable[str], columns: Columns) -> tuple[str, str | None]:
    """Return the columns of pages and of addresses; the second is None if there is none.

    Raises:
        ValueError: the table has no such column; the message lists its columns.
    """
    there = list(names)
    html = _first((columns.html,) if columns.html is not None else HTML_COLUMNS, there)
    url = _first((columns.url,) if columns.url is not None else URL_COLUMNS, there)
    listed = ", ".join(there[:20])

    if html is None:
        wanted = f"no column {columns.html}" if columns.html else "no column of pages is known"
        raise ValueError(f"{wanted}; it has {listed}: name one with --html-column")

    if columns.url and url is None:
        raise ValueError(f"no column {columns.url}; it has {listed}: name one with --url-column")

    return html, url


def _first(wanted: Iterable[str], there: list[str]) -> str | None:
    """Return the first of some names that exists."""
    return next((name for name in wanted if name in there), None)
