"""Rendering's limits, and what it takes."""

import pytest

from newsspider.crawl.rendering.render_limits import browser_path, check_rendering, read_render_limits
from newsspider.errors import UsageError
from newsspider.sites.profile import Site
from tests.crawl.components import SEED, make_crawler


def test_limits_are_those_of_the_settings() -> None:
    limits = read_render_limits(make_crawler(RENDER_PAGES="3", RENDER_FETCH="script, image").settings)
    assert (limits.pages, limits.kinds) == (3, frozenset({"script", "image"}))


@pytest.mark.parametrize(
    "wrong", [{"RENDER_PAGES": "0"}, {"RENDER_WAIT": "soon"}, {"RENDER_MIB": "1.5"}, {"RENDER_FETCH": "frame"}], ids=str
)
def test_wrong_limit_is_refused_by_its_name(wrong: dict[str, str]) -> None:
    (name,) = wrong
    with pytest.raises(UsageError, match=f"^NEWSSPIDER_{name}[ =]"):
        check_rendering(make_crawler(**wrong).settings, [])


def test_browser_that_is_not_there_is_named_where_a_site_is_rendered() -> None:
    settings = make_crawler(BROWSER="/nowhere/chromium").settings
    check_rendering(settings, [Site(url=SEED)])
    with pytest.raises(UsageError, match="NEWSSPIDER_BROWSER=/nowhere/chromium: not a program"):
        check_rendering(settings, [Site(url=SEED, render=True)])


def test_browser_of_the_environment_is_used_where_no_setting_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSSPIDER_BROWSER", "/usr/bin/theirs")
    assert browser_path(make_crawler().settings) == "/usr/bin/theirs"
    assert browser_path(make_crawler(BROWSER="/usr/bin/ours").settings) == "/usr/bin/ours"
