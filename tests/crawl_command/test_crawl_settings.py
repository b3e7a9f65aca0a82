"""The settings of `newsspider crawl`."""

import pytest

from newsspider.crawl_command.crawl_settings import COMPONENTS, choose_settings
from newsspider.crawl_command.progress_display import Form
from newsspider.errors import UsageError
from pipelines.write import CrawlOutput


@pytest.mark.parametrize(
    ("output", "database", "expected"),
    [
        (None, None, {"NEWSSPIDER_DATABASE": None, "NEWSSPIDER_OUTPUT": None}),
        (None, "mine.db", {"NEWSSPIDER_DATABASE": "mine.db"}),
        (CrawlOutput("news.db"), None, {"NEWSSPIDER_DATABASE": "news.db", "NEWSSPIDER_OUTPUT": None}),
        (
            CrawlOutput("x.jsonl", "jsonl", "trafilatura"),
            "mine.db",
            {
                "NEWSSPIDER_DATABASE": "mine.db",
                "NEWSSPIDER_OUTPUT": "x.jsonl",
                "NEWSSPIDER_OUTPUT_FORMAT": "jsonl",
                "NEWSSPIDER_OUTPUT_SCHEMA": "trafilatura",
            },
        ),
    ],
    ids=str,
)
def test_options_stand_for_settings(
    output: CrawlOutput | None, database: str | None, expected: dict[str, str | None]
) -> None:
    settings = choose_settings(output, database, None, [])
    assert {name: settings.get(name) for name in expected} == expected


@pytest.mark.parametrize(("form", "level"), [(None, "INFO"), ("lines", "WARNING"), ("live", "WARNING")])
def test_log_is_quiet_where_progress_is_told(form: Form | None, level: str) -> None:
    settings = choose_settings(None, None, form, [])
    assert (settings.get("NEWSSPIDER_PROGRESS"), settings.get("LOG_LEVEL")) == (form, level)


def test_what_is_given_wins() -> None:
    settings = choose_settings(None, None, "lines", ["LOG_LEVEL=DEBUG", "USER_AGENT=a=b"])
    assert (settings.get("LOG_LEVEL"), settings.get("USER_AGENT")) == ("DEBUG", "a=b")


@pytest.mark.parametrize("name", COMPONENTS)
def test_components_of_the_command_are_beside_newsspiders_own(name: str) -> None:
    chosen = choose_settings(None, None, None, []).getdict(name)
    assert COMPONENTS[name].items() < chosen.items()


@pytest.mark.parametrize("given", ["LOG_LEVEL", "=7", "LOG LEVEL=7", ""])
def test_setting_without_name_or_value_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="expected NAME=VALUE"):
        choose_settings(None, None, None, [given])
