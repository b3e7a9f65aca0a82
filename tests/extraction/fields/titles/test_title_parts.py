"""Declared titles without the site's name."""

import time

import pytest

from newsspider.extraction.fields.titles.title_parts import find_cuts, is_broken_off, without_site

NAMES = frozenset({"harbourherald", "港湾日報"})


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Ferry sails again – Harbour Herald", "Ferry sails again"),
        ("Ferry sails again｜The Harbour Herald", "Ferry sails again"),
        ("Harbour Herald :: Ferry sails again", "Ferry sails again"),
        ("Harbour Herald: Ferry sails again", "Ferry sails again"),
        ("Ferry - the boat - sails again - Harbour Herald", "Ferry - the boat - sails again"),
        ("渡轮重新起航-社会_港湾日報", "渡轮重新起航"),
        ("渡轮重新起航ㅣ港湾日報", "渡轮重新起航"),
        ("渡轮今天再次驶出老港口-《渡轮网》", "渡轮今天再次驶出老港口"),
        ("渡轮今天再次驶出老港口_要闻_海港在线（原海港网）", "渡轮今天再次驶出老港口"),
        ("渡轮今天再次驶出老港口：海港日报", "渡轮今天再次驶出老港口：海港日报"),
        ("Ferry - the boat - sails again", "Ferry - the boat - sails again"),
        ("Ten-year-old ferry sails", "Ten-year-old ferry sails"),
        ("Ferry sails again: Harbour Heralds wanted", "Ferry sails again: Harbour Heralds wanted"),
        ("Harbour Herald", "Harbour Herald"),
        ("x | " * 400, "x | " * 400),
    ],
)
def test_a_title_is_cut_only_at_the_sites_name(title: str, bare: str) -> None:
    assert without_site(title, NAMES) == bare


@pytest.mark.parametrize(
    ("start", "title", "broken"),
    [
        ("Ferry sai", "Ferry sails again", True),
        ("Ferry sails (at", "Ferry sails (at last)", True),
        ("Ferry sails", "Ferry sails again", False),
        ("Ferry sails", "Ferry sails", False),
        ("渡轮", "渡轮重新起航", False),
        ("", "Ferry", False),
    ],
)
def test_a_title_may_be_broken_off(start: str, title: str, broken: bool) -> None:
    assert is_broken_off(start, title) is broken


@pytest.mark.parametrize("title", [" " * 100_000, "- " * 100_000, ":" * 100_000, "a" * 100_000])
@pytest.mark.usefixtures("no_collections")
def test_separators_of_any_text_are_found_in_no_time(title: str) -> None:
    began = time.process_time()
    find_cuts(title)
    find_cuts(title[:500])
    assert time.process_time() - began < 0.1
