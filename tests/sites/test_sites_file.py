"""`sites.toml`: what it may say, and the one line that says what is wrong with it."""

from datetime import timedelta
from pathlib import Path

import pytest

from newsspider.errors import UsageError
from newsspider.sites.profile import Site
from newsspider.sites.sites_file import choose_site, read_sites

WHOLE = r"""
# ours
[herald]
url = "https://herald.example"
feeds = ["https://herald.example/feed.xml"]
sections = ["https://herald.example/harbour/"]
include = ['/20\d\d/']
exclude = ['/adverts/']
delay = 2
concurrency = 1
revisit = "30m"
language = "en-GB"
drop = [".promo"]
headers = { X-Reader = "7" }
cookies = { session = "abc" }

["the gazette"]
url = "gazette.example"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sites.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_file_gives_its_sites_in_order(tmp_path: Path) -> None:
    herald, gazette = read_sites(write(tmp_path, WHOLE))
    assert (herald.name, herald.delay, herald.revisit) == ("herald", 2, timedelta(minutes=30))
    assert herald.seeds == ("https://herald.example", "https://herald.example/harbour/")
    assert (gazette.name, gazette.url, gazette.domain) == ("the gazette", "https://gazette.example", "gazette.example")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ": contains no site: write [herald]"),
        (r'["a\r\nb\u202ec"]', ":1: a b<U+202E>c: url is missing"),
        ("[a]\nurl = 1", ":2: a: url: input should be a valid string"),
        ('[a]\nurl = "ftp://x"', ":2: a: url: not a web address: 'ftp://x' (expected https://…)"),
        ("[a]\ndelay = 1", ":1: a: url is missing"),
        ('[a]\nurl = "a.example"\n# feed = 1\nfeed = []', ":4: a: unknown key feed; did you mean feeds?"),
        (
            '[a]\nurl = "a.example"\n["b c"]\nurl="b.example"\ndelay = -1',
            ":5: b c: delay: input should be greater than",
        ),
        ('[a]\nurl = "a.example"\ninclude = ["("]', ":3: a: include: invalid regular expression: missing )"),
        ('[a]\nurl = "a.example"\ninclude = ["a{99999999999}"]', ":3: a: include: invalid regular expression: the rep"),
        pytest.param(
            f'[a]\nurl = "a.example"\nexclude = ["{"(" * 3000}{")" * 3000}"]',
            ":3: a: exclude: invalid regular expression: ",
            id="parentheses",
        ),
        pytest.param(f'[a]\nurl = "a.example"\nx = {"[" * 5000}', ": nested too deeply", id="nested"),
        pytest.param(f'[a]\nurl = "a.example"\ndelay = {"9" * 5000}', ": Exceeds the limit", id="digits"),
        ('[a]\nurl = "a.example"\ndrop = ["p["]', ":3: a: drop: invalid CSS selector: "),
        ('[a]\nurl = "a.example"\nlanguage = "english"', ":3: a: language: 'english' is not a language tag such as de"),
        ('[a]\nurl = "a.example"\nrender = "yes"', ":3: a: render: input should be a valid boolean"),
        ('[a]\nurl = "a.example"\nproxy = "foo"', ":3: a: proxy: 'foo' is not a proxy: expected http://host:port"),
        ('[a]\nurl = "a.example"\nrevisit = "soon"', ":3: a: revisit: not a duration: 'soon'"),
        ('[a]\nurl = "a.example"\nrevisit = "40000d"', ":3: a: revisit: duration too long: '40000d'"),
        (
            '[a]\nurl = "a.example"\nrevisit = 30',
            ":3: a: revisit: not a duration: '30' (expected a number and s, m, h",
        ),
        ('[a]\nurl = "a.example"\nfeeds = "https://a.example/f"', ':3: a: feeds: input should be a list: ["…"]'),
        ('[a]\nurl = "a.example"\ncookies = "a=b"', ':3: a: cookies: input should be a table: { name = "…" }'),
        ('[a]\nurl = "a.example"\nheaders = { "X Y" = "1" }', ":3: a: headers: 'X Y' is not a header name"),
        ('[a]\nurl = "a.example"\nheaders = { X = "1\\n" }', ":3: a: headers: the value of X has a line break"),
        ('[herald.example]\nurl = "herald.example"', ':1: herald: url is missing: write ["herald.example"]'),
        ('[a]\nurl = "a.example"\nurl = "b.example"\n', ": Cannot overwrite a value (at line 3, column 18)"),
        ('url = "a.example"', ":1: url is outside of a site's table: write [herald] above it"),
        ('[a]\nurl = "a.example"\n[b]\nurl = "www.a.example"', ":4: b: url: a.example already belongs to a"),
    ],
)
def test_mistake_is_named_with_file_line_and_key(tmp_path: Path, text: str, line: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as raised:
        read_sites(path)
    assert str(raised.value).startswith(f"{path}{line}")
    assert "\n" not in str(raised.value)


def test_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"sites\.toml: No such file or directory"):
        read_sites(tmp_path / "sites.toml")


def test_site_is_chosen_by_name_and_a_wrong_name_gives_the_nearest(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    sites = read_sites(path)
    assert choose_site(sites, "herald", path).name == "herald"
    with pytest.raises(UsageError, match="did you mean herald"):
        choose_site(sites, "heralt", path)


@pytest.mark.parametrize(
    ("url", "is_article", "wanted"),
    [
        ("https://herald.example/2026/ferry", True, True),
        ("https://herald.example/ferry", True, False),
        ("https://herald.example/harbour/", False, True),  # a section need not look like an article
        ("https://herald.example/2026/adverts/x", True, False),
        ("https://herald.example/adverts/", False, False),
    ],
)
def test_include_is_for_articles_and_exclude_for_all(url: str, is_article: bool, wanted: bool) -> None:
    site = Site(url="https://herald.example", include=(r"/20\d\d/",), exclude=("/adverts/",))
    assert site.wants(url, is_article=is_article) is wanted
