"""Page numbers in addresses, and what only looks like one."""

import pytest

from newsspider.pages.page_numbers import paged_addresses, renumbered

SITE = "https://www.herald.example"


@pytest.mark.parametrize(
    ("path", "base", "number"),
    [
        ("/ferry", "/ferry", 1),
        ("/ferry/2", "/ferry", 2),
        ("/ferry/page/3/", "/ferry", 3),
        ("/ferry/seite-4", "/ferry", 4),
        ("/ferry-seite-2.html", "/ferry.html", 2),
        ("/ferry-2.html", "/ferry.html", 2),
        ("/ferry,2.php", "/ferry.php", 2),
        ("/ferry/2.html", "/ferry", 2),
        ("/ferry?page=5&id=1", "/ferry?id=1", 5),
        ("/ferry?utm_source=x&p=5", "/ferry", 5),
    ],
)
def test_address_is_read_without_its_number(path: str, base: str, number: int) -> None:
    assert (f"herald.example{base}", number) in {(form.base, form.number) for form in paged_addresses(SITE + path)}


@pytest.mark.parametrize("path", ["/ferry/2026", "/ferry-1042", "/ferry?id=7", "/?p=12", "/ferry/0", "/ferry/61"])
def test_other_numbers_are_part_of_the_address(path: str) -> None:
    assert [form.number for form in paged_addresses(SITE + path)] == [1]


@pytest.mark.parametrize(
    ("known", "number", "path"),
    [
        ({3: "/ferry/3"}, 2, "/ferry/2"),
        ({1: "/a", 3: "/a?page=3&id=1"}, 2, "/a?page=2&id=1"),
        ({4: "/a-4.html"}, 10, "/a-10.html"),
    ],
)
def test_address_of_a_part_follows_from_anothers(known: dict[int, str], number: int, path: str) -> None:
    assert renumbered({each: SITE + address for each, address in known.items()}, number) == SITE + path


def test_address_that_has_no_number_gives_no_other() -> None:
    assert renumbered({1: f"{SITE}/ferry"}, 2) is None
