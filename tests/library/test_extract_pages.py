"""One page, one address or many pages to records, from Python."""

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsspider
from fixtures.serve import serve_site
from newsspider import RawPage, UsageError, extract, extract_many, fetch_article
from newsspider.mending.mends import for_site
from newsspider.pages.page import Page
from newsspider.pool import extract_raw
from newsspider.record import ArticleRecord

ROOT = Path(__file__).parent.parent.parent
STORIES = ROOT / "fixtures/site/story"
STORY = STORIES / "harbour-fire-1042.html"
TITLE = "Night watchman and a parrot raise alarm as net store burns"
CHOIR = "culture/2026/03/02/the-choir-nobody-can-fail-to-get-into/"
SECONDS = 240  # a program that hangs ends its test


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_site(ROOT / "fixtures" / "site") as server:
        yield server.address


def test_bytes_in_the_place_of_a_page_are_an_error_that_says_what_takes_them() -> None:
    with pytest.raises(TypeError, match=r"expected a Page of parse_page, not bytes; newsspider\.extract takes"):
        newsspider.extract_article(b"<p>Ferry")  # type: ignore[arg-type]


def test_text_bytes_and_path_give_the_record_of_the_command() -> None:
    body = STORY.read_bytes()
    expected = extract_raw(RawPage(body=body))
    assert expected.title == TITLE
    assert extract(body) == extract(body.decode()) == expected
    from_file = extract(STORY)
    assert (from_file.source, from_file.body) == (str(STORY), expected.body)


def test_text_is_taken_as_it_is_whatever_charset_it_names() -> None:
    page = "<meta charset=utf-16><title>Café</title><h1>Café 渡轮 \ud800</h1><p>The café opens.</p>"
    assert extract(page).title == "Café 渡轮 ?"
    assert extract(page.replace("é", "e").replace("渡轮 \ud800", "")).title == "Cafe"


@pytest.mark.parametrize(
    ("page", "kind", "reason"),
    [
        ("", "empty", "no content: 0 bytes"),
        (b" \n", "empty", "no content: only white space"),
        (b"\x89PNG\r\n\x1a\n", "not_html", "not HTML: PNG image"),
        ("<rss><channel></channel></rss>", "not_html", "not HTML: XML with the root <rss>"),
        ("page.html", "failed", "a file's name instead of a page: extract(Path(name)) reads it"),
        ("https://herald.example/a", "failed", "an address instead of a page: fetch_article(url) fetches it"),
    ],
)
def test_page_that_is_none_gives_a_record_that_says_so(page: str | bytes, kind: str, reason: str) -> None:
    record = extract(page, "https://herald.example/a")
    assert (record.kind, record.reason, record.url) == (kind, reason, "https://herald.example/a")


def test_text_from_the_network_never_names_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The key is under the mat. " * 20)
    for text in (str(tmp_path / "secret.txt"), str(STORY), "/etc/hostname"):
        assert "mat" not in str(extract(text).to_dict())
        assert extract(text).title != TITLE


def test_path_must_hold_one_page(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        extract(tmp_path / "gone.html")
    with pytest.raises(UsageError, match="several pages; extract_many reads them"):
        extract(STORIES)


def test_argument_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a page's bytes or text, not int"):
        extract(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"not PosixPath; newsspider\.extract reads files"):
        newsspider.parse_page(STORY)  # type: ignore[arg-type]


def test_many_pages_come_from_anything_the_command_reads(tmp_path: Path, address: str) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.write(STORY, "a/fire.html")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(STORY.read_bytes()))
    raw = RawPage(body=STORY.read_bytes(), source="mine")
    inputs = (tmp_path / "pages.zip", raw, f"{tmp_path}/*.gz", tmp_path / "gone.html", f"{address}/{CHOIR}")
    records = list(extract_many(iter(inputs), workers=1, ordered=True))
    assert [(record.source, record.kind, record.title) for record in records] == [
        (f"{tmp_path}/pages.zip#a/fire.html", "article", TITLE),
        ("mine", "article", TITLE),
        (f"{tmp_path}/b.html.gz", "article", TITLE),
        (f"{tmp_path}/gone.html", "failed", None),
        (f"{address}/{CHOIR}", "article", "The choir nobody can fail to get into"),
    ]


def test_inputs_are_taken_only_as_far_as_they_are_needed() -> None:
    taken = 0

    def pages() -> Iterator[RawPage]:
        nonlocal taken
        while True:
            taken += 1
            yield RawPage(body=b"<h1>Ferry sails again</h1><p>It left.</p>", source=str(taken))

    records = extract_many(pages(), workers=1)
    assert next(records).title == "Ferry sails again"
    records.close()  # type: ignore[attr-defined]  # a generator's
    assert taken < 50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": -1}, "workers -1: expected a whole number from 0 to 1024"),
        ({"deadline": 0}, "deadline 0: expected seconds from 0.1 to 86400"),
        ({"witness": "sometimes"}, "witness sometimes: expected always, unsure or never"),
        ({"parsers": "no_such_module"}, "can't import parsers no_such_module"),
    ],
)
def test_wrong_argument_is_refused_at_once(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        extract_many(STORY, **arguments)  # type: ignore[arg-type]


def test_missing_path_is_refused_at_once() -> None:
    with pytest.raises(UsageError, match="gone: no such file or folder"):
        extract_many("gone")


def test_page_over_the_deadline_is_failed() -> None:
    hang = "<p " + " ".join(f"a{number}" for number in range(200_000)) + ">"  # libxml2 needs over a minute for it
    (record,) = extract_many(RawPage(body=hang.encode(), source="hang"), workers=1, deadline=2.5)
    assert (record.source, record.kind, record.reason) == ("hang", "failed", "took longer than 2.5 s")


@pytest.mark.processes
def test_script_without_a_guard_runs_once(tmp_path: Path) -> None:
    script = f"""
import newsspider
print("begins")
print([record.title for record in newsspider.extract_many({str(STORY)!r}, workers=2)])
"""
    (tmp_path / "script.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "script.py"], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert (done.returncode, done.stdout.splitlines()) == (0, ["begins", str([TITLE])]), done.stderr


@pytest.mark.processes
def test_mends_of_an_imported_module_reach_the_workers_those_of_the_script_are_refused(tmp_path: Path) -> None:
    (tmp_path / "corrections.py").write_text(
        "from dataclasses import replace\nfrom newsspider import for_site\n"
        "@for_site('harbour-herald.example')\ndef name(page, record):\n    return replace(record, title='Mended')\n"
    )
    script = (
        "import corrections, newsspider\n"
        f"print([record.title for record in newsspider.extract_many({str(STORY)!r}, workers=1)])\n"
        "newsspider.for_site('herald.example')(lambda page, record: record)\n"
        f"newsspider.extract_many({str(STORY)!r})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.stdout == "['Mended']\n", done.stderr
    assert "mends of the main script don't reach worker processes" in done.stderr.splitlines()[-1]


def test_mends_apply_to_one_page() -> None:
    @for_site("mended.example")
    def _drop(page: Page, record: ArticleRecord) -> ArticleRecord:
        raise ValueError("not today")

    record = extract("<h1>Ferry</h1><p>It sails.</p>", "https://mended.example/a")
    assert any("not today" in warning for warning in record.warnings)


def test_address_is_fetched(address: str) -> None:
    record = fetch_article(f"{address}/{CHOIR}")
    assert (record.title, record.url) == ("The choir nobody can fail to get into", f"{address}/{CHOIR}")
    assert record.fetched_at


def test_address_that_can_not_be_fetched_gives_a_failed_record(address: str) -> None:
    record = fetch_article(f"{address}/nothing-here")
    assert (record.kind, record.reason) == ("failed", "HTTP 404")
    record = fetch_article("http://169.254.169.254/latest/")
    assert (record.kind, record.title) == ("failed", None)
    with pytest.raises(UsageError, match="file:///etc/hostname: not a web address"):
        fetch_article("file:///etc/hostname")
