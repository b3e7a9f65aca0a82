"""A page's way from bytes to record, the same in every process."""

import pytest

from newsspider.extraction import article
from newsspider.extraction.witness_policy import POLICIES
from newsspider.kinds import Kind
from newsspider.pages.raw_page import RawPage
from newsspider.pool import extract_raw, failed_record
from newsspider.pool.extract_job import MAX_TEXT_CHARS, extract_page
from tests.witness_page import RAW

URL = "https://herald.example/"
HTML = b"""<html><body><article><h1>Ferry is back</h1><p>The ferry sails again, said the harbour master.</p></article>
<a href="/2026/03/24/ferry-is-back-again/">Ferry is back again</a> <a href="/politics/">Politics</a></body></html>"""


def raw_page(name: str, body: bytes = HTML) -> RawPage:
    return RawPage(body=body, url=URL + name, source=f"saved/{name}.html")


@pytest.mark.parametrize(
    ("raw", "kind", "reason"),
    [
        (raw_page("a", b""), "empty", "no content: 0 bytes"),
        (raw_page("a", b"<!-- -->"), "empty", "no content: no element and no text"),
        (raw_page("a", b"\xff\xd8\xff\xe0"), "not_html", "not HTML: JPEG image"),
        (RawPage(body=b"", url=URL + "a", source="saved/a.html", problem="larger than 20 MiB"), "failed", "larger"),
    ],
)
def test_page_that_gives_nothing_is_a_record_with_kind_and_reason(raw: RawPage, kind: Kind, reason: str) -> None:
    record = extract_raw(raw)
    assert record.kind == kind
    assert (record.reason or "").startswith(reason)
    assert (record.url, record.site, record.source) == (URL + "a", "herald.example", "saved/a.html")


def test_policy_decides_whether_trafilatura_is_asked() -> None:
    records = {policy: extract_raw(RAW, policy) for policy in POLICIES}
    assert records["always"] == extract_raw(RAW)
    assert records["always"].confidence != records["never"].confidence
    assert records["unsure"].confidence in (records["always"].confidence, records["never"].confidence)


def test_failed_record_keeps_what_is_known() -> None:
    raw = RawPage(body=b"", url="https://www.herald.co.uk/a", source="x", fetched_at="2026-03-24T09:00:00+00:00")
    record = failed_record(raw, "why")
    assert (record.kind, record.reason, record.site) == ("failed", "why", "herald.co.uk")
    assert (record.url, record.source, record.fetched_at) == (raw.url, raw.source, raw.fetched_at)


def test_text_that_is_longer_than_any_article_fails() -> None:
    sentence = b"The ferry sails again from the old harbour, said the harbour master on Monday. "
    body = (
        b"<html><body><article><h1>Ferry</h1><p>" + sentence * (MAX_TEXT_CHARS // len(sentence) + 9) + b"</p></article>"
    )
    record = extract_raw(raw_page("long", body))
    assert (record.kind, record.reason) == ("failed", "a text of more than 2,000,000 characters")
    assert (record.url, record.source, record.body) == (URL + "long", "saved/long.html", None)


@pytest.mark.parametrize("observes", [True, False])
def test_only_a_page_whose_observation_is_wanted_is_observed(observes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    observed: list[object] = []
    monkeypatch.setattr(article, "observe", lambda *arguments: observed.append(arguments))
    extract_page(RAW, "never", observes=observes)
    extract_raw(RAW, "never")
    assert len(observed) == int(observes)
