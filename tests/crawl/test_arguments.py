"""What `-a name=value` may say, and the one line that says what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from newsspider.crawl.arguments import NewsArguments, read_arguments
from newsspider.errors import UsageError

HERALD = "https://herald.example/"


@pytest.mark.parametrize(
    ("given", "seeds"),
    [
        ({"url": HERALD}, (HERALD,)),
        ({"url": "http://127.0.0.1:8000/a?b=c"}, ("http://127.0.0.1:8000/a?b=c",)),
        ({"url": f"  {HERALD} "}, (HERALD,)),
        ({"url": "herald.example"}, ("https://herald.example",)),
        ({"url": "herald.example:8080/news"}, ("https://herald.example:8080/news",)),
        ({"url": "https://例え.example/新聞"}, ("https://例え.example/新聞",)),
        ({"urls": f"{HERALD} https://gazette.example/"}, (HERALD, "https://gazette.example/")),
        ({"urls": f"{HERALD},\n gazette.example"}, (HERALD, "https://gazette.example")),
        ({"urls": f"{HERALD},https://gazette.example/"}, (HERALD, "https://gazette.example/")),
        ({"urls": "https://herald.example/ferry,1042.html"}, ("https://herald.example/ferry,1042.html",)),
        ({"url": HERALD, "urls": f"https://gazette.example/ {HERALD}"}, (HERALD, "https://gazette.example/")),
    ],
)
def test_seeds_are_the_addresses_given_each_once(given: dict[str, Any], seeds: tuple[str, ...]) -> None:
    assert read_arguments(given, NewsArguments).seeds == seeds


@pytest.mark.parametrize(
    ("text", "seeds"),
    [
        (f"{HERALD}\nhttps://gazette.example/\n", (HERALD, "https://gazette.example/")),
        (f"# ours\n\n  {HERALD}  \n   # theirs\ngazette.example", (HERALD, "https://gazette.example")),
        (f"\ufeff{HERALD}\r\n{HERALD}\r\n", (HERALD,)),
        ("https://herald.example/a#b\n", ("https://herald.example/a#b",)),
    ],
)
def test_urls_file_gives_its_lines_without_comments_and_byte_order_mark(
    tmp_path: Path, text: str, seeds: tuple[str, ...]
) -> None:
    file = tmp_path / "seeds.txt"
    file.write_bytes(text.encode())
    assert read_arguments({"urls_file": str(file)}, NewsArguments).seeds == seeds


@pytest.mark.parametrize(
    ("given", "limits"),
    [
        ({}, (None, None)),
        ({"max_pages": "5", "max_depth": "2"}, (5, 2)),
        ({"max_depth": "0"}, (None, 0)),
        ({"max_pages": 1}, (1, None)),
    ],
)
def test_limits_are_numbers_and_none_is_no_limit(given: dict[str, Any], limits: tuple[int | None, int | None]) -> None:
    arguments = read_arguments({"url": HERALD, **given}, NewsArguments)
    assert (arguments.max_pages, arguments.max_depth) == limits


def test_names_with_an_underscore_before_them_pass() -> None:
    arguments = read_arguments(
        {"url": HERALD, "_job": "26d1b1a6d6f111e0be5c001e648c57f8", "_version": "1"}, NewsArguments
    )
    assert arguments.seeds == (HERALD,)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "ftp://herald.example/"}, ["-a url=", "ftp://herald.example/", "https://"]),
        ({"url": "file:///etc/hostname"}, ["-a url=", "file:///etc/hostname"]),
        ({"url": "not an address"}, ["-a url=", "not an address"]),
        ({"url": ""}, ["-a url="]),
        ({"urls": f"{HERALD} https://"}, ["-a urls=", "'https://'"]),
        ({"urls_file": "no/such/file.txt"}, ["-a urls_file=no/such/file.txt", "No such file"]),
        ({"url": HERALD, "max_pages": "many"}, ["-a max_pages=many", "integer"]),
        ({"url": HERALD, "max_pages": "0"}, ["-a max_pages=0", "greater than or equal to 1"]),
        ({"url": HERALD, "max_pages": "2.5"}, ["-a max_pages=2.5"]),
        ({"url": HERALD, "max_depth": "-1"}, ["-a max_depth=-1", "greater than or equal to 0"]),
        ({"url": HERALD, "max_depth": ""}, ["-a max_depth="]),
        ({"url": HERALD, "since": "2024"}, ["-a since=2024: expected a day, YYYY-MM-DD"]),
        ({"url": HERALD, "until": "1704067200"}, ["-a until=1704067200: expected a day, YYYY-MM-DD"]),
        ({"url": HERALD, "since": "2026-02-30"}, ["-a since=2026-02-30: expected a day, YYYY-MM-DD"]),
        ({"url": HERALD, "maxpages": "5"}, ["maxpages", "did you mean max_pages?"]),
        ({"ulr": HERALD}, ["ulr", "did you mean url?"]),
        ({"url_file": "seeds.txt"}, ["url_file", "did you mean urls_file?"]),
        ({"url": HERALD, "MAX_DEPTH": "1"}, ["MAX_DEPTH", "max_depth"]),
        ({"zzz": "1"}, ["zzz", "known are", "url", "urls_file", "max_pages", "max_depth"]),
        ({}, ["nothing to crawl", "-a url="]),
        ({"_job": "1"}, ["nothing to crawl"]),
        ({"urls": ""}, ["nothing to crawl"]),
    ],
)
def test_wrong_argument_is_refused_with_one_line_that_names_it(given: dict[str, Any], words: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        read_arguments(given, NewsArguments)
    said = str(caught.value)
    assert [word for word in words if word not in said] == []
    assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (f"# ours\n\n{HERALD}\nftp://herald.example/\n".encode(), ["line 4", "ftp://herald.example/"]),
        ("Größe\n".encode("latin-1"), ["not UTF-8 text"]),
        (b"# nothing\n", ["nothing to crawl"]),
        (b"", ["nothing to crawl"]),
    ],
)
def test_wrong_urls_file_is_refused_with_its_line(tmp_path: Path, content: bytes, words: list[str]) -> None:
    file = tmp_path / "seeds.txt"
    file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_arguments({"urls_file": str(file)}, NewsArguments)
    assert [word for word in words if word not in str(caught.value)] == []


def test_folder_given_as_urls_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"-a urls_file=.*[Dd]irectory"):
        read_arguments({"urls_file": str(tmp_path)}, NewsArguments)
