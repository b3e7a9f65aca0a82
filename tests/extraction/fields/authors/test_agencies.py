"""Wire services: the closed list, and the places where a page names them."""

import pytest

from newsspider.extraction.article import extract_article
from newsspider.extraction.fields.authors.agency_names import AGENCIES, agency_named, is_own_site
from newsspider.record import ArticleRecord
from tests.extraction.fields.pages import SENTENCE, article_of, json_ld, meta, page_of


def record_of(
    head: str = "", *, first: str = "", last: str = "", below: str = "", url: str | None = None
) -> ArticleRecord:
    """Return the record of an article whose text begins and ends so."""
    prose = f"<p>{first}{SENTENCE * 5}</p><p>{SENTENCE * 6}</p><p>{SENTENCE * 4}{last}</p>{below}"
    page = page_of(head, article_of(prose=prose), url=url or "https://herald.example/ferry")
    return extract_article(page, "never")


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("AP", "AP"),
        ("The Associated Press", "AP"),
        ("associated press", "AP"),
        ("(dpa)", "dpa"),
        ("DPA", "dpa"),
        ("Deutsche Presse-Agentur", "dpa"),
        ("新华社", "Xinhua"),
        ("ТАСС", "TASS"),
        ("ap", None),
        ("map", None),
        ("Sana", None),
        ("Ann Lee", None),
        ("", None),
    ],
)
def test_spellings_lead_to_the_usual_name(text: str, agency: str | None) -> None:
    assert agency_named(text) == agency


def test_each_usual_name_is_its_own_spelling() -> None:
    assert [name for name in AGENCIES if agency_named(name) != name] == []


@pytest.mark.parametrize(
    ("record", "agencies", "provenance"),
    [
        (record_of(json_ld(author="Ann Lee, dpa")), ("dpa",), "json-ld"),
        (record_of(meta("author", "AFP/dpa")), ("AFP", "dpa"), "meta"),
        (record_of(json_ld(author="Ann Lee", publisher={"name": "Reuters"})), ("Reuters",), "json-ld"),
        (record_of(first="WRENMOUTH, March 3 (Reuters) - "), ("Reuters",), "text"),
        (record_of(first="WRENMOUTH (AP) — "), ("AP",), "text"),
        (record_of(first="(ANSA) - WRENMOUTH, 3 MAR - "), ("ANSA",), "text"),
        (record_of(first="Wrenmouth (dpa/lno) - "), ("dpa",), "text"),
        (record_of(last="(dpa)"), ("dpa",), "text"),
        (record_of(last="(APA/dpa)"), ("APA", "dpa"), "text"),
        (record_of(last="(Quelle: APA/dpa)"), ("APA", "dpa"), "text"),
        (record_of(below="<p>Quelle: dpa</p>"), ("dpa",), "text"),
        (record_of(below="<p>With files from The Associated Press</p>"), ("AP",), "text"),
        (record_of(first="WRENMOUTH (AP) — ", last="(AFP)"), ("AP", "AFP"), "text"),
    ],
)
def test_agencies_are_found_where_pages_name_them(
    record: ArticleRecord, agencies: tuple[str, ...], provenance: str
) -> None:
    assert record.agencies == agencies
    assert record.provenance["agencies"] == provenance


@pytest.mark.parametrize(
    "record",
    [
        record_of(),
        record_of(first="The Advanced Pilots (AP) of the harbour say: "),
        record_of(last="See the map (page 3)"),
        record_of(below="<p>MAP</p>"),
        record_of(json_ld(author="Petra")),
    ],
)
def test_other_abbreviations_are_no_agencies(record: ArticleRecord) -> None:
    assert (record.agencies, "agencies" in record.provenance) == ((), False)


def test_agency_beside_the_declared_author_is_found_in_the_byline() -> None:
    body = article_of(below="<p class='byline'>Von Ann Lee mit AP</p>")
    record = extract_article(page_of(json_ld(author="Ann Lee"), body), "never")
    assert (record.authors, record.agencies, record.provenance["agencies"]) == (("Ann Lee",), ("AP",), "text")


def test_publisher_is_the_paper_and_not_the_agency() -> None:
    record = record_of(json_ld(publisher={"name": "Reuters"}) + meta("og:site_name", "The Herald"))
    assert (record.publisher, record.agencies) == ("The Herald", ("Reuters",))
    assert record_of(json_ld(publisher={"name": "Reuters"})).publisher is None


def test_wire_service_publishes_on_its_own_site() -> None:
    record = record_of(json_ld(publisher={"name": "AP News"}), url="https://apnews.com/ferry")
    assert (record.publisher, record.agencies) == ("AP News", ())


def test_own_sites_are_known_by_their_name_or_by_the_table() -> None:
    assert is_own_site("Europa Press", "europapress.es")
    assert is_own_site("PTI", "ptinews.com")
    assert not is_own_site("dpa", None)
