"""Application state as the frameworks write it: found, decoded, and the article in it."""

import html
import json
import time
from typing import Any

import pytest

from newsspider.extraction.declared.metadata import read_metadata
from newsspider.extraction.page_state.decoding import MIN_STATE_CHARS, iter_states
from newsspider.extraction.page_state.scripted_body import find_scripted_body
from newsspider.pages.page import parse_page

TITLE = "Ferry to Gull Island sails again"
PARAGRAPHS = (
    "The ferry sailed from the old harbour on Monday morning, for the first time in nine years, with forty on board.",
    "Its captain, who had waited as long, said that the engine sounded better than she did, and that tea was free.",
    "Nobody on the island, the harbour master said, had believed that the letter would be signed. It was, twice.",
    "The next boat leaves on Tuesday at a quarter past nine, when the tide allows it, and not a minute later.",
    "A return costs as much as a cake, and those who bring one to the harbour master’s office travel for nothing.",
)
BODY = "\n\n".join((*PARAGRAPHS[:2], "A letter", *PARAGRAPHS[2:]))
CAPTION = "The ferry at the pier on Monday morning, with its captain, her tea and a seal that nobody had asked to come."
BLOCKS: list[dict[str, Any]] = [
    *({"type": "paragraph", "text": text} for text in PARAGRAPHS[:2]),
    {"type": "image", "caption": CAPTION},
    {"type": "heading", "text": "A letter"},
    *({"type": "paragraph", "text": text} for text in PARAGRAPHS[2:]),
]
MARKUP = (
    f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>A letter</h2>{''.join(f'<p>{t}</p>' for t in PARAGRAPHS[2:])}"
)
RELATED = [{"headline": "Ten bridges that nobody crosses", "blocks": [{"type": "paragraph", "text": CAPTION}] * 9}]
STATE = {"page": {"article": {"headline": TITLE, "body": BLOCKS}, "relatedArticles": RELATED}}
JSON = json.dumps(STATE)
ARC = {
    "type": "story",
    "headlines": {"basic": TITLE},
    "content_elements": [
        *({"type": "text", "content": text} for text in PARAGRAPHS[:2]),
        {"type": "image", "caption": CAPTION},
        {"type": "header", "level": 2, "content": "A letter"},
        *({"type": "text", "content": text} for text in PARAGRAPHS[2:]),
    ],
    "related_content": {"basic": RELATED},
}


def script(text: str, attributes: str = "") -> str:
    return f"<script{attributes}>{text}</script>"


def devalued(state: Any) -> list[Any]:
    """Pack a state as devalue does."""
    packed: list[Any] = []

    def place(value: Any) -> int:
        at = len(packed)
        packed.append(value)
        if isinstance(value, dict):
            packed[at] = {key: place(inner) for key, inner in value.items()}
        elif isinstance(value, list):
            packed[at] = [place(inner) for inner in value]
        return at

    place(state)
    return packed


def streamed(state: Any) -> list[Any]:
    """Pack a state as turbo-stream does: its keys are places too."""
    packed = devalued(state)
    for value in list(packed):
        if isinstance(value, dict):
            for key in list(value):
                packed.append(key)
                value[f"_{len(packed) - 1}"] = value.pop(key)
    return packed


def island(value: Any) -> list[Any]:
    """Pack a value as Astro does."""
    if isinstance(value, list):
        return [1, [island(each) for each in value]]
    return [0, {key: island(inner) for key, inner in value.items()} if isinstance(value, dict) else value]


def unquoted(state: Any) -> str:
    """Write a state as JavaScript: keys without quotes."""
    if isinstance(state, dict):
        return "{" + ",".join(f"{key}:{unquoted(inner)}" for key, inner in state.items()) + "}"
    return f"[{','.join(map(unquoted, state))}]" if isinstance(state, list) else json.dumps(state)


def flight(*rows: str) -> str:
    text = "\n".join(rows)
    pieces = [text[at : at + 900] for at in range(0, len(text), 900)]
    return "".join(script(f"self.__next_f.push({json.dumps([1, piece])})") for piece in pieces)


def element(tag: str, children: Any, **properties: Any) -> list[Any]:
    return ["$", tag, None, {"children": children, **properties}]


def flight_of_elements() -> str:
    shared = PARAGRAPHS[0]
    article = [
        element("h1", TITLE),
        element("figure", element("figcaption", CAPTION)),
        element("p", "$5"),
        element(
            "$L2", element("p", [PARAGRAPHS[1][:20], element("a", PARAGRAPHS[1][20:40], href="/a"), PARAGRAPHS[1][40:]])
        ),
        element("h2", "A letter"),
        "$L6",
        [element("p", text) for text in PARAGRAPHS[3:]],
        element("aside", [element("p", CAPTION), element("p", CAPTION)]),
    ]
    page = element("div", [element("nav", [element("li", "News")] * 30), element("article", article), "$L7"])
    return flight(
        '1:"$Sreact.fragment"',
        '2:I[3,["a","b.js"],"Wrapper"]',
        f"0:{json.dumps({'f': [[page]]})}",
        f"5:T{len(shared.encode()):x},{shared}6:{json.dumps(element('p', PARAGRAPHS[2]))}",
        f"7:{json.dumps(element('footer', [element('p', CAPTION)] * 9))}",
    )


def flight_of_markup() -> str:
    page = element("article", [element("h1", TITLE), ["$", "div", None, {"dangerouslySetInnerHTML": {"__html": "$a"}}]])
    return flight(f"0:{json.dumps(page)}", f"a:T{len(MARKUP.encode()):x},{MARKUP}")


PAGES = {
    "Next.js": script(JSON, ' id="__NEXT_DATA__" type="application/json"'),
    "Next.js flight data: elements": flight_of_elements(),
    "Next.js flight data: markup": flight_of_markup(),
    "Nuxt 2": script(
        f'window.__NUXT__=(function(a,b){{return {{layout:"default",data:[{{story:{{headline:a,body:{unquoted(BLOCKS)},'
        f"ads:b}}}}],error:null}}}}({json.dumps(TITLE)},void 0))"
    ),
    "Nuxt 3": script(json.dumps(devalued(STATE)), ' type="application/json" id="__NUXT_DATA__" data-ssr="true"'),
    "Nuxt 3, reactive": script(
        json.dumps([["ShallowReactive", 1], {"data": 2}, ["Reactive", 3], {"story": 4}, MARKUP]),
        ' type="application/json" id="__NUXT_DATA__"',
    ),
    "initial state": script(f"window.__INITIAL_STATE__ = {JSON};(function(){{var s;}}());"),
    "initial state with undefined": script(f'window.__INITIAL_STATE__={JSON[:-1]},"user":undefined}}'),
    "initial state in a string": script(f"window.__INITIAL_DATA__={json.dumps(JSON)};"),
    "initial state, parsed": script(f"window.__DATA__ = JSON.parse({json.dumps(JSON)});"),
    "initial state, parsed, single quotes": script(
        "window.__DATA__ = JSON.parse('{}');".format(JSON.replace("\\", "\\\\").replace("'", "\\'"))
    ),
    "preloaded state": script(f"window['__PRELOADED_STATE__'] = {JSON}"),
    "Apollo": script(
        "window.__APOLLO_STATE__="
        + json.dumps(
            {
                **{
                    f"Block:{n}": {"__typename": "ParagraphBlock" if "text" in b else "Image", **b}
                    for n, b in enumerate(BLOCKS)
                },
                "Story:1": {"headline": TITLE, "body": [{"__ref": f"Block:{n}"} for n in range(len(BLOCKS))]},
            }
        )
    ),
    "Arc": script(
        f'window.Fusion=window.Fusion||{{}};Fusion.arcSite="herald";Fusion.globalContent={json.dumps(ARC)};Fusion.id=1',
        ' type="application/javascript"',
    ),
    "Remix": script(f"window.__remixContext = {json.dumps({'state': {'loaderData': {'routes/story': STATE}}})};"),
    "React Router": script(
        f"window.__reactRouterContext.streamController.enqueue({json.dumps(json.dumps(streamed(STATE)) + chr(10))});"
    ),
    "SvelteKit, fetched": script(
        json.dumps({"status": 200, "statusText": "", "headers": {}, "body": JSON}),
        ' type="application/json" data-sveltekit-fetched data-url="/api/story"',
    ),
    "SvelteKit, started": script(
        f"Promise.all([import('a.js')]).then(([kit, app]) => {{ kit.start(app, element, {{ node_ids: [0, 2], "
        f'data: [null,{{type:"data",data:{unquoted(STATE)},uses:{{}}}}], form: null }}); }});'
    ),
    "Gatsby": script(
        "window.___pageData="
        + json.dumps({"result": {"data": {"title": TITLE, "content": {"raw": json.dumps(BLOCKS)}}}})
    ),
    "Astro": f'<astro-island props="{html.escape(json.dumps({"story": island(STATE)}))}"></astro-island>',
    "Inertia": f'<div id="app" data-page="{html.escape(json.dumps({"component": "Story", "props": STATE}))}"></div>',
}


def body_of(markup: str) -> str:
    page = parse_page(f"<html><head><title>{TITLE} | The Herald</title></head><body>{markup}</body></html>".encode())
    return find_scripted_body(page.tree, read_metadata(page))


@pytest.mark.parametrize("framework", PAGES)
def test_article_is_found_in_the_state_of(framework: str) -> None:
    assert body_of(PAGES[framework]) == BODY


@pytest.mark.parametrize("framework", PAGES)
def test_page_without_a_state_has_no_body(framework: str) -> None:
    assert body_of(PAGES[framework].replace("paragraph", "image").replace('"text', '"image')[:300]) == ""


def test_article_with_the_title_of_the_page_is_taken_before_a_longer_one() -> None:
    other = {"headline": "Ten bridges that nobody crosses", "body": [{"type": "paragraph", "text": CAPTION}] * 12}
    assert body_of(script(f"window.a={json.dumps([other, STATE['page']['article']])}")) == BODY


def test_notice_about_cookies_is_not_a_body() -> None:
    notice = [{"type": "paragraph", "text": f"We and our {n} partners use cookies. {CAPTION}"} for n in range(9)]
    assert body_of(script(f"window.a={json.dumps({'notice': notice})}")) == ""


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("={" * 200_000, id="values that break off"),
        pytest.param('="=[' * 200_000, id="values in strings"),
        pytest.param("=[[[[1," * 50_000, id="lists that never end"),
        pytest.param("=(function(a){return {a:" * 50_000, id="functions that never end"),
        pytest.param("={a:'" + "=[b," * 200_000, id="literals that never end"),
        pytest.param("={a:" * 200_000, id="literals in each other"),
        pytest.param("window.a={a:" * 100_000, id="states in each other"),
        pytest.param('={"a":1,' * 100_000, id="values in each other"),
    ],
)
def test_script_without_a_state_takes_no_longer_than_it_is_long(text: str) -> None:
    page = parse_page(f"<p>a<script>{text}</script>".encode())
    start = time.process_time()
    assert list(iter_states(page.tree)) == []
    assert time.process_time() - start < 5


def test_short_scripts_are_not_read() -> None:
    assert (
        list(iter_states(parse_page(f"<script>a={{'b':'{'c' * (MIN_STATE_CHARS - 20)}'}}</script>".encode()).tree))
        == []
    )
