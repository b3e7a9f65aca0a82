"""What nearly all pages of a site give as description, image or tags is the site's, not the article's."""

import pytest

from newsspider.record import ArticleRecord
from newsspider.site_memory.memory import SiteMemory
from tests.extraction.site_evidence.herald import extracted, news_page, remembered

LOGO = "https://herald.example/logo.png"
SLOGAN = "The Herald: news of the coast since 1894."
KEYWORDS = "news, coast, herald, weather"


def page_of(number: int, image: str = LOGO, description: str = SLOGAN, tags: str = KEYWORDS) -> str:
    """Return a page with values in its meta elements."""
    metas = (
        f"<meta property='og:image' content='{image}'>"
        f"<meta name='description' content='{description}'><meta name='keywords' content='{tags}'>"
    )
    return news_page(number).replace("</head>", f"{metas}</head>")


@pytest.fixture(scope="module")
def memory() -> SiteMemory:
    """The memory of twelve articles with the site's values."""
    return remembered({number: page_of(number) for number in range(1, 13)})


def values_of(record: ArticleRecord) -> tuple[str | None, str | None, tuple[str, ...]]:
    return record.image, record.description, record.tags


def test_the_sites_values_are_left_out_with_a_warning(memory: SiteMemory) -> None:
    record = extracted(page_of(30), 30, memory)
    assert values_of(record) == (None, None, ())
    assert {record.provenance[field] for field in ("image", "description", "tags")} == {"site"}
    assert "image left out: the same on 12 other pages of this site" in record.warnings


def test_an_articles_own_values_stay(memory: SiteMemory) -> None:
    own = page_of(30, f"{LOGO}?30", "Repairs of the pier begin in May.", "pier, harbour, Lowmoor, repairs")
    assert values_of(extracted(own, 30, memory)) == values_of(extracted(own, 30))


def test_the_articles_first_picture_takes_the_place_of_the_sites_image(memory: SiteMemory) -> None:
    shown = "<div class='story-body'><figure><img src='/pier.jpg' width='900' height='600'></figure>"
    record = extracted(page_of(30).replace("<div class='story-body'>", shown), 30, memory)
    assert record.image == "https://herald.example/pier.jpg"
    assert LOGO not in [each["url"] for each in record.images]


def test_values_of_a_few_articles_stay() -> None:
    pages = {
        number: page_of(number, f"{LOGO}?{number}", f"Story {number}.", f"a, b, c{number}") for number in range(20)
    }
    pages |= {number: page_of(number) for number in range(20, 26)}
    record = extracted(page_of(30), 30, remembered(pages))
    assert values_of(record) == values_of(extracted(page_of(30), 30))


def test_one_tag_of_a_section_stays() -> None:
    memory = remembered({number: page_of(number, tags="sport") for number in range(1, 13)})
    assert extracted(page_of(30, tags="sport"), 30, memory).tags == ("sport",)
