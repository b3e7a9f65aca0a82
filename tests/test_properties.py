"""Property tests over everything that reads strangers' bytes: hypothesis makes what nobody would write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import properties
from tests.fuzz.grammar import made

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = [path.read_bytes() for path in sorted((ROOT / "fixtures" / "pages").glob("*/page.html"))][:20]
# A page takes a tenth of a second on a busy machine; what matters is what it does, not how long.
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
QUICK = settings(max_examples=300, deadline=None)

TAGS = "p div h1 h2 ul li table tr td a span b br blockquote article aside script style time figure".split()
ATTRIBUTES = "class id href src datetime itemprop rel content property type lang".split()
WORDS = st.text(max_size=30) | st.sampled_from(
    ["Latest news", "Also read", "By Ada Penhallow", "24 March 2026", "application/ld+json", "https://herald.example/a"]
)


def element(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return markup around other markup, often unclosed."""
    attribute = st.builds(' {}="{}"'.format, st.sampled_from(ATTRIBUTES), WORDS)
    attributes = st.lists(attribute, max_size=3).map("".join)
    forms = st.sampled_from(["<{0}{1}>{2}</{0}>", "<{0}{1}>{2}"])
    return st.builds(lambda form, *parts: form.format(*parts), forms, st.sampled_from(TAGS), attributes, content)


MARKUP = st.recursive(WORDS, lambda inner: element(st.lists(inner, max_size=4).map("".join)), max_leaves=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "@type @graph @id headline name author datePublished dateModified articleBody liveBlogUpdate image url"
                " itemListElement item isAccessibleForFree publisher keywords mainEntityOfPage".split()
            ),
            inner | st.sampled_from(["NewsArticle", "LiveBlogPosting", "BreadcrumbList", "2026-03-24T09:30:00Z"]),
            max_size=6,
        )
    ),
    max_leaves=25,
)


@st.composite
def damaged_pages(draw: st.DrawFn) -> bytes:
    """Return a page of our fixtures with a stretch cut out, doubled or replaced."""
    page = draw(st.sampled_from(FIXTURES))
    start = draw(st.integers(0, len(page)))
    end = draw(st.integers(start, min(len(page), start + 3000)))
    return (
        page[:start]
        + draw(st.sampled_from([b"", page[start:end] * 2, bytes(50)]) | st.binary(max_size=50))
        + page[end:]
    )


HEADS = [
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"WARC/1.0\r\n",
    b"\x28\xb5\x2f\xfd",
    b"User-agent: *\nDisallow: ",
]


@SLOW
@given(MARKUP)
def test_any_markup_gives_a_valid_record(markup: str) -> None:
    properties.check_page(markup.encode("utf-8", "surrogatepass"))


@SLOW
@given(st.binary(max_size=2000), st.none() | st.text(max_size=40))
def test_any_bytes_under_any_content_type_give_a_valid_record(body: bytes, content_type: str | None) -> None:
    properties.check_page(body, content_type)


@SLOW
@given(damaged_pages())
def test_damaged_page_gives_a_valid_record(body: bytes) -> None:
    properties.check_page(body)


@SLOW
@given(JSON)
def test_any_json_ld_gives_a_valid_record(value: object) -> None:
    properties.check_page(properties.page_with_json_ld(value))


@SLOW
@given(st.text(max_size=500))
def test_any_flattened_text_gives_a_valid_record(text: str) -> None:
    properties.check_flat_text(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    "check",
    [
        properties.check_text,
        properties.check_url,
        properties.check_address,
        properties.check_date,
        properties.check_arguments,
    ],
    ids=lambda check: check.__name__,
)
def test_any_text_is_read_without_an_error(check: Callable[[str], None]) -> None:
    strategy = st.text(max_size=80) | st.from_regex(r"\A(https?://)?[\w.\[\]:@%-]{1,20}(:\d{1,6})?(/\S*)?(\?\S*)?\Z")
    QUICK(given(strategy)(check))()


@pytest.mark.parametrize(
    "check", [properties.check_input, properties.check_unpacking, properties.check_robots], ids=lambda c: c.__name__
)
def test_any_bytes_are_read_without_an_error(check: Callable[[bytes], None]) -> None:
    QUICK(given(st.builds(bytes.__add__, st.sampled_from(HEADS), st.binary(max_size=400)))(check))()


@pytest.mark.parametrize(
    ("make", "check"),
    [
        (made.page, properties.check_page),
        (made.listing, properties.check_listing),
        (made.robots, properties.check_robots),
        (made.warc, properties.check_input),
        (made.line, properties.check_line),
    ],
    ids=["page", "listing", "robots", "warc", "line"],
)
def test_anything_that_the_grammar_makes_is_read(make: Callable[[bytes], Any], check: Callable[[Any], None]) -> None:
    SLOW(given(st.binary(max_size=400))(lambda data: check(make(data))))()


@pytest.mark.parametrize(
    "body",
    [
        b"<urlset><url><loc>https://herald.example/&#xD83D;</loc></url><url><loc>https://herald.example/b</loc></url></urlset>",
        b"<urlset><\x1burl><loc>https://herald.example/a</loc></\x1burl></urlset>",
    ],
)
def test_sitemap_with_characters_that_are_none_is_read_or_refused(body: bytes) -> None:
    properties.check_listing(body)


# What the fuzzer and the tests above have found, each once.
@pytest.mark.parametrize(
    ("check", "text"),
    [
        (properties.check_date, "Tue Mar 48 09:30:00 CET 2026"),
        (properties.check_date, "Tue Foo 24 2026 09:30:00 GMT+0100"),
        (properties.check_date, "Tue, 24 Mar 2026 09:" + "3" * 80 + ":00 GMT"),
        (properties.check_url, "\udcecttp://127.0.0.1:8000/a"),
        (properties.check_url, "http://[::ffff:a9fe:a9fe]\x01\x00\x00\x00/"),
        (properties.check_url, "http://[::ffff:a0fe:e]@Heral/"),
        (properties.check_url, "//˝"),
    ],
)
def test_what_was_found_stays_mended(check: Callable[[str], None], text: str) -> None:
    check(text)
