"""What kind of page it is: an article unless there is evidence of more than one sort for another."""

import pytest

from newsspider.kinds import Kind
from tests.extraction.kinds.pages import MENU, PARAGRAPHS, PROSE, STORY, URL, as_page, as_script, kind_of

HEADLINES = [f"Council votes on plan number {number} tonight" for number in range(8)]
CARDS = "".join(
    f'<h2><a href="/n/{number}">{text}</a></h2><p>It was long.</p>' for number, text in enumerate(HEADLINES)
)
LINKS = "".join(f'<p><a href="/n/{number}">{text}</a></p>' for number, text in enumerate(HEADLINES))
NEWS = {"@type": "NewsArticle", "headline": "The old ferry sails again", "datePublished": "2026-03-24"}
VIDEO = {"@type": "VideoObject", "name": "Ferry", "uploadDate": "2026-03-24"}
PICTURES = "".join(
    f"<figure><img src='/{n}.jpg'><figcaption>The ferry at pier {n}.</figcaption></figure>" for n in range(7)
)
LONG = "".join(
    f'<h2><a href="/n/{n}">{text}</a></h2><p>{PARAGRAPHS[1]} {PARAGRAPHS[2]} {PARAGRAPHS[0]}</p>'
    for n, text in enumerate(HEADLINES)
)


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        pytest.param(as_page(STORY), "article", id="prose"),
        pytest.param(as_page(f"<h1>Ferry cancelled</h1><p>{PARAGRAPHS[0]}</p>"), "article", id="short news"),
        pytest.param(f"<title>Ferry</title><h1>Ferry sails</h1><p>{PARAGRAPHS[0]}", "article", id="end tags left out"),
        pytest.param(as_page(STORY + LINKS), "article", id="headlines that are dropped"),
        pytest.param(as_page(f"<h1>Eight votes</h1>{LONG}"), "article", id="linked headings over long paragraphs"),
        pytest.param(as_page(f"<h1>Politics</h1>{CARDS}", "Politics - Herald"), "index", id="list of headlines"),
        pytest.param(as_page(STORY, head=as_script({"@type": "LiveBlogPosting"})), "live_blog", id="live blog"),
        pytest.param(
            as_page(STORY, head=as_script({**NEWS, "isAccessibleForFree": False})), "article", id="whole paid article"
        ),
        pytest.param(as_page(STORY, head=as_script({**NEWS, "isAccessibleForFree": True})), "article", id="free"),
        pytest.param(
            as_page(STORY, head=as_script({"@type": "LiveBlogPosting", "isAccessibleForFree": False})),
            "live_blog",
            id="paid live blog",
        ),
        pytest.param(as_page(STORY, head=as_script(NEWS, {"@type": "ImageGallery"})), "article", id="gallery beside"),
        pytest.param(
            as_page(f"<h1>Ferry, in pictures</h1>{PICTURES}", "Gallery: Ferry - Herald"), "gallery", id="gallery"
        ),
        pytest.param(as_page(STORY + PICTURES, head=as_script(NEWS)), "article", id="pictures in an article"),
        pytest.param(
            as_page(STORY + "<video></video>", head=as_script({**NEWS, "video": VIDEO})), "article", id="with video"
        ),
        pytest.param(
            as_page("<h1>Ferry</h1><video></video><p>It sails at six.</p>", "Video: Ferry", as_script(VIDEO)),
            "video",
            id="video",
        ),
        pytest.param(
            "<html><body><div id='root'></div><noscript>Please enable JavaScript.</noscript>", "empty", id="shell"
        ),
        pytest.param("<html><body><script>x</script>", "empty", id="no text"),
    ],
)
def test_kind_follows_the_evidence(html: str, kind: Kind) -> None:
    assert kind_of(html)[0] == kind


def test_plain_article_has_no_reason() -> None:
    assert kind_of(as_page(STORY)) == ("article", None)


@pytest.mark.parametrize("status", [404, 410, 500, 502])
def test_page_of_an_error_status_is_a_failure(status: int) -> None:
    assert kind_of(as_page(STORY), status=status) == ("failed", f"HTTP {status}")


@pytest.mark.parametrize("html", [as_page(STORY), as_page(CARDS), f"<body>{MENU}", f"<body>{PROSE}"])
@pytest.mark.parametrize("url", [None, "https://herald.example/", "https://herald.example/?p=1", "http://127.0.0.1/"])
def test_kind_is_judged_at_any_address(html: str, url: str | None) -> None:
    assert kind_of(html, url)[0] in ("article", "index", "empty")


@pytest.mark.parametrize(
    "days",
    [
        "<tr>" + "".join(f'<td><a href="/calendar?d={day}">{day}</a></td>' for day in range(1, 29)) + "</tr>",
        '<tr><td><a href="/calendar?m=2">February</a> <a href="/calendar?m=4">April</a></td><td>Today: 10.3.</td></tr>',
    ],
)
def test_month_of_a_calendar_is_no_article(days: str) -> None:
    html = as_page(f"<h1>What is on in 3/2026</h1><table>{days}</table>", title="What is on in 3/2026")
    kind, reason = kind_of(html, "https://herald.example/calendar?m=3")
    assert (kind, (reason or "")[-21:]) == ("index", "links and no sentence")


@pytest.mark.parametrize(
    ("heading", "url", "kind"),
    [
        ('<meta property="og:type" content="website"><h1>Sport</h1>', "https://herald.example/sport/", "index"),
        ('<meta property="og:type" content="website"><h1>Ferry sails again today</h1>', URL, "article"),
        (as_script({"@type": "CollectionPage"}), "https://herald.example/sport/", "index"),
        ("", "https://herald.example/sport/page/9/", "index"),
        ("<h1>Sport</h1>", "https://herald.example/category/sport?page=9", "index"),
        ("", "https://herald.example/sport/old-ferry-sails-again", "article"),
        ("<h1>The old ferry sails again</h1>", "https://herald.example/archive/12", "article"),
    ],
)
def test_last_page_of_a_section_with_one_headline_is_an_index(heading: str, url: str, kind: str) -> None:
    card = f'<div class="teaser"><h2><a href="/n/7">{HEADLINES[0]}</a></h2><p>{PARAGRAPHS[0]}</p></div>'
    assert kind_of(as_page(f"{heading}<div id=main>{card}</div>", title="Herald"), url)[0] == kind
