"""Bodies that stand only in scripts: JSON-LD, application state."""

import json
from pathlib import Path

import pytest

from newsspider.extraction.article import extract_article
from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.page_state.scripted_body import MIN_BODY_WORDS, find_scripted_body
from newsspider.pages.page import parse_page

URL = "https://herald.example/ferry"
PARAGRAPHS = [
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
    "The council, which had twice voted against the line, sent a brass band, two cakes and a letter of apology.",
    "Nobody on the island, the harbour master said, had believed that the letter would be signed. It was, twice.",
    "The next boat leaves on Tuesday at a quarter past nine, when the tide allows it, and not a minute later.",
]
BODY = "\n\n".join(PARAGRAPHS)


def as_json_ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def as_state(state: object) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'


def scripted_body(html: str) -> str:
    page = parse_page(f"<html><head>{html}</head><body><p>Loading".encode())
    return find_scripted_body(page.tree, read_metadata(page))


@pytest.mark.parametrize("shell", ["<noscript><div>{}</div></noscript>", "<textarea hidden>{}</textarea>"])
def test_text_for_readers_without_scripts_is_the_body_of_a_page_that_has_no_other(shell: str) -> None:
    text = shell.format("".join(f"<p>{each}</p>" for each in PARAGRAPHS))
    page = parse_page(f"<title>Ferry</title><h1>The old ferry sails again</h1><div id=story></div>{text}".encode(), URL)
    record = extract_article(page)
    assert (record.kind, record.body) == ("article", BODY)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(as_json_ld(articleBody=BODY), id="articleBody"),
        pytest.param(as_json_ld(articleBody="\n".join(PARAGRAPHS)), id="single line breaks"),
        pytest.param(as_json_ld(articleBody="".join(f"<p>{text}</p>" for text in PARAGRAPHS)), id="markup"),
        pytest.param(as_json_ld(articleBody="<br/><br/>".join(PARAGRAPHS)), id="line break elements"),
        pytest.param(as_json_ld(articleBody=BODY).replace("\\n", "\n"), id="bare line breaks in the JSON"),
        pytest.param(
            f'<script type="application/ld+json">{{</script>{as_json_ld(articleBody=BODY)}', id="after broken"
        ),
        pytest.param(as_state({"props": {"article": {"body": BODY}}}), id="state: one string"),
        pytest.param(as_state({"blocks": [{"type": "p", "text": text} for text in PARAGRAPHS]}), id="state: blocks"),
        pytest.param(
            as_state({"html": "".join(f"<p>{text} </p>" for text in PARAGRAPHS)}), id="state: markup in a string"
        ),
        pytest.param(
            as_state({"a": [{"b": text} for text in PARAGRAPHS], "copy": [{"b": text} for text in PARAGRAPHS]}),
            id="state: twice",
        ),
        pytest.param(
            as_state({"comments": [{"t": BODY * 2}], "footer": {"t": BODY * 3}, "text": BODY}), id="beside comments"
        ),
        pytest.param(as_json_ld(articleBody="A teaser.") + as_state({"x": BODY}), id="longest of both"),
        pytest.param(as_state({"x": BODY}).replace(' id="__NEXT_DATA__"', ""), id="state without a name"),
    ],
)
def test_body_is_found(html: str) -> None:
    assert scripted_body(html) == BODY


@pytest.mark.parametrize(
    "html",
    [
        pytest.param("", id="no script"),
        pytest.param(as_json_ld(articleBody=PARAGRAPHS[0]), id="teaser"),
        pytest.param(as_json_ld(articleBody=[BODY]), id="no string"),
        pytest.param(as_json_ld(articleBody=None), id="null"),
        pytest.param(as_state({"labels": ["Share", "Follow", "Print"] * 90}), id="labels"),
        pytest.param(as_state({"token": "x" * 5_000}), id="one long word"),
        pytest.param(as_state({"comments": [{"text": BODY}], "i18n": {"text": BODY}}), id="comments and settings"),
        pytest.param(f'<script type="application/json">{"[" * 3_000}</script>', id="nested too deep"),
        pytest.param(f'<script type="application/json">{BODY}</script>', id="not JSON"),
        pytest.param(f"<script>{json.dumps(BODY)}</script>", id="code"),
    ],
)
def test_what_is_no_body_gives_nothing(html: str) -> None:
    assert scripted_body(html) == ""


def test_deeply_nested_state_is_read() -> None:
    state: object = BODY
    for _ in range(300):
        state = {"children": [state]}
    assert scripted_body(as_state(state)) == BODY


@pytest.mark.parametrize(
    ("script", "provenance"),
    [(as_json_ld(headline="Ferry", articleBody=BODY), "json-ld"), (as_state({"text": BODY}), "json-ld")],
)
def test_page_with_its_text_only_in_a_script_has_a_body(script: str, provenance: str) -> None:
    record = extract_article(parse_page(f"<html><body><div id=root>Loading …</div>{script}".encode(), URL))
    assert (record.body, record.body_markdown) == (BODY, BODY)
    assert record.provenance["body"] == provenance


def test_page_with_its_text_in_the_page_is_not_read_from_a_script() -> None:
    page = "".join(f"<p>{text}</p>" for text in [*PARAGRAPHS, *(f"Then {text}" for text in PARAGRAPHS)])
    script = as_json_ld(articleBody="Another text. " * MIN_BODY_WORDS * 9)
    record = extract_article(parse_page(f"<article><h1>Ferry</h1>{page}</article>{script}".encode(), URL))
    assert "Another text." not in (record.body or "")


def test_fixture_without_a_body_in_its_markup_has_one() -> None:
    page = Path(__file__).parents[3] / "fixtures" / "pages" / "nextjs-jsonld-body" / "page.html"
    assert extract_article(parse_page(page.read_bytes(), URL)).provenance["body"] == "json-ld"
