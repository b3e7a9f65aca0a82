"""Gold: folders and files, their pages, and what is wrong with them."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsspider.errors import UnreadableError, UsageError
from newsspider.workshop.training.gold import (
    GoldPage,
    digest_gold,
    make_sample,
    make_text_sample,
    read_gold,
    strip_names,
)

BODY = "The ferry sailed from the old harbour on Monday morning, for the first time in nine years."
HTML = f"<nav id=top><a href=/>Home</a></nav><article class=story><h1>Ferry</h1><p>{BODY}</p></article>"
ROW = {"page": "a.html", "url": "https://www.herald.example/a", "body": BODY}


def write_gold(folder: Path, *rows: dict[str, Any], name: str = "gold.jsonl.gz") -> Path:
    """Write gold rows, and a page for each that has no `html`."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    (folder / name).write_bytes(gzip.compress(lines) if name.endswith(".gz") else lines)
    for row in rows:
        if "html" not in row:
            page = HTML.encode()
            (folder / "pages" / row["page"]).write_bytes(gzip.compress(page) if row["page"].endswith(".gz") else page)
    return folder


def as_folder(folder: Path) -> Path:
    return write_gold(folder, ROW)


def as_plain_folder(folder: Path) -> Path:
    return write_gold(folder, ROW, name="gold.jsonl")


def with_packed_pages(folder: Path) -> Path:
    return write_gold(folder, {**ROW, "page": "a.html.gz"})


def as_file(folder: Path) -> Path:
    return write_gold(folder, {**ROW, "html": HTML}, name="a.gold.jsonl") / "a.gold.jsonl"


def as_packed_file(folder: Path) -> Path:
    return write_gold(folder, {**ROW, "html": HTML}, name="a.jsonl.gz") / "a.jsonl.gz"


@pytest.mark.parametrize("write", [as_folder, as_plain_folder, with_packed_pages, as_file, as_packed_file])
def test_gold_is_read_in_every_form(write: Callable[[Path], Path], tmp_path: Path) -> None:
    (gold,) = read_gold(write(tmp_path / "news"))
    assert (gold.row["body"], gold.site) == (BODY, "herald.example")
    page = gold.parse()
    assert (page.url, page.tree.xpath("string(//h1)")) == (ROW["url"], "Ferry")


def test_pages_are_in_the_files_order_and_blank_lines_are_none(tmp_path: Path) -> None:
    write_gold(tmp_path, *({**ROW, "page": name} for name in ("c.html", "a.html", "b.html")), name="gold.jsonl")
    with (tmp_path / "gold.jsonl").open("a") as file:
        file.write("\n\n")
    assert [gold.row["page"] for gold in read_gold(tmp_path)] == ["c.html", "a.html", "b.html"]


def test_text_page_is_read_as_text(tmp_path: Path) -> None:
    write_gold(tmp_path, {**ROW, "page": "a.txt"})
    (tmp_path / "pages" / "a.txt").write_text(f"Home\n\n{BODY}\n", encoding="utf-8")
    assert read_gold(tmp_path)[0].parse().flat


def test_page_without_an_address_is_a_site_of_its_own(tmp_path: Path) -> None:
    write_gold(tmp_path, {"page": "a.html", "body": BODY}, {"page": "b.html", "url": None, "body": BODY})
    assert [gold.site for gold in read_gold(tmp_path)] == ["a.html", "b.html"]


@pytest.mark.parametrize(
    ("row", "site"),
    [
        ({"site": "quay.example"}, "quay.example"),
        ({"site": "quay.example", "url": None}, "quay.example"),
        ({"site": " WWW.Quay.co.uk "}, "quay.co.uk"),
        ({"site": ""}, "herald.example"),
        ({"site": None}, "herald.example"),
        ({"site": None, "url": None}, "a.html"),
    ],
)
def test_row_s_own_site_comes_first(row: dict[str, Any], site: str) -> None:
    assert GoldPage("news", {**ROW, **row}, None).site == site


@pytest.mark.parametrize(
    ("row", "language"),
    [
        ({}, None),
        ({"language": "pl"}, "pl"),
        ({"language": "en-GB"}, "en"),
        ({"languages": ["de", "en"]}, "de"),
        ({"language": None, "languages": ["ja"]}, "ja"),
        ({"languages": []}, None),
        ({"language": 7}, None),
        ({"languages": [None]}, None),
    ],
)
def test_language_is_the_row_s_first_without_region(row: dict[str, Any], language: str | None) -> None:
    assert GoldPage("news", {**ROW, **row}, None).language == language


@pytest.mark.parametrize("content", [b"\x1f\x8b no archive", gzip.compress(HTML.encode() * 9)[:-12], b"plain"])
def test_damaged_page_is_unreadable_and_named(content: bytes, tmp_path: Path) -> None:
    write_gold(tmp_path, {**ROW, "page": "a.html.gz"})
    (tmp_path / "pages" / "a.html.gz").write_bytes(content)
    (gold,) = read_gold(tmp_path)
    with pytest.raises(UnreadableError, match=r"a\.html\.gz: can't be read"):
        gold.parse()


def test_page_s_place_is_its_path_or_its_folder_and_name(tmp_path: Path) -> None:
    assert read_gold(as_folder(tmp_path / "news"))[0].place == str(tmp_path / "news" / "pages" / "a.html")
    assert GoldPage("news", ROW, None).place == "news: a.html"


def test_folder_of_gold_folders_is_a_usage_error_that_names_them(tmp_path: Path) -> None:
    as_folder(tmp_path / "news")
    as_plain_folder(tmp_path / "blogs")
    with pytest.raises(UsageError, match=r"no gold found .*; give its folders instead: blogs, news$"):
        read_gold(tmp_path)


def test_gold_without_rows_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(b"\n")
    with pytest.raises(UsageError, match=r"gold\.jsonl: contains no rows$"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"page": "a.html", "body": "x", "must_have": "ferry"}', "line 2: `must_have` must be a list of texts"),
        ('{"page": "a.html", "body": "x", "must_not_have": [1]}', "line 2: `must_not_have` must be a list of texts"),
        ('{"page": "a.html"', "line 2: not JSON"),
        ("[]", "line 2: a gold row needs `page` and `body`"),
        ('{"page": "a.html"}', "line 2: a gold row needs `page` and `body`"),
        ('{"body": "x"}', "line 2: a gold row needs `page` and `body`"),
        ('{"page": "a.html", "body": null}', "line 2: a gold row needs `page` and `body`"),
        pytest.param(
            '{"page": 5, "body": "x"}',
            "line 2: a gold row needs `page` and `body`",
        ),
    ],
)
@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_bad_row_is_named_by_file_and_line(line: str, words: str, name: str, tmp_path: Path) -> None:
    lines = f"{json.dumps(ROW)}\n{line}\n".encode()
    (tmp_path / name).write_bytes(gzip.compress(lines) if name.endswith(".gz") else lines)
    with pytest.raises(UsageError) as caught:
        read_gold(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / name}: {words}")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x1f\x8b no archive", id="no archive"),
        pytest.param(gzip.compress(json.dumps(ROW).encode() * 9)[:-9], id="cut short"),
    ],
)
def test_file_that_can_not_be_read_is_a_usage_error(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl.gz").write_bytes(content)
    with pytest.raises(UsageError, match=r"gold\.jsonl\.gz"):
        read_gold(tmp_path)


@pytest.mark.parametrize("name", ["gone", "empty"])
def test_folder_without_gold_is_a_usage_error_that_says_what_was_expected(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=f"{name}: no gold found .*gold.jsonl.gz or gold.jsonl beside pages/"):
        read_gold(tmp_path / name)


def test_missing_page_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    write_gold(tmp_path, ROW)
    (tmp_path / "pages" / "a.html").unlink()
    with pytest.raises(UsageError, match=r"a\.html"):
        read_gold(tmp_path)


def test_digest_is_of_pages_and_bodies_in_any_order() -> None:
    pages = [GoldPage("a", {**ROW, "page": name}, None) for name in ("a", "b")]
    renamed = [GoldPage("z", {**page.row, "title": "x"}, None) for page in reversed(pages)]
    changed = [pages[0], GoldPage("a", {**pages[1].row, "body": "Another."}, None)]
    assert digest_gold(renamed) == digest_gold(pages)
    assert digest_gold(changed) != digest_gold(pages)
    assert len(digest_gold(pages)) == 16


def gold_of(html: str, body: str = BODY) -> GoldPage:
    return GoldPage("news", {**ROW, "body": body, "html": html}, None)


def test_sample_has_the_share_of_gold_of_each_block() -> None:
    sample = make_sample(gold_of(HTML), 5, 2.5)
    assert sample
    assert (sample.share.tolist(), sample.fold, sample.weight) == ([0.0, 0.0, 1.0], 5, 2.5)
    assert sample.evidence.column("in_content")[2] < 5


def test_bare_sample_has_no_names() -> None:
    sample = make_sample(gold_of(HTML), 5, 1.0, bare=True)
    assert sample
    assert set(sample.evidence.page.nodes.key) == {""}


def test_text_sample_has_no_markup() -> None:
    sample = make_text_sample(gold_of(HTML), 5, 1.0)
    assert sample
    assert {block.kind for block in sample.evidence.page.blocks} == {"paragraph"}
    assert sample.share.tolist()[-1] == 1.0


@pytest.mark.parametrize(
    "gold",
    [
        pytest.param(gold_of(HTML, "The museum is closed until further notice, said its keeper."), id="another page's"),
        pytest.param(gold_of(HTML, ""), id="no body"),
        pytest.param(gold_of("%PDF-1.4"), id="no HTML"),
        pytest.param(gold_of("   "), id="empty page"),
        pytest.param(gold_of("<img src=x>"), id="no text"),
    ],
)
def test_page_that_teaches_nothing_is_no_sample(gold: GoldPage) -> None:
    assert make_sample(gold, 5, 1.0) is None
    assert make_text_sample(gold, 5, 1.0) is None


def test_names_are_taken_off_the_tree() -> None:
    page = gold_of(HTML).parse()
    strip_names(page)
    assert page.tree.xpath("//@class | //@id") == []
    assert page.tree.xpath("//@href") == ["/"]
