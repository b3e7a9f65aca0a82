"""Pages that libxml2 or an extractor can't take: each ends in a record by the deadline or the limit, and alone."""

import pytest

from newsspider.pages.raw_page import RawPage
from newsspider.pool import Limits, iter_records
from newsspider.record import ArticleRecord

pytestmark = pytest.mark.processes

SENTENCE = b"The ferry sails again from the old harbour, said the harbour master on Monday. "
NORMAL = (
    b"<html><body><article><h1>Ferry is back</h1>" + b"<p>" + SENTENCE * 3 + b"</p>" * 9 + b"</article></body></html>"
)
LINK = b'<a href="/2026/03/24/%d-council-votes-on-plan/">Council votes on plan %d tonight</a> '
HOSTILE: dict[str, bytes] = {
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(200_000)) + b">Text</p>",  # over a minute
    "paragraphs": b"<p>word" * 1_000_000,
    "breaks": b"<p>" + b"word<br>" * 1_000_000,
    "nested": b"<div>" * 1_000_000 + b"word",
    "unclosed": b"<b><i><p>word" * 300_000,
    "text": b"<p>" + SENTENCE * (50_000_000 // len(SENTENCE)),
    "prose": b"<article>" + b"<p>%s</p>" % (SENTENCE * 3) * 200_000,
    "links": b"<ul>" + b"".join(b"<li>" + LINK % (number, number) for number in range(30_000)),  # 3 MB
    "class": b'<p class="' + b"news " * 1_900_000 + b'">Text</p>',
}
LIMITS = Limits(workers=2, deadline=4, patience=100, memory=768)


def raw_page(name: str, body: bytes) -> RawPage:
    return RawPage(body=body, url=f"https://herald.example/{name}", source=name)


@pytest.fixture(scope="module")
def records() -> dict[str | None, ArticleRecord]:
    """The records of all hostile pages, three normal ones around each."""
    pages = [
        page
        for name, body in HOSTILE.items()
        for page in (raw_page(name, body), *(raw_page(f"{name}-{number}", NORMAL) for number in range(3)))
    ]
    return {record.source: record for record in iter_records(pages, LIMITS)}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_in_a_record(name: str, records: dict[str | None, ArticleRecord]) -> None:
    record = records[name]
    assert record.kind != "failed" or (record.reason or "").startswith(
        ("took longer than 4 s", "needed more than 768", "a text of more than 2,000,000 characters")
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_normal_pages_around_it_are_complete(name: str, records: dict[str | None, ArticleRecord]) -> None:
    around = [records[f"{name}-{number}"] for number in range(3)]
    assert [(record.kind, record.title) for record in around] == [("article", "Ferry is back")] * 3


def test_what_is_quadratic_in_the_parser_itself_is_ended_by_the_deadline(
    records: dict[str | None, ArticleRecord],
) -> None:
    assert records["attributes"].reason == "took longer than 4 s"


@pytest.mark.nightly
@pytest.mark.parametrize("memory", range(640, 900, 20))
def test_page_short_of_memory_ends_with_its_reason_wherever_it_runs_out(memory: int) -> None:
    """Where nothing was left for a number, a worker once tried for ever to leave the page's `with`."""
    limits = Limits(workers=1, deadline=60, patience=2, memory=memory)
    (record,) = iter_records([raw_page("paragraphs", HOSTILE["paragraphs"])], limits)
    assert record.reason == f"needed more than {memory} MiB of memory"
