"""Mends: which run, what they may change, and what becomes of those that fail."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from newsspider.extraction.version import extraction_version
from newsspider.mending.mends import apply_mends, extract_mended, for_site, mend_record, version_for
from newsspider.pages.page import Page, parse_page
from newsspider.record import ArticleRecord
from newsspider.text import body_hash

HTML = b"""<html lang="en"><head><title>Ferry is back</title></head><body><article><h1>Ferry is back</h1>
<p class="kicker">Harbour</p><p>The ferry sails again, said the harbour master on Monday.</p></article></body></html>"""
FINE = "mended in one way or another"

Mend = Callable[[Page, ArticleRecord], ArticleRecord]


@pytest.fixture
def domain(request: pytest.FixtureRequest) -> str:
    """A site of the test's own: mends stay registered for as long as the process lives."""
    return f"t{abs(hash(request.node.nodeid))}.example"


def page_at(url: str) -> Page:
    return parse_page(HTML, url)


def title_with(word: str) -> Mend:
    def mend(page: Page, record: ArticleRecord) -> ArticleRecord:
        return replace(record, title=f"{record.title} {word}")

    return mend


def mend_badly(_: Page, record: ArticleRecord) -> ArticleRecord:
    record.provenance["title"] = "nowhere"
    raise KeyError("x\ny")


def test_mends_run_in_the_order_of_definition(domain: str) -> None:
    for word in ("one", "two"):
        for_site(domain)(title_with(word))
    assert mend_record(page_at(f"https://{domain}/a"), ArticleRecord(title="Ferry")).title == "Ferry one two"


def test_more_specific_domain_goes_first(domain: str) -> None:
    for_site(domain)(title_with("paper"))
    for_site(f"sport.{domain}")(title_with("sport"))
    at = {host: page_at(f"https://{host}/a") for host in (domain, f"www.{domain}", f"live.sport.{domain}")}
    titles = [mend_record(page, ArticleRecord(title="Ferry")).title for page in at.values()]
    assert titles == ["Ferry paper", "Ferry paper", "Ferry sport paper"]


@pytest.mark.parametrize("url", ["https://other.example/", "https://not{}/", "https://{}.other.example/", None])
def test_other_sites_are_left_alone(domain: str, url: str | None) -> None:
    for_site(domain)(title_with("never"))
    record = ArticleRecord(title="Ferry", extraction_version="1")
    assert mend_record(page_at((url or "").format(domain)), record) == record


def test_one_mend_can_be_for_several_sites_in_any_script(domain: str) -> None:
    for_site(domain, f"Häfen.{domain}")(title_with("again"))
    page = page_at(f"https://xn--hfen-loa.{domain}/a")
    assert mend_record(page, ArticleRecord(title="Ferry")).title == "Ferry again again"


@pytest.mark.parametrize("domain", ["https://herald.example", "herald.example/sport", "", "two words", "a:80"])
def test_address_is_not_a_domain(domain: str) -> None:
    with pytest.raises(ValueError, match="not a domain"):
        for_site(domain)


def test_changed_fields_have_provenance_and_dependent_values(domain: str) -> None:
    @for_site(domain)
    def mend(_: Page, record: ArticleRecord) -> ArticleRecord:
        return replace(record, body="Three more words.", section="Harbour", language=None, word_count=99)

    before = extract_mended(page_at("https://other.example/a"))
    record = extract_mended(page_at(f"https://{domain}/a"))
    assert (record.body, record.word_count, record.body_hash) == (
        "Three more words.",
        3,
        body_hash("Three more words."),
    )
    assert record.body_markdown == before.body_markdown
    assert record.provenance == {
        **{name: origin for name, origin in before.provenance.items() if name not in ("body", "language")},
        "body": "mend",
        "section": "mend",
    }


def test_authors_that_a_mend_leaves_keep_their_addresses(domain: str) -> None:
    for_site(domain)(lambda _, record: replace(record, authors=("New Name", *record.authors[1:])))
    before = ArticleRecord(authors=("Wire", "Ann Lee"), author_urls=(None, "https://herald.example/ann"))
    record = mend_record(page_at(f"https://{domain}/a"), before)
    assert (record.authors, record.author_urls) == (("New Name", "Ann Lee"), before.author_urls)
    assert record.provenance == {"authors": "mend"}


def test_authors_without_addresses_have_none_after_a_mend(domain: str) -> None:
    for_site(domain)(lambda _, record: replace(record, authors=record.authors[1:]))
    record = mend_record(page_at(f"https://{domain}/a"), ArticleRecord(authors=("Wire", "Ann Lee")))
    assert (record.author_urls, record.provenance) == ((None,), {"authors": "mend"})


def test_body_taken_away_leaves_no_count_and_no_hash(domain: str) -> None:
    for_site(domain)(lambda _, record: replace(record, body=None))
    record = extract_mended(page_at(f"https://{domain}/a"))
    assert (record.body, record.word_count, record.body_hash, record.provenance.get("body")) == (None, None, None, None)


def test_mend_that_changes_nothing_changes_only_the_version(domain: str) -> None:
    for_site(domain)(lambda _, record: record)
    plain = replace(extract_mended(page_at("https://other.example/a")), url=f"https://{domain}/a", site=domain)
    mended = extract_mended(page_at(f"https://{domain}/a"))
    assert mended == replace(plain, extraction_version=version_for(f"https://{domain}/"))


@pytest.mark.parametrize(
    ("mend", "reason"),
    [
        (mend_badly, "KeyError: 'x\\ny'"),
        (lambda *_: None, "TypeError: returned NoneType, not an ArticleRecord"),
        (lambda _, r: replace(r, authors="Ada"), "TypeError: authors is 'Ada', expected tuple[str, ...]"),
        (lambda _, r: replace(r, title=7), "TypeError: title is 7, expected str | None"),
        (lambda _, r: replace(r, kind="story"), "TypeError: kind is 'story', expected Literal['article', "),
        (lambda _, r: replace(r, provenance={"title": 1}), "TypeError: provenance is {'title': 1}, expected dict[str"),
        (lambda _, r: replace(r, live_updates=({"text": "x"},)), "TypeError: live_updates is ({'text': 'x'},), exp"),
        (lambda _, r: replace(r, url="https://other.example/", version=2), "ValueError: changed url, version, which"),
        (lambda *_: exit(3), "SystemExit: 3"),
        (lambda *_: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_mend_that_fails_costs_itself_and_leaves_a_warning(domain: str, mend: Mend, reason: str) -> None:
    for_site(domain)(mend)
    for_site(domain)(title_with("after"))
    record, (failed, done) = apply_mends(page_at(f"https://{domain}/a"), ArticleRecord(title="Ferry", warnings=("w",)))
    assert record.title == "Ferry after"
    assert record.provenance == {"title": "mend"}
    assert (failed.changed, done.changed) == ((), ("title", "provenance"))
    assert len(record.warnings) == 2
    assert record.warnings[1].startswith(f"mend {failed.name} failed: {reason}")
    assert "\n" not in record.warnings[1]


def test_page_short_of_memory_is_not_the_mends_failure(domain: str) -> None:
    def mend(*_: object) -> ArticleRecord:
        raise MemoryError

    for_site(domain)(mend)
    with pytest.raises(MemoryError):
        mend_record(page_at(f"https://{domain}/a"), ArticleRecord())


def test_version_holds_the_sources_of_a_sites_mends(domain: str) -> None:
    assert version_for(f"https://{domain}/") == version_for(None) == extraction_version()
    for_site(domain)(title_with("x"))
    assert version_for(f"https://www.{domain}/") != extraction_version()
    assert version_for("https://other.example/") == extraction_version()
