"""Entries of live blogs, from JSON-LD and from every usual markup."""

import pytest

from newsspider.extraction.live_updates import find_live_updates
from newsspider.record import LiveUpdate
from tests.extraction.kinds.pages import as_page, as_script, facts_of

ROWS = (
    (
        "14:05",
        "The gates are open",
        "Water is running through all four gates for the first time since spring, the agency says.",
    ),
    ("13:40", "The road is closed", "The lower road is closed to cars and open to ducks, according to the police."),
    (
        "12:55",
        "The level is rising",
        "The gauge at Hallow shows three metres and ten, eleven centimetres more than at breakfast.",
    ),
)
DAY = "2026-01-02T{}:00Z"


def updates_of(body: str, head: str = "") -> tuple[LiveUpdate, ...]:
    facts = facts_of(as_page(f"<main><h1>Flood live: the gates are open</h1>{body}</main>", "Flood live", head))
    return find_live_updates(facts.metadata, facts.stripped)


def entries(template: str) -> str:
    return "".join(
        template.format(day=DAY.format(time), time=time, title=title, text=text) for time, title, text in ROWS
    )


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("<div><time datetime='{day}'>{time}</time><h3>{title}</h3><p>{text}</p></div>", id="containers"),
        pytest.param(
            "<section><header><time datetime='{day}'>x</time><h2>{title}</h2></header><p>{text}</p></section>",
            id="sections",
        ),
        pytest.param(
            "<li><span><time datetime='{day}'></time></span><b>{title}</b><p>{text}</p></li>",
            id="bold titles, empty times",
        ),
    ],
)
def test_entries_have_their_times_titles_and_texts(template: str) -> None:
    expected = [{"time": DAY.format(time), "title": title, "text": text} for time, title, text in ROWS]
    assert list(updates_of(f"<div>{entries(template)}</div>")) == expected


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("<div><div>{time} Uhr</div><h3>{title}</h3><p>{text}</p></div>", id="time in words"),
        pytest.param("<h3>{time} Uhr: {title}</h3><p>{text}</p>", id="time in a flat heading"),
    ],
)
def test_times_without_a_day_are_hours_and_minutes(template: str) -> None:
    expected = [{"time": time, "title": title, "text": text} for time, title, text in ROWS]
    assert list(updates_of(f"<div>{entries(template)}</div>")) == expected


def test_entries_of_json_ld_are_taken_where_the_page_shows_none() -> None:
    listed = [
        {
            "@type": "BlogPosting",
            "headline": title,
            "datePublished": DAY.format(time),
            "articleBody": f"<p>{text}</p><p>Later.</p>",
        }
        for time, title, text in ROWS
    ]
    head = as_script({"@type": "LiveBlogPosting", "liveBlogUpdate": [*listed, {"@type": "BlogPosting"}, "x"]})
    expected = [{"time": DAY.format(time), "title": title, "text": f"{text}\n\nLater."} for time, title, text in ROWS]
    assert list(updates_of("<p>See below.</p>", head)) == expected


def test_times_in_an_article_make_no_entries() -> None:
    assert (
        updates_of("".join(f"<p>{text}</p>" for _, _, text in ROWS) + "<time datetime='2026-01-02'>2 Jan</time>") == ()
    )
