"""The lead picture and those of the body, with captions and credits."""

import json
from typing import Any

import pytest

from newsspider.extraction.article import extract_article
from newsspider.extraction.fields.pictures.captions import split_credit
from newsspider.extraction.fields.pictures.image_addresses import is_no_picture, largest_of_set, same_picture
from newsspider.pages.page import parse_page
from newsspider.record import ArticleRecord

SENTENCE = (
    "The ferry sails again from the old harbour at six, the harbour master told reporters on the quay on Monday. "
)
PARAGRAPHS = [f"<p>{SENTENCE * 2}Part {number}.</p>" for number in ("one", "two", "three", "four")]
LEAD = """<figure><img src="/ferry.jpg" width="1200" alt="A ferry"><figcaption>The ferry at the quay.
    <span class="credit">Photo: Ann Moss</span></figcaption></figure>"""
LEAD_PICTURE = {
    "url": "https://herald.example/ferry.jpg",
    "caption": "The ferry at the quay.",
    "credit": "Ann Moss",
    "alt": "A ferry",
}


def record_of(*parts: str, head: str = "", **node: Any) -> ArticleRecord:
    script = json.dumps({"@type": "NewsArticle", "headline": "Ferry is back at the quay", **node})
    html = (
        f'<head>{head}<script type="application/ld+json">{script}</script></head><body><article>'
        f"<h1>Ferry is back at the quay</h1>{''.join(parts)}</article></body>"
    )
    return extract_article(parse_page(html.encode(), "https://herald.example/a"), "never")


def urls_of(record: ArticleRecord) -> list[str]:
    return [picture["url"].removeprefix("https://herald.example/") for picture in record.images]


def test_figure_above_the_text_is_the_lead_picture() -> None:
    record = record_of(LEAD, *PARAGRAPHS)
    assert record.images == (LEAD_PICTURE,)
    assert (record.image, record.provenance["image"]) == (LEAD_PICTURE["url"], "markup")


def test_figures_of_the_body_follow_in_their_order() -> None:
    map_ = '<figure><img src="/map.png"><figcaption>The way (Herald/Graphics Foto)</figcaption></figure>'
    record = record_of(LEAD, PARAGRAPHS[0], map_, *PARAGRAPHS[1:])
    assert record.images[1] == {
        "url": "https://herald.example/map.png", "caption": "The way", "credit": "Herald/Graphics Foto", "alt": None,
    }  # fmt: skip


def test_declared_image_leads_where_the_page_shows_none() -> None:
    image = {"@type": "ImageObject", "url": "/lead.jpg", "caption": "The quay", "creditText": "© Ann Moss"}
    picture = {"url": "https://herald.example/lead.jpg", "caption": "The quay", "credit": "Ann Moss", "alt": None}
    assert record_of(*PARAGRAPHS, image=image).images == (picture,)


def test_declared_crop_of_the_shown_picture_is_no_second_one() -> None:
    head = '<meta property="og:image" content="https://cdn.example/share/0815.jpg">'
    assert urls_of(record_of(LEAD, *PARAGRAPHS, head=head)) == ["ferry.jpg"]


@pytest.mark.parametrize(
    "other",
    [
        '<img src="/share.svg">',
        '<img src="/author.jpg" width="48">',
        '<div class="teaser"><a href="/other"><img src="/other.jpg"></a><h3>Tram is back</h3></div>',
        '<figure><img src="data:image/png;base64,x"></figure>',
        '<aside class="related"><img src="/x.jpg"><a href="/x">Choir wins a prize in the old harbour town</a></aside>',
    ],
)
def test_icons_portraits_and_teasers_are_no_pictures_of_the_article(other: str) -> None:
    assert urls_of(record_of(LEAD, PARAGRAPHS[0], other, *PARAGRAPHS[1:])) == ["ferry.jpg"]


def test_pictures_below_the_body_are_not_the_articles() -> None:
    below = "<section><h2>More</h2><figure><img src=/b.jpg><figcaption>Tram</figcaption></figure></section>"
    assert urls_of(record_of(LEAD, *PARAGRAPHS, below)) == ["ferry.jpg"]


def test_late_address_goes_before_its_stand_in() -> None:
    late = '<figure><img src="/img/blank.gif" data-src="/late.jpg"></figure>'
    assert urls_of(record_of(late, *PARAGRAPHS)) == ["late.jpg"]


def test_portrait_of_the_author_is_left_out() -> None:
    portrait = '<figure><img src="/moss.jpg" alt="Ann Moss"></figure>'
    assert urls_of(record_of(portrait, LEAD, *PARAGRAPHS, author={"name": "Ann Moss"})) == ["ferry.jpg"]


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The quay. Foto: Ann Moss/dpa", "The quay.", "Ann Moss/dpa"),
        ("The quay (AP Photo/Ann Moss)", "The quay", "AP Photo/Ann Moss"),
        ("The quay | Bildquelle: Herald", "The quay", "Herald"),
        ("© Ann Moss", None, "Ann Moss"),
        ("The quay (in 1911)", "The quay (in 1911)", None),
        ("In this photo: the quay as it was", "In this photo: the quay as it was", None),
        ("", None, None),
    ],
)
def test_credit_at_the_end_of_a_caption_is_parted(text: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("logo.png", True),
        ("img/opengraph_default.png", True),
        ("heraldlogo-2024.png", True),
        ("og-image-1200x630.jpg", True),
        ("bank-shows-its-new-logo-on-a-tower.jpg", False),
        ("5b1_source-aspect-ratio-wide_default_0.jpg", False),
        ("90x50/ferry.jpg", True),
        ("ferry.jpg", False),
    ],
)
def test_logos_and_defaults_are_known_by_their_names(name: str, expected: bool) -> None:
    assert is_no_picture(f"https://herald.example/{name}") is expected


def test_largest_of_a_set_is_taken() -> None:
    assert largest_of_set("/a.jpg 1x, /b.jpg 2x") == "/b.jpg"
    assert largest_of_set("/w_1,h_2/a.jpg 480w, /w_3,h_4/b.jpg 900w") == "/w_3,h_4/b.jpg"


def test_crops_of_one_picture_have_one_stem() -> None:
    assert same_picture("https://a.example/x/harbour-1200x630.jpg?w=1", "https://cdn.example/harbour-800x600.jpg")
    assert not same_picture("https://a.example/1.jpg", "https://b.example/1.jpg")
