"""Shapes of addresses: alike for pages of one kind, bounded whatever a site makes up."""

import pytest

from newsspider.address_shapes import MAX_SHAPE_CHARS, shapes_of

SITE = "https://www.herald.example"


def own(path: str) -> str:
    """Return the shape of a path on our site."""
    return shapes_of(f"{SITE}{path}")[0].removeprefix("herald.example")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/sport/old-ferry-sails-again-1042", "/sport/new-tram-line-opens-on-friday-2077"),
        ("/sport/old-ferry-sails-again-1042.html", "/sport/new-tram-line-opens-on-friday-2077.html"),
        ("/a/b123", "/a/b77"),
        ("/a/c5y4p9zl1k2o", "/a/c0x1q8mn3j7p"),
        ("/markets/gold", "/markets/oil/"),
        ("/view.php?id=7", "/view.php?id=1042"),
        ("/view.php?id=7&cat=a", "/view.php?cat=b&id=1042"),
        ("/новости/старый-паром-снова-в-море/", "/новости/новая-линия-трамвая-в-городе/"),
        ("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/old-ferry-sails-again", "/новости/new-tram-line-opens"),
        ("/नगर/पुरानी-नाव-फिर-से", "/नगर/नई-ट्राम-आज-से"),  # vowels that are marks split no word
        ("/2026/03/14/old-ferry-sails-again", "/2026/11/02/new-tram-line-opens"),
        ("/Sport/Old-Ferry-Sails-Again", "/sport/new-tram-line-opens"),
    ],
)
def test_addresses_of_one_kind_have_one_shape(one: str, other: str) -> None:
    assert own(one) == own(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/Politik/!p4615/", "/Politik/!5928990/"),  # a section's number, an article's
        ("/sport/old-ferry-sails-again", "/tag/old-ferry-sails-again"),
        ("/markets", "/markets/gold"),
        ("/view.php?id=7", "/list.php?id=7"),
        ("/sport/ferry-1042", "/sport/ferry"),
        ("/sport/", "/sport/?page=2"),
        ("/2026/03/", "/2026/03/old-ferry-sails-again"),
    ],
)
def test_addresses_of_different_kinds_have_different_shapes(one: str, other: str) -> None:
    assert own(one) != own(other)


def test_sections_have_a_shape_in_common_and_hosts_have_not() -> None:
    sport, culture = (shapes_of(f"{SITE}/{name}/old-ferry-sails-again") for name in ("sport", "culture"))
    assert sport[0] != culture[0]
    assert sport[1] == culture[1]
    assert shapes_of("https://blog.herald.example/ferry")[0] != shapes_of(f"{SITE}/ferry")[0]


@pytest.mark.parametrize("path", ["/" + "a-1/" * 400, "/?" + "&".join(f"a{n}=1" for n in range(300)), "/%", "", "/??"])
def test_shape_of_whatever_address_is_short(path: str) -> None:
    assert all(len(shape) <= MAX_SHAPE_CHARS for shape in shapes_of(f"{SITE}{path}"))
