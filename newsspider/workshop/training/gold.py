"""Gold folders: saved pages and the text that counts, as `gold.jsonl.gz` (or `gold.jsonl`) and `pages/`.

A single `.jsonl` file works too when its rows hold their page as `html`: so saves `newsspider why
--html`.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsspider.domains import site_of_host
from newsspider.errors import PageError, UnreadableError, UsageError
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.flat_text import flatten
from newsspider.extraction.stripping import ask_witness, gather_page_evidence
from newsspider.pages.page import Page, parse_page, parse_text
from newsspider.text import read_words
from newsspider.urls import site_of
from newsspider.workshop.training.alignment import label_blocks
from newsspider.workshop.training.boosting import Sample
from newsspider.workshop.training.conventions import find_contradictions, trust_labels

FOUND_SHARE = 0.5  # with less of the gold on the page, the gold is another page's
GOLD_FILES = ("gold.jsonl.gz", "gold.jsonl")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A saved page with its gold row.

    Attributes:
        folder: the gold folder's name, for cards and tables.
        row: `page` (name), `url`, `body` and other fields.
        path: the saved page; None where the row holds its `html`.
    """

    folder: str
    row: dict[str, Any]
    path: Path | None

    @property
    def site(self) -> str:
        """Return the registered domain: the row's `site`, else its URL's.

        The page's name where both are unknown.
        """
        named = self.row.get("site")
        if isinstance(named, str) and named.strip():
            return site_of_host(named.strip().lower())
        return site_of(self.row.get("url")) or str(self.row["page"])

    @property
    def language(self) -> str | None:
        """Return the row's `language`, else the first of its `languages`, without region.

        None where unknown.
        """
        known = self.row.get("language") or self.row.get("languages")
        first = next(iter(known), None) if isinstance(known, list) else known
        return first.lower().partition("-")[0] if isinstance(first, str) and first else None

    @property
    def place(self) -> str:
        """Return where the page is: its path, else its folder and name."""
        return str(self.path) if self.path else f"{self.folder}: {self.row['page']}"

    def _read_body(self) -> bytes:
        if self.path is None:
            return str(self.row["html"]).encode()

        try:
            return _unpacked(self.path)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(f"{self.path}: can't be read: {error}") from error

    def parse(self) -> Page:
        """Return the parsed page, by the way that every page takes.

        Raises:
            PageError: it can't be read or parsed.
        """
        body = self._read_body()
        is_text = self.path is not None and ".txt" in self.path.suffixes
        return (parse_text if is_text else parse_page)(
            body, self.row.get("url"), source=str(self.row["page"])
        )


def read_gold(place: Path) -> list[GoldPage]:
    """Return the pages of a gold folder or file, in its order.

    Raises:
        UsageError: there is none, or a row is no gold row; the text names the file and line.
    """
    files = (
        [place]
        if place.is_file()
        else [place / name for name in GOLD_FILES if (place / name).is_file()]
    )
    if not files:
        expected = f"expected {' or '.join(GOLD_FILES)} beside pages/, or a .jsonl file"
        inside = sorted(
            {path.parent.name for name in GOLD_FILES for path in place.glob(f"*/{name}")}
        )
        hint = f"; give its folders instead: {', '.join(inside)}" if inside else ""
        raise UsageError(f"{place}: no gold found ({expected}){hint}")

    name = place.resolve().name
    rows = list(
        _iter_rows(files[0])
    )  # all of them first: a wrong row is nearer to the cause than a missing page
    if not rows:
        raise UsageError(f"{files[0]}: contains no rows")
    return [_gold_page(name, row, place) for row in rows]


def digest_gold(pages: list[GoldPage]) -> str:
    """Return 16 hex digits that name a set of gold: the same pages and bodies give the same."""
    rows = sorted(f"{page.row['page']}\n{page.row['body']}" for page in pages)
    return hashlib.blake2b("\0".join(rows).encode(), digest_size=8).hexdigest()


def _iter_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = _unpacked(path).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read: {error}") from error

    for number, line in enumerate(lines.split("\n"), start=1):
        if not line.strip():
            continue

        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}: line {number}: not JSON ({error})") from error

        if not isinstance(row, dict) or not all(
            isinstance(row.get(name), str) for name in ("page", "body")
        ):
            raise UsageError(
                f"{path}: line {number}: a gold row needs `page` and `body`, both text"
            )

        for name in ("must_have", "must_not_have"):
            snippets = row.get(name) or []
            if not isinstance(snippets, list) or not all(
                isinstance(snippet, str) for snippet in snippets
            ):
                raise UsageError(f"{path}: line {number}: `{name}` must be a list of texts")

        yield row


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def _gold_page(name: str, row: dict[str, Any], place: Path) -> GoldPage:
    path = None if "html" in row else place / "pages" / row["page"]
    if path is not None and not path.is_file():
        raise UsageError(f"{path}: named in the gold, but missing")
    return GoldPage(name, row, path)


def make_sample(gold: GoldPage, fold: int, weight: float, *, bare: bool = False) -> Sample | None:
    """Label a gold page's blocks.

    None for a page that can't be parsed, without text, or with another page's gold.

    Args:
        gold: the page.
        fold: its number.
        weight: its weight in training.
        bare: take all class and id attributes away, as style sheets in scripts make them say
            nothing.
    """
    try:
        page = gold.parse()
    except PageError:
        return None

    if bare:
        strip_names(page)

    return _labelled(gold, page, fold, weight)


def make_text_sample(gold: GoldPage, fold: int, weight: float) -> Sample | None:
    """Label the blocks of a gold page that has lost its markup; None as `make_sample`."""
    try:
        return _labelled(gold, parse_text(flatten(gold.parse().tree).encode()), fold, weight)
    except PageError:
        return None


def contradicting_texts(gold: GoldPage, page: Page) -> list[str]:
    """Return the texts of the blocks on which the folder's convention contradicts the body policy."""
    evidence = gather_page_evidence(page, read_metadata(page))
    if evidence is None or not gold.row["body"]:
        return []

    blocks = evidence.page.blocks
    labels = label_blocks([block.text for block in blocks], gold.row["body"])
    contradicts = find_contradictions(gold.folder, evidence, labels.share)
    return [block.text for block in blocks if contradicts[block.number]]


def strip_names(page: Page) -> None:
    """Take all class and id attributes off the page's tree, which is changed."""
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)


def _labelled(gold: GoldPage, page: Page, fold: int, weight: float) -> Sample | None:
    evidence = gather_page_evidence(page, read_metadata(page))
    body = gold.row["body"]
    if evidence is None or not body:
        return None

    labels = label_blocks([block.text for block in evidence.page.blocks], body)
    if labels.matched.sum() < FOUND_SHARE * len(read_words(body)):
        return None

    heard = evidence if page.flat else ask_witness(page, evidence)

    return Sample(
        heard,
        labels.share,
        labels.words,
        trust_labels(gold.folder, evidence, labels.share),
        fold,
        weight,
    )
