"""What kind of text it is, where the page says so."""

import json
from typing import Any

import pytest

from newsspider.extraction.cutting.cutter import cut_page
from newsspider.extraction.declared.metadata import Found, read_metadata
from newsspider.extraction.fields.genre import find_genre
from newsspider.extraction.fields.genre_words import GENRE_OF_LABEL, GENRE_OF_TYPE
from newsspider.extraction.fields.opening import find_opening
from newsspider.pages.page import parse_page
from newsspider.record import GENRES


def genre_of(
    above: str = "", first: str = "It sails.", title: str = "Ferry is back", section: str = "", **node: Any
) -> Any:
    script = json.dumps({"@type": "NewsArticle", "headline": title, **node})
    html = f'<script type="application/ld+json">{script}</script>{above}<h1>{title}</h1><p>{first}</p>'
    page = parse_page(html.encode(), "https://herald.example/a")
    cut = cut_page(page.tree)
    named = Found(section, "meta") if section else None
    found = find_genre(read_metadata(page), find_opening(cut, title), Found(title, "markup"), named, cut.blocks[-1:])
    return found.value if found else None


@pytest.mark.parametrize(
    ("given", "genre"),
    [
        ({}, None),
        ({"section": "Sport"}, None),
        ({"@type": "OpinionNewsArticle"}, "opinion"),
        ({"@type": ["NewsArticle", "AnalysisNewsArticle"]}, "analysis"),
        ({"@type": "ReportageNewsArticle"}, "reportage"),
        ({"@type": "AdvertiserContentArticle"}, "sponsored"),
        ({"genre": "Interview"}, "interview"),
        ({"above": "<p>Opinion</p>"}, "opinion"),
        ({"above": "<p><a href=/k>KOMMENTAR</a></p>"}, "opinion"),
        ({"above": "<p>Nachruf</p><p>12 March</p>"}, "obituary"),
        ({"title": "Faktencheck: Sinkt die Fähre wirklich?"}, "fact_check"),
        ({"title": "Harbour: the ferry is back"}, None),
        ({"section": "Letters to the editor"}, "letter"),
        ({"first": "WRENMOUTH, March 14, 2026 /PRNewswire/ -- The ferry is back."}, "press_release"),
        ({"first": "Wrenmouth (ots) - Die Fähre fährt wieder."}, "press_release"),
        ({"first": "WRENMOUTH (Reuters) - The ferry is back."}, "news"),
        ({"first": "The ferry (Reuters) - is back. It sails."}, "news"),
        ({"first": "It sails. The owner told (AP) - no more."}, None),
    ],
)
def test_genre_is_what_the_page_says(given: dict[str, Any], genre: str | None) -> None:
    assert genre_of(**given) == genre


def test_checked_claim_makes_a_fact_check() -> None:
    claim = {"@type": "ClaimReview", "claimReviewed": "The ferry sank"}
    assert genre_of(hasPart=claim) == "fact_check"


def test_tables_name_genres_of_the_record_only() -> None:
    assert {*GENRE_OF_LABEL.values(), *GENRE_OF_TYPE.values()} <= set(GENRES)
    assert all(label == label.casefold() for label in GENRE_OF_LABEL)
