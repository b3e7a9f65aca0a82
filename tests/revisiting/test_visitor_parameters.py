"""Parameters that make no other page."""

import pytest

from newsspider.revisiting.visitor_parameters import VisitorParameters, without_parameters

SITE = "https://herald.example"


def pairs(alias: str, page: str, pages: int = 3) -> list[tuple[str, str]]:
    return [(SITE + alias.format(n), SITE + page.format(n)) for n in range(pages)]


@pytest.mark.parametrize(
    ("aliases", "names"),
    [
        (pairs("/a{}?visitor=9", "/a{}?visitor=1"), {"visitor"}),
        (pairs("/a{}?id={}&visitor=9".replace("{}", "{0}"), "/a{0}?id={0}"), {"visitor"}),
        (pairs("/a{}?visitor", "/a{}"), {"visitor"}),
        (pairs("/a{}?visitor=9", "/a{}", pages=2), set()),  # of too few pages
        (pairs("/a?id={}", "/a"), set()),  # of one page
        (pairs("/a{}?id=7", "/stories/{}"), set()),  # elsewhere
        (pairs("/a{}", "/a{}"), set()),
        (pairs("/a.php?id={}&visitor=9", "/a.php?id={}&visitor={}".replace("{}", "{0}")), {"visitor"}),  # one path
        (pairs("/a.php?id=7{}", "/a.php?id=8{}"), set()),  # the same texts under other numbers
        (
            pairs("/a.php?id=7{0}&visitor=9", "/a.php?id=8{0}&visitor={0}")
            + pairs("/a.php?id=9{0}&visitor=9", "/a.php?id=9{0}&visitor={0}"),
            {"visitor"},
        ),
        (pairs("/a{}?page=2", "/a{}"), set()),  # the second page names the first as canonical
    ],
)
def test_parameter_that_made_no_difference_to_several_pages_makes_none(
    aliases: list[tuple[str, str]], names: set[str]
) -> None:
    assert VisitorParameters(aliases).names == names


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/a?visitor=9", "/a"),
        ("/a?id=7&visitor=9&b=%20", "/a?id=7&b=%20"),
        ("/a?visitor&visitors=1", "/a?visitors=1"),
        ("/a", "/a"),
    ],
)
def test_other_parameters_stay_as_they_are(url: str, kept: str) -> None:
    assert without_parameters(SITE + url, frozenset({"visitor"})) == SITE + kept
